#!/usr/bin/env bash
# pauc 0.2.2, ROC.get_coords() at a given cut-off, and ROC(percent=True), seen 2026-11-30.
#
# Three well people score 1, 2 and 10, three injured ones 3.2, 11 and 12. Expected: at a cut-off of 4 two of three injured are
# found (11 and 12), sensitivity 0.67. Seen: 1.00. The curve keeps a threshold half-way between neighbouring scores (2.6, 6.6),
# and the one nearest to 4 is taken, 2.6, though the score 3.2 lies between them. So for any cut-off nearer to the wrong middle;
# published cut-offs of questionnaires and tests are round numbers and not middles.
# With percent=True, where pROC gives percentages, the area is 8889 (88.89 %), the specificity at 6.6 is -32.3, and the point
# nearest to the corner has a sensitivity of 0: percentages are taken from 1.
# So: count positives at the cut-off by hand, or scikit-learn's roc_curve(), and leave percent off.
# Home: pauc on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pauc==0.2.2 numpy==2.3.5 scipy==1.16.3 matplotlib==3.10.7 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import pauc

outcome, score = [0, 0, 0, 1, 1, 1], [1, 2, 10, 3.2, 11, 12]
curve = pauc.ROC(outcome, score)
print("thresholds:", [round(float(x), 2) for x in curve.thresholds])
seen = {}
for cut in (3, 4, 6.6):
    at = curve.get_coords(cut)
    due = sum(s >= cut for o, s in zip(outcome, score) if o) / 3
    seen[cut] = (round(float(at["sensitivity"]), 2), round(due, 2))
    print(f"cut-off {cut}: sensitivity {seen[cut][0]}, due {seen[cut][1]}")
percent = pauc.ROC(outcome, score, percent=True)
middle, corner = percent.get_coords(6.6), percent.get_coords(best_method="topleft")
plain = curve.get_coords(best_method="topleft")
in_percent = [round(float(x), 1) for x in (percent.auc, middle["specificity"], corner["sensitivity"], plain["sensitivity"])]
print("percent: area, specificity at 6.6, sensitivity nearest to the corner, without percent:", *in_percent)
assert seen == {3: (1.0, 1.0), 4: (1.0, 0.67), 6.6: (0.67, 0.67)}, "pauc behaves otherwise than was seen"
assert in_percent == [8888.9, -32.3, 0.0, 1.0], "pauc behaves otherwise than was seen"
PYTHON
