"""Numbers needed to treat, for benefit (NNTB) and for harm (NNTH), with their limits.

The number needed is 1/|risk difference|. An interval of the risk difference that includes 0 is, for
the number needed, two pieces that meet at infinity: from NNTB through infinity to NNTH.

Source: Altman 1998, BMJ 317, 1309-1312; Cochrane Handbook, version 6, section 15.4.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isinf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, in_one_shape, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.statements.absolute import AbsoluteEffect

ROUNDING = 1e-9
"""1/0.1 is 10.000000000000002 in some computations: not eleven people."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberNeeded(Result):
    """The number of people treated for one more, or one less, to have the event. Arrays are (...).

    Conditional on the baseline risk, as the risk difference is: ``condition`` says on what.
    ``number``: at the estimate; infinite where the difference is 0. ``is_benefit``: one person
    more is helped; otherwise harmed.
    ``best``, ``best_is_benefit``; ``worst``, ``worst_is_benefit``: the same at the limit that is
    best and at that which is worst for the treated.
    ``includes_no_effect``: the interval runs from ``best`` (NNTB) through infinity to ``worst``
    (NNTH); otherwise between the two numbers.
    """

    condition: str
    number: Array
    is_benefit: NDArray[np.bool_]
    best: Array
    best_is_benefit: NDArray[np.bool_]
    worst: Array
    worst_is_benefit: NDArray[np.bool_]
    includes_no_effect: NDArray[np.bool_]


@of_one_index
def number_needed(
    risk_difference: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    event_is_harm: bool = True,
    condition: str = "the baseline risk at which the risk difference holds",
) -> NumberNeeded:
    """Return the number needed to treat from a risk difference, treated minus untreated.

    ``low``, ``high``: limits of the difference, in its shape. ``event_is_harm``: fewer events are
    the benefit. Raises InputError.

    Source: Altman 1998, BMJ 317, 1309-1312, whose example is a risk reduction of 10 % (-5 to 25).

    >>> found = number_needed(-0.10, -0.25, 0.05)
    >>> [round(float(x), 6) for x in (found.number, found.best, found.worst)]
    [10.0, 4.0, 20.0]
    >>> bool(found.includes_no_effect)
    True
    """
    named = {"risk_difference": risk_difference, "low": low, "high": high}
    columns = (floats(*pair) for pair in named.items())
    centre, lower, upper = in_one_shape("Risk differences and their limits", *columns)
    for value in (lower, centre, upper):
        require(np.abs(value) <= 1, value, "A risk difference must lie between -1 and 1")
    require(lower <= centre, lower, "The lower limit must not be above the risk difference")
    require(upper >= centre, upper, "The upper limit must not be below the risk difference")
    gain, best, worst = (-centre, -lower, -upper) if event_is_harm else (centre, upper, lower)
    return NumberNeeded(
        condition=condition,
        number=_reciprocal(gain),
        is_benefit=gain > 0,
        best=_reciprocal(best),
        best_is_benefit=best > 0,
        worst=_reciprocal(worst),
        worst_is_benefit=worst > 0,
        includes_no_effect=(best >= 0) & (worst <= 0),
    )


def number_needed_of(effect: AbsoluteEffect, *, event_is_harm: bool = True) -> NumberNeeded:
    """Return the number needed to treat at the baseline risk of an absolute effect.

    >>> from liftproof.statistics.statements.absolute import absolute_effect
    >>> effect = absolute_effect("RR", np.log(0.5), np.log(0.4), np.log(0.75), 0.2)
    >>> found = number_needed_of(effect)
    >>> round(float(found.number), 6), round(float(found.best), 6), round(float(found.worst), 6)
    (10.0, 8.333333, 20.0)
    """
    return number_needed(
        effect.risk_difference,
        effect.risk_difference_low,
        effect.risk_difference_high,
        event_is_harm=event_is_harm,
        condition=f"the baseline risk is as stated, and {effect.assumption}",
    )


def in_words(needed: NumberNeeded) -> str:
    """Return one number needed and its interval as Altman writes them, rounded up to people.

    Raises InputError for more than one.

    >>> in_words(number_needed(-0.10, -0.25, 0.05))
    'NNTB 10 (NNTB 4 to ∞ to NNTH 20)'
    >>> in_words(number_needed(-0.10, -0.25, -0.05))
    'NNTB 10 (NNTB 4 to NNTB 20)'
    """
    if needed.number.size != 1:
        raise InputError(f"Words are for one number needed, but {needed.number.size} were given.")
    number, best, worst = (
        _one_in_words(float(value), bool(is_benefit))
        for value, is_benefit in (
            (needed.number, needed.is_benefit),
            (needed.best, needed.best_is_benefit),
            (needed.worst, needed.worst_is_benefit),
        )
    )
    through = " to ∞ to " if needed.includes_no_effect and "∞" not in best + worst else " to "
    return f"{number} ({best}{through}{worst})"


def _one_in_words(number: float, is_benefit: bool) -> str:
    if isinf(number):
        return "∞"
    return f"{'NNTB' if is_benefit else 'NNTH'} {ceil(number - ROUNDING)}"


def _reciprocal(difference: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray(1 / np.abs(difference))
