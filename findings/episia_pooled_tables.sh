#!/usr/bin/env bash
# episia 0.1.3, mantel_haenszel_or(), seen 2026-11-30.
#
# One stratum of a trial: 4 of 123 and 11 of 139 (BCG vaccine, first trial). Expected: pooled over one stratum,
# the odds ratio, its limits by Robins, Breslow and Greenland, the risk ratio and the risk difference of that
# table: 0.391 (0.121 to 1.262), 0.411, -0.047. Seen: 0.391 (0.171 to 0.893), 0.554, -3.042. Its variance
# leaves out the middle term of theirs; risk ratio and difference read rows for columns, and the difference is
# never divided by its weights.
# So: an interval of one stratum that is not that of its table tells at once. statsmodels' StratifiedTable has
# the same estimates.
# Home: https://github.com/Xcept-Health/episia; Robins, Breslow and Greenland 1986, https://doi.org/10.2307/2531052
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    episia==0.1.3 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from episia.stats.contingency import Table2x2
from episia.stats.stratified import mantel_haenszel_or
from statsmodels.stats.contingency_tables import StratifiedTable

cases_exposed, cases, exposed, rest = 4, 11, 119, 128
pooled = mantel_haenszel_or([Table2x2(cases_exposed, cases, exposed, rest)])
seen = [round(float(x), 3) for x in (pooled.common_or, *pooled.or_ci, pooled.common_rr, pooled.common_rd)]
other = StratifiedTable([[[cases_exposed, exposed], [cases, rest]]])
risks = cases_exposed / 123, cases / 139
due = [other.oddsratio_pooled, *other.oddsratio_pooled_confint(), other.riskratio_pooled, risks[0] - risks[1]]
due = [round(float(x), 3) for x in due]
print("episia:", seen, "due:", due)
assert seen == [0.391, 0.171, 0.893, 0.554, -3.042], "episia behaves otherwise than was seen"
assert due == [0.391, 0.121, 1.262, 0.411, -0.047]
PYTHON
