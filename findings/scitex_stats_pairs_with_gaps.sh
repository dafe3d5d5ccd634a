#!/usr/bin/env bash
# scitex-stats 1.0.0, effect_sizes.cohens_d(paired=True) with missing values, seen 2026-11-30.
#
# Missing values are dropped. Expected: each pair that lacks one; or an error. Seen: they are dropped from each side alone, and
# where both sides lack as many, what is left is paired anew in silence: with the first person's value after and the last
# person's value before missing, each one after is held against another person's before. d = 6.57, where the four whole
# pairs give 2.60. (correction="hedges" is passed over for pairs, too: same d.)
# So: drop incomplete pairs before the call.
# Home: https://github.com/scitex-ai/scitex-stats
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    scitex-stats==1.0.0 scitex-config==0.3.7 scitex-dev==0.62.4 scitex-logging==0.2.3 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1
HOME="$folder" MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from scitex_stats.effect_sizes import cohens_d

before = np.array([10.0, 12, 14, 16, 18, 20])
after = before + np.array([1.0, 2, 1, 2, 1, 2])
after[0] = before[5] = np.nan
whole = ~np.isnan(before) & ~np.isnan(after)
difference = (after - before)[whole]
due = difference.mean() / difference.std(ddof=1)
seen = cohens_d(after, before, paired=True)
hedges = cohens_d(after[whole], before[whole], paired=True, correction="hedges")
print(f"whole pairs {due:.4f}, seen {seen:.4f}, whole pairs with hedges {hedges:.4f}")
assert round(due, 4) == 2.5981 and round(seen, 4) == 6.5727, "scitex-stats behaves otherwise than was seen"
assert abs(hedges - due) < 1e-12, "scitex-stats behaves otherwise than was seen"
PYTHON
