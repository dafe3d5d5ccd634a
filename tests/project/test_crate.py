"""The results as an RO-Crate 1.1, and what a citation file says of them."""

import json
from dataclasses import replace

import pytest

from liftproof.citation_file import Author, CitationFile, citation_path, read_citation
from liftproof.crate import NO_LICENCE, PROFILE, RELEASED, crate_of
from liftproof.data_date import NO_DATE, NO_DAY, newest_of
from liftproof.project.planning import plan_of
from liftproof.reviews import find, read
from support.workflow_project import REPOSITORY

MANIFEST = {
    "files": {"results/report.html": "a" * 64, "results/two/estimates.csv": "b" * 64},
    "data": {"data/reviews/two/studies.csv": "c" * 64},
    "code": {},
    "software": {"Python": "3.11.7", "numpy": "2.4.0"},
    "left_out": {},
}
CITED = CitationFile(
    title="Trials", licence="CC-BY-4.0", authors=(Author(name="One A", orcid="", is_person=True),)
)

NEWEST = ("2026-11-01", "A trial was last added to its data on 2026-11-01.")


def entities(manifest=MANIFEST, citation=CITED, newest=NEWEST):
    """Return the entities of a crate by their ids."""
    crate = crate_of(manifest, "d" * 64, citation, newest)
    by_id = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(by_id) == len(crate["@graph"])
    return by_id


def test_the_descriptor_says_which_version_and_what_it_is_about():
    crate = crate_of(MANIFEST, "d" * 64, CITED, NEWEST)
    assert crate["@context"][0] == f"{PROFILE}/context" == "https://w3id.org/ro/crate/1.1/context"
    assert crate["@graph"][0] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
    }


def test_every_file_of_the_results_is_part_of_the_root_with_its_digest():
    found = entities()
    parts = [part["@id"] for part in found["./"]["hasPart"]]
    assert parts == ["manifest.json", "report.html", "two/estimates.csv"]
    assert found["two/estimates.csv"] == {
        "@id": "two/estimates.csv",
        "@type": "File",
        "name": "two/estimates.csv",
        "sha256": "b" * 64,
        "encodingFormat": "text/csv",
    }
    assert found["manifest.json"]["sha256"] == "d" * 64


def test_data_and_software_are_described_and_not_contained():
    found = entities()
    run = found["#run"]
    assert run["object"] == {"@id": "#data/reviews/two/studies.csv"} == found["./"]["isBasedOn"]
    assert [found[one["@id"]]["version"] for one in run["instrument"]] == ["3.11.7", "2.4.0"]
    assert found["#data/reviews/two/studies.csv"]["sha256"] == "c" * 64


def test_what_the_root_must_have_is_there():
    root = entities()["./"]
    assert root["datePublished"] == "2026-11-01"
    assert root["name"] == "Results of Trials"
    assert root["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert root["author"] == {"@id": "#author/1"}
    assert "Left out" not in root["description"]


def test_every_reference_leads_to_an_entity():
    found = entities()
    text = json.dumps(
        [entity for name, entity in found.items() if name != "ro-crate-metadata.json"]
    )
    named = {part.split('"')[0] for part in text.split('{"@id": "')[1:]}
    assert named - set(found) == set()


def test_without_a_citation_no_author_and_no_licence_is_made_up():
    root = entities(citation=CitationFile())["./"]
    assert "author" not in root
    assert root["license"] == NO_LICENCE


def test_other_licences_lie_at_spdx_and_an_orcid_is_an_id():
    orcid = "https://orcid.org/0000-0001-2345-6789"
    citation = replace(CITED, licence="MIT", authors=(Author(name="One A", orcid=orcid),))
    found = entities(citation=citation)
    assert found["https://spdx.org/licenses/MIT"]["name"] == "MIT"
    assert found[orcid]["@type"] == "Organization"


def test_what_was_left_out_is_said():
    root = entities({**MANIFEST, "left_out": {"nordic": ["an error"]}})["./"]
    assert root["description"].endswith("Left out, for errors: nordic.")


def test_the_citation_of_the_data_goes_before_that_of_the_program():
    path = citation_path(REPOSITORY)
    assert path is not None
    assert path.as_posix() == "data/CITATION.cff"
    found = read_citation(REPOSITORY / path)
    assert (found.licence, found.authors) == (
        "CC-BY-4.0",
        (Author(name="The Liftproof maintainers"),),
    )


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "authors:\n  - given-names: Ann\n    family-names: One\n",
            Author(name="Ann One", is_person=True),
        ),
        ("authors:\n  - name: A clinic\n  - 3\n  - {}\n", Author(name="A clinic")),
    ],
)
def test_authors_are_people_or_organisations(tmp_path, text, cited):
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    assert read_citation(tmp_path / "CITATION.cff").authors == (cited,)


@pytest.mark.parametrize("text", ["", "- a list", "authors: nobody", "a: [", "license: [MIT]"])
def test_what_is_no_citation_says_nothing(tmp_path, text):
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    assert read_citation(tmp_path / "CITATION.cff") == CitationFile()


def test_a_project_may_have_none(tmp_path):
    assert citation_path(tmp_path) is None


def test_the_date_is_the_newest_in_the_data():
    review = read(find("lauersen2018", REPOSITORY))
    planned = plan_of(review)
    assert newest_of([planned.date, ()]) == (
        "2016-01-01",
        "The newest publication in its data is of 2016.",
    )
    first, *others = review.studies
    dated = replace(review, studies=(replace(first, added="2026-11-01"), *others))
    assert newest_of([planned.date, plan_of(dated).date]) == NEWEST
    assert newest_of([]) == (NO_DAY.isoformat(), NO_DATE)


def test_a_date_that_is_none_of_publication_is_said_to_be_none():
    root = entities(newest=("1970-01-01", NO_DATE))["./"]
    assert root["datePublished"] == "1970-01-01"
    assert f"datePublished stands in for it. {NO_DATE}" in root["description"]


@pytest.mark.parametrize(
    ("text", "released"),
    [
        ("date-released: 2026-03-05", "2026-03-05"),
        ("date-released: '2026-03-05'", "2026-03-05"),
        ("date-released: 2026-02-30", ""),
        ("date-released: spring", ""),
        ("title: A", ""),
    ],
)
def test_the_date_of_release_comes_first(tmp_path, text, released):
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    citation = read_citation(tmp_path / "CITATION.cff")
    assert citation.released == released
    root = entities(citation=citation)["./"]
    assert root["datePublished"] == (released or NEWEST[0])
    assert (RELEASED in root["description"]) == bool(released)
