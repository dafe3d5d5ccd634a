#!/usr/bin/env bash
# episia 0.1.3, Table2x2.odds_ratio(method=EXACT) and risk_ratio(method=SCORE), seen 2026-11-30.
#
# One event among 20 against 8 among 20. Expected: limits of the named methods: 0.002 to 0.755 by the exact
# conditional distribution (odds ratio), 0.021 to 0.661 by Koopman's score (risk ratio). Seen: in both cases the
# plain Wald limits, 0.009 to 0.713 and 0.017 to 0.909, while the result's field "method" says "exact" and
# "score". Its comments call it simplified; the result does not.
# So: compare limits with those of method=WALD before a named method is reported. SciPy and statsmodels have them.
# Home: https://github.com/Xcept-Health/episia
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    episia==0.1.3 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from episia.stats.contingency import ConfidenceMethod, Table2x2
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.proportion import confint_proportions_2indep

table = Table2x2(1, 8, 19, 12)


def limits(result):
    return [round(float(x), 3) for x in (result.ci_lower, result.ci_upper)]


exact, score = table.odds_ratio(method=ConfidenceMethod.EXACT), table.risk_ratio(method=ConfidenceMethod.SCORE)
wald = limits(table.odds_ratio()), limits(table.risk_ratio())
due = [round(float(x), 3) for x in odds_ratio([[1, 8], [19, 12]]).confidence_interval()]
due_score = [round(float(x), 3) for x in confint_proportions_2indep(1, 20, 8, 20, compare="ratio", method="score", correction=False)]
print(exact.method, limits(exact), "due", due, "|", score.method, limits(score), "due", due_score, "| Wald", wald)
assert [exact.method, score.method] == ["exact", "score"] and (due, due_score) == ([0.002, 0.755], [0.021, 0.661])
assert (limits(exact), limits(score)) == wald == ([0.009, 0.713], [0.017, 0.909]), "episia behaves otherwise than was seen"
PYTHON
