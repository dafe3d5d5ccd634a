"""The page of argued claims: a section a claim, the computed verdict, two sentences by hand."""

import re
from pathlib import Path

import pytest

from liftproof.project_pages import claims_page
from liftproof.reviews.files.claims_file import claims_file
from support.dose_answers import answered

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "claims.md"
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(
        r"^### (\w+)\n\n<!-- \1:start -->\n.*?<!-- \1:end -->\n\n(.*?)\n(?=\n#|\Z)",
        TEXT,
        flags=re.DOTALL | re.MULTILINE,
    )
)
"""What was written by hand beneath each claim."""


def claim_ids():
    file = claims_file(REPOSITORY)
    assert file is not None
    return [claim.id for claim in file.claims.claims]


def test_the_computed_parts_are_current():
    assert claims_page(REPOSITORY, lambda review: answered(review.name)) == {PAGE: TEXT}


def test_every_claim_has_its_section_in_the_order_of_the_ledger():
    assert list(SECTIONS) == claim_ids()


@pytest.mark.parametrize("claim", SECTIONS)
def test_each_verdict_is_argued_in_two_sentences(claim):
    """What the sentence says, and what the numbers say."""
    text = SECTIONS[claim].replace("\n", " ")
    first, second = (part for part in re.split(r"(?<=\.) ", text) if part)
    assert first.startswith(("The sentence says", "The same sentence"))
    assert second.startswith("The numbers say")


@pytest.mark.parametrize("claim", SECTIONS)
def test_what_is_written_by_hand_holds_no_number_that_could_drift(claim):
    assert not re.search(r"\d", SECTIONS[claim])


def test_the_page_is_found_from_the_front_page():
    assert "\nclaims\n" in (REPOSITORY / "docs" / "index.md").read_text(encoding="utf-8")
