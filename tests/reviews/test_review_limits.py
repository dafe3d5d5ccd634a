"""Beyond each limit of size a sentence says so, and soon."""

from pathlib import Path

import pytest

from liftproof.analysis.multiverse.space import MOST as MOST_COMBINATIONS
from liftproof.reviews.files.csv_file import sheet_of
from liftproof.reviews.limits import (
    FIRST_BYTES,
    LARGEST_TABLE,
    LARGEST_YAML,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_REPEATS,
    MOST_RESULTS,
    MOST_ROWS,
    MOST_SHOWN,
    MOST_SOURCES,
    MOST_TRIALS,
)
from liftproof.reviews.loading import listed
from liftproof.reviews.model.problems import Problem
from support.workflow_project import REPOSITORY

ROW = "askling2003,hamstring,primary,,acute,3,15,10,15,,,,,,,,,,,\n"


def test_a_table_that_is_too_large_is_refused_with_its_first_problems(review):
    review.append("outcomes.csv", ROW * (2 * FIRST_BYTES // len(ROW)))
    with (review.folder / "outcomes.csv").open("r+b") as stream:
        stream.truncate(LARGEST_TABLE + 1)
    size, repeats = (each for each in review.problems() if each.path.name == "outcomes.csv")
    assert size.found == "100 MB"
    assert "at most 100 MB are read; of its rows those of the first 200 kB were" in size.wrong
    assert repeats.line == 5
    assert "rows repeat a row above letter for letter, here that on line 2" in repeats.wrong
    assert int(repeats.wrong.split()[0]) == pytest.approx(FIRST_BYTES / len(ROW), rel=0.01)


def test_few_rows_that_repeat_one_are_told_one_by_one_and_many_are_counted(review, only):
    review.append("outcomes.csv", ROW * 2)
    assert [each.line for each in review.errors()] == [5, 6]
    review.append("outcomes.csv", ROW * (MOST_REPEATS - 1))
    only(review.errors(), "outcomes.csv", 5, "file", f"{MOST_REPEATS + 1} rows repeat", "delete")


def test_a_trial_with_more_results_than_are_compared(review, only):
    rows = (ROW.replace("primary", f"v{place}") for place in range(MOST_RESULTS))
    review.append("outcomes.csv", "".join(rows))
    only(review.errors(), "outcomes.csv", 1004, "study", "more than 1000 rows of one trial")


def test_more_rows_than_are_read():
    found = sheet_of("a,b\n1,2\n3,4\n5,6\n", Path("x.csv"), ("a", "b"), most=2)
    assert str(found) == (
        "x.csv:4: file: more than 2 rows, found '5,6', divide the review, or leave rows out"
    )


def test_more_columns_than_are_read(review, only):
    review.write("studies.csv", ",".join(["study", *(f"c{n}" for n in range(MOST_COLUMNS))]) + "\n")
    only(review.errors(), "studies.csv", 1, "file", "1001 columns, at most 1000 are taken")


@pytest.mark.slow
@pytest.mark.parametrize("length", [LONGEST_CELL + 1, 10_000_000])
def test_a_cell_that_is_too_long(review, length):
    review.cell("studies.csv", 2, "category", "x" * length)
    (problem,) = (each for each in review.errors() if each.path.name == "studies.csv")
    assert problem.line == 2
    assert str(LONGEST_CELL) in problem.wrong
    assert "shorten it" in problem.remedy
    assert len(str(problem)) < 400


def test_a_file_of_keys_that_is_too_large(review, only):
    review.append("review.yaml", "#" * LARGEST_YAML)
    only(review.errors(), "review.yaml", 1, "file", "too large: at most 1.0 MB are read", "1.0 MB")


@pytest.mark.parametrize("typed", ["citation: &a One\n", "citation: &a [x, x]\ndoi: *a\n"])
def test_an_anchor_that_a_short_file_could_be_made_long_by(review, only, typed):
    review.append("review.yaml", typed)
    only(review.errors(), "review.yaml", 15, "file", "an anchor (&) or an alias (*)", "write it")


def test_the_limits_are_published():
    page = (REPOSITORY / "docs" / "reliability.md").read_text(encoding="utf-8")
    for what, limit in {
        "trials (rows of `studies.csv`)": f"{MOST_TRIALS:,}",
        "rows of any other table": f"{MOST_ROWS:,}",
        "results of one trial": f"{MOST_RESULTS:,}",
        "sources (rows of `provenance.csv`) of one trial": f"{MOST_SOURCES:,}",
        "columns of a table": f"{MOST_COLUMNS:,}",
        "characters of a cell, or of a value in a YAML file": f"{LONGEST_CELL:,}",
        "a CSV file": f"{LARGEST_TABLE // 10**6} MB",
        "a YAML file": f"{LARGEST_YAML // 10**6} MB",
        "problems that are printed; the others are counted": f"{MOST_SHOWN:,}",
    }.items():
        assert f"| {what} | {limit} |" in page
    assert f"first {FIRST_BYTES // 1000} kB" in page
    assert f"more than {MOST_REPEATS:,}" in page
    assert f"more than {MOST_COMBINATIONS:,}" in page


def test_problems_beyond_what_anybody_reads_are_counted():
    one = Problem(path=Path("x"), line=1, column="a", wrong="w", found="", remedy="r")
    lines = listed([one] * (MOST_SHOWN + 2)).splitlines()
    assert len(lines) == MOST_SHOWN + 1
    assert lines[-1] == "and 2 more problems"
