"""The page of keys: its examples are read without a problem, and leave no key out."""

from pathlib import Path

import pytest
import yaml

from liftproof.reviews import load
from liftproof.reviews.files.claims_file import claims_of
from liftproof.reviews.files.key_pages import FILES, key_dictionary
from liftproof.reviews.files.key_reader import read_record
from liftproof.reviews.files.settings_file import settings_of
from liftproof.reviews.files.yaml_file import YamlFile
from liftproof.reviews.model.configuration import Configuration
from liftproof.reviews.model.keys import keys, record_keys
from support.small_review import GOOD

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "keys.md").read_text(encoding="utf-8")
SMALLEST, *EXAMPLES = (part.partition("```")[0] for part in PAGE.split("```yaml\n")[1:])
BY_FILE = dict(zip(FILES, EXAMPLES, strict=True))


def records(table: type) -> list[type]:
    """Return a record and all below it."""
    return [table, *(each for _, nested in record_keys(table) for each in records(nested))]


RECORDS = [record for table in FILES.values() for record in records(table)]
KEYS = [(record, item) for record in RECORDS for item in keys(record)]


def test_the_generated_part_is_current():
    generated = PAGE.partition("<!-- keys:start -->\n")[2].partition("\n<!-- keys:end -->")[0]
    assert generated == key_dictionary()


def test_the_smallest_example_is_a_review(tmp_path):
    for name, text in (GOOD | {"review.yaml": SMALLEST}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    review = load(tmp_path).review
    assert review is not None
    (analysis,) = review.settings.analyses
    assert (analysis.id, analysis.measure, analysis.tau2) == ("overall", "RR", "REML")
    assert analysis.interval == "hksj_adhoc"


@pytest.mark.parametrize("file", FILES)
def test_an_example_is_read_and_has_every_key(file):
    yaml_file = YamlFile(path=Path(file))
    read = read_record(yaml_file, BY_FILE[file], FILES[file])
    assert yaml_file.problems == []
    written = {part for place in read.lines for part in place}
    declared = [item for table in records(FILES[file]) for item in keys(table)]
    assert {item.name for item in declared if not item.is_rest} <= written


def test_the_examples_say_nothing_that_contradicts_itself():
    assert settings_of(BY_FILE["review.yaml"], Path("review.yaml")).problems == ()
    assert claims_of(BY_FILE["claims.yaml"], Path("claims.yaml")).problems == ()


@pytest.mark.parametrize(("record", "item"), KEYS, ids=[f"{r.__name__}.{i.name}" for r, i in KEYS])
def test_the_example_of_a_key_is_read(record, item):
    file = YamlFile(path=Path("example.yaml"))
    text = item.example if item.is_rest else f"{item.name}: {item.example}"
    read = read_record(file, text, record)
    missing = ("a required key is missing", "a group that nothing belongs to")
    assert [str(each) for each in file.problems if each.wrong not in missing] == []
    assert getattr(read.record, item.attribute)


def test_the_configuration_and_its_schema_have_the_keys_that_are_declared():
    file = YamlFile(path=Path("config.yaml"))
    text = (REPOSITORY / "config" / "config.yaml").read_text(encoding="utf-8")
    assert read_record(file, text, Configuration).record == Configuration()
    assert file.problems == []
    schema = yaml.safe_load((REPOSITORY / "config" / "schema.yaml").read_text(encoding="utf-8"))
    declared = keys(Configuration)
    assert schema["required"] == [item.name for item in declared if item.required]
    described = {name: each["description"] for name, each in schema["properties"].items()}
    assert described == {item.name: item.meaning for item in declared}


def test_a_configuration_that_names_one_review_without_brackets():
    file = YamlFile(path=Path("config.yaml"))
    read_record(file, "reviews: nordic\n", Configuration)
    assert "a list is needed, found 'nordic', write reviews: [one, two]" in str(file.problems[0])
