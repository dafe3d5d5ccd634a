#!/usr/bin/env bash
# forestplot 0.4.1, a data frame that was put together by pandas.concat(), seen 2026-11-30.
#
# Trials of two tables, concatenated, keep the row numbers of each: 0, 1, 0, 1. Expected: a row a trial, with its own
# name and numbers. Seen: names and texts are written by row number, so that the later trial's stand at both: the row
# at which 0.50 (0.30 to 0.90) of trial A is drawn is labelled "C 2015  1.20(0.70 to 2.10)"; A and B are
# nowhere in the figure, C and D twice. No warning. With sort=True the same frame is labelled rightly.
# So: reset_index(drop=True) before drawing, and compare the labels with the table.
# Home: https://github.com/lsys/forestplot
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    forestplot==0.4.1 matplotlib==3.10.7 numpy==2.3.5 pandas==2.3.3
MPLBACKEND=Agg MPLCONFIGDIR="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import forestplot
import pandas as pd

first = pd.DataFrame({"trial": ["A 2010", "B 2012"], "rr": [0.5, 0.8], "low": [0.3, 0.6], "high": [0.9, 1.1]})
second = pd.DataFrame({"trial": ["C 2015", "D 2018"], "rr": [1.2, 0.9], "low": [0.7, 0.6], "high": [2.1, 1.3]})
both = pd.concat([first, second])
labels = {}
for name, frame in (("as it is", both), ("numbered anew", both.reset_index(drop=True))):
    drawn, _ = forestplot.forestplot(
        frame.copy(), estimate="rr", ll="low", hl="high", varlabel="trial", ylabel="RR", return_df=True
    )
    labels[name] = {float(row.rr): row.yticklabel.split("  ")[0] for row in drawn.itertuples()}
    print(name, labels[name])
right = {0.9: "D 2018", 1.2: "C 2015", 0.8: "B 2012", 0.5: "A 2010"}
assert labels["numbered anew"] == right, "forestplot behaves otherwise than was seen"
assert labels["as it is"] == right | {0.8: "D 2018", 0.5: "C 2015"}, "forestplot behaves otherwise than was seen"
PYTHON
