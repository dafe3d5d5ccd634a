#!/usr/bin/env bash
# statsmodels 0.15.0 with patsy 1.0.3 and formulaic 1.2.2, a formula with scale(), seen 2026-11-30.
#
# A weighted regression of six trials on a standardised moderator, y ~ scale(x), written as in R.
# Expected: the same slope by either formula engine that statsmodels offers, that of R, since patsy keeps
# scale() for R's sake. Seen: 2.226 by formulaic, as in R, and 2.032 by patsy, the default: patsy divides by
# the standard deviation with n, R with n - 1. The ratio is the root of n / (n - 1), 10 % at six trials.
# The result names no engine, and p-values agree. So: standardise the column before the formula.
# Documentation: https://patsy.readthedocs.io/en/latest/builtins-reference.html (scale: "for R compatibility").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    statsmodels==0.15.0 patsy==1.0.3 formulaic==1.2.2 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pandas as pd
import statsmodels.formula
import statsmodels.formula.api as models

trials = pd.DataFrame({"y": [1.0, 2.0, 2.5, 4.0, 5.0, 7.0], "x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "w": [1.0, 2.0, 1.0, 3.0, 1.0, 2.0]})


def slope() -> float:
    return round(float(models.wls("y ~ scale(x)", trials, weights=trials.w).fit().params["scale(x)"]), 3)


def by_hand(divisor: int) -> float:
    z = (trials.x - trials.x.mean()) / np.sqrt(((trials.x - trials.x.mean()) ** 2).sum() / divisor)
    zc, yc = z - np.average(z, weights=trials.w), trials.y - np.average(trials.y, weights=trials.w)
    return round(float((trials.w * zc * yc).sum() / (trials.w * zc**2).sum()), 3)


seen = {"default": slope()}
for engine in ("patsy", "formulaic"):
    statsmodels.formula.options.formula_engine = engine
    seen[engine] = slope()
print(seen, "by hand with n - 1:", by_hand(5), "and with n:", by_hand(6))
assert seen == {"default": 2.032, "patsy": 2.032, "formulaic": 2.226}, "behaves otherwise than was seen"
assert (by_hand(5), by_hand(6)) == (2.226, 2.032)
PYTHON
