"""Mantel-Haenszel estimates of a common effect from events over person-time."""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.checked_arms import rates_of
from liftproof.statistics.effects.rates import log_rate_ratios, rate_differences
from liftproof.statistics.effects.two_arm_tables import Rates, ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.sparse.mantel_haenszel_result import (
    MantelHaenszel,
    pooled_result,
    require_both_sides,
    require_trials,
)
from liftproof.statistics.sparse.switches import Additions, LeftOut, Where, both_rules


@of_one_index
@in_blocks()
def rate_ratio(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    effects: ZeroCells | None = None,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> MantelHaenszel:
    """Return ln Σ(x₁t₂/T)/Σ(x₂t₁/T), variance Σ((x₁ + x₂)t₁t₂/T²)/(Σ(x₁t₂/T) Σ(x₂t₁/T)).

    Events and person-time (..., k); other arguments and errors as for the odds ratio.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15. metafor:
    ``rma.mh(measure="IRR")``. meta: ``metainc(sm="IRR", method="MH")``.

    >>> pooled = rate_ratio([9, 8, 3], [413, 263, 487], [19, 19, 13], [398, 245, 435])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6)
    (-1.001425, 0.263336)
    """
    raw = rates_of(
        events_intervention, person_time_intervention, events_control, person_time_control
    )
    for_effects, for_pool = both_rules(effects, pooling, add, to, drop00)
    rates = raw.treated(for_pool)
    r, s = rates.x1 * rates.t2 / rates.t, rates.x2 * rates.t1 / rates.t
    require_both_sides(r, s, "rate ratio")
    total_r, total_s = r.sum(axis=-1), s.sum(axis=-1)
    spread = (rates.events * (rates.t1 / rates.t) * (rates.t2 / rates.t)).sum(axis=-1)
    variance = spread / (total_r * total_s)
    single = log_rate_ratios(raw.treated(for_effects))
    return pooled_result("IRR", np.log(total_r / total_s), variance, s, single, level)


@of_one_index
@in_blocks()
def rate_difference(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    effects: ZeroCells | None = None,
    pooling: ZeroCells | None = None,
    add: Additions = None,
    to: Where = None,
    drop00: LeftOut = None,
    level: float = 0.95,
) -> MantelHaenszel:
    """Return Σ(x₁t₂/T - x₂t₁/T)/Σw, w = t₁t₂/T, variance Σw²(x₁/t₁² + x₂/t₂²)/(Σw)².

    Events and person-time (..., k); other arguments and errors as for the odds ratio.

    Source: Greenland & Robins 1985, Biometrics 41, 55-68. metafor: ``rma.mh(measure="IRD")``.

    >>> pooled = rate_difference([9, 8, 3], [413, 263, 487], [19, 19, 13], [398, 245, 435])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6)
    (-0.029839, 0.007658)
    """
    raw = rates_of(
        events_intervention, person_time_intervention, events_control, person_time_control
    )
    for_effects, for_pool = both_rules(effects, pooling, add, to, drop00)
    rates = raw.treated(for_pool)
    weights = _time_weights(rates)
    require_trials(weights)
    total = weights.sum(axis=-1)
    difference = rates.x1 / rates.t1 - rates.x2 / rates.t2
    estimate = (weights * difference).sum(axis=-1) / total
    own = rates.x1 / rates.t1**2 + rates.x2 / rates.t2**2
    variance = (weights**2 * own).sum(axis=-1) / total**2
    single = rate_differences(raw.treated(for_effects))
    return pooled_result("IRD", estimate, variance, weights, single, level)


def _time_weights(rates: Rates) -> Array:
    """Return t₁t₂/T, 0 for trials left out."""
    return np.where(rates.kept, rates.t1 * rates.t2 / rates.t, 0.0)
