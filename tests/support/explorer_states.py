"""States of the explorer drawn at random, and what the statistics make of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np

from liftproof.analysis.explored import ExploredAnalysis
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.pooling import Pooled, pool
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.predictions import PREDICTIONS

COMPUTED_THERE = {code: each for code, each in PREDICTIONS.items() if not each.takes_long}
"""Prediction intervals that the page has."""
ALIKE = 20
"""States drawn one after the other that share analysis and methods: few calls pool them."""
SHARE_OFF = (0.0, 0.2, 0.6)
"""Shares of trials that are off, each in a third of the states."""
RELATIVE = 1e-8
"""How near the page's numbers come to those of the statistics."""
ABSOLUTE = 1e-12
"""As near is near enough: what rounding makes of sums of effects, which are of the order of 1."""
BEYOND = 1e100
"""Limits as far out follow from quantiles of t with nearly no degree of freedom, which SciPy does
not give: the page shows none."""
COLUMNS = {
    "estimate": "estimate",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "pi_low": "pi_low",
    "pi_high": "pi_high",
    "p": "p_value",
    "tau2": "tau2",
    "i2": "i2",
    "q": "q",
    "q_p": "q_p",
}
"""By number of the page, the column of ``estimates.csv`` and the field of a pool."""
ON_EFFECT = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class State:
    """A state as the page takes it, and the effects that it pools, (k,) each."""

    explored: ExploredAnalysis
    page: Mapping[str, Any]
    y: np.ndarray
    v: np.ndarray
    studies: int


def states_at_random(explored: Sequence[ExploredAnalysis], count: int, seed: int) -> list[State]:
    """Return so many states of the analyses of one review."""
    generator = np.random.default_rng(seed)
    return [
        state
        for _ in range(0, count, ALIKE)
        for state in _alike(explored[generator.integers(len(explored))], generator)
    ][:count]


def settled_state(explored: ExploredAnalysis) -> State:
    """Return the state of an analysis as settled."""
    specification = explored.specification
    methods = {name: getattr(specification, name) for name in ("tau2", "interval", "prediction")}
    nothing = [0] * len(explored.choices), [0] * len(explored.trials), []
    return _state(explored, methods, *nothing)


def _alike(explored: ExploredAnalysis, generator: np.random.Generator) -> Iterator[State]:
    tau2 = generator.choice(list(ESTIMATORS))
    fitting = (
        [code for code, record in records.items() if record.fits(tau2)]
        for records in (INTERVALS, COMPUTED_THERE)
    )
    interval, prediction = (str(generator.choice(codes)) for codes in fitting)
    methods = {"tau2": str(tau2), "interval": interval, "prediction": prediction}
    for number in range(ALIKE):
        share = SHARE_OFF[number % len(SHARE_OFF)]
        off = [trial.study.study for trial in explored.trials if generator.random() < share]
        choices = [int(generator.integers(len(each))) for each in explored.choices.values()]
        read = [int(generator.integers(len(each.extractions))) for each in explored.trials]
        yield _state(explored, methods, choices, read, off)


def _state(
    explored: ExploredAnalysis,
    methods: Mapping[str, str],
    choices: Sequence[int],
    extractions: Sequence[int],
    off: Sequence[str],
) -> State:
    condition = 0
    for place, options in zip(choices, explored.choices.values(), strict=True):
        condition = condition * len(options) + place
    effects = [
        trial.effects[condition, chosen]
        for trial, chosen in zip(explored.trials, extractions, strict=True)
        if trial.study.study not in off
    ]
    kept = [each[np.isfinite(each).all(axis=1)] for each in effects]
    pairs = np.concatenate([*kept, np.empty((0, 2))])
    page = {
        "analysis": explored.analysis.id,
        **methods,
        "choices": list(choices),
        "extractions": list(extractions),
        "off": list(off),
    }
    return State(
        explored=explored,
        page=page,
        y=pairs[:, 0],
        v=pairs[:, 1],
        studies=sum(len(each) > 0 for each in kept),
    )


def numbers_of(states: Sequence[State]) -> list[dict[str, float | None]]:
    """Return the pooled numbers of each state, as ``estimates.csv`` has them."""
    found: list[dict[str, float | None]] = [{"k": 0, "studies": 0} for _ in states]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, state in enumerate(states):
        methods = tuple(state.page[name] for name in ("tau2", "interval", "prediction"))
        key = (*methods, state.explored.specification.level, len(state.y))
        groups.setdefault(key, []).append(place)
    for (tau2, interval, prediction, level, k), places in groups.items():
        if k:
            y, v = (np.array([getattr(states[place], name) for place in places]) for name in "yv")
            methods = {"tau2": tau2, "interval": interval, "prediction": prediction}
            pooled = pool(y, v, **methods, level=level)
            for number, place in enumerate(places):
                found[place] = _numbers(states[place], pooled, number)
    return found


def _numbers(state: State, pooled: Pooled, number: int) -> dict[str, float | None]:
    """Return one of several pools, effects on the natural scale."""
    measure = MEASURES[state.explored.analysis.measure]
    found: dict[str, float | None] = {"k": pooled.k, "studies": state.studies}
    for name, field in COLUMNS.items():
        value = float(getattr(pooled, field)[number])
        if name in ON_EFFECT:
            value = measure.natural(value) if measure.is_log or abs(value) < BEYOND else nan
        found[name] = value if isfinite(value) else None
    limits = (found["pi_low"], found["pi_high"])
    if None in limits or pooled.k < PREDICTIONS[pooled.prediction].fewest_trials:
        found |= {"pi_low": None, "pi_high": None}
    return found


def estimate_of(state: State, numbers: Mapping[str, float | None]) -> EstimateRow:
    """Return the row of ``estimates.csv`` that a state would have."""
    analysis = state.explored.analysis
    return EstimateRow(
        review="",
        analysis=analysis.id,
        title=analysis.title,
        measure=analysis.measure,
        k=int(numbers["k"] or 0),
        studies=state.studies,
        tau2_method=state.page["tau2"],
        interval=state.page["interval"],
        **{column: numbers.get(name) for name, column in COLUMNS.items()},
    )


def differences(
    states: Sequence[State],
    ours: Sequence[Mapping[str, float | None]],
    theirs: Sequence[Mapping[str, float | None]],
) -> list[str]:
    """Return what the page shows otherwise than the statistics, in words."""
    return [
        f"{state.page}: {name} is {there.get(name)}, not {value}"
        for state, here, there in zip(states, ours, theirs, strict=True)
        for name, value in here.items()
        if not _is_near(there.get(name), value)
    ]


def _is_near(theirs: float | None, ours: float | None) -> bool:
    if theirs is None or ours is None:
        return theirs is ours
    return abs(theirs - ours) <= RELATIVE * abs(ours) + ABSOLUTE
