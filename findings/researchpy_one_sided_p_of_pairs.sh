#!/usr/bin/env bash
# researchpy 0.3.7, ttest(paired=True), the two one-sided P, and crosstab(test="mcnemar"), seen 2026-11-30.
#
# Eight people, measured after and before: the mean rises by 1.00, t = 3.74. Expected: "Difference > 0 p value" is 0.0036, as of scipy's
# ttest_rel(alternative="greater"), and "< 0" 0.9964. Seen: the other way about. Where the mean falls by 1.00 the two are right: they are
# exchanged when t is above 0, and in the paired test only; independent groups have them right.
# McNemar's test of a table of 40, 5, 15 and 40: beside chi-squared 5.0 stands "Cramer's phi = 0.2236". Expected: 0.62, the correlation of the two
# answers, as of the same table under "chi-square". It is the root of McNemar's statistic by the number of people, which says how
# unequal the totals are and nothing of association.
# So: ttest_rel() with alternative=, or the sign of the mean difference first; phi from test="chi-square".
# Documentation: https://researchpy.readthedocs.io/en/latest/ttest_documentation.html
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    researchpy==0.3.7 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pandas as pd
import researchpy
from scipy.stats import ttest_ind, ttest_rel

before = pd.Series([4.0, 5, 7, 6, 7, 6, 6, 7], name="before")
after = pd.Series([5.0, 6, 7, 8, 9, 7, 6, 8], name="after")
seen = {}
for first, second in ((after, before), (before, after)):
    for paired, test in ((True, ttest_rel), (False, ttest_ind)):
        rows = dict(researchpy.ttest(first, second, paired=paired)[1].to_numpy().tolist())
        due = [round(float(test(first, second, alternative=side).pvalue), 4) for side in ("less", "greater")]
        given = [float(rows["Difference < 0 p value = "]), float(rows["Difference > 0 p value = "])]
        seen[first.name, paired] = given == due
        print(f"{first.name} less {second.name}, paired {paired}: below 0 and above 0 {given}, due {due}")
assert seen == {("after", True): False, ("after", False): True, ("before", True): True, ("before", False): True}, "changed"
answers = pd.DataFrame([(1, 1)] * 40 + [(1, 0)] * 5 + [(0, 1)] * 15 + [(0, 0)] * 40, columns=["first", "second"])
phi = {test: float(researchpy.crosstab(answers["first"], answers["second"], test=test)[1]["results"].iloc[-1])
       for test in ("mcnemar", "chi-square")}
correlation = float(np.corrcoef(answers["first"], answers["second"])[0, 1])
print("phi:", phi, "correlation:", round(correlation, 4))
assert phi["mcnemar"] == 0.2236 and abs(phi["chi-square"] - correlation) < 1e-4, "researchpy behaves otherwise than was seen"
PYTHON
