"""Effects from counts of events over person-time, in two arms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.effects.checked_arms import rates_of_parts
from liftproof.statistics.effects.effect import Effect, Effects, kept_effects, usable_cells
from liftproof.statistics.effects.two_arm_tables import (
    AS_COUNTED,
    FOR_EFFECTS,
    OF_SINGLE_TRIALS,
    Rates,
    ZeroCells,
)
from liftproof.statistics.labelled import of_one_index


@of_one_index
def rate_ratio(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
) -> Effect:
    """Return log incidence rate ratios: y = ln(x₁/t₁) - ln(x₂/t₂), v = 1/x₁ + 1/x₂.

    Events are counts, person-time is in any one unit; all of one shape, or single numbers. Where
    an arm has no event, 1/2 is added to the events of both arms of that trial (``add=1/2,
    to="only0"``); the ratio of a trial without any event is NaN (``drop00=TRUE``). ``zero_cells``
    takes another rule. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor:
    ``escalc(measure="IRR", x1i=x1, t1i=t1, x2i=x2, t2i=t2, add=1/2, to="only0", drop00=TRUE)``.

    >>> irr = rate_ratio(9, 413, 19, 398)  # warfarin, AFASAK 1989
    >>> round(float(irr.y), 4), round(float(irr.v), 4)
    (-0.7842, 0.1637)
    """
    rates = rates_of_parts(
        events_intervention, person_time_intervention, events_control, person_time_control
    )
    return log_rate_ratios(rates.treated(zero_cells)).with_missing()


@of_one_index
def rate_difference(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return incidence rate differences: y = x₁/t₁ - x₂/t₂, v = x₁/t₁² + x₂/t₂².

    In 1 over the unit of person-time. Where an arm has no event, 1/2 is added to the events of both
    arms of that trial (``add=1/2, to="only0"``), which moves the difference where times are
    unequal: ``zero_cells`` takes another rule. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor:
    ``escalc(measure="IRD", x1i=x1, t1i=t1, x2i=x2, t2i=t2, add=1/2, to="only0")``.

    >>> ird = rate_difference(9, 413, 19, 398)
    >>> round(float(ird.y), 6), round(float(ird.v), 8)
    (-0.025947, 0.00017271)
    """
    rates = rates_of_parts(
        events_intervention, person_time_intervention, events_control, person_time_control
    )
    return rate_differences(rates.treated(zero_cells)).with_missing()


@of_one_index
def root_rate_difference(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
) -> Effect:
    """Return differences of roots of rates: y = √(x₁/t₁) - √(x₂/t₂), v = 1/(4t₁) + 1/(4t₂).

    In 1 over the root of the unit of person-time. Nothing is added where an arm has no event as a
    rule. Raises InputError.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14. metafor:
    ``escalc(measure="IRSD", x1i=x1, t1i=t1, x2i=x2, t2i=t2)``.

    >>> irsd = root_rate_difference(9, 413, 19, 398)
    >>> round(float(irsd.y), 6), round(float(irsd.v), 6)
    (-0.070872, 0.001233)
    """
    rates = rates_of_parts(
        events_intervention, person_time_intervention, events_control, person_time_control
    ).treated(zero_cells)
    y = np.sqrt(rates.x1 / rates.t1) - np.sqrt(rates.x2 / rates.t2)
    return kept_effects(y, 1 / (4 * rates.t1) + 1 / (4 * rates.t2), rates.kept).with_missing()


FROM_RATES: dict[str, Callable[..., Effect]] = {
    "IRR": rate_ratio,
    "IRD": rate_difference,
    "IRSD": root_rate_difference,
}


def log_rate_ratios(rates: Rates) -> Effects:
    """Return ln((x₁/t₁)/(x₂/t₂)) and 1/x₁ + 1/x₂ of rates as a rule for zeros left them."""
    usable, (x1, x2) = usable_cells(rates.kept, rates.x1, rates.x2)
    return kept_effects(np.log(x1 / rates.t1) - np.log(x2 / rates.t2), 1 / x1 + 1 / x2, usable)


def rate_differences(rates: Rates) -> Effects:
    """Return x₁/t₁ - x₂/t₂ and x₁/t₁² + x₂/t₂² of rates as a rule for zeros left them."""
    v = rates.x1 / rates.t1**2 + rates.x2 / rates.t2**2
    return kept_effects(rates.x1 / rates.t1 - rates.x2 / rates.t2, v, rates.kept)
