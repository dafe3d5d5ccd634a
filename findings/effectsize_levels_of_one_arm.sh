#!/usr/bin/env bash
# effectsize 1.0.0 (PyPI) with pandas 1.5.3, compute(categorical=...), the standardised difference of two arms, seen 2026-11-30.
#
# Ten "low" and ten "middle" in one arm, ten "middle" and ten "high" in the other. Expected: 2, by the formula of Yang and Dalton, whom
# the package follows, or a refusal. Seen: 0.0, perfect balance. The shares of levels are counted in each arm by itself and set
# against one another by their place, in the order of names: "low" against "high" and "middle" against "middle". If each arm lacks a
# level, nothing tells; if one does, it stops. With weights the rows are split in halves, and the same 0.0 comes out.
# So: pandas.crosstab() of levels by arms, which keeps empty cells, and the formula.
# Home: https://github.com/nbashir97/effectsize
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile effectsize==1.0.0 pandas==1.5.3 numpy==1.26.4 scipy==1.11.4 \
    statsmodels==0.14.1 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import effectsize
import numpy as np
import pandas as pd


def by_formula(table: pd.DataFrame) -> float:
    """Yang and Dalton (2012): Mahalanobis distance of the shares, the first level left out."""
    shares = (table / table.sum()).to_numpy()[1:]
    spread = sum(np.diag(p) - np.outer(p, p) for p in shares.T) / 2
    gap = shares[:, 0] - shares[:, 1]
    return round(float(np.sqrt(gap @ np.linalg.pinv(spread) @ gap)), 2)


ARMS = {"levels of one arm": ["low"] * 10 + ["middle"] * 20 + ["high"] * 10, "levels of both": ["low"] * 10 + ["middle"] * 10 + ["low"] * 5 + ["middle"] * 15}
seen = {}
for name, grade in ARMS.items():
    people = pd.DataFrame({"arm": [0] * 20 + [1] * 20, "grade": grade, "weight": 1.0})
    found = [float(effectsize.compute(data=people, group="arm", categorical=["grade"], weights=w)["ES"].iloc[0]) for w in (None, "weight")]
    seen[name] = *found, by_formula(pd.crosstab(people["grade"], people["arm"]))
    print(name, "difference, weighted, by the formula:", *seen[name])
assert seen == {"levels of one arm": (0.0, 0.0, 2.0), "levels of both": (0.53, 0.53, 0.53)}, "effectsize behaves otherwise than was seen"
PYTHON
