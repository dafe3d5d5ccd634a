"""Effects of trials under a specification: y and v as arrays, or a record a row of a review."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.effect_rules import left_out_under, require_use
from liftproof.analysis.source_effects import Pair, source_effects
from liftproof.analysis.specification import OF_POOLS, Specification, specification_of
from liftproof.analysis.trial_data import (
    Rows,
    SourceData,
    TrialData,
    own_measure,
    trials_as_asked,
)
from liftproof.errors import DataError, InputError
from liftproof.reviews.model.effect_sources import GROUPS, source_in
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics import clustering
from liftproof.statistics.effects.entering import as_entered
from liftproof.statistics.effects.rounding import rounded
from liftproof.vocabulary.smd_formulas import CHANGE_SDS
from liftproof.vocabulary.sources import OF_MEANS, SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEffect:
    """One trial's effect in one analysis.

    ``y``, ``v``: analysis scale (log for ratios), ``v`` after inflation by ``design_effect``;
    both NaN where ``left_out`` says why the trial does not enter.
    ``source``: a code of ``vocabulary.sources``; ``beside``: columns used besides its own.
    ``measure``: of this trial's own effect. The sign of y is reversed (``is_reversed``) where the
    outcome's better values are not those of the analysis.
    """

    study: Study
    outcome: Outcome
    source: str
    measure: str
    y: float
    v: float
    design_effect: float
    left_out: str = ""
    beside: tuple[str, ...] = ()
    is_reversed: bool = False


def trial_effects(rows: Rows, analysis: Analysis) -> tuple[TrialEffect, ...]:
    """Return the effect of each row, in the order given, or raise DataError that names a row."""
    trials = trials_as_asked(rows, analysis)
    specification = specification_of(analysis)
    y, v = review_effects(trials, specification)
    reasons = left_out_under(trials, specification)
    factors = trials.clusters.inflation(specification.clusters)
    sources = [source_in(outcome, analysis) for _, outcome in rows]
    beside = {source: used_beside(source, specification) for source in set(sources)}
    columns = {
        "study": [study for study, _ in rows],
        "outcome": [outcome for _, outcome in rows],
        "source": sources,
        "measure": [
            own_measure(outcome, source, analysis.measure)
            for (_, outcome), source in zip(rows, sources, strict=True)
        ],
        "y": y.tolist(),
        "v": v.tolist(),
        "design_effect": factors.tolist(),
        "left_out": reasons.tolist(),
        "beside": [beside[source] for source in sources],
        "is_reversed": (trials.sign < 0).tolist(),
    }
    return records_of(TrialEffect, columns, len(rows))


def used_beside(source: str, specification: Specification) -> tuple[str, ...]:
    """Return the optional columns of a source that a specification uses."""
    needs = CHANGE_SDS[specification.change_sd].needs_before
    return SOURCES[source].optional if source in OF_MEANS and needs else ()


def review_effects(
    trials: TrialData, specification: Specification | Sequence[Specification]
) -> Pair:
    """Return :func:`effects_under` of rows of a review; DataError names a row without an effect."""
    try:
        return effects_under(trials, specification)
    except InputError as error:
        raise DataError(str(error)) from error


def effects_under(
    trials: TrialData, specification: Specification | Sequence[Specification]
) -> Pair:
    """Return y and v of every result, NaN where it is left out: see ``left_out_under``.

    Shape (k,), analysis scale, v inflated; several specifications give (n, k). Raises InputError
    for numbers of which no effect can be made, and UsageError where a measure cannot be computed
    from a source, or does not know a rule.

    >>> from liftproof.analysis.trial_data import trials_of
    >>> trials = trials_of(source="counts", numbers=([4, 0], [123, 306], [11, 0], [139, 303]))
    >>> y, v = effects_under(trials, Specification(measure="RR"))
    >>> y.round(4).tolist(), v.round(4).tolist()
    ([-0.8893, nan], [0.3256, nan])
    """
    if isinstance(specification, Specification):
        return _inflated(trials, specification, _entering(trials, specification))
    entering: dict[tuple[Any, ...], _Entering] = {}
    for one in specification:
        if _before_inflation(one) not in entering:
            entering[_before_inflation(one)] = _entering(trials, one)
    each = [_inflated(trials, one, entering[_before_inflation(one)]) for one in specification]
    return np.array([y for y, _ in each]), np.array([v for _, v in each])


def behind_effects(specification: Specification) -> tuple[Any, ...]:
    """Return the choices that effects depend on: two specifications with the same share them."""
    return tuple(getattr(specification, name) for name in CHOICES_OF_EFFECTS)


CHOICES_OF_EFFECTS = tuple(item.name for item in fields(Specification) if item.name not in OF_POOLS)


def _before_inflation(specification: Specification) -> tuple[Any, ...]:
    """Return the choices that effects depend on before their variances are inflated."""
    return tuple(getattr(specification, name) for name in CHOICES_OF_EFFECTS if name != "clusters")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Entering:
    """Effects before variances are inflated, NaN where one does not enter; all of shape (k,)."""

    enters: NDArray[np.bool_]
    y: NDArray[np.float64]
    v: NDArray[np.float64]


def _entering(trials: TrialData, specification: Specification) -> _Entering:
    require_use(trials, specification)
    enters = left_out_under(trials, specification) == ""
    y, v = np.full((2, len(trials.study)), np.nan)
    for source, raw in trials.raw.items():
        inside = enters[raw.trials]
        kept = SourceData(trials=raw.trials[inside], numbers=raw.numbers[:, inside])
        if len(kept.trials):
            y[kept.trials], v[kept.trials] = source_effects(source, kept, trials, specification)
    return _Entering(enters=enters, y=y, v=v)


def _inflated(trials: TrialData, specification: Specification, entering: _Entering) -> Pair:
    """Return effects as they are pooled, from those before variances are inflated."""
    enters, y, v = entering.enters, entering.y.copy(), entering.v.copy()
    factors = trials.clusters.inflation(specification.clusters)
    v[enters] = clustering.inflate(v[enters], factors[enters])
    y[enters] *= trials.sign[enters]
    if specification.entered:
        v = as_entered(v, specification.entered)
    if specification.rounding:
        y, v = rounded(y, v, specification.rounding)
    return (-y if specification.direction else y), v


def numbers_behind(effect: TrialEffect) -> tuple[str, ...]:
    """Return the columns that an effect rests on, and those that readers see beside it."""
    return columns_behind(effect.source, effect.beside, is_inflated=effect.design_effect != 1)


@cache
def columns_behind(source: str, beside: tuple[str, ...], *, is_inflated: bool) -> tuple[str, ...]:
    """Return the columns behind an effect from one source, and those that readers see beside it.

    ``beside``: see ``used_beside``. ``is_inflated``: whether its variance is, for clusters.
    """
    clustered = ("design_effect", "icc", "clusters_intervention", "clusters_control")
    names = (*GROUPS[source], *beside, *GROUPS["counts"], *(clustered if is_inflated else ()))
    return tuple(dict.fromkeys(names))
