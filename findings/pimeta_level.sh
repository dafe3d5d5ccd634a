#!/usr/bin/env bash
# pimeta 1.1.0, the argument `level` of its models, seen 2026-11-30.
#
# The package carries metafor's functions and names over to Python; rma(level=0.95) gives a 95 % interval.
# Expected: rma_mh(level=0.95) and rma_peto(level=0.95) do too, as in metafor.
# Seen: an interval of 5 %. There `level` is the tail, 0.05 by default; the result keeps "level 0.95" beside it.
# Without the argument all three are of 95 %. No docstring of the two says which it is.
# So: leave `level` out, or check that the interval is about 3.9 standard errors long.
# Home: https://github.com/ChengkeChou/pimeta
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pimeta==1.1.0 numpy==2.3.5 scipy==1.16.3 matplotlib==3.10.7
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from math import sqrt
from statistics import NormalDist

import pimeta

events, others, control_events, control_others = [4, 6, 3, 12], [119, 300, 228, 118], [11, 29, 11, 20], [128, 274, 209, 120]
tables = (events, others, control_events, control_others)
variances = [sum(1 / n for n in cells) for cells in zip(*tables)]
effects = [-1.0, -1.6, -1.3, -0.5]


def coverage(lower: float, upper: float, error: float) -> float:
    return round(2 * NormalDist().cdf((upper - lower) / 2 / error) - 1, 4)


seen = {}
for name, pooled in (("rma_mh", pimeta.rma_mh), ("rma_peto", pimeta.rma_peto)):
    asked, default = pooled(*tables, level=0.95), pooled(*tables)
    seen[name] = coverage(asked.ci_lb, asked.ci_ub, asked.se), coverage(default.ci_lb, default.ci_ub, default.se)
common = pimeta.rma(effects, variances, method="FE", level=0.95)
seen["rma"] = coverage(common.ci_lb[0], common.ci_ub[0], 1 / sqrt(sum(1 / v for v in variances)))
print("coverage of the interval with level=0.95, and by default:", seen)
assert seen == {"rma_mh": (0.05, 0.95), "rma_peto": (0.05, 0.95), "rma": 0.95}, "pimeta behaves otherwise than was seen"
PYTHON
