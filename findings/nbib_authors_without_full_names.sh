#!/usr/bin/env bash
# nbib 0.3.2 (reader of PubMed's .nbib files), seen 2026-11-29.
#
# PubMed gives full author names (FAU) from 2002 on only; older records name their authors by AU alone.
# Expected: such a record has authors with abbreviated names.
# Seen: its list of authors is empty, without a warning. A record with FAU keeps both forms.
# So: count AU lines against the authors read, and take AU where FAU is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nbib==0.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import nbib

records = nbib.read("""PMID- 1
DP  - 1998 Mar
TI  - A trial of an earlier year.
AU  - Example AB
AU  - Sample C
SO  - J Example. 1998 Mar;1(1):1-2

PMID- 2
DP  - 2018 Dec
TI  - A trial of a later year.
FAU - Example, Anna B
AU  - Example AB
SO  - J Example. 2018 Dec;2(1):1-2

""")
seen = [[author["author_abbreviated"] for author in record["authors"]] for record in records]
print("authors by record:", seen)
assert seen == [[], ["Example AB"]], "nbib behaves otherwise than was seen"
PYTHON
