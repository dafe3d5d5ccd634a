#!/usr/bin/env bash
# pdtab 0.1.1, which follows Stata's tabulate, the standard error of gamma (gamma=True), seen 2026-11-30.
#
# 50 people by three levels of load and three of soreness, Goodman and Kruskal's gamma 0.69. Expected: the asymptotic standard error
# that Stata prints beside it, 4 sqrt(sum of n (Q C - P D)²) / (P + Q)² = 0.12, so that gamma is 5.9 times its standard error.
# Seen: 0.024, a fifth. It is 4 sqrt(n) / (P + Q), of nothing but the number of people and of pairs: the same for a gamma of 0
# and of 1. With ten times the people it is 0.0007 for 0.037: a 32nd, not a third.
# So: gamma and its error from R's DescTools, SAS or Stata; the gamma itself is right here.
# Home: https://github.com/brycewang-stanford/pdtab
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pdtab==0.1.1 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 \
    > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from pdtab.stats.tests import run_all_tests


def by_formula(table: np.ndarray) -> tuple[float, float]:
    """Gamma and its asymptotic standard error (Goodman and Kruskal 1963)."""
    like, unlike = np.zeros(table.shape), np.zeros(table.shape)
    for i, j in np.ndindex(table.shape):
        like[i, j] = table[:i, :j].sum() + table[i + 1:, j + 1:].sum()
        unlike[i, j] = table[:i, j + 1:].sum() + table[i + 1:, :j].sum()
    p, q = (table * like).sum(), (table * unlike).sum()
    return (p - q) / (p + q), 4 * np.sqrt((table * (q * like - p * unlike) ** 2).sum()) / (p + q) ** 2


people = np.array([[10, 5, 2], [4, 8, 5], [1, 4, 11]])
seen = []
for table in (people, 10 * people):
    gamma = run_all_tests(table, gamma=True)["gamma"]
    found = [round(float(x), 4) for x in (gamma["statistic"], gamma["ase"], *by_formula(table))]
    seen.append(found)
    print(f"{table.sum()} people: gamma {found[0]}, standard error {found[1]}; by the formula {found[2]}, {found[3]}")
assert seen == [[0.6933, 0.0236, 0.6933, 0.1165], [0.6933, 0.0007, 0.6933, 0.0368]], "pdtab behaves otherwise than was seen"
PYTHON
