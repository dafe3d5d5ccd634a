"""Confidence statements, p-value functions, and what an effect means for 1000 people."""

from typing import Any

import numpy as np

from liftproof.analysis.diagnostics.method import Finding, Method, Methods, sentences
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials
from liftproof.errors import InputError
from liftproof.statistics.result import Result
from liftproof.statistics.statements.absolute import ASSUMPTIONS, AbsoluteEffect, absolute_effect
from liftproof.statistics.statements.confidence import (
    compatibility_curve,
    confidence_distribution_of,
    confidence_that,
    p_value,
)
from liftproof.statistics.statements.number_needed import number_needed_of
from liftproof.vocabulary.measures import MEASURES

LEVELS = (50, 80, 90, 95, 99)
"""Percent, at which limits are read off the p-value function."""


def _confidence(of: PooledTrials) -> Finding:
    below = confidence_that(confidence_distribution_of(of.pooled), below=0.0)
    return Finding(values={"below_no_effect": below})


def _confidence_half(of: PooledTrials) -> Finding:
    """Return the confidence that a ratio is below one half, and the p value of that half."""
    if not of.is_log:
        raise InputError("Half of no effect is told of ratios only.")
    distribution, half = confidence_distribution_of(of.pooled), np.log(0.5)
    return Finding(
        values={
            "below_half": confidence_that(distribution, below=half),
            "p_value": p_value(distribution, half),
        }
    )


def _p_value_function(of: PooledTrials) -> Finding:
    curve = compatibility_curve(
        confidence_distribution_of(of.pooled), [level / 100 for level in LEVELS]
    )
    values = {"estimate": of.pooled.estimate}
    for level, low, high in zip(LEVELS, curve.low, curve.high, strict=True):
        values |= {f"low_{level}": low, f"high_{level}": high}
    return Finding(values=values)


def _absolute(of: PooledTrials) -> AbsoluteEffect:
    """Return events per 1000 at the risk of the control arms that give their counts."""
    if of.specification.measure not in ASSUMPTIONS:
        raise InputError("It is for effects on events: ratios or differences of their risks.")
    if not 0 < of.baseline_risk < 1:
        raise InputError("It needs a baseline risk: events and participants of control arms.")
    pooled = of.pooled
    return absolute_effect(
        of.specification.measure, pooled.estimate, pooled.ci_low, pooled.ci_high, of.baseline_risk
    )


def _number_needed(of: PooledTrials) -> Result:
    return number_needed_of(_absolute(of))


def _as_modelled(of: PooledTrials, _found: Any) -> str:
    tau2 = f", {of.pooled.tau2_method}" if of.pooled.tau2_method else ""
    return (
        f"Confidence is not probability: it is that of the model ({of.pooled.model}{tau2}, "
        f"{of.pooled.interval} limits), with τ² taken as estimated and sampling variances as known."
    )


def _at_baseline(of: PooledTrials, _found: Any) -> str:
    """Return the risk assumed, the condition, and which measures were pooled as one."""
    arms = "control arm" if of.baselines == 1 else "control arms"
    return sentences(
        f"At a risk of {of.baseline_risk:.3g} without, events over participants of {of.baselines} "
        f"{arms}, taken as known; if {ASSUMPTIONS[of.specification.measure]}.",
        _together(of),
    )


def _together(of: PooledTrials) -> str:
    names = [MEASURES[code].name for code in dict.fromkeys(e.measure for e in of.effects)]
    if len(names) == 1:
        return ""
    listed = f"{'s, '.join(names[:-1])}s and {names[-1]}s"
    return (
        f"Here {listed} are pooled together and read as {MEASURES[of.specification.measure].name}s."
    )


_EVENTS = ("baseline_risk", "events_baseline", "events", "events_low", "events_high")
_DIFFERENCE = ("events_difference", "events_difference_low", "events_difference_high")

METHODS: Methods = {
    "confidence": Method(
        compute=_confidence,
        fields=("below_no_effect",),
        of_none=("below_no_effect",),
        fewest=1,
        takes_dependent=True,
        note=_as_modelled,
    ),
    "confidence_half": Method(
        compute=_confidence_half,
        fields=("below_half", "p_value"),
        fewest=1,
        takes_dependent=True,
        note=_as_modelled,
    ),
    "p_value_function": Method(
        compute=_p_value_function,
        fields=("estimate", *(f"{end}_{level}" for level in LEVELS for end in ("low", "high"))),
        fewest=1,
        takes_dependent=True,
        note=_as_modelled,
    ),
    "absolute_effect": Method(
        compute=_absolute,
        fields=(*_EVENTS, *_DIFFERENCE),
        fewest=1,
        takes_dependent=True,
        note=_at_baseline,
    ),
    "number_needed": Method(
        compute=_number_needed,
        fields=("number", "best", "worst", "is_benefit", "includes_no_effect"),
        fewest=1,
        takes_dependent=True,
        note=_at_baseline,
    ),
}
