#!/usr/bin/env bash
# pybtexnbib 0.2.0 (with pybtex 0.26.1) and univtil 1.0.0, PubMed's .nbib file to BibTeX, seen 2026-11-30.
#
# A search downloaded from PubMed: two records, a blank line between them, the first title wrapped onto a second line, as
# PubMed wraps all long ones. Expected: two references with their titles. Seen in both: one, with the authors of both. Both
# packages look for "ER  -" between records, which is RIS; .nbib has no such line. pybtexnbib joins all fields
# of the file (volume "4; 9", title "...; ...") and keeps the year of the first beside the DOI of the last; univtil takes
# first fields and all authors. At the wrap pybtexnbib leaves the blank out ("twoleagues") and univtil the rest of the title.
# So: count PMIDs against references; a search of 800 is one reference, and a word across a wrap is not found.
# Home: https://github.com/rbturnbull/pybtexnbib; the format: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pybtexnbib==0.2.0 pybtexris==0.2.0 \
    pybtex==0.26.1 latexcodec==3.0.1 PyYAML==6.0.4 univtil==1.0.0
cd "$folder"
cat > search.nbib <<'NBIB'
PMID- 11111111
DP  - 2018 Dec
TI  - Strength training and injuries of the hamstrings in football players of two
      leagues.
FAU - Example, Anna B
AU  - Example AB
JT  - Journal of examples
VI  - 4
AID - 10.1000/one [doi]

PMID- 22222222
DP  - 2021 Mar
TI  - Balance training and sprains of the ankle.
FAU - Sample, Carl
AU  - Sample C
JT  - Journal of samples
VI  - 9
AID - 10.1000/two [doi]
NBIB
venv/bin/python - <<'PYTHON'
from pathlib import Path

from pybtex.database import parse_file
from univtil.bib.nbib import nbiblist

by_pybtex = list(parse_file("search.nbib", "nbib").entries.values())
(entry,) = by_pybtex
names = [" ".join(person.last_names) for person in entry.persons["author"]]
print("pybtexnbib, references:", len(by_pybtex), names, entry.fields["year"], entry.fields["volume"], entry.fields["doi"])
print(entry.fields["title"])
by_univtil = nbiblist(Path("search.nbib").read_text())
(record,) = by_univtil
print("univtil, references:", len(by_univtil), record.author, "|", record.title)
stem = "Strength training and injuries of the hamstrings in football players of two"
assert entry.fields["title"] == stem + "leagues.; Balance training and sprains of the ankle."
assert (names, entry.fields["year"], entry.fields["doi"]) == (["Example", "Sample"], "2018", "10.1000/two")
assert entry.fields["volume"] == "4; 9", "pybtexnbib behaves otherwise than was seen"
assert (record.author, record.title) == ("Example, Anna B and Sample, Carl", stem), "univtil behaves otherwise than was seen"
PYTHON
