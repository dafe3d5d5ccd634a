#!/usr/bin/env bash
# pandas-tabulate 0.1.0 with SciPy 1.17.1, tabulate(), "equivalent to Stata's tabulate", seen 2026-12-01.
#
# 12 of 100 trained players and 23 of 100 others are hurt. Expected of chi2=True: Pearson's chi-squared as Stata prints it, 4.19, P = 0.041.
# Seen: 3.46 and 0.063: SciPy's default corrects tables of two by two for continuity, which Stata's tabulate never does. Cramér's V is made of the
# same number: a table in which all ten trained are well and all ten others hurt has V = 0.90, where 1 is due by definition.
# One variable, severity from 1 to 4 in 5, 20, 10 and 15 players, with cumulative=True: Stata goes by value, so that 50 % have 2 or less.
# Seen: rows by frequency, 2, 4, 3, 1, and 40 % beside 2: "sort output by variable values" sorts by counts; without it, by first come.
# So: scipy.stats.chi2_contingency(correction=False), and value_counts().sort_index().cumsum().
# Home: https://pypi.org/project/pandas-tabulate/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pandas-tabulate==0.1.0 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" - <<'PYTHON'
import pandas
from pandas_tabulate import tabulate
from scipy.stats import chi2


def table(hurt, people):
    arm = pandas.Series(["trained"] * people + ["other"] * people)
    outcome = [["hurt"] * n + ["well"] * (people - n) for n in hurt]
    return tabulate(arm, pandas.Series(outcome[0] + outcome[1]), chi2=True, cramers_v=True).data["statistics"]


seen = table((12, 23), 100)
pearson = 200 * (12 * 77 - 23 * 88) ** 2 / (100 * 100 * 35 * 165)
print("seen:", seen["chi2"]["statistic"], seen["chi2"]["p_value"], "due:", round(pearson, 2), round(chi2.sf(pearson, 1), 3))
assert (seen["chi2"]["statistic"], seen["chi2"]["p_value"]) == (3.4632, 0.0627), "behaves otherwise than was seen"
assert round(pearson, 2) == 4.19 and round(chi2.sf(pearson, 1), 3) == 0.041
whole = table((0, 10), 10)["cramers_v"]["value"]
print("V of a table without exceptions:", whole)
assert whole == 0.9, "behaves otherwise than was seen"
severity = pandas.Series([1] * 5 + [2] * 20 + [3] * 10 + [4] * 15)
cumulative = tabulate(severity, cumulative=True).data["cumulative_pct"]
print("cumulative:", cumulative.to_dict(), "due:", (severity.value_counts().sort_index().cumsum() * 2).to_dict())
assert list(cumulative.items()) == [(2, 40), (4, 70), (3, 90), (1, 100)], "behaves otherwise than was seen"
PYTHON
