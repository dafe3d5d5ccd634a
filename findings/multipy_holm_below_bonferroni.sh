#!/usr/bin/env bash
# multipy 0.16, holm_bonferroni() and hochberg() of several P, seen 2026-11-30.
#
# P of 0.024 and 0.04. Expected: Holm at 0.05 rejects both (0.024 is below 0.05 / 2, then 0.04 below 0.05), and never rejects
# less than Bonferroni, which rejects the first. Seen: none is significant. The thresholds are 0.05 / 3 and 0.05 / 2: ranks count
# from 0, but the formula is that for ranks from 1. Of four P the smallest is held against 0.05 / 5.
# Hochberg goes down from the largest P: 0.02, 0.03 and 0.04 are all significant, since the last is below 0.05. Seen: the first alone.
# It counts the P below their thresholds in place of looking for the last one.
# So: R's p.adjust() or statsmodels' multipletests().
# Home: https://github.com/puolival/multipy
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 \
    statsmodels==0.14.6 > "$folder/pip.log" 2>&1
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps multipy==0.16 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
from multipy.fwer import bonferroni, hochberg, holm_bonferroni
from statsmodels.stats.multitest import multipletests

RULES = {"bonferroni": (bonferroni, "bonferroni"), "holm": (holm_bonferroni, "holm"), "hochberg": (hochberg, "simes-hochberg")}
seen = []
for p in ([0.024, 0.04], [0.02, 0.03, 0.04], [0.012, 0.2, 0.3, 0.4]):
    for name, (rule, known) in RULES.items():
        pair = int(rule(p).sum()), int(multipletests(p, method=known)[0].sum())
        seen.append(pair)
        print(*p, name, "significant:", pair[0], "by statsmodels:", pair[1])
assert seen == [(1, 1), (0, 2), (2, 2), (0, 0), (0, 0), (1, 3), (1, 1), (0, 1), (1, 1)], "multipy behaves otherwise than was seen"
PYTHON
