#!/usr/bin/env bash
# roc-utils 0.2.2, compute_roc(objective="chi2"), the cut-off of the largest chi-squared, seen 2026-12-01.
#
# Twelve players who were hurt and eighteen who were not, by hours of training. Expected, by Miller and Siegmund whom its page names: the
# cut-off whose table of two by two has the largest chi-squared, above 10 hours: 9 of 12 and 3 of 18 (chi-squared 10.2). Seen: above 18
# hours, 3 of 12 and none of 18 (5.0). The formula in the documentation divides by the product of the share of positive tests and the share
# of negative ones; the code divides by the first and multiplies by the second, so that a high cut-off, which few exceed, always wins.
# "youden" finds 10. (The limits auc95_ci of its resampling are of their mean, and shrink with their number; that is known:
# https://github.com/hirsch-lab/roc-utils/issues/3)
# So: scipy.stats.chi2_contingency(correction=False) at each cut-off.
# Home: https://github.com/hirsch-lab/roc-utils
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile roc-utils==0.2.2 numpy==1.26.4 scipy==1.11.4 pandas==2.3.3 \
    matplotlib==3.8.4
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy
from roc_utils import compute_roc
from scipy.stats import chi2_contingency

hurt = [4, 7, 9, 11, 12, 13, 14, 15, 16, 19, 20, 22]
well = [1, 2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 10, 12, 15, 18]
hours = numpy.array(hurt + well)
labels = numpy.array([True] * len(hurt) + [False] * len(well))


def squared(cut):
    table = [[numpy.sum(labels & (hours > cut)), numpy.sum(~labels & (hours > cut))],
             [numpy.sum(labels & (hours <= cut)), numpy.sum(~labels & (hours <= cut))]]
    return chi2_contingency(table, correction=False)[0], [[int(n) for n in row] for row in table]


found = compute_roc(hours, labels, True, objective=["chi2", "youden"]).opd
due = max((cut for cut in set(hours) if cut < max(hours)), key=lambda cut: squared(cut)[0])
for name, cut in (("chi2", found["chi2"].opt), ("youden", found["youden"].opt), ("due", due)):
    print(name, cut, squared(cut))
assert (found["chi2"].opt, found["youden"].opt, due) == (18, 10, 10), "behaves otherwise than was seen"
PYTHON
