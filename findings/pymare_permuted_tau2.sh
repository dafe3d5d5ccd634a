#!/usr/bin/env bash
# PyMARE 0.0.13, permutation_test() of an intercept-only random-effects model, seen 2026-11-29.
#
# Five trials with effects of one sign, far apart for their variances: Q = 24.9 on 4 df, p = 0.00005.
# Expected: a small tau2_p, which stands beside the p of the mean as if it tested heterogeneity.
# Seen: tau2_p is 1. The test exchanges signs; with signs mixed, the effects lie further apart, so
# every exchange gives a larger tau² than the data: the p says nothing of whether trials differ.
# So: no p of tau² by exchanging signs; Q, or an interval for tau², answers that question.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pymare==0.0.13 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from pymare import Dataset
from pymare.estimators import DerSimonianLaird

y, v = np.array([-0.5, -0.9, -1.2, -1.4, -1.6]), np.full(5, 0.03)
fit = DerSimonianLaird().fit_dataset(Dataset(y, v)).summary()
heterogeneity = fit.get_heterogeneity_stats()
permuted = fit.permutation_test(1000)
q, q_p = float(heterogeneity["Q"][0]), float(heterogeneity["p(Q)"][0])
mean_p, tau2_p = float(permuted.perm_p["fe_p"][0][0]), float(permuted.perm_p["tau2_p"][0])
print(f"Q {q:.2f}, p of Q {q_p:.5f}; {permuted.n_perm} exchanges: p of mean {mean_p}, of tau2 {tau2_p}")
assert (round(q, 2), mean_p, tau2_p) == (24.93, 0.0625, 1.0), "PyMARE behaves otherwise than was seen"
PYTHON
