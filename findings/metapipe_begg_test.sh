#!/usr/bin/env bash
# metapipe-kit 0.1.0, begg_test(), seen 2026-11-30.
#
# Thirteen trials (BCG vaccine, log risk ratios). Expected: Begg and Mazumdar's test, the rank correlation of
# the *standardised deviates from the pooled effect* with the variances: Kendall's tau 0.026, p = 0.95, as in
# metafor's ranktest(). Seen: tau -0.179, p = 0.44, the rank correlation of the plain effects with their
# standard errors. Deviates are standardised in that test because plain effects of small trials spread more.
# So: a "Begg's test" is known by its formula only; name the statistic beside the p.
# Home: https://github.com/shelby1028/metapipe; Begg and Mazumdar 1994, https://doi.org/10.2307/2533446
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    metapipe-kit==0.1.0 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5 matplotlib==3.10.7
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from metapipe.diagnostics import begg_test
from scipy.stats import kendalltau

y = np.array([-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173])
v = np.array([0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714])
pooled = np.sum(y / v) / np.sum(1 / v)
begg = kendalltau((y - pooled) / np.sqrt(v - 1 / np.sum(1 / v)), v)
result = begg_test(y, np.sqrt(v))
seen = [round(float(x), 3) for x in (result.kendall_tau, result.p_value)]
due = [round(float(x), 3) for x in (begg.statistic, begg.pvalue)]
print("metapipe:", seen, "Begg and Mazumdar:", due, "plain effects:", [round(float(x), 3) for x in kendalltau(y, v)])
assert (seen, due) == ([-0.179, 0.435], [0.026, 0.952]), "metapipe behaves otherwise than was seen"
PYTHON
