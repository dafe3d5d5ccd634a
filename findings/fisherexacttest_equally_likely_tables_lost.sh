#!/usr/bin/env bash
# FisherExactTest 1.0.1, FisherExact(), seen 2026-11-30.
#
# 7 of 100 trained and 1 of 100 other players are hurt. Expected of a two-sided P: all tables as likely as this one or less, 0.065,
# as SciPy and R have it. Seen: 0.036. With arms of one size the table the other way about (1 and 7) is exactly as likely, and half
# of P. Its probability is found by floating point and held against the exact decimal number of the first, without a margin;
# where rounding leaves it larger by 1e-16, it is left out. So nearly every second table is hit: P of 1340 of 2797 tables of 8 to 100
# people an arm is too small, and 50 of them cross 0.05. 0 of 5 against 3 of 5 is right, 0 of 8 against 2 of 8 is half.
# So: take scipy.stats.fisher_exact, which allows for rounding; a P that is half of what is due has lost its mirror.
# Home: https://github.com/Ae-Mc/Fisher
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile FisherExactTest==1.0.1 scipy==1.16.3 numpy==2.3.5
"$folder/venv/bin/python" - <<'PYTHON'
from math import comb

from FisherExactTest import FisherExact
from scipy.stats import fisher_exact


def exact(a, c, n):
    """Two-sided P of a and c events in arms of n, in whole numbers."""
    ways = {k: comb(n, k) * comb(n, a + c - k) for k in range(max(0, a + c - n), min(n, a + c) + 1)}
    return sum(w for w in ways.values() if w <= ways[a]) / comb(2 * n, a + c)


def three(a, c, n):
    found = float(FisherExact(a, n - a, c, n - c)), fisher_exact([[a, n - a], [c, n - c]])[1], exact(a, c, n)
    return [round(float(p), 6) for p in found]


for trial in ((0, 2, 8), (0, 3, 5), (1, 7, 100)):
    print(trial, "FisherExact(), SciPy, by counting:", three(*trial))
short = crossed = tables = 0
for n in (8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 100):
    for a in range(n // 2 + 1):
        for c in range(a, n // 2 + 1):
            p, due = float(FisherExact(a, n - a, c, n - c)), exact(a, c, n)
            tables += 1
            short += p < due * (1 - 1e-6)
            crossed += p < 0.05 <= due
            assert p < due * (1 + 1e-6)
print(f"{short} of {tables} too small, {crossed} of them below 0.05 where P is not")
assert three(1, 7, 100) == [0.035807, 0.064859, 0.064859], "FisherExactTest behaves otherwise than was seen"
assert three(0, 2, 8) == [0.233333, 0.466667, 0.466667], "FisherExactTest behaves otherwise than was seen"
assert (short, crossed, tables) == (1340, 50, 2797), "FisherExactTest behaves otherwise than was seen"
PYTHON
