#!/usr/bin/env bash
# PythonMeta 1.26, Data.getdata(), seen 2026-11-30.
#
# Lines of "study, events, n, events, n", as in its examples. Expected: five studies, or an error. Seen: two,
# without a word. A line is left out whose study is called by its year alone ("2003" is taken for a count),
# whose name holds a comma ("Oak, Ash 2009"), or which has nine characters or fewer without its blanks
# ("A,0,9,1,9"): lines are measured before they are read. Names lose their blanks.
# So: count the studies that come back against the lines of the file.
# Home: PythonMeta on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    PythonMeta==1.26 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5 matplotlib==3.10.7
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import PythonMeta

lines = [
    "Fox 2001, 4, 123, 11, 139",
    "2003, 6, 306, 29, 303",
    "Elm 2005, 3, 231, 11, 220",
    "Oak, Ash 2009, 6, 138, 24, 128",
    "A, 0, 9, 1, 9",
]
data = PythonMeta.Data()
data.datatype = "CATE"
names = [study[4] for study in data.getdata(lines)]
print(len(lines), "lines,", len(names), "studies:", names)
assert names == ["Fox2001", "Elm2005"], "PythonMeta behaves otherwise than was seen"
PYTHON
