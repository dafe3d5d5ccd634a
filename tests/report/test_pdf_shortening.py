"""What the PDF leaves to the page, and how wide it makes the columns of tables."""

import pytest

from liftproof.pages.table import PageTable, headings
from liftproof.report.pdf.evidence_blocks import methods_blocks
from liftproof.report.pdf.first_analysis import MOST_LISTED
from liftproof.report.pdf.results_blocks import estimates_blocks
from liftproof.report.pdf.shortening import (
    MOST_ROWS,
    prose_below,
    shortened,
    without_prose,
)
from liftproof.report.pdf.table_columns import PAGE_WIDTH, SIZES, column_widths, width
from liftproof.rows.result_rows import EstimateRow
from support.page_inputs import with_rows


def table(rows, heads=("Trial", "# Effect", "Kind", "¶ Remark")):
    return PageTable(key="k", caption="Trials", headings=headings(*heads), rows=tuple(rows))


def names(shown):
    return [heading.text for heading in shown.headings]


def test_a_long_table_is_cut_and_says_by_how_much():
    rows = [(f"T{number}", str(number), f"k{number}", "r") for number in range(MOST_ROWS + 1)]
    block, note = shortened(table(rows))
    assert len(block.table.rows) == MOST_ROWS
    assert note.text == "1 more row of this table: in the page of this review, report.html."
    assert len(list(shortened(table(rows[:-1])))) == 1
    assert list(shortened(table([]))) == []


def test_a_row_called_as_the_one_above_has_the_start_of_its_name():
    name = "eccentric hamstring training, intention to treat"
    why = "the counts that the review used were not seen: see the analysis of all"
    rows = [(name, "1", "x", why), (name, "2", "y", why), ("short", "3", "z", "t")]
    (block,) = shortened(table([*rows, ("short", "4", "z", "t")]))
    assert [row[0] for row in block.table.rows] == [name, "eccentric hamstring …", "short", "short"]
    assert [row[3] for row in block.table.rows] == [why, "as above", "t", "t"]


def test_prose_stands_beneath_a_wide_table_or_is_left_to_the_page():
    rows = [("A", "1", "x", "long words"), ("B", "2", "y", "—")]
    narrow, heading, bullets = prose_below(table(rows))
    assert names(narrow.table) == ["Trial", "Effect", "Kind"]
    assert (heading.text, bullets.items) == ("Remark", ("A: long words",))
    twice = [*rows, ("A", "3", "z", "long words")]
    assert list(prose_below(table(twice)))[-1].items == ("A: long words",)
    cut = list(prose_below(table([*rows, ("C", "3", "z", "beyond")]), 2))
    assert (len(cut[0].table.rows), cut[-1].items) == (2, ("A: long words",))
    narrow, note = without_prose(table(rows))
    assert narrow.table.rows == (("A", "1", "x"), ("B", "2", "y"))
    assert note.text == "Remark: in the page of this review, report.html."


def test_columns_fill_no_more_than_the_page_and_give_prose_what_is_left():
    rows = [("Petersen 2011", "0.41 (0.18 to 0.93)", "counts", 40 * "many words ")]
    columns = column_widths(table(rows))
    assert columns.size == SIZES[0]
    assert sum(columns.widths) == pytest.approx(PAGE_WIDTH)
    name, number, kind, prose = columns.widths
    assert prose > name + number + kind
    assert 60 < name < 80
    short = column_widths(table([("A", "1", "x", "y")]))
    assert sum(short.widths) < PAGE_WIDTH / 2


def test_a_long_remark_gets_more_than_a_source_whose_doi_no_line_would_end_in():
    source = "Am J Sports Med 2015 doi:10.1177/0363546515574057"
    rows = [("One 2015", "events 11", source, 20 * "many words "), ("Two 2016", "9", source, "—")]
    columns = column_widths(table(rows))
    _, _, cited, remark = columns.widths
    assert width(source.rsplit(maxsplit=1)[-1], size=columns.size) > cited
    assert remark > 2 * cited


def test_text_is_set_smaller_only_where_words_would_not_fit():
    heads = [f"Heading{number}" for number in range(10)]
    assert column_widths(table([heads], heads)).size == SIZES[0]
    heads = [f"Heading{number}" for number in range(11)]
    assert column_widths(table([heads], heads)).size < SIZES[0]
    heads = [f"LongerHeading{number}" for number in range(12)]
    columns = column_widths(table([heads], heads))
    assert columns.size == SIZES[-1]
    assert sum(columns.widths) == pytest.approx(PAGE_WIDTH)


def test_methods_are_those_of_the_first_estimate_where_there_are_many(inputs):
    first, second = inputs.rows(EstimateRow)
    few = list(methods_blocks(inputs))
    assert "Adults only" in str(few)
    many = with_rows(inputs, EstimateRow, [first, *[second] * MOST_LISTED])
    text, note = methods_blocks(many)
    assert "restricted maximum likelihood" not in text.text
    assert "DerSimonian" in text.text
    assert note.text.startswith("These are the methods of the first estimate; those of the others")


def test_what_is_said_of_the_first_estimate_alone_is_not_said_of_all(inputs):
    assert "(All analyses.)" in str(list(estimates_blocks(inputs)))
    first, second = inputs.rows(EstimateRow)
    many = with_rows(inputs, EstimateRow, [first, *[second] * MOST_LISTED])
    shown = list(estimates_blocks(many))
    assert "All analyses" not in str(shown)
    assert shown[-1].text.startswith("That is of the first estimate; what the others do not show")
