"""Effects of single trials from a treated table, as Q about a pooled estimate needs them.

No 1/2 is added here: the table comes as :mod:`zero_cells` left it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.zero_cells import Flags, Rates, Table


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effects:
    """Effects ``y`` and variances ``v``, shape (..., k), 0 and 1 where not ``kept``.

    A trial is not kept where it was left out, or where its effect or variance is not a positive
    finite number: an empty cell to which nothing was added.
    """

    y: Array
    v: Array
    kept: Flags


def log_odds_ratios(table: Table) -> Effects:
    """Return ln(ad/bc) and 1/a + 1/b + 1/c + 1/d."""
    usable, a, b, c, d = _cells(table, table.a, table.b, table.c, table.d)
    return _effects(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d, usable)


def log_risk_ratios(table: Table) -> Effects:
    """Return ln((a/n₁)/(c/n₂)) and 1/a - 1/n₁ + 1/c - 1/n₂."""
    usable, a, c, n1, n2 = _cells(table, table.a, table.c, table.n1, table.n2)
    return _effects(np.log(a / n1) - np.log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2, usable)


def risk_differences(table: Table) -> Effects:
    """Return a/n₁ - c/n₂ and ab/n₁³ + cd/n₂³."""
    usable, n1, n2 = _cells(table, table.n1, table.n2)
    v = table.a * table.b / n1**3 + table.c * table.d / n2**3
    return _effects(table.a / n1 - table.c / n2, v, usable)


def log_rate_ratios(rates: Rates) -> Effects:
    """Return ln((x₁/t₁)/(x₂/t₂)) and 1/x₁ + 1/x₂."""
    usable, x1, x2 = _cells(rates, rates.x1, rates.x2)
    return _effects(np.log(x1 / rates.t1) - np.log(x2 / rates.t2), 1 / x1 + 1 / x2, usable)


def rate_differences(rates: Rates) -> Effects:
    """Return x₁/t₁ - x₂/t₂ and x₁/t₁² + x₂/t₂²."""
    v = rates.x1 / rates.t1**2 + rates.x2 / rates.t2**2
    return _effects(rates.x1 / rates.t1 - rates.x2 / rates.t2, v, rates.kept)


def _cells(table: Table | Rates, *cells: Array) -> Any:
    """Return which trials can be used, then the cells with 1 where a trial cannot."""
    usable = table.kept & np.all([cell > 0 for cell in cells], axis=0)
    return (usable, *(np.where(usable, cell, 1.0) for cell in cells))


def _effects(y: Array, v: Array, usable: Flags) -> Effects:
    """Return effects with 0 and 1 in place of those that cannot be used."""
    kept = usable & (v > 0)
    return Effects(y=np.where(kept, y, 0.0), v=np.where(kept, v, 1.0), kept=kept)
