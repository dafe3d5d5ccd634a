"""Effects from counts of events over person-time, in two arms."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, in_one_shape, require
from liftproof.statistics.effects.counts import ZERO_CELL_ADDITION
from liftproof.statistics.effects.effect import Effect


def rate_ratio(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
) -> Effect:
    """Return log incidence rate ratios: y = ln(x₁/t₁) - ln(x₂/t₂), v = 1/x₁ + 1/x₂.

    Events are counts, person-time is in any one unit; all broadcast. Where an arm has no event,
    1/2 is added to the events of both arms of that trial (``add=1/2, to="only0"``); trials
    without any event are found by ``double_zero``. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor:
    ``escalc(measure="IRR", x1i=x1, t1i=t1, x2i=x2, t2i=t2, add=1/2, to="only0")``.

    >>> irr = rate_ratio(9, 413, 19, 398)  # warfarin, AFASAK 1989
    >>> round(float(irr.y), 4), round(float(irr.v), 4)
    (-0.7842, 0.1637)
    """
    arms = (
        *_arm(events_intervention, person_time_intervention),
        *_arm(events_control, person_time_control),
    )
    x1, t1, x2, t2 = in_one_shape("Counts of both arms", *arms)
    add = np.where((x1 == 0) | (x2 == 0), ZERO_CELL_ADDITION, 0.0)
    y = np.log((x1 + add) / t1) - np.log((x2 + add) / t2)
    return Effect(y=y, v=1 / (x1 + add) + 1 / (x2 + add))


def _arm(events: ArrayLike, person_time: ArrayLike) -> tuple[Array, Array]:
    """Return the checked events and person-time of one arm."""
    x, t = floats("Events", events), floats("Person-time", person_time)
    require(x >= 0, x, "Events must not be negative")
    require(t > 0, t, "Person-time must be positive")
    return x, t
