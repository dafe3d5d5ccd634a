#!/usr/bin/env bash
# cmh 1.0.1, CMH() of more than two rows and columns, seen 2026-11-30.
#
# Severity of injury (none, mild, severe) by arm (control, one session, two sessions) in two strata. Expected: the
# generalised Cochran-Mantel-Haenszel statistic, 30.847 on 4 degrees of freedom, as R's mantelhaen.test() has it,
# on which it is modelled. Seen: 43.735, whichever variable is named first. Differences are laid out row by row,
# their covariances column by column, so that they do not belong to one another. Tables of two rows or two
# columns are right.
# So: compute the statistic of larger tables elsewhere.
# Home: https://github.com/mellesies/cmh; Agresti 2002, Categorical Data Analysis, page 295
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile \
    cmh==1.0.1 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 python-dateutil==2.9.0.post0 pytz==2025.2 six==1.17.0 tzdata==2025.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pandas as pd
from cmh import CMH

tables = np.array([[[30, 6, 2], [24, 9, 8], [10, 14, 12]], [[40, 11, 3], [28, 12, 9], [21, 20, 9]]])


def by_hand(tables):
    difference, covariance = np.zeros(4), np.zeros((4, 4))
    for each in tables.astype(float):
        n, rows, columns = each.sum(), each.sum(1)[:-1], each.sum(0)[:-1]
        difference += (each[:-1, :-1] - np.outer(rows, columns) / n).ravel()
        spread = [np.diag(n * x) - np.outer(x, x) for x in (rows, columns)]
        covariance += np.kron(*spread) / (n**2 * (n - 1))
    return round(float(difference @ np.linalg.solve(covariance, difference)), 3)


cells = [(s, r, c) for (s, r, c), many in np.ndenumerate(tables) for _ in range(many)]
people = pd.DataFrame(cells, columns=["stratum", "arm", "severity"])
seen = [round(float(CMH(people, *names, "stratum", raw=True)[0]), 3) for names in (("arm", "severity"), ("severity", "arm"))]
due = [by_hand(tables), by_hand(tables.transpose(0, 2, 1))]
print("cmh:", seen, "by hand:", due)
assert (seen, due) == ([43.735] * 2, [30.847] * 2), "cmh behaves otherwise than was seen"
PYTHON
