#!/usr/bin/env bash
# pypcurve 0.1.1, PCurve.has_evidential_value, seen 2026-11-30.
#
# The rule of Simonsohn and others (2015), which its documentation states: there is evidential value where the half p-curve
# is right-skewed with p < .05, or the half and the full one both with p < .1. Seen: the full one with p < .05 is enough.
# Eight results of p = .0125 have a full curve of p = .028 and a half curve of p = .50 (by its own
# get_stouffer_tests()): no by the rule, True here. has_inadequate_evidence is decided in the same way.
# So: take the p values of get_stouffer_tests() and apply the rule to them.
# Home: https://github.com/QuentinAndre/pypcurve/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pypcurve==0.1.1 numpy==2.3.5 pandas==2.3.3 scipy==1.16.3 matplotlib==3.10.7 seaborn==0.13.2
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
from pypcurve import PCurve

curve = PCurve(["p=.0125"] * 8)
tests = curve.get_stouffer_tests()
full, half = (float(tests[name]["p"]) for name in ("null-full", "null-half"))
due = half < 0.05 or (half < 0.1 and full < 0.1)
print(f"full {full:.4f}, half {half:.4f}: due {due}, seen {curve.has_evidential_value}")
assert round(full, 4) == 0.0282 and round(half, 4) == 0.5, "pypcurve behaves otherwise than was seen"
assert not due and curve.has_evidential_value, "pypcurve behaves otherwise than was seen"
PYTHON
