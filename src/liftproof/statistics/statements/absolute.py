"""Absolute effects: what a relative effect means for 1000 people at a stated baseline risk.

Conditional on the baseline risk, which is taken as known, and on the assumption that the relative
effect is the same at that risk (ASSUMPTIONS). The limits carry the uncertainty of the effect only.

Source: Cochrane Handbook, version 6, section 15.4.4; Schünemann et al. there. meta: none;
metafor: ``predict(fit, transf=)`` by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape

PER = 1000
"""People in whom events are counted."""

RiskFunction = Callable[[Array, Array], Array]


def from_risk_ratio(effect: Array, baseline: Array) -> Array:
    """Return risk = baseline · RR, ``effect`` = log RR.

    >>> round(float(from_risk_ratio(np.log(0.5), np.array(0.2))), 6)
    0.1
    """
    risk: Array = np.exp(effect) * baseline
    return risk


def from_odds_ratio(effect: Array, baseline: Array) -> Array:
    """Return risk = OR · baseline/(1 - baseline + OR · baseline), ``effect`` = log OR.

    >>> round(float(from_odds_ratio(np.log(0.5), np.array(0.2))), 6)  # odds 1/4 to 1/8
    0.111111
    """
    ratio = np.exp(effect)
    risk: Array = ratio * baseline / (1 - baseline + ratio * baseline)
    return risk


def from_risk_difference(effect: Array, baseline: Array) -> Array:
    """Return risk = baseline + RD.

    >>> round(float(from_risk_difference(-0.05, np.array(0.2))), 6)
    0.15
    """
    risk: Array = baseline + effect
    return risk


def from_hazard_ratio(effect: Array, baseline: Array) -> Array:
    """Return risk = 1 - (1 - baseline)^HR, ``effect`` = log HR, at the time of the baseline risk.

    Source: Altman & Andersen 1999, BMJ 319, 1492-1495.

    >>> round(float(from_hazard_ratio(np.log(2), np.array(0.2))), 6)  # 1 - 0.8²
    0.36
    """
    risk: Array = -np.expm1(np.exp(effect) * np.log1p(-baseline))
    return risk


RISKS: Mapping[str, RiskFunction] = {
    "RR": from_risk_ratio,
    "OR": from_odds_ratio,
    "RD": from_risk_difference,
    "HR": from_hazard_ratio,
    "IRR": from_hazard_ratio,
}
"""The risk under treatment by metafor's codes; each maps (effect, baseline risk) to a risk."""

ASSUMPTIONS: Mapping[str, str] = {
    "RR": "the risk ratio is the same at the baseline risk",
    "OR": "the odds ratio is the same at the baseline risk",
    "RD": "the risk difference is the same at the baseline risk",
    "HR": "hazards are proportional, and the baseline risk is that at the time in question",
    "IRR": "rates are constant in time, each person counts once, and the rate ratio is the same at "
    "the baseline risk",
}
"""What has to hold for each, in words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AbsoluteEffect(Result):
    """Risks and their difference at a baseline risk. Arrays have one shape (...).

    ``measure``: of the relative effect. ``assumption``: what the numbers are conditional on, beside
    ``baseline_risk`` (a probability) taken as known.
    ``risk``, ``risk_low``, ``risk_high``: probabilities under treatment, at the estimate and the
    limits of the effect. ``risk_difference``, ``_low``, ``_high``: those minus the baseline risk.
    ``events_baseline``, ``events``, ``events_low``, ``events_high``, ``events_difference``,
    ``events_difference_low``, ``events_difference_high``: the same per 1000.
    ``is_capped``: a risk outside 0 to 1 was set to that end: the assumption fails there.
    """

    measure: str
    assumption: str
    baseline_risk: Array
    risk: Array
    risk_low: Array
    risk_high: Array
    risk_difference: Array
    risk_difference_low: Array
    risk_difference_high: Array
    events_baseline: Array
    events: Array
    events_low: Array
    events_high: Array
    events_difference: Array
    events_difference_low: Array
    events_difference_high: Array
    is_capped: NDArray[np.bool_]


@of_one_index
def absolute_effect(
    measure: str,
    estimate: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    baseline_risk: ArrayLike,
) -> AbsoluteEffect:
    """Return events per 1000 with and without treatment, from a relative effect and a risk.

    ``measure``: a name in RISKS. ``estimate``, ``low``, ``high``: on the analysis scale (log for
    ratios). ``baseline_risk``: between 0 and 1, exclusive. All of one shape, or single numbers.
    Raises InputError.

    Source: Cochrane Handbook, version 6, section 15.4.4.

    >>> found = absolute_effect("RR", np.log(0.5), np.log(0.4), np.log(1.1), 0.2)
    >>> [round(float(x), 6) for x in (found.events_baseline, found.events, found.events_difference)]
    [200.0, 100.0, -100.0]
    >>> round(float(found.events_difference_low), 6), round(float(found.events_difference_high), 6)
    (-120.0, 20.0)
    """
    to_risk = choose(RISKS, measure, "measure with an absolute effect")
    named = {"estimate": estimate, "low": low, "high": high, "baseline_risk": baseline_risk}
    centre, lower, upper, baseline = in_one_shape(
        "Effects, limits and baseline risks", *(floats(*pair) for pair in named.items())
    )
    require((baseline > 0) & (baseline < 1), baseline, "A baseline risk must lie between 0 and 1")
    require(lower <= centre, lower, "The lower limit must not be above the estimate")
    require(upper >= centre, upper, "The upper limit must not be below the estimate")
    with np.errstate(over="ignore"):
        exact = np.stack([to_risk(effect, baseline) for effect in (centre, lower, upper)])
    risks = np.clip(exact, 0.0, 1.0)
    risk, risk_low, risk_high = risks
    difference, difference_low, difference_high = risks - baseline
    return AbsoluteEffect(
        measure=measure,
        assumption=ASSUMPTIONS[measure],
        baseline_risk=baseline,
        risk=risk,
        risk_low=risk_low,
        risk_high=risk_high,
        risk_difference=difference,
        risk_difference_low=difference_low,
        risk_difference_high=difference_high,
        events_baseline=PER * baseline,
        events=PER * risk,
        events_low=PER * risk_low,
        events_high=PER * risk_high,
        events_difference=PER * difference,
        events_difference_low=PER * difference_low,
        events_difference_high=PER * difference_high,
        is_capped=(exact != risks).any(axis=0),
    )
