#!/usr/bin/env bash
# icc 0.1.1, icc(..., confidence_level=0.95), seen 2026-11-30.
#
# Four raters, six subjects: the example of Shrout and Fleiss (1979). Expected: ICC(2,1) 0.290 with its 95 % interval,
# 0.019 to 0.761, as pingouin has it and as their formulas give. Seen: 0.290 (0.043 to 0.691). Each limit takes the
# quantile of F at 1 - alpha where 1 - alpha / 2 is due, so that alpha is left out on either side and the interval is
# one of 90 %. It is so for all six coefficients: the package cites R's irr as its model, which halves alpha.
# So: ask for confidence_level=0.975 to get 95 %, and take an ICC of this package with its level doubted.
# Home: icc on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile icc==0.1.1 numpy==2.3.5 scipy==1.16.3
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from icc import icc
from scipy.stats import f

ratings = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def interval(level: float, model: str, kind: str) -> tuple[float, float]:
    return tuple(round(float(limit), 3) for limit in icc(ratings, model, kind, "single", level)[-2:])


# One-way, closed form: F over, and times, the quantile at 1 - alpha / 2.
subjects, raters = ratings.shape
between = raters * ratings.mean(axis=1).var(ddof=1)
within = ratings.var(axis=1, ddof=1).mean()
first, second = subjects - 1, subjects * (raters - 1)
ratios = between / within / f.ppf(0.975, first, second), between / within * f.ppf(0.975, second, first)
due = tuple(round(float((ratio - 1) / (ratio + raters - 1)), 3) for ratio in ratios)
seen = interval(0.95, "oneway", "agreement")
print("ICC(1,1) at 95 %:", seen, "due:", due, "| asked for 97.5 %:", interval(0.975, "oneway", "agreement"))
print("ICC(2,1) at 95 %:", interval(0.95, "twoway", "agreement"), "| asked for 97.5 %:", interval(0.975, "twoway", "agreement"))
assert due == (-0.133, 0.723) == interval(0.975, "oneway", "agreement"), "icc behaves otherwise than was seen"
assert seen == (-0.097, 0.643), "icc behaves otherwise than was seen"
assert interval(0.95, "twoway", "agreement") == (0.043, 0.691), "icc behaves otherwise than was seen"
assert interval(0.975, "twoway", "agreement") == (0.019, 0.761), "icc behaves otherwise than was seen"
PYTHON
