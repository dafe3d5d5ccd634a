#!/usr/bin/env bash
# hypothetical 0.3.0, GamesHowell() and TukeysTest() of three groups, seen 2026-11-30.
#
# Six people in each of three groups. Games and Howell: a and b differ by 1.45, P = 0.001. Expected: limits of 0.76 to 2.14, the studentized
# range's quantile times the standard error beside it. Seen: -2.54 to 5.44, which contradicts the P of the same row: the quantile
# is added bare. The limits stay 8 wide whether people are measured in metres or in millimetres.
# Tukey: a and b differ significantly, says one column; p_adjusted of that row is 0.37 (due: 0.044). The difference is divided by the
# standard deviation of one group, the first row's by that of the first group, and the quantile is asked for n / k = 6 groups.
# So: statsmodels' pairwise_tukeyhsd(), pingouin's pairwise_gameshowell().
# Home: https://github.com/aschleg/hypothetical
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile hypothetical==0.3.0 numpy==2.3.5 scipy==1.16.3 \
    pandas==2.3.3 statsmodels==0.14.6 numpy-indexed==0.3.7 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from hypothetical.posthoc import GamesHowell, TukeysTest
from scipy.stats import studentized_range
from statsmodels.stats.multicomp import pairwise_tukeyhsd

groups = np.repeat(["a", "b", "c"], 6)
metres = np.array([5.1, 4.9, 6.2, 5.7, 6.0, 5.5, 6.9, 7.2, 6.6, 7.5, 7.1, 6.8, 5.0, 9.0, 7.0, 6.0, 8.5, 7.7])


def limits(values: np.ndarray) -> list[float]:
    row = GamesHowell(values, group=groups).test_result.iloc[0]
    return [round(float(row[x]), 2) for x in ("mean_difference", "lower limit", "upper_limit")]


def due(values: np.ndarray) -> list[float]:
    a, b = values[:6], values[6:12]
    shares = np.array([a.var(ddof=1), b.var(ddof=1)]) / 6
    half = studentized_range.ppf(0.95, 3, shares.sum() ** 2 / (shares ** 2 / 5).sum()) * np.sqrt(shares.sum() / 2)
    return [round(float(x), 2) for x in (b.mean() - a.mean() - half, b.mean() - a.mean() + half)]


seen = limits(metres), due(metres), limits(1000 * metres)
p = round(float(GamesHowell(metres, group=groups).test_result["p_value"].iloc[0]), 3)
print("Games and Howell, difference and limits in metres:", *seen[0], "P", p, "due:", *seen[1], "in millimetres:", *seen[2])
tukey = TukeysTest(metres, group=groups).group_comparison.iloc[0]
known = pairwise_tukeyhsd(metres, groups)
ps = round(float(tukey["p_adjusted"]), 3), round(float(known.pvalues[0]), 3)
print("Tukey, a and b:", bool(tukey["significant difference"]), "P", ps[0], "by statsmodels:", ps[1])
assert (*seen, p) == ([1.45, -2.54, 5.44], [0.76, 2.14], [1450.0, 1446.01, 1453.99], 0.001), "changed"
assert (bool(tukey["significant difference"]), *ps) == (True, 0.371, 0.044), "changed"
PYTHON
