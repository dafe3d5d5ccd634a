#!/usr/bin/env bash
# statsmodels 0.15.0, rates of trials without events, seen 2026-11-30.
#
# No event in 10 person-years. Expected: every interval of the rate starts at 0, and is longer than a point.
# Seen in confint_poisson(): "midp-c" gives 0.29957 to 0.29957, the upper limit of the mid-p rule twice, and
# "sqrt" gives 0.09604 to 0.09604. Neither holds the rate, which is 0.
# One event against none, in 1000 person-years each: the exact p is 1. Seen in test_poisson_2indep(): p = 0
# by "score-log", without a warning, and no number at all by "wald-log".
# So: for a rate without events take "exact-c"; a p of exactly 0 is none.
# Documentation: https://www.statsmodels.org/stable/stats.html (confint_poisson, test_poisson_2indep).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    statsmodels==0.15.0 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import math

from statsmodels.stats.rates import confint_poisson, test_poisson_2indep

limits = {m: tuple(round(float(x), 5) for x in confint_poisson(0, 10, method=m)) for m in ("exact-c", "midp-c", "sqrt")}
due = {"exact-c": round(-math.log(0.025) / 10, 5), "midp-c": round(-math.log(0.05) / 10, 5)}
p = {m: float(test_poisson_2indep(1, 1000, 0, 1000, method=m).pvalue) for m in ("exact-cond", "score-log", "wald-log")}
print(f"limits {limits}, upper ones by hand {due}")
print(f"p of 1 event against 0: {p}")
assert limits == {"exact-c": (0.0, 0.36889), "midp-c": (0.29957, 0.29957), "sqrt": (0.09604, 0.09604)}, "changed"
assert due == {"exact-c": 0.36889, "midp-c": 0.29957}
assert (p["exact-cond"], p["score-log"]) == (1.0, 0.0) and math.isnan(p["wald-log"]), "changed"
PYTHON
