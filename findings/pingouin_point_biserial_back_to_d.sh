#!/usr/bin/env bash
# pingouin 0.7.0, convert_effsize() between Cohen's d and the point-biserial correlation, seen 2026-11-30.
#
# Groups of 10 and 40, d = 0.8. Expected: with the group sizes given both ways, d to r and back is 0.8.
# Seen: the way out uses the sizes (r = 0.310, the correlation of such data), the way back takes them without
# a word and leaves them out: 0.653. With 25 in each group it is 0.816, near enough not to be noticed.
# So: give d = r / sqrt(1 - r²) · sqrt((n - 2) n / (n₁ n₂)) by hand, where trials report r of unequal arms.
# Documentation: https://pingouin-stats.org/build/html/generated/pingouin.convert_effsize.html
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pingouin==0.7.0 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from math import sqrt

import numpy as np
from pingouin import convert_effsize

seen = {}
for nx, ny in ((10, 40), (25, 25)):
    x, y = np.resize([-1.0, 1.0], nx), np.resize([-1.0, 1.0], ny)
    pooled = sqrt((x @ x + y @ y) / (nx + ny - 2))
    data = np.concatenate([x + 0.8 * pooled, y])  # means 0.8 pooled SDs apart: d is 0.8
    true_r = float(np.corrcoef(data, [1] * nx + [0] * ny)[0, 1])
    r = float(convert_effsize(0.8, "cohen", "pointbiserialr", nx=nx, ny=ny))
    back = float(convert_effsize(r, "pointbiserialr", "cohen", nx=nx, ny=ny))
    by_hand = r / sqrt(1 - r * r) * sqrt((nx + ny - 2) * (nx + ny) / (nx * ny))
    seen[nx, ny] = [round(v, 3) for v in (true_r, r, back, by_hand)]
    print(f"{nx} and {ny}: r of data, r converted, d converted back, d by hand: {seen[nx, ny]}")
assert seen[10, 40] == [0.31, 0.31, 0.653, 0.8], "pingouin behaves otherwise than was seen"
assert seen[25, 25] == [0.378, 0.378, 0.816, 0.8], "pingouin behaves otherwise than was seen"
PYTHON
