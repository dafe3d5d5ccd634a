#!/usr/bin/env bash
# hypothetical 0.3.0, tTest() of two groups, pairs and one sample, seen 2026-11-30.
#
# Five runners who trained and five who did not. Expected: t = 2.14, P = 0.065 and limits from -0.33 to 8.73, as by the formula in its own
# documentation with the sample variance. Seen: 2.39, 0.044 and 0.14 to 8.26, which is significant. The variance is NumPy's, divided
# by n in place of n - 1, so that t is too large by the root of n / (n - 1); its own var() divides by n - 1.
# Limits of pairs, and of one sample, stand the other way about, and by 1.96 in place of t's 2.78: 4.91 to 3.49 for 3.07 to 5.33.
# So: SciPy's ttest_ind() and ttest_rel().
# Home: https://github.com/aschleg/hypothetical
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile hypothetical==0.3.0 numpy==2.3.5 scipy==1.16.3 \
    pandas==2.3.3 statsmodels==0.14.6 numpy-indexed==0.3.7 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from hypothetical.hypothesis import tTest
from scipy import stats

trained, untrained = np.array([10.0, 12, 14, 16, 18]), np.array([6.6, 8.1, 9.1, 10.6, 14.6])


def rounded(numbers) -> tuple:
    return tuple(round(float(x), 3) for x in numbers)


seen = []
for paired, known in ((False, stats.ttest_ind(trained, untrained, equal_var=False)), (True, stats.ttest_rel(trained, untrained))):
    test = tTest(trained, untrained, paired=paired).test_summary
    found = rounded((test["t-statistic"], test["p-value"], *test["confidence interval"]))
    due = rounded((known.statistic, known.pvalue, *known.confidence_interval()))
    seen += [found, due]
    print("pairs" if paired else "groups", "t, P and limits:", *found, "by SciPy:", *due)
assert seen == [(2.389, 0.044, 0.144, 8.256), (2.136, 0.065, -0.334, 8.734),
                (11.56, 0.0, 4.912, 3.488), (10.34, 0.0, 3.072, 5.328)], "hypothetical behaves otherwise than was seen"
PYTHON
