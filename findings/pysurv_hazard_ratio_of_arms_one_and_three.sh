#!/usr/bin/env bash
# pysurv 1.0.1 with lifelines 0.30.3, plot_km_curve(), the hazard ratio of two arms, seen 2026-11-30.
#
# A trial has arms 1, 2 and 3; the rows of 1 and 3 are compared. Expected: the hazard ratio of the two groups, 2.99 (0.95 to
# 9.46), as with the same people coded 0 and 1. Seen: 1.73 (0.97 to 3.08), written into the figure and the table beside the same
# curves and the same P: the code of the arm goes into Cox's model as a number, so that the ratio is one for each step
# of the code, here the root of what the legend names. Coded 10 and 20 it is the tenth root, 1.12.
# So: recode the two arms as 0 and 1 first; a hazard ratio near 1 beside curves far apart is the sign.
# Home: pysurv on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pysurv==1.0.1 lifelines==0.30.3 matplotlib==3.11.2 numpy==2.4.6 pandas==2.3.3 scipy==1.17.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib
import io

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from pysurv import plot_km_curve

times = [5, 8, 12, 14, 17, 20, 23, 26, 30, 34, 3, 4, 6, 7, 9, 11, 13, 15, 19, 22]
deaths = [1, 1, 1, 0, 1, 1, 1, 0, 1, 1] * 2
seen = {}
for codes in ((0, 1), (1, 3), (10, 20)):
    people = pd.DataFrame({"time": times, "event": deaths, "group": [codes[0]] * 10 + [codes[1]] * 10})
    with contextlib.redirect_stdout(io.StringIO()):
        _, table = plot_km_curve(people, group_labels=("control", "both trainings"), return_summary=True)
    (text,) = (text.get_text() for text in plt.gcf().axes[0].texts)
    plt.close("all")
    seen[codes] = (text.replace("\n", ", "), round(float(table["Hazard Ratio"][0]), 2))
    print(codes, *seen[codes])
ratios = [ratio for _, ratio in seen.values()]
assert ratios == [2.99, 1.73, 1.12], "pysurv behaves otherwise than was seen"
assert seen[1, 3][0] == "HR: 1.73 (0.97-3.08), p = 0.0616", "pysurv behaves otherwise than was seen"
PYTHON
