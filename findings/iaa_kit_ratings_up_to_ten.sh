#!/usr/bin/env bash
# iaa-kit 0.1.2, weighted_kappa() and ac2() of two raters, seen 2026-11-30.
#
# Ten trials scored from 1 to 10, in which no two scores of one trial differ by more than 1. Expected: a quadratic weighted kappa of
# 0.87 with the scores that occur as steps, or 0.97 by the scores themselves. Seen: -0.49, far worse than chance. Scores are put in
# the order of their text, 10 before 2, so that 9 and 10 lie at opposite ends of the scale. The same scores plus 10, all of
# two digits, give 0.87.
# ac2(), beside ac1() as Gwet's, is Cohen's weighted kappa under another name: 18 of 20 "include" by both gives ac1 0.89 and ac2 -0.05.
# Gwet's AC2 with two categories is AC1, made for just such tables. And prevalence_index() is the difference of agreements
# and disagreements: for 10 yes and 10 no, all agreed, 1 in place of 0 (Byrt, Bishop and Carlin).
# So: scikit-learn's or statsmodels' kappa, irrCAC's gwet(), with categories in their order.
# Home: https://github.com/auraoneai/iaa-kit
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile iaa-kit==0.1.2 numpy==2.3.5 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from iaa_kit import ac1, ac2, prevalence_index, weighted_kappa


def by_formula(first: list[int], second: list[int]) -> float:
    """Quadratic weighted kappa: 1 - observed / expected squared difference."""
    a, b = np.array(first), np.array(second)
    return 1 - ((a - b) ** 2).mean() / ((a[:, None] - b) ** 2).mean()


first = [2, 3, 10, 9, 10, 4, 2, 10, 3, 9]
second = [3, 3, 9, 10, 10, 4, 2, 9, 2, 10]
scores = [round(float(x), 2) for x in (
    weighted_kappa(first, second, "quadratic"), by_formula(first, second),
    weighted_kappa([x + 10 for x in first], [x + 10 for x in second], "quadratic"))]
print("up to 10, by the formula, all plus 10:", *scores)
screened = ["include"] * 18 + ["exclude", "include"], ["include"] * 18 + ["include", "exclude"]
gwet = round(ac1(*screened), 2), round(ac2(*screened), 2)
halves = ["yes"] * 10 + ["no"] * 10
prevalence = prevalence_index(halves, halves)
print("AC1 and AC2 of two categories:", *gwet, "prevalence index of 10 yes and 10 no, all agreed:", prevalence)
assert (scores, gwet, prevalence) == ([-0.49, 0.97, 0.87], (0.89, -0.05), 1.0), "iaa-kit behaves otherwise than was seen"
PYTHON
