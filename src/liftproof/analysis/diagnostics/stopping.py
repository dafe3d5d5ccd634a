"""What would change a conclusion: the next trials, and people whose outcome had been another."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.diagnostics.accumulation import ASSUMED, effect_sought
from liftproof.analysis.diagnostics.method import Finding, Method, Methods, sentences
from liftproof.analysis.diagnostics.pooled_trials import Array, PooledTrials
from liftproof.analysis.trial_data import measure_from
from liftproof.errors import InputError
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.statistics.accumulation import next_trials
from liftproof.statistics.effects.by_source import effect_function
from liftproof.statistics.fragility import PoolChoices, fewest_moves
from liftproof.statistics.fragility.of_counts import effects_of_moves
from liftproof.statistics.statements.absolute import RISKS

UNIT_VARIANCES: dict[str, Callable[[float, float], float]] = {
    "RR": lambda treated, control: 1 / treated + 1 / control - 2,
    "OR": lambda treated, control: 1 / (treated * (1 - treated)) + 1 / (control * (1 - control)),
    "HR": lambda treated, control: 1 / treated + 1 / control,
    "IRR": lambda treated, control: 1 / treated + 1 / control,
}
"""By measure, the variance of an effect with one participant an arm, from the risk in each."""
_OF_SCENARIO = ("effect", "trials", "size", "people", "events_intervention", "events_control")


def _next_trials(of: PooledTrials) -> Finding:
    """Return the fewest and the smallest further trials that change the conclusion."""
    values: dict[str, float] = {}
    for assumed, effect in _effects(of).items():
        found = of.refitted(partial(next_trials, effect=effect), level=of.level)
        people, treated, control = _people(of, effect, found.variance)
        values |= {"excludes": found.excludes, "like": found.like}
        numbers = (effect, found.trials, found.size, people, treated * people, control * people)
        values |= {
            f"{name}_{assumed}": number for name, number in zip(_OF_SCENARIO, numbers, strict=True)
        }
    return Finding(values=values)


def _effects(of: PooledTrials) -> dict[str, float]:
    """Return the effects assumed of further trials, by what is assumed."""
    try:
        sought = effect_sought(of)
    except InputError:
        sought = np.nan
    known = zip(ASSUMED, (float(of.pooled.estimate), sought, 0.0), strict=True)
    return {assumed: effect for assumed, effect in known if np.isfinite(effect)}


def _people(of: PooledTrials, effect: float, variance: float) -> tuple[float, float, float]:
    """Return how many people a trial has in both arms, and the share that has an event in each.

    Shares are of all people, half of whom are in each arm. Without risks the people are as many as
    the median trial has for its precision; NaN where neither is known.
    """
    measure, control = of.specification.measure, of.baseline_risk
    if measure in UNIT_VARIANCES and 0 < control < 1:
        with np.errstate(over="ignore"):  # a risk above 1 is none
            treated = float(RISKS[measure](np.asarray(effect), np.asarray(control)))
        if 0 < treated < 1:
            people = 2 * UNIT_VARIANCES[measure](treated, control) / variance
            return people, treated / 2, control / 2
    return float(np.median(of.v * of.sizes)) / variance, np.nan, np.nan


def _assumed(of: PooledTrials, _found: Finding) -> str:
    has_risk = of.specification.measure in UNIT_VARIANCES and 0 < of.baseline_risk < 1
    how = (
        f"People and events are those of arms of equal size with a risk of {of.baseline_risk:.3g} "
        f"without, that of {of.baselines} control arms, randomised one by one."
        if has_risk
        else "People are as many as the median trial has for its precision."
        if np.isfinite(of.sizes).all()
        else ""
    )
    return sentences(
        "Each trial put in has the effect assumed as its result, exactly; the median trial is the "
        "one of median variance.",
        how,
    )


def _fragility(of: PooledTrials) -> Finding:
    """Return the fewest people of other outcome that change the conclusion, and in which trials."""
    asked = of.inverse_variance()
    has_counts = np.array([effect.source == "counts" for effect in of.effects])
    if not has_counts.any():
        raise InputError("It needs events and participants of both arms from a trial.")
    counts = tuple(
        np.array(
            [
                float(getattr(effect.outcome, name)) if known else 1.0
                for effect, known in zip(of.effects, has_counts, strict=True)
            ]
        )
        for name in GROUPS["counts"]
    )
    events, n, events_control, n_control = counts
    found = fewest_moves(
        partial(_moved_effects, of, has_counts, counts),
        np.column_stack([-events * has_counts, -events_control * has_counts]).ravel(),
        np.column_stack([n - events, n_control - events_control]).ravel(),
        PoolChoices(tau2=asked.tau2, interval=asked.interval, level=of.level),
    )
    return Finding(values={name: getattr(found, name) for name in METHODS["fragility"].fields})


def _moved_effects(
    of: PooledTrials,
    has_counts: NDArray[np.bool_],
    counts: tuple[Array, ...],
    added: NDArray[np.int_],
) -> tuple[Array, Array]:
    """Return y and v (k, m) with events added, (2, m); trials without counts stay as they are."""
    effect = effect_function("counts", measure_from("counts", of.specification.measure))
    y, v = effects_of_moves(effect, counts, added)
    sign = np.array([-1.0 if one.is_reversed else 1.0 for one in of.effects])
    factor = np.array([one.design_effect for one in of.effects])
    moves = has_counts[:, None]
    return (
        np.where(moves, sign[:, None] * y, of.y[:, None]),
        np.where(moves, factor[:, None] * v, of.v[:, None]),
    )


def _moved(of: PooledTrials, found: Finding) -> str:
    with_counts = sum(effect.source == "counts" for effect in of.effects)
    some = (
        f"Events can be moved in {with_counts} of {len(of.effects)} trials, whose counts are known."
        if with_counts < len(of.effects)
        else ""
    )
    at_least = int(np.asarray(found.values["at_least"]))
    how = (
        "No smaller number serves: all ways were tried."
        if found.values["is_exact"]
        else f"Of fewer than {at_least} all ways were tried, of more the likeliest."
    )
    inflated = any(effect.design_effect != 1 for effect in of.effects)
    factor = "Design effects stay as they are." if inflated else ""
    return sentences(some, how, factor)


METHODS: Methods = {
    "next_trials": Method(
        compute=_next_trials,
        fields=(
            *("excludes", "like"),
            *(f"{name}_{assumed}" for assumed in ASSUMED for name in _OF_SCENARIO),
        ),
        note=_assumed,
    ),
    "fragility": Method(
        compute=_fragility,
        fields=(
            *("excludes", "fewest", "at_least", "is_exact"),
            *("moved_intervention", "moved_control", "ci_low", "ci_high"),
        ),
        note=_moved,
    ),
}
