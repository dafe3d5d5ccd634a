#!/usr/bin/env bash
# spssmirror 2.1.1, partial() and mann_whitney_u(), seen 2026-11-30.
#
# Ten runners, two measures, three covariates, a partial correlation of 0.68. Expected: P = 0.094, on n - 2 - 3 = 5 degrees of freedom, as the
# test of the slope in the regression with the covariates has it (and SPSS, which it stands in for). Seen: 0.031, significant. The
# residuals are given to pearsonr(), which counts 8 degrees of freedom and nothing for the three that the covariates took.
# mann_whitney_u() of a first group that is higher in every pair has a rank-biserial correlation of -1, where cohens_d() of the same
# groups is positive: 1 - 2 U / (n m) is for the smaller U, and SciPy's U is that of the first group.
# So: pingouin's partial_corr(), and 2 U / (n m) - 1.
# Home: https://github.com/Owhorode/SPSSMirror
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile spssmirror==2.1.1 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 \
    statsmodels==0.14.6 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pandas as pd
import statsmodels.api as sm
from spssmirror import SPSSMirror

random = np.random.default_rng(5)
runners = pd.DataFrame(random.normal(size=(10, 5)).round(1), columns=["load", "pain", "age", "mass", "pace"])
runners["pain"] = (runners["load"] * 0.9 + runners["pain"] * 0.9 + runners["age"]).round(1)
runners["sex"] = ["f", "m"] * 5
covariates = ["age", "mass", "pace"]
found = SPSSMirror().load_dataframe(runners).partial("load", "pain", covariates)
slope = sm.OLS(runners["pain"], sm.add_constant(runners[["load", *covariates]])).fit()
seen = round(float(found.coefficient), 2), round(float(found.p_value), 3), round(float(slope.pvalues["load"]), 3)
print("partial correlation and P:", *seen[:2], "P of the slope:", seen[2])
groups = pd.DataFrame({"group": ["a"] * 5 + ["b"] * 5, "minutes": [21.0, 22, 23, 24, 25, 11, 12, 13, 14, 15]})
mirror = SPSSMirror().load_dataframe(groups)
effects = float(mirror.mann_whitney_u("minutes", "group", "a", "b").effect_size), float(mirror.cohens_d("minutes", "group", "a", "b").value)
print("all of a above all of b: rank-biserial", effects[0], "Cohen's d", round(effects[1], 2))
assert seen == (0.68, 0.031, 0.094), "spssmirror behaves otherwise than was seen"
assert effects[0] == -1.0 and effects[1] > 0, "spssmirror behaves otherwise than was seen"
PYTHON
