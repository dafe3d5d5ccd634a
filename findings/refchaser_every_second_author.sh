#!/usr/bin/env bash
# refchaser 0.0.3, its reader of RIS and .nbib files (bibparser), seen 2026-11-30.
#
# A tool for systematic reviews: it reads records, and builds search strings of their titles. Expected of a RIS record with
# four authors: four. Seen: the first and the third. An author's line is matched together with the beginning of the line below, which
# is then no longer there to be found; so every second author is lost from every record. Of a record in PubMed's .nbib the title
# "Effects of warm-up on injuries of the ACL in women" is read as "Effects of warm-up on injuries of the ": it ends before the first
# two capitals in a row, as if they were the next field, and so does an abstract ("Players of" for "Players of ACL ..."). A title
# that begins with an abbreviation is empty. No message either way.
# So: count authors and compare titles with the file, or read it by rispy and nbib.
# Home: https://github.com/DQ-Zhang/refchaser
# It asks for Windows, whose paths BibFile() wants; the text is therefore cut into records by its own function and parsed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps refchaser==0.0.3
"$folder/venv/bin/python" - <<'PYTHON'
from refchaser.bibparser import BibFile, BibFileReady

RIS = """TY  - JOUR
AU  - Alpha, A
AU  - Beta, B
AU  - Gamma, C
AU  - Delta, D
TI  - Strength training and ACL injuries
JF  - Journal of Examples
PY  - 2020
ER  - 

"""
NBIB = """PMID- 1
DP  - 2020 Mar
TI  - {title}
AB  - Players of ACL clinics were randomised.
FAU - Alpha, Anna
AU  - Alpha A
FAU - Beta, Bert
AU  - Beta B
JT  - Journal of examples

"""


def read(text, ending):
    (record,) = BibFileReady(BibFile._seperate_refs(None, text, ending), "batch", ending).parse()
    return record


authors = read(RIS, ".ris").authors
print("authors:", authors)
titles = [read(NBIB.format(title=title), ".nbib").title for title in
          ("Effects of warm-up on injuries of the ACL in women.", "ACL injuries in women.", "Injuries of the knee in women.")]
abstract = read(NBIB.format(title="Injuries."), ".nbib").abstract
print("titles:", titles, "abstract:", [abstract])
assert authors == ["Alpha, A", "Gamma, C"], "refchaser behaves otherwise than was seen"
assert titles == ["Effects of warm-up on injuries of the ", "", "Injuries of the knee in women."], "refchaser behaves otherwise"
assert abstract == "Players of ", "refchaser behaves otherwise than was seen"
PYTHON
