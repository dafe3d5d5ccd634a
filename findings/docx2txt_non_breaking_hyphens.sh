#!/usr/bin/env bash
# docx2txt 0.9 and docx2python 3.7.1, text of a Word file with non-breaking hyphens, seen 2026-11-30.
#
# Typists keep a range or a negative number on one line by Word's non-breaking hyphen (Ctrl+Shift+hyphen),
# which the file holds as an element of its own. Expected: "10-20" and "-0.5", with whichever hyphen.
# Seen: docx2txt reads 1020 and 0.5, docx2python the same: the hyphen is left out, a range becomes a number a
# hundred times as large, and a negative effect changes sign. python-docx and mammoth keep it.
# So: read numbers of a Word file by one of the latter; a range that is one number is a sign of the former.
# The element: https://learn.microsoft.com/dotnet/api/documentformat.openxml.wordprocessing.nobreakhyphen
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile docx2txt==0.9 docx2python==3.7.1 \
    python-docx==1.2.0 mammoth==1.13.0 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import re

import docx2txt
import mammoth
from docx import Document
from docx.oxml import parse_xml
from docx2python import docx2python

space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
document = Document()
for before, after in (("10", "20"), ("", "0.5")):
    text = f"<w:r {space}><w:t>{before}</w:t><w:noBreakHyphen/><w:t>{after}</w:t></w:r>"
    document.add_paragraph()._p.append(parse_xml(text))
document.save("numbers.docx")
with open("numbers.docx", "rb") as file:
    html = mammoth.convert_to_html(file).value
seen = {
    "docx2txt": docx2txt.process("numbers.docx").split(),
    "docx2python": docx2python("numbers.docx").text.split(),
    "python-docx": [p.text for p in Document("numbers.docx").paragraphs],
    "mammoth": [p.replace("\u2011", "-") for p in re.findall("<p>(.*?)</p>", html)],
}
print(seen)
assert seen["docx2txt"] == seen["docx2python"] == ["1020", "0.5"], "behaves otherwise than was seen"
assert seen["python-docx"] == seen["mammoth"] == ["10-20", "-0.5"], "behaves otherwise than was seen"
PYTHON
