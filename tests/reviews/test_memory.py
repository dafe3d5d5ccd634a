"""What very many trials hold in memory, and records that hold no more than they have to."""

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from liftproof.analysis.review_pools import pools_of
from liftproof.reviews import read
from liftproof.reviews.model.column_records import ColumnRecords, column_of
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.review_tables import NOTHING, Outcome, Provenance
from reviews.test_growth import write

TRIALS = 2_000
MOST_PER_TRIAL = 3_400
"""Bytes at the peak of reading, checking and pooling a trial with five sources: 3,070 measured."""
PEAK = """
import sys, tracemalloc
from liftproof.analysis.review_pools import pools_of
from liftproof.reviews import read
pools_of(read(sys.argv[1]))
tracemalloc.start()
pooled = pools_of(read(sys.argv[2])).pooled
print(tracemalloc.get_traced_memory()[1], *(len(each.trials) for each in pooled))
"""
SOURCE = {"study": "a", "field": "weeks", "value": "9", "source": "s", "kind": "secondary"}


def sources(count):
    columns = {name: (value,) * count for name, value in SOURCE.items()}
    return ColumnRecords(table=Provenance, columns={**columns, "line": range(count)}, size=count)


def test_a_trial_holds_three_kilobytes_at_the_peak(tmp_path):
    """In a process of its own: records of one class share the names of what they hold.

    Python ends that where a process has made them of very many sets of columns, as tests do.
    """
    few, many = write(tmp_path / "few", 10), write(tmp_path / "many", TRIALS)
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, few, many], capture_output=True, text=True, check=True
    )
    peak, *pooled = map(int, ended.stdout.split())
    assert pooled == [TRIALS, TRIALS // 2]
    assert peak / TRIALS < MOST_PER_TRIAL


def test_rows_of_effects_are_made_once_where_they_are_asked_for(tmp_path):
    pooled = pools_of(read(write(tmp_path / "few", 10))).pooled[0]
    assert pooled.effects is pooled.effects
    assert [row.study for row in pooled.effects] == [each.study.study for each in pooled.chosen]


def test_records_by_the_column_are_those_that_their_class_makes():
    found = sources(3)
    whole = tuple(Provenance(**SOURCE, line=line) for line in range(3))
    assert len(found) == 3
    assert found == whole
    assert hash(found) == hash(whole)
    assert found[1] == found[-2] == whole[1]
    assert found[1:] == whole[1:]
    assert found != sources(2)
    assert found != list(whole)
    assert list(column_of(found, "line")) == list(column_of(whole, "line")) == [0, 1, 2]
    assert list(column_of(found, "note")) == ["", "", ""]
    with pytest.raises(IndexError):
        found[3]


def test_more_records_than_are_put_together_at_a_time_come_in_their_order():
    assert [row.line for row in sources(10_000)] == list(range(10_000))


def test_a_column_of_mappings_has_the_default_of_its_class():
    rows = ColumnRecords(table=Outcome, columns={"study": "ab", "outcome": "cc"}, size=2)
    assert list(column_of(rows, "moderators")) == [NOTHING, NOTHING]


def test_a_sparse_record_holds_what_is_filled_and_says_the_rest():
    columns = {"study": ("a",), "outcome": ("injury",), "n_control": (30,)}
    (row,) = records_of(Outcome, columns, 1)
    made = Outcome(study="a", outcome="injury", n_control=30, se=None)
    assert row == made
    assert vars(row) == vars(made)
    assert set(vars(made)) == {*columns, "moderators", "derived_from", "typed"}
    assert (made.se, made.measure, made.line, made.groups) == (None, "", 0, None)
    changed = replace(made, measure="RR", n_control=None)
    assert changed == Outcome(study="a", outcome="injury", measure="RR")
    assert "n_control" not in vars(changed)
    assert {each.name for each in fields(made)} > set(vars(made))


def test_a_sparse_record_is_made_of_its_columns_alone_and_never_changes():
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'outcome'"):
        Outcome(study="a")
    with pytest.raises(TypeError, match="unexpected keyword argument 'weight'"):
        Outcome(study="a", outcome="injury", weight=3)
    with pytest.raises(FrozenInstanceError):
        Outcome(study="a", outcome="injury").se = 0.1
