#!/usr/bin/env bash
# zepid 0.9.1, zepid.calc.risk_ratio(a, b, c, d), seen 2026-11-30.
#
# 4 of 123 vaccinated and 11 of 139 others fell ill (BCG vaccine, first trial). Its documentation names the
# arguments: a, exposed with outcome; b, unexposed with outcome; c, exposed without; d, unexposed without.
# Expected by these names: risk_ratio(4, 11, 119, 128) = 0.411. Seen: 0.554: the numbers are read as exposed with
# and without, unexposed with and without, so that exposure and outcome change places. The formula above the names
# says so; risk_ratio(4, 119, 11, 128) gives 0.411. The odds ratio is the same either way, which hides it.
# So: give the cells in the order of the formula, and check one risk by hand.
# Home: https://github.com/pzivich/zepid; documentation: https://zepid.readthedocs.io
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    zepid==0.9.1 numpy==1.26.4 scipy==1.12.0 pandas==2.2.3 statsmodels==0.14.4 matplotlib==3.9.4 scikit-learn==1.5.2
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
from zepid.calc import odds_ratio, risk_ratio

words = " ".join(risk_ratio.__doc__.split())
assert "b : integer, float Count of unexposed individuals with outcome" in words
by_names, by_formula = (4, 11, 119, 128), (4, 119, 11, 128)
seen = [round(float(f(*cells).point_estimate), 3) for f in (risk_ratio, odds_ratio) for cells in (by_names, by_formula)]
print("risk ratio by the names and by the formula:", seen[:2], "odds ratio:", seen[2:], "due:", round(4 / 123 / (11 / 139), 3))
assert seen == [0.554, 0.411, 0.391, 0.391], "zepid behaves otherwise than was seen"
PYTHON
