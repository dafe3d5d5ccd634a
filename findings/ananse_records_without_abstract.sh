#!/usr/bin/env bash
# ananse 1.1.2, import_naive_results(clean_dataset=True) of a Scopus export, seen 2026-11-30.
#
# Five different records, two of them without an abstract and two more with Scopus's "[No abstract available]". Expected: five remain, as none
# is the duplicate of another. Seen: three. Duplicates are dropped by title and then again by abstract alone, and a missing abstract is
# the duplicate of every other missing one: of all editorials, letters and trials without an abstract one is kept, without a count
# or a word. The terms of a search strategy are then drawn from what is left; in them the last word of the abstract and the first of the
# title are one ("runnersStrength"), and an abstract that is missing is the word "nan".
# So: drop duplicates by DOI or by title and year elsewhere, and import without clean_dataset.
# Home: ananse on PyPI
# It asks for packages of its author's machine (a Windows one too), so that those it needs are installed by name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps ananse==1.1.2 > "$folder/pip.log" 2>&1
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pandas==2.3.3 numpy==2.3.5 networkx==3.5 \
    RISparser==0.4.3 rake-nltk==1.0.6 scikit-learn==1.7.2 matplotlib==3.10.7 >> "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import sys
from pathlib import Path

from ananse import Ananse

none = "[No abstract available]"
records = [("Strength training in runners", "We trained runners"), ("Stretching in runners", ""),
           ("Balance boards in football", ""), ("Insoles in recruits", none), ("Shoes in recruits", none)]
export = Path(sys.argv[1], "export")
export.mkdir()
columns = ("Authors,Title,Year,Source,Volume,Issue,Page start,Page end,DOI,Abstract,Author Keywords,Document Type,EID,"
           "Affiliations")
rows = [f"A. Example,{title},{2001 + i},Scopus,1,1,1,9,10.1000/{i},{abstract},injury,Article,e{i},Example"
        for i, (title, abstract) in enumerate(records)]
Path(export, "scopus.csv").write_text("\n".join([columns, *rows]) + "\n")
every = Ananse().import_naive_results(f"{export}/")
kept = list(Ananse().import_naive_results(f"{export}/", clean_dataset=True)["title"])
print(f"{len(every)} imported, {len(kept)} kept:", "; ".join(kept))
print("texts:", list(every["text"])[:2])
assert kept == ["Strength training in runners", "Stretching in runners", "Insoles in recruits"], "ananse behaves otherwise"
assert list(every["text"])[:2] == ["We trained runnersStrength training in runners", "nanStretching in runners"], "changed"
PYTHON
