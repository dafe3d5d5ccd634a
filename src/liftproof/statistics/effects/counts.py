"""Effects from counts of participants with an event, in two arms.

Zero cells: where any of the four cells (events and non-events, each arm) is 0, 1/2 is added to all
four cells of that trial and of no other: metafor's ``add=1/2, to="only0"``, its default, for the
risk difference as well. A trial in which nobody, or everybody, has an event in either arm says
nothing about a ratio; metafor's ``drop00=TRUE`` leaves it out. Here the effects are computed and
:func:`double_zero` and :func:`all_events` tell which trials those are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array, floats, in_one_shape, require
from liftproof.statistics.effects.effect import Effect

ZERO_CELL_ADDITION = 0.5
"""Added to every cell of a trial that has an empty one."""


def risk_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return log risk ratios: y = ln(a/n₁) - ln(c/n₂), v = 1/a - 1/n₁ + 1/c - 1/n₂.

    Arguments are counts that broadcast; zero cells as this module says. Raises InputError.

    Source: Katz et al. 1978, Biometrics 34, 469-474. metafor:
    ``escalc(measure="RR", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0")``.

    >>> rr = risk_ratio(4, 123, 11, 139)  # BCG vaccine, Aronson 1948
    >>> round(float(rr.y), 4), round(float(rr.v), 4)
    (-0.8893, 0.3256)
    """
    a, b, c, d = _cells(events_intervention, n_intervention, events_control, n_control)
    y = np.log(a / (a + b)) - np.log(c / (c + d))
    return Effect(y=y, v=b / (a * (a + b)) + d / (c * (c + d)))


def odds_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return log odds ratios: y = ln(ad/bc), v = 1/a + 1/b + 1/c + 1/d.

    Arguments are counts that broadcast; zero cells as this module says. Raises InputError.

    Source: Woolf 1955, Ann Hum Genet 19, 251-253. metafor:
    ``escalc(measure="OR", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0")``.

    >>> odds = odds_ratio(4, 123, 11, 139)
    >>> round(float(odds.y), 4), round(float(odds.v), 4)
    (-0.9387, 0.3571)
    """
    a, b, c, d = _cells(events_intervention, n_intervention, events_control, n_control)
    return Effect(y=np.log(a / b) - np.log(c / d), v=1 / a + 1 / b + 1 / c + 1 / d)


def risk_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return risk differences: y = a/n₁ - c/n₂, v = ab/n₁³ + cd/n₂³.

    Arguments are counts that broadcast; zero cells as this module says. Raises InputError.

    Source: Cochrane Handbook 6.5, section 6.4.1. metafor:
    ``escalc(measure="RD", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0")``.

    >>> difference = risk_difference(4, 123, 11, 139)
    >>> round(float(difference.y), 4), round(float(difference.v), 5)
    (-0.0466, 0.00078)
    """
    a, b, c, d = _cells(events_intervention, n_intervention, events_control, n_control)
    y = a / (a + b) - c / (c + d)
    return Effect(y=y, v=a * b / (a + b) ** 3 + c * d / (c + d) ** 3)


def double_zero(events_intervention: ArrayLike, events_control: ArrayLike) -> NDArray[np.bool_]:
    """Return which trials have no event in either arm, from counts or rates.

    >>> double_zero([0, 1, 0], [0, 0, 2]).tolist()
    [True, False, False]
    """
    events = floats("Events", events_intervention), floats("Events", events_control)
    intervention, control = in_one_shape("Events of both arms", *events)
    return np.asarray((intervention == 0) & (control == 0))


def all_events(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> NDArray[np.bool_]:
    """Return which trials have an event in every participant of both arms.

    >>> all_events([5, 5], [5, 5], [7, 6], [7, 7]).tolist()
    [True, False]
    """
    return double_zero(
        floats("n", n_intervention) - floats("Events", events_intervention),
        floats("n", n_control) - floats("Events", events_control),
    )


def _cells(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> tuple[Array, Array, Array, Array]:
    """Return the cells a, b, c, d, with 1/2 added where a trial has an empty one."""
    a, n1, c, n2 = in_one_shape(
        "Counts of both arms",
        *(floats("Events", events_intervention), floats("n", n_intervention)),
        *(floats("Events", events_control), floats("n", n_control)),
    )
    b, d = _others(a, n1), _others(c, n2)
    add = np.where((a == 0) | (b == 0) | (c == 0) | (d == 0), ZERO_CELL_ADDITION, 0.0)
    return a + add, b + add, c + add, d + add


def _others(events: Array, n: Array) -> Array:
    """Return the participants without an event in one arm, or raise InputError."""
    require(events >= 0, events, "Events must not be negative")
    require(n > 0, n, "n must be positive")
    require(events <= n, events, "Events must not exceed n")
    return np.asarray(n - events)
