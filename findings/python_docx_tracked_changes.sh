#!/usr/bin/env bash
# python-docx 1.2.0, the text of a table cell with tracked changes, seen 2026-11-30.
#
# An author mends a manuscript's table with changes tracked: 21 events become 12, and 15 people become 105.
# Expected: the table as it was (21, 15) or as it is to be (12, 105). Seen: a third one, an empty cell and 15:
# what was struck out and what was put in are both left out, and a number with a digit put in stays a number.
# So: accept or reject all changes in the word processor first, or look for w:ins and w:del in the file.
# Known as https://github.com/python-openxml/python-docx/issues/340, open since 2016.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    python-docx==1.2.0 lxml==6.1.3 typing-extensions==4.15.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from docx import Document
from docx.oxml import parse_xml

space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str) -> str:
    return f"<w:r {space}><w:t>{text}</w:t></w:r>"


def put_in(text: str) -> str:
    return f'<w:ins {space} w:id="1" w:author="A">{run(text)}</w:ins>'


def struck_out(text: str) -> str:
    return f'<w:del {space} w:id="2" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


document = Document()
row = document.add_table(rows=1, cols=3).rows[0]
row.cells[0].text = "Trial A"
for cell, pieces in ((1, [struck_out("21"), put_in("12")]), (2, [run("1"), put_in("0"), run("5")])):
    for piece in pieces:
        row.cells[cell].paragraphs[0]._p.append(parse_xml(piece))
document.save("table.docx")
seen = [cell.text for cell in Document("table.docx").tables[0].rows[0].cells]
print("before: 21, 15; after: 12, 105; read:", seen)
assert seen == ["Trial A", "", "15"], "python-docx behaves otherwise than was seen"
PYTHON
