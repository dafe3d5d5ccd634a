"""Sources: DOIs, PubMed numbers, quotes, and numbers that two people read."""

import pytest

from liftproof.reviews import load
from liftproof.reviews.model import provenance as sources
from liftproof.reviews.model.double_readings import double_readings
from liftproof.reviews.model.identifiers import fingerprint, named_in, publications

PROVENANCE = "provenance.csv"
LAST = 19
"""Line of the last row of the small review's provenance."""


@pytest.fixture
def cited(review):
    """A review whose first trial has a DOI and a PubMed number."""
    review.replace("studies.csv", "level\n", "level,doi,pmid\n")
    review.replace("studies.csv", "elite\n", "elite,10.1000/one(1)2,12859607\n")
    review.replace("studies.csv", "amateur\n", "amateur,,\n")
    return review


@pytest.fixture
def doubled(review):
    """A review whose provenance has the columns `quote` and `extractor`."""
    text = (review.folder / PROVENANCE).read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    review.write(PROVENANCE, "\n".join([f"{head},quote,extractor", *(f"{r},," for r in rows), ""]))
    return review


def read_by_two(review, second="10", kind="primary_abstract"):
    """Give the first trial's weeks two readings, 10 by AB and another by CD."""
    found = "askling2003,weeks,,,,10,Askling 2003,abstract,primary_abstract,,"
    review.replace(PROVENANCE, found, f"{found}AB")
    review.append(PROVENANCE, f"askling2003,weeks,,,,{second},Askling 2003,abstract,{kind},,CD\n")


def test_identifiers_are_accepted(cited):
    assert cited.problems() == ()


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("doi", "https://doi.org/10.1000/1", ("not a DOI", "write 10.1000/1")),
        ("doi", "doi: 10.1000/1", ("write 10.1000/1",)),
        ("doi", "10.1000", ("not a DOI", "write such as 10.1136/")),
        ("doi", "10.1000/a b", ("not a DOI",)),
        ("pmid", "PMID 12859607", ("not a PubMed number", "the number alone")),
        ("pmid", "123456789", ("not a PubMed number",)),
        ("pmid", "012", ("not a PubMed number",)),
    ],
)
def test_a_malformed_identifier_is_told_at_its_line(cited, only, column, typed, words):
    cited.cell("studies.csv", 2, column, typed)
    only(cited.problems(), "studies.csv", 2, column, *words)


def test_the_review_has_a_doi_too(review, only):
    review.append("review.yaml", "doi: http://dx.doi.org/10.1000/1\n")
    only(review.problems(), "review.yaml", 15, "doi", "not a DOI", "write 10.1000/1")


PUBLICATION = """\
publications:
  - id: two2021
    citation: "Two B, Three C. J Inj 2021;5:60-70"
    doi: 10.1000/2
    pmid: 31000000
"""


def test_a_publication_is_found_by_its_reference(review):
    review.append("review.yaml", PUBLICATION)
    known = publications(load(review.folder).review)
    assert [each.url for each in known[fingerprint("Two B, et al. J Inj 2021; 5(2): 60")]] == [
        "https://doi.org/10.1000/2"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("10.1000/2", "doi:10.1000/2", 18, "doi", ("not a DOI", "write 10.1000/2")),
        ("31000000", "3100x", 19, "pmid", ("not a PubMed number",)),
        (
            *("    doi: 10.1000/2\n    pmid: 31000000\n", "", 16, "doi"),
            ("two2021 cannot be found", "add its doi or pmid"),
        ),
        (
            *(" 2021;5:60-70", "", 17, "citation"),
            ("without first author, year, volume and first page", "such as Two B"),
        ),
    ],
)
def test_a_publication_that_cannot_be_found_is_told(review, only, old, new, line, column, words):
    assert old in PUBLICATION
    review.append("review.yaml", PUBLICATION.replace(old, new))
    only(review.problems(), "review.yaml", line, column, *words)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Petersen 2011, doi 11.1000/1", "11.1000/1"),
        ("Petersen 2011 (https://doi.org/10.10/1)", "10.10/1"),
        ("Petersen 2011, PMID: 1234x", "1234x"),
        ("Petersen 2011, PubMed 01", "01"),
    ],
)
def test_a_source_that_misspells_its_identifier_is_told(review, only, source, found):
    review.cell(PROVENANCE, 2, "source", source)
    only(review.problems(), PROVENANCE, 2, "source", "not a", found)


@pytest.mark.parametrize(
    "source",
    [
        "DOI not recorded, 12 pages",
        "doi:10.1519/1533-4287(2003)017<0060:IIREAW>2.0.CO;2",
        "a page (https://doi.org/10.1000/1), PMID 12",
    ],
)
def test_a_source_may_name_its_identifier(review, source):
    review.cell(PROVENANCE, 2, "source", source)
    assert review.problems() == ()


def test_identifiers_are_found_within_a_source():
    source = "One A. J 2020;1:2 (doi:10.1016/S0140-6736(05)1), PMID 12."
    assert [source[begin:end] for begin, end, _ in named_in(source)] == [
        "10.1016/S0140-6736(05)1",
        "PMID 12",
    ]
    urls = [each.url for _, _, each in named_in(source)]
    assert urls == [
        "https://doi.org/10.1016/S0140-6736%2805%291",
        "https://pubmed.ncbi.nlm.nih.gov/12/",
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Olsen OE, et al. BMJ 2005;330:449", "Olsen OE. BMJ 2005; 330(7489): 449-452", True),
        ("Olsen OE, et al. BMJ 2005;330:449", "Summary of Olsen OE. BMJ 2005;330:449", False),
        ("Olsen OE, et al. BMJ 2005;330:449", "Olsen OE, et al. BMJ 2005;330:450", False),
        ("Olsen OE, et al. BMJ 2005;330:449", "Olsen OE (2005) BMJ 330, 449-452", True),
        ("Olsen OE, et al. BMJ 2005;330:449", "van Olsen OE. BMJ 2005;330:449", False),
    ],
)
def test_a_reference_is_known_by_author_year_volume_and_page(one, other, is_same):
    assert (fingerprint(one) == fingerprint(other)) is is_same


def test_a_reference_without_a_page_has_no_fingerprint():
    assert fingerprint("Seagrave RA et al. Orthop J Sports Med 2014") is None


def test_a_quote_is_read(doubled):
    doubled.cell(PROVENANCE, 2, "quote", "“23 teams” & so on")
    loaded = load(doubled.folder)
    assert loaded.problems == ()
    assert loaded.review.provenance[0].quote == "“23 teams” & so on"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("x" * 201, ("the quote has 201 characters, at most 200", "keep the words")),
        ("two\nlines", ("one line of plain text",)),
    ],
)
def test_a_quote_that_is_too_long_is_told(doubled, only, quote, words):
    doubled.cell(PROVENANCE, 2, "quote", quote)
    only(doubled.problems(), PROVENANCE, 2, "quote", *words)


def test_a_quote_of_200_characters_is_accepted(doubled):
    doubled.cell(PROVENANCE, 2, "quote", "x" * 200)
    assert doubled.problems() == ()


def test_a_number_seen_nowhere_has_no_quote(doubled, only):
    doubled.cell(PROVENANCE, 9, "quote", "ten players")
    only(doubled.problems(), PROVENANCE, 9, "quote", "seen in no source", "delete the quote")


def test_two_people_may_read_one_number(doubled):
    read_by_two(doubled)
    loaded = load(doubled.folder)
    assert loaded.problems == ()
    (reading,) = double_readings(loaded.review)
    assert [row.extractor for row in reading.readings] == ["AB", "CD"]
    assert (reading.agrees, len(reading.used)) == (True, 2)


def test_one_person_reads_a_number_once(doubled, only):
    read_by_two(doubled)
    doubled.replace(PROVENANCE, ",CD\n", ",AB\n")
    only(doubled.problems(), PROVENANCE, LAST + 1, "study", "the same", "as on line 5")


def test_a_disagreement_is_a_warning_that_says_whose_reading_is_used(doubled, only):
    read_by_two(doubled, second="12")
    assert doubled.errors() == ()
    words = ("two people read it differently", "has 10, as read by AB", "CD", "'12'", "look it up")
    only(doubled.warnings(), PROVENANCE, LAST + 1, "value", *words)
    (reading,) = double_readings(load(doubled.folder).review)
    assert not reading.agrees
    assert [row.extractor for row in reading.used] == ["AB"]


def test_the_number_used_must_be_one_of_those_read(doubled):
    read_by_two(doubled, second="12")
    doubled.cell("studies.csv", 2, "weeks", "11")
    assert [(each.line, each.column) for each in doubled.errors()] == [
        (5, "value"),
        (LAST + 1, "value"),
    ]


def test_a_reading_that_is_not_used_says_nothing_of_how_the_number_is_known(doubled):
    """The reading in the full text differs, so the number is known from the abstract."""
    read_by_two(doubled, second="12", kind="primary_fulltext")
    review = load(doubled.folder).review
    assert sources.kind_of(review, "askling2003", None, "weeks") == "primary_abstract"
