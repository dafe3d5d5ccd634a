#!/usr/bin/env bash
# pypcurve 0.1.1, results as people type them, seen 2026-11-30.
#
# A result that is not understood is refused by an error. Expected of T(28)=4.1, F in lower case and p=1.5e-4: that, or
# that they are read. Seen: all three are accepted and count as not significant, in silence: a capital T or a small f
# is taken for a P value above 1, and p=1.5e-4 for p = 1.5. The curve is then one of the other results alone: three results of
# which each has p below .001 give "3 tests, 0 significant" where the usual spelling gives 3.
# So: write t, F, r, chi2, z and p just so, P without an exponent, and compare the number of significant results with yours.
# Home: https://github.com/QuentinAndre/pypcurve/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pypcurve==0.1.1 numpy==2.3.5 pandas==2.3.3 scipy==1.16.3 matplotlib==3.10.7 seaborn==0.13.2
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
from pypcurve import PCurve

spelled = {
    "as documented": ["t(28)=4.1", "F(1,28)=16.8", "p=.00015"],
    "otherwise": ["T(28)=4.1", "f(1,28)=16.8", "p=1.5e-4"],
}
extra = ["z=2.5", "z=2.8"]
counts = {}
for name, results in spelled.items():
    table = PCurve(results + extra).get_results_entered()
    p = table.iloc[: len(results)]["p-value"].to_numpy().ravel()
    counts[name] = int((p < 0.05).sum())
    print(name, results, "significant:", counts[name])
assert counts == {"as documented": 3, "otherwise": 0}, "pypcurve behaves otherwise than was seen"
PYTHON
