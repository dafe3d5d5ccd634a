"""Where another package's number is not ours: a list that the tests and docs/differences.md share.

A reference number of a selection or mixed model that is not on the list must be met within
TOLERANCE; one that is on it must stand there as it is, and so must ours. make_differences.py writes
both the list and the page.
"""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from support.metafor_cases import REFERENCE

LIST = REFERENCE / "differences.csv"
PAGE = Path(__file__).parents[2] / "docs" / "differences.md"

TOLERANCE = 2e-4
"""Of selection models and mixed models. The packages' searches stop where the log-likelihood rises
by less than 1e-8 of itself, which leaves parameters up to 1e-4 from the maximum."""

REPEATED = 1e-6
"""Our number on the list is the one computed: up to the rounding of another machine."""

NOTHING = 1e-9
"""Absolute: a number this close to 0 is 0. metafor cuts off rounding; we keep it."""

CAUSES = {
    "local maximum": "a higher maximum exists",
    "short of the bound": "the estimate is at the end of its range; the search, on a logarithm,"
    " cannot get there, and what hangs on it moves along",
    "stopped early": "the search ended below the maximum",
    "noisy Hessian": "second differences of a function with errors",
    "no Hessian": "those differences gave no variance",
    "root search": "it stops on either side of a step",
}


def rows():
    """Return the list."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LISTED = {(row["case"], row["quantity"]): row for row in rows()} if LIST.exists() else {}


def is_same(ours, theirs):
    """Return whether two numbers agree; R's missing number is our NaN."""
    if theirs is None:
        return not np.isfinite(ours)
    return ours == pytest.approx(theirs, rel=TOLERANCE, abs=NOTHING)


def check(case, quantities):
    """Assert that each of (name, ours, theirs) agrees, or differs as the list says."""
    for name, ours, theirs in quantities:
        row = LISTED.get((case["id"], name))
        if row is None:
            assert is_same(ours, theirs), f"{name}: {ours} here, {theirs} there"
            continue
        assert not is_same(ours, theirs), f"{name} agrees: take it off {LIST.name}"
        assert row["theirs"] == ("" if theirs is None else repr(theirs))
        assert ours == pytest.approx(float(row["ours"]), rel=REPEATED)


def tables():
    """Return the list as Markdown, a table a cause."""
    parts = []
    for cause, group in groupby(sorted(rows(), key=_order), key=lambda row: row["cause"]):
        lines = [
            f"## {cause[0].upper()}{cause[1:]}: {CAUSES[cause]}",
            "",
            "| data | fit | quantity | there | here | checked | ln L there | higher here by |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        lines += [f"| {' | '.join(_cells(row))} |" for row in group]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _order(row):
    return list(CAUSES).index(row["cause"])


def _cells(row):
    there, here = row["log_likelihood_there"], row["log_likelihood_here"]
    return (
        row["data"],
        row["fit"],
        row["quantity"],
        _number(row["theirs"]),
        _number(row["ours"]),
        _number(row["checked"]),
        f"{float(there):.6f}" if there else "",
        f"{float(here) - float(there):.1e}" if there else "",
    )


def _number(text):
    return f"{float(text):.7g}" if text else ""
