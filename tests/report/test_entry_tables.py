"""Which trials enter which analyses is told by titles, never by the keys of the data."""

import re

import pytest

from liftproof.pages.sources.entry_tables import entries_table
from liftproof.pages.sources.source_tables import kinds_table
from liftproof.reviews import find, read
from liftproof.reviews.model.provenance import provenance_summary
from support.workflow_project import REPOSITORY

KEY = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


def test_a_trial_enters_analyses_by_their_titles(review):
    rows = {name: cells for name, *cells in entries_table(review).rows}
    entered, others = rows["Coppack 2011"]
    assert entered == "6 of 8: all but those named beside"
    assert others == (
        "Adolescents, two trials (risk and rate ratios together); Adults, two trials (risk and "
        "rate ratios together): pooled from other trials"
    )


def test_no_key_of_the_data_stands_in_a_table_of_sources(review):
    for table in (entries_table(review), kinds_table(review, provenance_summary(review))):
        assert [cell for row in table.rows for cell in row if KEY.search(str(cell))] == []
