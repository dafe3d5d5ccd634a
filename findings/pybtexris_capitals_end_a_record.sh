#!/usr/bin/env bash
# pybtexris 0.2.0 (with pybtex 0.26.1), a RIS file with a title in capitals, seen 2026-11-30.
#
# Older records and some databases give titles in capitals: INJURIES OF THE SHOULDER - A RANDOMISED TRIAL. Expected: that
# title, one reference. Seen: two references for the one record. The text is cut wherever the letters ER and a dash follow one
# another, anywhere in a line: the first has the title INJURIES OF THE SHOULD, the second year, DOI and volume, under the
# key Unknown2019 and of the type misc. No warning. SOCCER, TRAINER, PLAYER, ELDER, AFTER and UNDER end records likewise, in
# abstracts too, and two such records of a year end the reading with an error about the key Unknown2019.
# So: count the lines TY against references, and look for keys that begin with Unknown.
# Home: https://github.com/rbturnbull/pybtexris
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pybtexris==0.2.0 \
    pybtex==0.26.1 latexcodec==3.0.1 PyYAML==6.0.4
cd "$folder"
cat > export.ris <<'RIS'
TY  - JOUR
AU  - Example, Anna
TI  - INJURIES OF THE SHOULDER - A RANDOMISED TRIAL
T2  - Journal of examples
PY  - 2019
VL  - 4
DO  - 10.1000/one
ER  - 

RIS
sed 's/SHOULDER/HIP/' export.ris > hip.ris
venv/bin/python - <<'PYTHON'
from pybtex.database import parse_file

shown = ("title", "year", "volume", "doi")
read = {name: parse_file(name, "ris").entries for name in ("hip.ris", "export.ris")}
seen = {name: [(key, entry.type, *(entry.fields.get(field) for field in shown)) for key, entry in entries.items()]
        for name, entries in read.items()}
for name, references in seen.items():
    print(name, *references, sep="\n  ")
whole = ("Example2019", "article", "INJURIES OF THE HIP - A RANDOMISED TRIAL", "2019", "4", "10.1000/one")
halves = [("Example", "article", "INJURIES OF THE SHOULD", None, None, None),
          ("Unknown2019", "misc", None, "2019", "4", "10.1000/one")]
assert seen == {"hip.ris": [whole], "export.ris": halves}, "pybtexris behaves otherwise than was seen"
PYTHON
