#!/usr/bin/env bash
# docx2md 1.0.5, a Word file to Markdown, seen 2026-12-01.
#
# A table of trials whose names are links to the papers, and a sentence "Of the trials, A 2010 alone was blinded", the name a link again. Expected:
# the names, with or without their addresses, as pandoc and mammoth have them. Seen: an empty first column, and "Of the trials,  alone was
# blinded": a link is one of the elements that are passed over, and its words with it; in the list of what can be converted links are not
# named, nor that their text goes. In a list of references every DOI and each linked title is missing; Word makes links of
# addresses by itself. Numbers on tab stops, "12" and "34", are "1234"; "10³ hours", the 3 raised, is "103 hours" (by mammoth too).
# So: mammoth or pandoc; a table with an empty column is the sign.
# Home: https://pypi.org/project/docx2md/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile docx2md==1.0.5 python-docx==1.2.0 mammoth==1.13.0 lxml==6.1.3 \
    pillow==12.0.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import io

import mammoth
from docx import Document
from docx2md import do_convert
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = Document()
target = document.part.relate_to("https://doi.org/10.1000/x", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def link(words):
    return parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{target}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>')


sentence = document.add_paragraph("Of the trials, ")
sentence._p.append(link("A 2010"))
sentence.add_run(" alone was blinded.")
table = document.add_table(2, 2)
for cell, words in zip(table.rows[0].cells, ("trial", "events")):
    cell.text = words
table.cell(1, 0).paragraphs[0]._p.append(link("A 2010"))
table.cell(1, 1).text = "4"
rate = document.add_paragraph("Per 10")
rate.add_run("3").font.superscript = True
rate.add_run(" hours")
document.add_paragraph("12\t34")
document.save("trials.docx")

with contextlib.redirect_stdout(io.StringIO()):
    seen = do_convert("trials.docx", use_md_table=True)
with open("trials.docx", "rb") as file:
    due = mammoth.convert_to_markdown(file).value
print(seen, due, sep="\n\nby mammoth: ")
lines = [line for line in seen.splitlines() if line]
assert lines[0] == "Of the trials,  alone was blinded." and "||4|" in lines, "behaves otherwise than was seen"
assert lines[-2:] == ["Per 103 hours", "1234"], "behaves otherwise than was seen"
assert "A 2010" not in seen and due.count("A 2010") == 2, "behaves otherwise than was seen"
PYTHON
