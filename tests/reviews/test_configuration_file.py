"""``config/config.yaml`` with accidents: ``liftproof check`` tells each with its line."""

import pytest

from liftproof.cli.check import check_reviews
from liftproof.errors import DataError
from liftproof.reviews.files.configuration_file import house_files, house_style
from liftproof.reviews.model.house_style import HouseStyle
from support.small_review import GOOD

GOOD_TEXT = "# What is built\nreviews:\n  - two\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "data" / "reviews" / "two"
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text(GOOD_TEXT, encoding="utf-8")
    return tmp_path


def problems(project, *wanted):
    return [str(each) for each in check_reviews(wanted, project).problems]


def test_a_good_configuration_and_none_at_all_are_no_problem(project):
    assert problems(project) == []
    (project / "config" / "config.yaml").unlink()
    assert problems(project) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "reviews:\n  - two\n  - tow\n",
            "3: reviews: no such review, found 'tow', did you mean two?",
        ),
        ("reviews: [nope]\n", "1: reviews: no such review, found 'nope', known are: two"),
        (
            "reviews: two\n",
            "1: reviews: a list is needed, found 'two', write reviews: [one, two]",
        ),
        (
            "reviews: [two]\nreview: two\n",
            "2: review: an unknown key, found 'review', did you mean reviews?",
        ),
        ("", "1: file: the file is empty, found nothing, write reviews:"),
        ("reviews: [two\n", "2: file: not valid YAML"),
        (
            "reviews: []\nhouse:\n  name: Ours\n  trial_colour: '#fafa00'\n",
            "4: trial_colour: a colour too light for white paper: contrast 1.1, found '#fafa00', "
            "darken it to 3 or more",
        ),
        (
            "reviews: []\nhouse: {pooled_colour: red}\n",
            "2: pooled_colour: no colour, found 'red', write such as '#0173b2', in quotes",
        ),
        (
            "reviews: []\nhouse:\n  font: dejavue\n",
            "3: font: no such font, found 'dejavue', did you mean dejavu?, or write the path",
        ),
        (
            "reviews: []\nhouse: {font: config/own.ttf}\n",
            "2: font: no such file, found 'config/own.ttf', put it there, or delete the key",
        ),
        (
            "reviews: []\nhouse: {logo: config/config.yaml}\n",
            "2: logo: no .png file, found 'config/config.yaml', export it again",
        ),
        (
            "reviews: []\nhouse: {logo: ../logo.png}\n",
            "2: logo: a file outside of the project, found '../logo.png', put it below config/",
        ),
        (
            "reviews: []\nhouse: {address: a.example}\n",
            "2: address: no address, found 'a.example', begin it with https://",
        ),
        (
            "reviews: []\nhouse: {address: 'http://a.example'}\n",
            "2: address: an address that does not begin with https://",
        ),
        (
            "reviews: []\nhouse:\n  trial_colour: #0173b2\n",
            "3: trial_colour: no colour, found nothing, write it in quotes: what follows # is",
        ),
        (
            "reviews: []\nhouse: {colour: '#000000'}\n",
            "2: colour: an unknown key, found 'colour', did you mean",
        ),
    ],
)
def test_an_accident_is_told_with_line_key_and_remedy(project, text, told):
    (project / "config" / "config.yaml").write_text(text, encoding="utf-8")
    (problem,) = problems(project)
    assert problem.startswith(f"config/config.yaml:{told}")


def test_a_named_review_is_checked_without_the_configuration(project, monkeypatch):
    (project / "config" / "config.yaml").write_text("reviews: [nope]\n", encoding="utf-8")
    monkeypatch.chdir(project)
    assert problems(project, "two") == []


def test_a_house_style_is_read_and_a_wrong_one_stops_with_its_problems(project):
    assert house_style(project) == HouseStyle()
    path = project / "config" / "config.yaml"
    path.write_text("reviews: []\nhouse: {name: Ours, font: dejavu}\n", encoding="utf-8")
    assert house_style(project) == HouseStyle(name="Ours", font="dejavu")
    assert house_files(HouseStyle(font="a.ttf", logo="b.png")) == ["a.ttf", "b.png"]
    path.write_text("reviews: []\nhouse: {font: nope.ttf}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"config/config\.yaml:2: font: no such file"):
        house_style(project)
