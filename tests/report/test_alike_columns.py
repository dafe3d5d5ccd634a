"""Columns that say the same in every row stand once in the caption, on paper and on the page."""

from liftproof.pages.alike_columns import for_page, without_alike
from liftproof.pages.table import CellPart, LinkedCell, PageTable, headings


def table(rows, heads=("Trial", "# Effect", "Kind", "¶ Remark")):
    return PageTable(key="k", caption="Trials", headings=headings(*heads), rows=tuple(rows))


def names(shown):
    return [heading.text for heading in shown.headings]


def test_a_column_that_is_the_same_in_all_rows_is_said_in_the_caption():
    rows = [(f"T{number}", str(number), "counts", "—") for number in range(3)]
    short = without_alike(table(rows))
    assert names(short) == ["Trial", "Effect"]
    assert short.rows == (("T0", "0"), ("T1", "1"), ("T2", "2"))
    assert short.caption == "Trials. The same in all rows: Kind: counts. Empty in all rows: Remark."


def test_of_two_rows_alike_the_words_stay_and_an_empty_column_goes():
    short = without_alike(table([("A", "1", "counts", ""), ("B", "1", "counts", "—")]))
    assert names(short) == ["Trial", "Effect", "Kind"]
    assert short.caption == "Trials. Empty in all rows: Remark."


def test_the_page_keeps_columns_of_numbers_and_verdicts_unless_they_are_empty():
    heads = ("Trial", "# Effect", "# Dose", "Verdict", "¶ Remark")
    rows = [(f"T{number}", "0.34", "—", "close", "as printed") for number in range(3)]
    assert names(for_page(table(rows, heads))) == ["Trial", "Effect", "Verdict"]


def test_links_keep_their_column_and_a_table_without_rows_is_as_it_was():
    link = LinkedCell(parts=(CellPart(text="BMJ", url="https://doi.org/10.1/a"),))
    rows = [(f"T{number}", str(number), str(number), link) for number in range(3)]
    assert for_page(table(rows)) == table(rows)
    assert for_page(table([])) == table([])
