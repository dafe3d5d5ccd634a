#!/usr/bin/env bash
# forestplotx 1.1.0, forest_plot() of a row without a P value, seen 2026-11-30.
#
# Many papers print an estimate with its limits and no P. Expected: estimate and interval drawn, the P cell empty. Seen: the
# numbers are left out of the table and a point without an interval is drawn at 1, the line of no effect, though the row
# says 0.60 (0.40 to 0.90). Where no row has a P, every trial stands at 1. A warning counts rows with "missing values"
# without naming what is missing. How to see it in a figure: points of another colour just on the line.
# So: compute P from the limits, or draw such rows by something else.
# Home: https://github.com/shervin-taheripour/forestplotx
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    forestplotx==1.1.0 matplotlib==3.10.7 numpy==2.3.5 pandas==2.3.3
MPLBACKEND=Agg MPLCONFIGDIR="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import forestplotx
import pandas as pd

trials = pd.DataFrame(
    {
        "predictor": ["A 2010", "B 2012", "C 2015"],
        "outcome": "injury",
        "effect": [0.5, 0.8, 0.6],
        "ci_low": [0.3, 0.6, 0.4],
        "ci_high": [0.9, 1.1, 0.9],
        "p_value": [0.02, 0.2, None],
    }
)
_, (table, axes) = forestplotx.forest_plot(trials, exponentiate=False, show=False)
words = [text.get_text() for text in table.texts]
row = words[words.index("C 2015") :]
interval = [float(x) for x in axes.containers[0].lines[0].get_xdata()]
alone = [float(x) for line in axes.lines if line.get_marker() == "o" for x in line.get_xdata()]
print("row of C:", row, "points with intervals:", interval, "all points:", alone)
assert not any(row[1:]), "forestplotx behaves otherwise than was seen"
assert interval == [0.5, 0.8] and sorted(alone) == [0.5, 0.8, 1.0], "forestplotx behaves otherwise than was seen"
PYTHON
