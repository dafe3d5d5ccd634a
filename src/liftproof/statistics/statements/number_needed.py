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
from scipy.special import ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape
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


@of_one_index
def number_needed_of_smd(
    smd: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    control_risk: ArrayLike | None = None,
    *,
    event_is_harm: bool = False,
) -> NumberNeeded:
    """Return the number needed to treat from a standardised mean difference; above 0 is benefit.

    Without ``control_risk`` (Kraemer & Kupfer) the difference of risks is 2Φ(d/√2) - 1: how much
    more often a treated person fares better than an untreated one than the other way round. With
    it, the share of untreated people with the event (Furukawa), it is Φ(Φ⁻¹(c) + d) - c; where the
    event is a harm, Φ(Φ⁻¹(c) - d) - c. Both take two normal distributions of one width. ``low``,
    ``high``: limits of ``smd``. Arguments broadcast. Raises InputError.

    Source: Kraemer & Kupfer 2006, Biol Psychiatry 59, 990-996; Furukawa & Leucht 2011, PLoS One 6,
    e19070, who find the second nearer to what trials counted. dmetar: ``NNT(d, CER)``.

    >>> found = number_needed_of_smd([0.2, 0.5, 0.8], [0.1, 0.3, 0.5], [0.3, 0.7, 1.1])
    >>> found.number.round(1).tolist()
    [8.9, 3.6, 2.3]
    >>> round(float(number_needed_of_smd(0.5, 0.3, 0.7, 0.2).number), 2)
    6.01
    """
    named = {"smd": smd, "low": low, "high": high}
    risk = 0.5 if control_risk is None else control_risk
    columns = (floats(*pair) for pair in named.items())
    *ends, untreated = in_one_shape(
        "Differences, limits and risks", *columns, floats("control_risk", risk)
    )
    require((untreated > 0) & (untreated < 1), untreated, "control_risk must be between 0 and 1")
    if control_risk is None:
        gains = [2 * ndtr(d / np.sqrt(2)) - 1 for d in ends]
        condition = "a person is better off where a treated one fares better than an untreated one"
        return number_needed(*gains, event_is_harm=False, condition=condition)
    side = -1 if event_is_harm else 1
    middle, one, other = (ndtr(ndtri(untreated) + side * d) - untreated for d in ends)
    first, last = (other, one) if event_is_harm else (one, other)
    condition = "the share of untreated people with the event, and two normal distributions"
    return number_needed(middle, first, last, event_is_harm=event_is_harm, condition=condition)


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
