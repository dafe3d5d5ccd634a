"""What would change a conclusion: the next trials, and people whose outcome had been another."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.diagnostics.accumulation import ASSUMED, effect_sought
from liftproof.analysis.diagnostics.method import Finding, Method, Methods, sentences
from liftproof.analysis.diagnostics.pooled_trials import Array, PooledTrials
from liftproof.analysis.effect_rules import OTHER_MEASURE, keywords_under, without_effect
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.trial_data import measure_from
from liftproof.errors import InputError
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.statistics.accumulation import next_trials
from liftproof.statistics.effects.by_source import effect_function
from liftproof.statistics.fragility import PoolChoices, fewest_moves
from liftproof.statistics.fragility.of_counts import moved_counts
from liftproof.statistics.statements.absolute import RISKS

UNIT_VARIANCES: dict[str, Callable[[float, float], float]] = {
    "RR": lambda treated, control: 1 / treated + 1 / control - 2,
    "OR": lambda treated, control: 1 / (treated * (1 - treated)) + 1 / (control * (1 - control)),
    "HR": lambda treated, control: 1 / treated + 1 / control,
    "IRR": lambda treated, control: 1 / treated + 1 / control,
}
"""By measure, the variance of an effect with one participant an arm, from the risk in each."""
HALF_OF_TWO = np.reshape([1.0, 2.0, 1.0, 2.0], (4, 1, 1))
"""Counts that have an effect under every rule, in the place of those without one."""
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
    trials = _movable(of)
    has_counts = np.array([effect.source == "counts" for effect in trials.values()])
    if not has_counts.any():
        raise InputError("It needs events and participants of both arms from a trial.")
    counts = tuple(
        np.array(
            [
                float(getattr(effect.outcome, name)) if known else 1.0
                for effect, known in zip(trials.values(), has_counts, strict=True)
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
    values = {name: getattr(found, name) for name in METHODS["fragility"].fields}
    return Finding(values=values, studies=tuple(trials))


def _movable(of: PooledTrials) -> dict[str, TrialEffect]:
    """Return the trials pooled, then those that enter once an event is moved, by their keys."""
    pooled = dict(zip(of.studies, of.effects, strict=True))
    waiting = {
        key: effect
        for key, effect in of.left_out.items()
        if effect.source == "counts" and effect.left_out != OTHER_MEASURE
    }
    return pooled | waiting


def _moved_effects(
    of: PooledTrials,
    has_counts: NDArray[np.bool_],
    counts: tuple[Array, ...],
    added: NDArray[np.int_],
) -> tuple[Array, Array]:
    """Return y and v (k, m) with events added, (2, m); trials without counts stay as they are.

    NaN where the analysis would leave the trial out.
    """
    measure = measure_from("counts", of.specification.measure)
    rules = keywords_under("counts", measure, of.specification)
    numbers = moved_counts(counts, added)
    enters = without_effect("counts", numbers, of.specification) == ""
    effect = effect_function("counts", measure)(*np.where(enters, numbers, HALF_OF_TWO), **rules)
    trials = tuple(_movable(of).values())
    sign = np.array([-1.0 if one.is_reversed else 1.0 for one in trials])
    factor = np.array([one.design_effect for one in trials])
    moves = has_counts[:, None]
    return (
        np.where(moves, np.where(enters, sign[:, None] * effect.y, np.nan), _column(trials, "y")),
        np.where(moves, np.where(enters, factor[:, None] * effect.v, np.nan), _column(trials, "v")),
    )


def _column(trials: Iterable[TrialEffect], name: str) -> Array:
    return np.array([[getattr(one, name)] for one in trials])


def _moved(of: PooledTrials, found: Finding) -> str:
    with_counts = sum(effect.source == "counts" for effect in of.effects)
    some = (
        f"Events can be moved in {with_counts} of {len(of.effects)} trials, whose counts are known."
        if with_counts < len(of.effects)
        else ""
    )
    waiting = len(_movable(of)) - len(of.effects)
    others = (
        f"Trials that are left out as they are and can enter by a move: {waiting}."
        if waiting
        else ""
    )
    at_least = int(np.asarray(found.values["at_least"]))
    how = (
        "No smaller number serves: all ways were tried."
        if found.values["is_exact"]
        else f"Of fewer than {at_least} all ways were tried, of more the likeliest."
    )
    inflated = any(effect.design_effect != 1 for effect in _movable(of).values())
    factor = "Design effects stay as they are." if inflated else ""
    return sentences(some, others, how, factor)


_NEXT = (
    *("excludes", "like"),
    *(f"{name}_{assumed}" for assumed in ASSUMED for name in _OF_SCENARIO),
)

METHODS: Methods = {
    "next_trials": Method(
        compute=_next_trials,
        fields=_NEXT,
        of_none=_NEXT,
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
