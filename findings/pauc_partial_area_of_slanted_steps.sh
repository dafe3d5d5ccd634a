#!/usr/bin/env bash
# pauc 0.2.2, ROC(partial_auc=), seen 2026-11-30.
#
# Twenty people with an injury and twenty without, a score without ties. Expected: the partial area from a specificity of 0 to 1 is
# the whole area, 0.785 (pairs in the right order). Seen: 0.805; over the sensitivities, 0.760. Over specificities of 0.8 to 1 it is
# 0.084 for 0.075 (McClish's standardised area 0.677, where scikit-learn's roc_auc_score(max_fpr=0.2) has 0.653), over sensitivities
# of 0.8 to 1 it is 0.075 for 0.090. A curve of steps has several points above one another. np.unique() leaves one place for them,
# np.interp() one height, and between two places the line becomes a slanted one instead of a level one. Without partial_auc the
# area is right; with few people, as in validation studies of screening tests, the steps are high.
# So: scikit-learn, or pROC's partial.auc, which keep each point of the curve.
# Home: pauc on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pauc==0.2.2 numpy==2.3.5 scipy==1.16.3 scikit-learn==1.7.2 matplotlib==3.10.7 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
from itertools import pairwise, product

import pauc
from sklearn.metrics import roc_auc_score

injured = [23, 31, 38, 40, 44, 45, 47, 52, 53, 57, 58, 60, 62, 63, 66, 68, 71, 74, 79, 85]
well = [10, 14, 17, 20, 22, 25, 27, 30, 33, 35, 37, 39, 42, 46, 48, 50, 55, 59, 64, 69]
outcome, score = [1] * 20 + [0] * 20, injured + well


def area(low: float, focus: str) -> float:
    """Area of the steps themselves: 20 by 20 little squares, each of them right or wrong."""
    cells = [(i / 20, j / 20, a > b) for (i, a), (j, b) in
             product(enumerate(sorted(injured, reverse=True)), enumerate(sorted(well, reverse=True)))]
    if focus == "specificity":  # the columns at false positive rates below 1 - low
        return sum(right for _, j, right in cells if j < 1 - low - 1e-9) / 400
    return sum(right for i, _, right in cells if i >= low - 1e-9) / 400


seen = []
for focus, low in product(("specificity", "sensitivity"), (0, 0.8)):
    given = pauc.ROC(outcome, score, partial_auc=(low, 1), partial_auc_focus=focus).auc
    seen.append((focus, low, round(float(given), 4), round(area(low, focus), 4)))
    print(*seen[-1])
whole = (round(float(pauc.ROC(outcome, score).auc), 4), round(float(roc_auc_score(outcome, score)), 4))
standard = (round(float(pauc.ROC(outcome, score, partial_auc=(0.8, 1), standardize_pauc=True).auc), 4),
            round(float(roc_auc_score(outcome, score, max_fpr=0.2)), 4))
assert (whole, standard) == ((0.785, 0.785), (0.6771, 0.6528)), "pauc behaves otherwise than was seen"
print("whole:", *whole, "standardised, 0.8 to 1:", *standard)
assert [x[2:] for x in seen] == [(0.805, 0.785), (0.0837, 0.075), (0.76, 0.785), (0.075, 0.09)], "pauc behaves otherwise than was seen"
PYTHON
