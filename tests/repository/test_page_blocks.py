"""The generated parts of the project's pages."""

import pytest

from liftproof.columns import columns
from liftproof.errors import UsageError
from liftproof.page_blocks import (
    RESULTS,
    column_dictionary,
    replace_block,
    result_dictionary,
    verdict_counts,
)
from liftproof.reviews.model.review_tables import TABLES
from liftproof.rows.result_rows import ReproductionRow


def row(quantity, printed, computed, verdict, **more):
    return ReproductionRow(
        review="r",
        target="main",
        quantity=quantity,
        printed=printed,
        computed=computed,
        verdict=verdict,
        description="a | b",
        **more,
    )


def test_verdicts_are_counted_for_each_review_and_in_all():
    rows = [
        row("estimate", "0.338", 0.34012, "close"),
        row("ci_low", "0.238", 0.2381, "reproduced"),
        row("k", "6", 6.0, "reproduced"),
    ]
    blocked = [row("slope", ">4", None, "blocked")]

    fitted = [row("participants", "7738", 7738.0, "fitted", fitted="all randomised")]
    copies = [row("ci_low", "0.238", 0.2381, "reproduced", see="a/main")]

    assert verdict_counts({"a | b": rows, "c": blocked + fitted + copies}).splitlines() == [
        "| review | printed numbers | ✓ reproduced | ≈ close | ○ fitted | ~ same conclusion "
        "| ✗ different | … blocked |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| a \\| b | 3 | 2 | 1 | 0 | 0 | 0 | 0 |",
        "| c | 2 | 0 | 0 | 1 | 0 | 0 | 1 |",
        "| **all** | 5 | 2 | 1 | 1 | 0 | 0 | 1 |",
        "",
        "Of 5 printed numbers 1 (20\u202f%) are blocked: the data at hand cannot give them. "
        "1 are fitted: inputs were chosen so that they follow. "
        "Of the other 3, 3 are reproduced or close. "
        "1 more are held by another review of these, and counted there alone.",
    ]


def test_a_project_without_prints_has_no_share_to_divide_by():
    assert "Of 0 printed numbers 0 (0\u202f%) are blocked" in verdict_counts({})


@pytest.mark.parametrize(
    ("text", "tables"), [(column_dictionary(), TABLES), (result_dictionary(), RESULTS)]
)
def test_a_dictionary_holds_every_column_of_every_file(text, tables):
    parts = dict(zip(tables, text.split("\n\n")[1::2], strict=True))

    for name, table in tables.items():
        assert f"`{name}`" in text
        names = [line.split(" | ")[0].strip("| `") for line in parts[name].splitlines()[2:]]
        assert names == [item.name for item in columns(table)]
        assert all(item.meaning in parts[name] for item in columns(table))


def test_the_dictionary_says_what_a_column_holds():
    lines = column_dictionary().splitlines()

    assert "| `study` | key of the trial, [a-z0-9_]+ | key | yes |" in lines
    assert "| `icc` | intracluster correlation | number |  |" in lines
    assert "| `design` | what was randomised | `individual`, `cluster` |  |" in lines
    assert "`risk_of_bias.csv` (optional)" in lines


def test_a_block_is_replaced_and_the_rest_left_alone():
    text = "before\n<!-- verdicts:start -->\nold\n<!-- verdicts:end -->\nafter\n"

    once = replace_block(text, "verdicts", "new")

    assert once == "before\n<!-- verdicts:start -->\nnew\n<!-- verdicts:end -->\nafter\n"
    assert replace_block(once, "verdicts", "new") == once


@pytest.mark.parametrize(
    "text",
    [
        "no markers",
        "<!-- a:start -->",
        "<!-- a:end --> <!-- a:start -->",
        "<!-- a:start --> <!-- a:start --> <!-- a:end -->",
    ],
)
def test_a_text_without_its_markers_is_refused(text):
    with pytest.raises(UsageError, match="<!-- a:start --> and then <!-- a:end -->"):
        replace_block(text, "a", "new")
