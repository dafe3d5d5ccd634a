#!/usr/bin/env bash
# cles 0.1.3, CLES_2paired(), seen 2026-11-30.
#
# The common language effect size of pairs: the share of pairs that went up, ties as halves, from 50 to 100. Expected of
# five people who all went up: 100. Seen: 80; of ten 90, of fifty 98. The differences are held against n - 1 zeros
# but divided by n times n, so that the result is too small by (n - 1) / n before 50 is taken off, and one of 50 (no
# change either way) comes out as 60 for five people: the distance from one half is taken without its sign.
# So: count the share of pairs yourself; CLES_1samp() of the differences gives it.
# Home: https://tulimid1.github.io
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile cles==0.1.3 numpy==2.3.5
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from CLES import CLES_1samp, CLES_2paired

seen = {}
for n in (5, 10, 50):
    before = np.arange(float(n))
    seen[n] = (round(float(CLES_2paired(before, before + 1)), 6), float(CLES_1samp((before + 1) - before)))
same = np.arange(5.0)
unchanged = round(float(CLES_2paired(same, same)), 6)
print("all went up, (pairs, one sample):", seen, "nobody changed, five people:", unchanged)
assert seen == {5: (80.0, 100.0), 10: (90.0, 100.0), 50: (98.0, 100.0)}, "cles behaves otherwise than was seen"
assert unchanged == 60.0, "cles behaves otherwise than was seen"
PYTHON
