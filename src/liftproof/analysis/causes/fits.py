"""From trials and a specification to every number that a review could have printed."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np

from liftproof.analysis.count_arms import arms_under, needs_arms
from liftproof.analysis.effect_pools import is_plain, pool_effects_under
from liftproof.analysis.effects import effects_under
from liftproof.analysis.engine import LevelsAsked, pool_levels_each, pool_under
from liftproof.analysis.pool_result import PoolInputs, PoolResult
from liftproof.analysis.source_effects import Pair
from liftproof.analysis.specification import OF_WEIGHTS, Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import LiftproofError
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.vocabulary.quantities import REDUCTIONS

Numbers = Mapping[str, float]
ON_ANALYSIS_SCALE: tuple[str, ...] = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
AS_THEY_ARE = (
    *("se", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
    *("tau2_between", "tau2_within"),
)
POOLED = (*ON_ANALYSIS_SCALE, *AS_THEY_ARE, "statistic", "p_value")
LINE = ("intercept", "slope")


def numbers_under(
    trials: TrialData, specification: Specification, effects: Pair | None = None
) -> Numbers | None:
    """Return what a specification gives, each number as it would be printed, or None for nothing.

    Estimates and their limits are on the natural scale, and on the scale of logarithms under
    ``log_...`` for ratios; ``i2`` and reductions in percent; ``p`` two-sided. Quantities that do
    not exist are absent. None where a trial or a method does not fit the specification.
    ``effects``: those under the specification, where they are known.

    >>> from liftproof.analysis.trial_data import trials_of
    >>> trials = trials_of(y=[-0.51, -0.22, 0.05], v=[0.04, 0.001, 0.09])
    >>> found = numbers_under(trials, Specification(measure="RR", tau2="DL", interval="wald"))
    >>> round(found["estimate"], 4), round(found["i2"], 3)
    (0.7801, 30.917)
    """
    try:
        y, v = effects or effects_under(trials, specification)
        arms = arms_under(trials, specification)
        result = pool_under(y, v, specification, study=trials.study, x=trials.x, arms=arms)
    except LiftproofError:
        return None
    return _numbers_of(result, specification)


def _numbers_of(result: PoolResult, specification: Specification) -> Numbers:
    ses = np.sqrt(np.diagonal(result.covariance))
    line = {name: float(b) for name, b in zip(LINE, result.coefficients, strict=False)}
    line |= {f"{name}_se": float(se) for name, se in zip(LINE, ses, strict=False)}
    values = {name: float(getattr(result, name)) for name in POOLED}
    return _as_printed(values | line, MEASURES[specification.measure])


def numbers_of_each(
    trials: TrialData, asked: Sequence[tuple[Specification, Pair]]
) -> list[Numbers | None]:
    """Return :func:`numbers_under` of each specification with its effects, in the order given.

    Plain pools of as many effects, by the same choices of method, are one call for all of them,
    and so are all pools by the three-level model.
    """
    found: list[Numbers | None] = [None] * len(asked)
    keys = [_alike(trials, *each) for each in asked]
    places = sorted(range(len(asked)), key=lambda place: keys[place])
    for key, group in groupby(places, key=lambda place: keys[place]):
        alike = list(group)
        chosen = [asked[place] for place in alike]
        for place, numbers in zip(alike, _of_alike(trials, key, chosen), strict=True):
            found[place] = numbers
    return found


def _of_alike(
    trials: TrialData, key: tuple[str, ...], asked: Sequence[tuple[Specification, Pair]]
) -> Sequence[Numbers | None]:
    if key == OF_LEVELS:
        every = [
            LevelsAsked(y=y, v=v, study=trials.study, x=trials.x, specification=specification)
            for specification, (y, v) in asked
        ]
        results = pool_levels_each(every)
        return [
            None if isinstance(result, LiftproofError) else _numbers_of(result, specification)
            for result, (specification, _) in zip(results, asked, strict=True)
        ]
    together = None if key == ALONE else _side_by_side(asked)
    return together or [numbers_under(trials, *each) for each in asked]


ALONE, OF_LEVELS = ("",), (THREE_LEVEL,)
"""What pools have in common that are no one call, and those by the three-level model."""


def _alike(trials: TrialData, specification: Specification, effects: Pair) -> tuple[str, ...]:
    """Return what pools must share to be one call."""
    y, v = effects
    if specification.model == THREE_LEVEL and not needs_arms(specification):
        return OF_LEVELS
    if trials.x is not None or not is_plain(specification):
        return ALONE
    chosen = (getattr(specification, name) for name in ("measure", *OF_WEIGHTS))
    return (str(int((np.isfinite(y) & np.isfinite(v)).sum())), *map(str, chosen))


def _side_by_side(asked: Sequence[tuple[Specification, Pair]]) -> list[Numbers] | None:
    """Return the numbers of plain pools that are alike; None where one of them has none."""
    specification = asked[0][0]
    data = np.array([pair for _, pair in asked])  # (n, 2, all trials)
    enters = np.isfinite(data).all(axis=1)
    y, v = (data[:, place][enters].reshape(len(asked), -1) for place in (0, 1))
    try:
        result = pool_effects_under(PoolInputs(y=y, v=v), specification)
    except LiftproofError:
        return None
    columns = {name: np.broadcast_to(getattr(result, name), len(asked)) for name in POOLED}
    measure = MEASURES[specification.measure]
    return [
        _as_printed({name: float(column[place]) for name, column in columns.items()}, measure)
        for place in range(len(asked))
    ]


def _as_printed(values: Mapping[str, float], measure: Measure) -> Numbers:
    """Return the numbers of a pool under the names of prints; ``values``: analysis scale."""
    plain = {name: value for name, value in values.items() if name not in ("statistic", "p_value")}
    for name in ON_ANALYSIS_SCALE:
        plain[name] = measure.natural(values[name])
        if measure.is_ratio:
            plain[f"log_{name}"] = values[name]
    plain["tau"] = float(np.sqrt(plain["tau2"]))
    plain |= {"z": values["statistic"], "p": values["p_value"]}
    if measure.is_ratio:
        plain |= {name: 100 * (1 - plain[other]) for name, other in REDUCTIONS.items()}
    return {name: value for name, value in plain.items() if np.isfinite(value)}
