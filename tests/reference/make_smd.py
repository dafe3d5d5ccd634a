"""Standardised mean differences that escalc 3.8.1 does not give, by arithmetic of 60 digits.

``python make_smd.py OUT.json``, in the folder of this script. Needs mpmath. The formulas are
written out here a second time; nothing of Liftproof is used.
"""

import csv
import json
import sys
from pathlib import Path

from mpmath import gamma, mp, mpf, sqrt

mp.dps = 60
R = "0.7"
NOT_IN_ESCALC = ("cohen", "cohen_metan", "borenstein", "revman", "glass")
ARMS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")


def rows(name):
    with Path("data", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hedges(m):
    return gamma(m / 2) / (sqrt(m / 2) * gamma((m - 1) / 2))


def effect(formula, difference, s1, n1, s2, n2, share):
    n, m = n1 + n2, n1 + n2 - 2
    pooled = sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / m)
    d = difference / (s2 if formula == "glass" else pooled)
    a = share * n / (n1 * n2)
    j = hedges(m)
    near = 1 - 3 / (4 * n - 9)
    g = (near if formula in ("revman", "borenstein") else j) * d
    return {
        "LS": (g, a + g**2 / (2 * n)),
        "LS2": (g, j**2 * (a + d**2 / (2 * n))),
        "UB": (g, a + (1 - (m - 2) / (m * j**2)) * g**2),
        "cohen": (d, a + d**2 / (2 * n)),
        "cohen_metan": (d, a + d**2 / (2 * m)),
        "borenstein": (g, near**2 * (a + d**2 / (2 * n))),
        "revman": (g, a + g**2 / (2 * (n - mpf("3.94")))),
        "glass": (d, a + d**2 / (2 * (n2 - 1))),
    }[formula]


def of_means(row, formula):
    m1, s1, n1, m2, s2, n2 = (mpf(row[name]) for name in ARMS)
    return effect(formula, m1 - m2, s1, n1, s2, n2, mpf(1))


def of_changes(row, formula, over, r):
    n1, n2 = mpf(row["n1i"]), mpf(row["n2i"])
    changes = [mpf(row[f"m{arm}i"]) - mpf(row[f"mpre{arm}i"]) for arm in "12"]
    sds = []
    for arm in "12":
        after, before = mpf(row[f"sd{arm}i"]), mpf(row[f"sdpre{arm}i"])
        sds.append({"after": after, "before": before}.get(over) or change_sd(after, before, r))
    share = mpf(1) if r is None or over == "change" else 2 * (1 - mpf(r))
    return effect(formula, changes[0] - changes[1], sds[0], n1, sds[1], n2, share)


def change_sd(after, before, r):
    return sqrt(after**2 + before**2 - 2 * mpf(r) * after * before)


def case(dataset, formula, found, **more):
    numbers = {"yi": [float(y) for y, _ in found], "vi": [float(v) for _, v in found]}
    start = {"dataset": dataset, "formula": formula, "engine": "mpmath, 60 digits"}
    return {**start, **more, **numbers}


def cases():
    for name in ("normand1999", "curtis1998"):
        for formula in NOT_IN_ESCALC:
            found = [of_means(row, formula) for row in rows(name)]
            yield case(name, formula, found, source="means")
    name = "changes_made_up"
    for over in ("after", "before", "change"):
        for formula in ("LS", "LS2", "UB", *NOT_IN_ESCALC):
            for r in (None, R):
                if over == "change" and r is None:
                    continue
                found = [of_changes(row, formula, over, r) for row in rows(name)]
                told = None if r is None else float(r)
                more = {"source": "changes", "change_sd": over, "correlation": told}
                yield case(name, formula, found, **more)


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(one) for one in cases())
    Path(sys.argv[1]).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
