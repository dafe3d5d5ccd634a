"""Which trials enter which analyses is told by titles, never by the keys of the data."""

import re

import pytest

from liftproof.pages.sources.entry_tables import entries_table
from liftproof.pages.sources.left_out_words import plain_reason
from liftproof.pages.sources.source_tables import kinds_table
from liftproof.reviews import find, load, read
from liftproof.reviews.model.sourced_numbers import provenance_summary
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


def test_a_column_is_named_in_words():
    rows = entries_table(read(find("copenhagen", REPOSITORY))).rows
    texts = [text for row in rows for text in row]
    assert any("outcome class is “" in text for text in texts)
    assert [text for text in texts if KEY.search(text)] == []


def test_a_value_called_as_an_analysis_is_not_told_by_its_title(tmp_path):
    texts = {
        "review.yaml": """\
title: Made up
measure: RR
intervention: training
control: no training
analyses:
  - {id: injury, title: All adults, tau2: DL, select: {outcome: [injury]}}
  - {id: knees, title: Knees, select: {outcome: [acl_injury]}}
""",
        "studies.csv": "study,label,year\na,A 2001,2001\nb,B 2002,2002\n",
        "outcomes.csv": "study,outcome,variant,y,v\na,injury,,-1,0.2\nb,acl_injury,,-1,0.2\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert entries_table(load(tmp_path).review).rows == (
        ("A 2001", "All adults", "Knees: outcome is “injury”"),
        ("B 2002", "Knees", "All adults: outcome is “ACL injury”"),
    )


def test_of_a_reason_that_names_an_analysis_its_title_is_told():
    reason = "its variants are `injury`, `hazard_ratio`; `injury` takes `primary`"
    assert plain_reason(reason, {"injury": "All adults"}) == (
        "its variants are “injury”, “hazard ratio”; “All adults” takes “primary”"
    )


def test_a_reason_of_many_analyses_is_told_with_their_number():
    runners = read(find("runners", REPOSITORY))
    rows = {name: cells for name, *cells in entries_table(runners).rows}
    entered, others = rows["Lindblom 2023"]
    assert entered.startswith("Copenhagen adduction and groin injury in football")
    *named, last = others.split("\n")
    counted = re.fullmatch(r"All others \((\d+)\): counted among the trials of runners: no", last)
    titles = [each for line in named for each in line.split("; ")]
    assert int(counted[1]) + len(titles) + 1 == len(runners.settings.analyses)
    assert max(len(text) for row in rows.values() for text in row) < 1500
