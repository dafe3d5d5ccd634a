#!/usr/bin/env bash
# pingouin 0.7.0 and cronbach 0.6.0, cronbach_alpha(nan_policy="listwise"), the interval, seen 2026-11-30.
#
# A questionnaire of eleven items and twelve people, three of whom left an item out: pingouin's own example. Expected with
# "listwise": alpha and interval of the nine whole rows, 0.802 (0.533 to 0.947) by Feldt's formula, as when they are dropped first.
# Seen: 0.802 (0.581 to 0.933), on the degrees of freedom of twelve people: the number of rows is read before rows are dropped.
# The more is missing, the narrower the interval: with 3 whole rows of 40 it is that of 40. The page of the function shows these
# limits beside the R call psych::alpha(use = "complete.obs"), which it compares with for alpha.
# So: drop people with gaps before, data.dropna(), and report how many were left.
# Home: https://pingouin-stats.org/build/html/generated/pingouin.cronbach_alpha.html; Feldt and others 1987,
# https://doi.org/10.1177/014662168701100107
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pingouin==0.7.0 cronbach==0.6.0 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import cronbach
import numpy as np
import pingouin
from scipy.stats import f


def feldt(alpha, n, k):
    """Limits of 95 % of alpha, from n people and k items."""
    return [round(float(1 - (1 - alpha) * f.isf(tail, n - 1, (n - 1) * (k - 1))), 3) for tail in (0.025, 0.975)]


def limits(found):
    return [float(limit) for limit in found[1]]


data = pingouin.read_dataset("cronbach_wide_missing")
whole = data.dropna()
(n, k), left = data.shape, len(whole)
alpha = float(pingouin.cronbach_alpha(whole)[0])
seen = limits(pingouin.cronbach_alpha(data, nan_policy="listwise"))
other = limits(cronbach.alpha(data, nan_policy="listwise"))
before = limits(pingouin.cronbach_alpha(whole))
print(f"{n} people, {left} whole, {k} items, alpha {alpha:.3f}; listwise: {seen}, cronbach: {other}, dropped before: {before}")
print("Feldt, of those left:", feldt(alpha, left, k), "of all:", feldt(alpha, n, k))
many = np.add.outer(np.arange(40) % 7, np.arange(4)) + np.outer(np.arange(40) % 3, np.arange(4) % 2).astype(float)
many[3:, 0] = np.nan
frame = type(data)(many)
few = limits(pingouin.cronbach_alpha(frame, nan_policy="listwise")), limits(pingouin.cronbach_alpha(frame.dropna()))
print("3 whole of 40, listwise and dropped before:", *few)
assert seen == other == feldt(alpha, n, k) == [0.581, 0.933], "pingouin behaves otherwise than was seen"
assert before == feldt(alpha, left, k) == [0.533, 0.947], "pingouin behaves otherwise than was seen"
assert few[0] != few[1], "pingouin behaves otherwise than was seen"
PYTHON
