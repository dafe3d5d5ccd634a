#!/usr/bin/env bash
# hypothetical 0.3.0, WilcoxonTest() of pairs, seen 2026-11-30.
#
# Ten runners before and after a season. Expected: P = 0.002 (exact) if all ten got slower, and 1 if five got slower and five faster by
# the same amounts. Seen: P = 0.005 and V = 55 for both, and for any ten pairs. The positive ranks are to be summed, but "positive"
# is asked of the ranks, which are always positive, not of the differences; V is the sum of all ranks, n (n + 1) / 2.
# Its P depends on the number of pairs alone, and is below 0.05 from five pairs on, whatever was measured.
# So: SciPy's wilcoxon().
# Home: https://github.com/aschleg/hypothetical
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile hypothetical==0.3.0 numpy==2.3.5 scipy==1.16.3 \
    pandas==2.3.3 statsmodels==0.14.6 numpy-indexed==0.3.7 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from hypothetical.nonparametric import WilcoxonTest
from scipy.stats import wilcoxon

before = np.array([50.0, 51, 52, 53, 54, 55, 56, 57, 58, 59])
steps = np.arange(1.0, 11.0)
DIFFERENCES = {"all ten up": steps, "all ten down": -steps, "five up, five down": np.array([1, -1, 2, -2, 3, -3, 4, -4, 5, -5.0])}
seen = {}
for name, difference in DIFFERENCES.items():
    test = WilcoxonTest(before + difference, before)
    seen[name] = float(test.V), round(float(test.p), 4), round(float(wilcoxon(difference).pvalue), 4)
    print(name, "V and P:", *seen[name][:2], "P by SciPy:", seen[name][2])
five = WilcoxonTest(before[:5] + np.array([1, -1, 2, -2, 0.5]), before[:5])
print("five pairs, P:", round(float(five.p), 4))
assert seen == {"all ten up": (55.0, 0.0051, 0.002), "all ten down": (55.0, 0.0051, 0.002),
                "five up, five down": (55.0, 0.0051, 1.0)}, "hypothetical behaves otherwise than was seen"
assert round(float(five.p), 4) == 0.0431, "hypothetical behaves otherwise than was seen"
PYTHON
