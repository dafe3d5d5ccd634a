"""The four cells behind an odds ratio, a phi coefficient or a χ², where the margins are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result, along
from liftproof.statistics.shapes import in_one_shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TwoByTwo(Result):
    """Whole numbers of people, shape (...): ``events`` and ``others`` in either arm."""

    per_trial = along(
        "events_intervention", "others_intervention", "events_control", "others_control"
    )

    events_intervention: Array
    others_intervention: Array
    events_control: Array
    others_control: Array


@of_one_index
def conv_2x2(
    n: ArrayLike,
    n_intervention: ArrayLike,
    events: ArrayLike,
    *,
    odds_ratio: ArrayLike | None = None,
    phi: ArrayLike | None = None,
    chi2: ArrayLike | None = None,
    correct: bool = True,
) -> TwoByTwo:
    """Return the table of two arms from one statistic, rounded to whole people.

    ``n``: people in both arms; ``n_intervention``: in the first; ``events``: in both. ``chi2``:
    of one degree of freedom, with the minus sign where the intervention arm has fewer events than
    expected; ``correct``: with Yates' correction. Other tables may print like it. Arguments
    broadcast. Raises InputError unless one statistic is given, and where no table fits.

    Source: Bonett 2007, Am Psychol 62, 254-255 (odds ratio). metafor from 4.0:
    ``conv.2x2(ori=, ri=, x2i=, ni=n, n1i=n_intervention, n2i=events, correct=)``.

    >>> table = conv_2x2(200, 100, 30, odds_ratio=0.38)
    >>> float(table.events_intervention), float(table.events_control)
    (9.0, 21.0)
    """
    given = {"odds_ratio": odds_ratio, "phi": phi, "chi2": chi2}
    names = [name for name, values in given.items() if values is not None]
    if len(names) != 1:
        raise InputError(f"Give one of {', '.join(given)}, not {' and '.join(names) or 'none'}.")
    columns = ("n", n), ("n_intervention", n_intervention), ("events", events)
    margins = (np.round(floats(name, column)) for name, column in columns)
    statistic = floats(names[0], given[names[0]])  # type: ignore[arg-type]
    total, first, cases, value = in_one_shape("Margins and statistic", *margins, statistic)
    for margin in (first, cases):
        require((margin > 0) & (margin < total), margin, "A margin must lie between 0 and n")
    one, two = first / total, cases / total
    if names[0] == "odds_ratio":
        require(value > 0, value, "An odds ratio must be positive")
        share = _of_odds_ratio(value, one, two)
    else:
        scale = np.sqrt(one * (1 - one) * two * (1 - two))
        shift = 1 / (2 * total * scale) if names[0] == "chi2" and correct else 0
        size = value if names[0] == "phi" else _root(value, total, shift)
        require(np.abs(size) <= 1, value, "No table has a statistic of that size")
        share = one * two + size * scale
    return _table(np.round(total * share), total, first, cases, value)


def _root(chi2: Array, n: Array, shift: Array | float) -> Array:
    """Return phi from χ² with its sign; what Yates' correction took off is put back, but of 0."""
    return np.sign(chi2) * (np.sqrt(np.abs(chi2) / n) + shift)


def _of_odds_ratio(ratio: Array, one: Array, two: Array) -> Array:
    """Return the share of the first cell: a root of (ψ - 1)p² - xp + ψp₁p₂ = 0.

    It is written so that nothing cancels where ψ is near 1.
    """
    x = 1 + (ratio - 1) * (one + two)
    root = np.sqrt(x**2 - 4 * one * two * ratio * (ratio - 1))
    return 2 * ratio * one * two / (x + root)


def _table(events: Array, n: Array, first: Array, cases: Array, value: Array) -> TwoByTwo:
    cells = events, first - events, cases - events, n - first - cases + events
    require(np.min(cells, axis=0) >= 0, value, "No table with these margins has the statistic")
    return TwoByTwo(
        events_intervention=cells[0],
        others_intervention=cells[1],
        events_control=cells[2],
        others_control=cells[3],
    )
