#!/usr/bin/env bash
# pandas-ods-reader 1.0.2, read_ods() of a flat OpenDocument sheet (.fods), seen 2026-12-01.
#
# Trial B has 20 of 20 and 18 of 21, P = 0.0612. LibreOffice (seen with 7.4.7) writes neighbours of one value as one cell that is repeated
# twice. Expected: 20, 20, 18, 21, 0.0612, as pandas reads the same sheet from .ods. Seen: 20, 18, 21, 0.06 and nothing: the repetition
# is heeded in the headings and in no other row, so that all that follows moves one column to the left: 20 of 18 people, and 21 of 0.06.
# 0 and 0, or arms of one size side by side, do it. If every row has such a pair, the last column is dropped as empty.
# Numbers are read as shown: P is 0.0612 in the file and 0.06 by its format on the screen, and 0.06 comes back.
# So: save as .ods, or pandas.read_excel(engine="odf").
# Home: https://github.com/iuvbio/pandas_ods_reader
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pandas-ods-reader==1.0.2 ezodf==0.3.2 lxml==6.1.3 \
    odfpy==1.4.1 pandas==2.3.3 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

import pandas
from pandas_ods_reader import read_ods

KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))


def text(words):
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def number(value, shown=None, times=1):
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return f'<table:table-cell{repeated} office:value-type="float" office:value="{value}"><text:p>{shown or value}</text:p></table:table-cell>'


rows = [
    "".join(map(text, ("trial", "events 1", "people 1", "events 2", "people 2", "P"))),
    text("A") + number(4) + number(123) + number(11) + number(139) + number(0.0449, "0.04"),
    text("B") + number(20, times=2) + number(18) + number(21) + number(0.0612, "0.06"),
]
table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
body = f'<office:body><office:spreadsheet><table:table table:name="trials">{table}</table:table></office:spreadsheet></office:body>'
with open("trials.fods", "w") as flat:
    flat.write(f'<office:document {SPACES} office:version="1.3" office:mimetype="{KIND}">{body}</office:document>')
with zipfile.ZipFile("trials.ods", "w") as packed:
    packed.writestr("mimetype", KIND)
    packed.writestr("content.xml", f'<office:document-content {SPACES} office:version="1.3">{body}</office:document-content>')
    entries = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in (("/", KIND), ("content.xml", "text/xml")))
    packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</m:manifest>')

seen = read_ods("trials.fods", "trials")
due = pandas.read_excel("trials.ods", engine="odf")
print(seen, due, sep="\n\n")
assert seen.loc[1].tolist()[:5] == ["B", 20, 18, 21, 0.06] and seen["P"].isna().tolist() == [False, True], "behaves otherwise than was seen"
assert seen.loc[0].tolist() == ["A", 4, 123, 11, 139, 0.04], "behaves otherwise than was seen"
assert due.loc[1].tolist() == ["B", 20, 20, 18, 21, 0.0612], "behaves otherwise than was seen"
PYTHON
