#!/usr/bin/env bash
# PythonMeta 1.26, p of Cochran's Q and p of z, seen 2026-11-30.
#
# Eleven trials whose risk ratios differ little. Expected: p of Q by the chi-squared distribution, 0.998 for
# Q = 1.81 on 10 degrees of freedom. Seen: 0.971, with three decimals: p is drawn in a straight line between
# the values of a table, of which 0.9 and 0.99999 are the last two. p of z likewise: 0.116 for z = 1.59, where
# 0.112 is due.
# So: take Q and its degrees of freedom from the output, and compute p anew.
# Home: PythonMeta on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    PythonMeta==1.26 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5 matplotlib==3.10.7
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import PythonMeta
from scipy.stats import chi2, norm


def pooled(studies):
    meta = PythonMeta.Meta()
    meta.datatype, meta.models, meta.effect, meta.algorithm = "CATE", "Fixed", "RR", "IV"
    total = meta.meta(studies)[0]
    return {"q": total[7], "p of q": total[8], "z": total[10], "p of z": total[11]}


events = [20, 22, 19, 24, 21, 18, 23, 20, 25, 19, 22]
many = pooled([[each, 100, 30, 100, f"Trial {i}"] for i, each in enumerate(events)])
two = pooled([[20, 100, 30, 100, "Trial 1"], [31, 100, 36, 100, "Trial 2"]])
seen = [many["p of q"], two["p of z"]]
due = [f"{chi2.sf(many['q'], 10):.3f}", f"{2 * norm.sf(two['z']):.3f}"]
print(f"Q {many['q']:.2f}, z {two['z']:.2f}; p seen {seen}, due {due}")
assert (seen, due) == (["0.971", "0.116"], ["0.998", "0.112"]), "PythonMeta behaves otherwise than was seen"
PYTHON
