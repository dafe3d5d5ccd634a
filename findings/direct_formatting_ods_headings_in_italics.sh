#!/usr/bin/env bash
# direct-formatting-pandas-ods-reader 0.5.3, read_ods(), seen 2026-12-01.
#
# The package reads OpenDocument tables into pandas and keeps italics, bold, raised and lowered text. A table with the headings trial, SD₁
# and SD₂ (the digits lowered), p value (the p in italics, as style guides ask) and n. Expected: five columns; pandas has them. Seen: three,
# trial, SD and SD: of a heading only what stands before its first formatted letter is read, so that two columns have one name; one that
# begins with a formatted letter counts as empty, and an empty heading as the end of the table: "p value" and everything to the right of
# it, n too, is left out. Nothing is said. format="none" makes no difference. Cells below the headings are read whole.
# So: headings without formatting, and a count of columns.
# Home: https://pypi.org/project/direct-formatting-pandas-ods-reader/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile direct-formatting-pandas-ods-reader==0.5.3 odfpy==1.4.1 \
    lxml==6.1.3 pandas==2.3.3 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pandas
from direct_formatting_pandas_ods_reader import read_ods
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span

document = OpenDocumentSpreadsheet()
lowered = Style(name="T1", family="text")
lowered.addElement(TextProperties(textposition="sub 58%"))
italic = Style(name="T2", family="text")
italic.addElement(TextProperties(fontstyle="italic"))
document.automaticstyles.addElement(lowered)
document.automaticstyles.addElement(italic)
headings = [["trial"], ["SD", (lowered, "1")], ["SD", (lowered, "2")], [(italic, "p"), " value"], ["n"]]
table = Table(name="trials")
for cells in (headings, [["A"], ["1.2"], ["1.5"], ["0.03"], ["40"]]):
    row = TableRow()
    for pieces in cells:
        paragraph = P()
        for piece in pieces:
            if isinstance(piece, tuple):
                paragraph.addElement(Span(stylename=piece[0], text=piece[1]))
            else:
                paragraph.addText(piece)
        cell = TableCell(valuetype="string")
        cell.addElement(paragraph)
        row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("trials.ods")

due = list(pandas.read_excel("trials.ods", engine="odf").columns)
print("by pandas:", due)
for kind in ("markdown", "html", "none"):
    seen = read_ods("trials.ods", format=kind)
    print(kind, list(seen.columns), seen.values.tolist())
    assert list(seen.columns) == ["trial", "SD", "SD"], "behaves otherwise than was seen"
    assert seen.values.tolist() == [["A", "1.2", "1.5"]], "behaves otherwise than was seen"
assert due == ["trial", "SD1", "SD2", "p value", "n"], "behaves otherwise than was seen"
PYTHON
