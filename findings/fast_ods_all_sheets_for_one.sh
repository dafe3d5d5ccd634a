#!/usr/bin/env bash
# fast-ods 0.3.2, ODSParser().parse(table=...), a sheet of an OpenDocument workbook, seen 2026-12-01.
#
# A workbook with the sheets "included" (trials A and B) and "excluded" (trial C); a comment hangs on the name of trial A. Expected of
# table="included", which its page has as "choose a table by index or name": A and B. Seen: A, B and C, for any name and any number: the
# table is looked for, but whether it has been found is never asked when a row ends, so that every row of the file is given out, those of
# sheets before and behind too; headings come again in the middle. And in place of "A 2010" stands the comment, "Reader" and "check the
# dose" run together: a comment is the first thing within a cell, and the first thing is taken for its text.
# So: pandas.read_excel(engine="odf"), or a workbook of one sheet without comments.
# Home: https://pypi.org/project/fast-ods/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile fast-ods==0.3.2 odfpy==1.4.1 pandas==2.3.3 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pandas
from fast_ods import ODSParser
from odf.dc import Creator
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

sheets = {"included": [["trial", "events"], ["A 2010", 4], ["B 2012", 11]], "excluded": [["trial", "events"], ["C 2014", 70]]}
document = OpenDocumentSpreadsheet()
for name, rows in sheets.items():
    table = Table(name=name)
    for values in rows:
        row = TableRow()
        for value in values:
            number = isinstance(value, int)
            cell = TableCell(valuetype="float", value=value) if number else TableCell(valuetype="string")
            if value == "A 2010":
                comment = Annotation()
                comment.addElement(Creator(text="Reader"))
                comment.addElement(P(text="check the dose"))
                cell.addElement(comment)
            cell.addElement(P(text=str(value)))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
document.save("trials.ods")

seen = {table: list(ODSParser().parse("trials.ods", table=table)) for table in ("included", "excluded", 0, 1)}
print(seen["included"])
due = pandas.read_excel("trials.ods", engine="odf", sheet_name="included").to_dict("list")
print("by pandas:", due)
rows = [("trial", "events"), ("Readercheck the dose", "4"), ("B 2012", "11"), ("trial", "events"), ("C 2014", "70")]
assert all(table == rows for table in seen.values()), "behaves otherwise than was seen"
assert due == {"trial": ["A 2010", "B 2012"], "events": [4, 11]}, "behaves otherwise than was seen"
PYTHON
