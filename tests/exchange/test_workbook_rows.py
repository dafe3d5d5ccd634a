"""Rows that a pattern reads are those that a parser reads, and nothing else is taken for rows."""

from io import BytesIO
from xml.parsers.expat import ExpatError

import pytest

from liftproof.exchange.workbook_cells import CHUNK, sheet_cells
from liftproof.exchange.workbook_rows import CellRow


def _sheet(*rows: str, head: str = "<?xml version='1.0'?>") -> bytes:
    return f"{head}<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


CELLS = '<c r="A{0}" s="1" t="inlineStr"><is><t>a{0}</t></is></c><c r="B{0}" t="n" />'
ROW = f'<row r="{{0}}">{CELLS}</row>'
PLAIN = [ROW.format(line) for line in range(1, 3 * CHUNK // len(ROW))]
OF_ALL_KINDS = '<row r="{0}"><c r="A{0}" t="s"><v>1</v></c><c r="B{0}" s="3"><v>0.5</v></c></row>'


def test_rows_read_by_the_pattern_are_those_that_the_parser_reads():
    """A comment leaves all to the parser, as rows may stand in it."""
    rows = [*PLAIN, *(OF_ALL_KINDS.format(len(PLAIN) + each) for each in range(1, 2000))]
    by_pattern = sheet_cells(BytesIO(_sheet(*rows)), ("", "b"))
    assert by_pattern.rows[0] == CellRow(line=1, cells={"A": "a1"})
    assert by_pattern.rows[-1].cells["A"] == "b"
    by_parser = sheet_cells(BytesIO(_sheet(*rows, head="<!-- all by the parser -->")), ("", "b"))
    assert by_parser == by_pattern


@pytest.mark.parametrize(
    "odd",
    [
        "<!-- {} -->",
        "<![CDATA[{}]]>",
        "<?note {} ?>",
    ],
)
def test_what_only_looks_like_rows_is_none(odd):
    rows = sheet_cells(BytesIO(_sheet(*PLAIN, odd.format("".join(PLAIN)))), ()).rows
    assert [row.line for row in rows] == list(range(1, len(PLAIN) + 1))


def test_rows_written_otherwise_are_read_among_plain_ones():
    odd = "<row><c t='inlineStr'><is><r><t>x &amp; </t></r><r><t>y</t></r></is></c></row>"
    rows = sheet_cells(BytesIO(_sheet(*PLAIN, odd, PLAIN[0])), ()).rows
    assert rows[-2:] == [
        CellRow(line=len(PLAIN) + 1, cells={"A": "x & y"}),
        CellRow(line=1, cells={"A": "a1"}),
    ]


@pytest.mark.parametrize("broken", ["<row>", "</c>", '<c r="A1" r="A2"/>', "\x01", "\xff"])
def test_a_sheet_that_is_no_xml_is_refused_far_below_its_top(broken):
    text = _sheet(*PLAIN, "HERE", *PLAIN).replace(b"HERE", broken.encode("latin-1"))
    with pytest.raises(ExpatError):
        sheet_cells(BytesIO(text), ())


def test_another_encoding_is_heeded_in_plain_rows():
    row = ROW.replace("a{0}", "ä{0}")
    every = "".join(row.format(line) for line in range(1, len(PLAIN)))
    text = f"<?xml version='1.0' encoding='iso-8859-1'?><sheetData>{every}</sheetData>"
    rows = sheet_cells(BytesIO(text.encode("latin-1")), ()).rows
    assert {row.cells["A"] for row in rows} == {f"ä{line}" for line in range(1, len(PLAIN))}
