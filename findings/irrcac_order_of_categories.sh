#!/usr/bin/env bash
# irrCAC 0.4.4, weighted agreement of two raters (Gwet's AC2, linear weights), seen 2026-11-30.
#
# Five trials are rated low, moderate or high, as ordered categories of pandas (low < moderate < high); once
# the raters differ, high against moderate. Expected: the weights follow that order, AC2 = 0.778.
# Seen: 0.556. Categories are sorted by their letters: high, low, moderate, so high to moderate is the largest
# distance there is. pandas' order is not read. With categories= in order it is 0.778.
# So: name the categories in order, or rate by numbers; check the order that the result reports.
# Documentation: https://irrcac.readthedocs.io (of categories= it says which are possible, not in which order).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile \
    irrCAC==0.4.4 pandas==2.3.3 numpy==1.26.4 scipy==1.12.0 python-dateutil==2.9.0.post0 pytz==2025.2 six==1.17.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from fractions import Fraction

import pandas as pd
from irrCAC.raw import CAC

order = ["low", "moderate", "high"]
pairs = [("low", "low"), ("high", "moderate"), ("moderate", "moderate"), ("low", "low"), ("high", "high")]
ratings = pd.DataFrame(pairs, columns=["first", "second"]).astype(pd.CategoricalDtype(order, ordered=True))


def by_hand(categories: list[str]) -> float:
    size, at = len(categories), {name: i for i, name in enumerate(categories)}
    weight = [[1 - Fraction(abs(i - j), size - 1) for j in range(size)] for i in range(size)]
    agreed = sum(weight[at[a]][at[b]] for a, b in pairs) / len(pairs)
    share = [Fraction(sum((a == c) + (b == c) for a, b in pairs), 2 * len(pairs)) for c in categories]
    chance = sum(map(sum, weight)) * sum(p * (1 - p) for p in share) / (size * (size - 1))
    return round(float((agreed - chance) / (1 - chance)), 3)


plain, named = CAC(ratings, weights="linear"), CAC(ratings, weights="linear", categories=order)
seen = [round(c.gwet()["est"]["coefficient_value"], 3) for c in (plain, named)]
print("order taken:", plain.categories, "AC2:", seen, "by hand in order and by letters:", by_hand(order), by_hand(sorted(order)))
assert plain.categories == sorted(order) and seen == [0.556, 0.778], "irrCAC behaves otherwise than was seen"
assert [by_hand(sorted(order)), by_hand(order)] == seen
PYTHON
