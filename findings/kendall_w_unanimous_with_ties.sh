#!/usr/bin/env bash
# kendall-w 1.0.0, compute_w() of three judges who agree, seen 2026-11-30.
#
# Three judges rank four trials alike: one first, the other three level behind it (1, 2, 2, 2). Expected: W = 1, which its
# documentation gives to unanimous judges; with ties, Kendall's formula has a correction for that. Seen: 0.15, "hardly
# any agreement": there is no correction, and the mean ranks of ties, 1 and 3, 3, 3, give 0.6. Ranks such as 1.5 are
# refused, as not whole; 1, 1, 3 by all judges gives 1.33, though the scale is said to end at 1.
# So: use it for ranks without ties alone; scipy's friedmanchisquare, over k (n - 1), is W with the correction.
# Home: https://github.com/ugolbck/kendall-w
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile kendall-w==1.0.0 scipy==1.16.3 numpy==2.3.5
"$folder/venv/bin/python" - <<'PYTHON'
from kendall_w import compute_w
from scipy.stats import friedmanchisquare

seen = {}
for ranks in ([1, 2, 3, 4], [1, 2, 2, 2], [1, 3, 3, 3], [1, 1, 3]):
    trials = [[rank] * 3 for rank in ranks]
    due = friedmanchisquare(*trials).statistic / (3 * (len(trials) - 1))
    seen[tuple(ranks)] = (round(compute_w(trials), 2), round(float(due), 2))
    print("all three judges:", ranks, "W:", *seen[tuple(ranks)][:1], "with ties corrected:", seen[tuple(ranks)][1])
assert list(seen.values()) == [(1.0, 1.0), (0.15, 1.0), (0.6, 1.0), (1.33, 1.0)], "kendall-w behaves otherwise than was seen"
PYTHON
