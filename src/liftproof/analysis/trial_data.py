"""Trials as arrays by source, from which their effects can be computed under any rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.analysis.trial_clusters import cluster_data
from liftproof.errors import DataError, InputError, UsageError
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.directions import LOWER
from liftproof.reviews.model.effect_sources import (
    complete_groups,
    is_complete,
    source_in,
    source_of,
)
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array, floats, some_floats
from liftproof.statistics.clustering import ClusterData, unclustered
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES, STAND_INS, taken_for
from liftproof.vocabulary.sources import OF_ESTIMATES, SOURCES

COLUMNS: Mapping[str, int] = {
    code: len(source.columns) + (code == "reported") for code, source in SOURCES.items()
}
"""How many numbers of a trial each source has; of a reported estimate the last is the level.

The optional columns of a source may follow.
"""
Rows = Sequence[tuple[Study, Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SourceData:
    """Numbers of one source: ``trials``, the places of its n results; ``numbers`` (columns, n)."""

    trials: NDArray[np.int_]
    numbers: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrialData:
    """Results of trials; arrays have one number a result, shape (k,), unless others are given.

    ``study``: the trial of each result. ``labels``: of results, as errors name them. ``raw``: by
    source, what effects are computed from. ``sign``: -1 where the effect's direction is reversed.
    ``is_log``: whether a reported estimate is a ratio. ``is_other``: whether an effect of another
    measure is taken as the analysis's. ``clusters``: what variances can be inflated by. ``x``: one
    moderator, or None. ``names``: of trials, as readers know them.
    """

    study: tuple[str, ...]
    labels: tuple[str, ...]
    raw: Mapping[str, SourceData]
    sign: Array
    is_log: NDArray[np.bool_]
    is_other: NDArray[np.bool_]
    clusters: ClusterData
    x: Array | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@of_one_index
def trials_of(
    *,
    y: ArrayLike | None = None,
    v: ArrayLike | None = None,
    source: str = "",
    numbers: Sequence[ArrayLike] = (),
    study: Sequence[str] = (),
    x: ArrayLike | None = None,
    is_log: bool = False,
) -> TrialData:
    """Return trials that have effects ``y`` and ``v``, or the ``numbers`` of one ``source``.

    ``source``: a name in COLUMNS; ``numbers``: its columns, each of shape (k,). ``study``: labels;
    1, 2, ... where there are none. ``is_log``: whether reported estimates are ratios. Raises
    InputError.

    >>> trials = trials_of(source="counts", numbers=([4, 6], [123, 306], [11, 29], [139, 303]))
    >>> trials.study, trials.raw["counts"].numbers.shape
    (('1', '2'), (4, 2))
    """
    if source:
        table = _table(source, numbers)
    elif y is None or v is None:
        raise InputError("Give y and v, or a source and its numbers.")
    else:
        source, table = "given", _of_one_length((("y", y), ("v", v)))
    k = table.shape[1]
    names = tuple(study) or tuple(str(place + 1) for place in range(k))
    return TrialData(
        study=names,
        labels=tuple(f"trial {name}" for name in names),
        raw={source: SourceData(trials=np.arange(k), numbers=table)},
        sign=np.ones(k),
        is_log=np.full(k, is_log),
        is_other=np.zeros(k, dtype=np.bool_),
        clusters=unclustered(k),
        x=None if x is None else np.atleast_1d(floats("x", x)),
    )


def _table(source: str, numbers: Sequence[ArrayLike]) -> Array:
    """Return the columns of a source as one table, or raise InputError."""
    wanted = COLUMNS.get(source, 0)
    optional = SOURCES[source].optional if wanted else ()
    if not wanted or len(numbers) not in (wanted, wanted + len(optional)):
        known = ", ".join(f"{name} ({count})" for name, count in COLUMNS.items())
        raise InputError(
            f"{source} with {len(numbers)} columns is no source of effects; known are {known}."
        )
    table = _of_one_length(("Numbers of trials", column) for column in numbers)
    unknown = np.full((wanted + len(optional) - len(table), table.shape[1]), np.nan)
    return np.vstack([table, unknown])


def _of_one_length(columns: Iterable[tuple[str, ArrayLike]]) -> Array:
    """Return named columns as one table (columns, k), or raise InputError."""
    arrays = [np.atleast_1d(some_floats(name, column)) for name, column in columns]
    table = np.stack(in_one_shape("The columns of trials", *arrays))
    if table.ndim != 2:  # noqa: PLR2004 - columns of one data set
        raise InputError(f"The columns of trials must have shape (k,), not {table.shape[1:]}.")
    return table


def trials_of_analysis(review: Review, analysis: Analysis) -> TrialData:
    """Return the results that an analysis chooses, those that it leaves out included."""
    rows = chosen(analysis, review.studies, review.outcomes)
    complete = [row for row in rows if is_complete(row[1])]
    return trials_as_asked(complete, analysis)


def trials_as_asked(rows: Rows, analysis: Analysis) -> TrialData:
    """Return rows of a review as an analysis takes them, each from the source that it prefers."""
    sources = [source_in(outcome, analysis) for _, outcome in rows]
    return trial_data(rows, analysis.measure, sources, better=analysis.better)


def trial_data(
    rows: Rows, measure: str, sources: Sequence[str] = (), *, better: str = LOWER
) -> TrialData:
    """Return rows of a review as an analysis of ``measure`` takes them.

    ``sources``: what each row's effect is computed from; the preferred one where none are given.
    ``better``: which values of the pooled effect are; rows of the other direction are reversed.
    Raises DataError for a row that has no numbers for the measure.
    """
    sources = sources or [source_of(outcome, measure) for _, outcome in rows]
    own = [_own(row, source, measure) for row, source in zip(rows, sources, strict=True)]
    return TrialData(
        study=tuple(study.study for study, _ in rows),
        labels=tuple(map(_label, rows)),
        raw=_by_source(rows, sources),
        sign=np.array([1.0 if (row.better or LOWER) == better else -1.0 for _, row in rows]),
        is_log=np.array([MEASURES[code].is_log for code in own], dtype=np.bool_),
        is_other=np.array([_is_other(code, measure) for code in own], dtype=np.bool_),
        clusters=cluster_data(rows, sources),
        names={study.study: study.label for study, _ in rows},
    )


def _is_other(own: str, measure: str) -> bool:
    """Say whether an effect is a ratio of another kind than the analysis's."""
    return own != measure and bool(MEASURES[own].family)


def _label(row: tuple[Study, Outcome]) -> str:
    study, outcome = row
    return f"{study.study}, outcome {outcome.outcome}, variant {outcome.variant}"


def _own(row: tuple[Study, Outcome], source: str, measure: str) -> str:
    """Return the measure of a row's own effect, or raise DataError where it gives none."""
    try:
        return own_measure(row[1], source, measure)
    except UsageError as error:
        raise DataError(f"{_label(row)}: {error}") from error


def own_measure(outcome: Outcome, source: str, measure: str) -> str:
    """Return the measure of a row's own effect in an analysis of ``measure``.

    Raises UsageError where the row has no numbers for it.
    """
    if source in OF_ESTIMATES or (source == "given" and outcome.measure not in ("", "GEN")):
        return outcome.measure or measure
    if not source:
        known = " and ".join(complete_groups(outcome)) or "no numbers"
        raise UsageError(f"{measure} cannot be computed from {known}.")
    return measure_from(source, measure)


def measure_from(source: str, measure: str) -> str:
    """Return the measure that a source gives where ``measure`` is wanted: itself, or its stand-in.

    Raises UsageError where the source gives neither.

    >>> measure_from("counts", "OR"), measure_from("rates", "OR")
    ('OR', 'IRR')
    """
    record = MEASURES[measure]
    is_given = record.takes_estimates if source in OF_ESTIMATES else not SOURCES[source].arms
    if is_given or source in record.sources:
        return measure
    stand_in = STAND_INS.get(source, "")
    if stand_in not in taken_for(measure):
        raise UsageError(f"{measure} cannot be computed from {source}.")
    return stand_in


def _by_source(rows: Rows, sources: Sequence[str]) -> Mapping[str, SourceData]:
    places: dict[str, list[int]] = {}
    for place, source in enumerate(sources):
        places.setdefault(source, []).append(place)
    return {
        source: SourceData(
            trials=np.array(members),
            numbers=np.array([_numbers(rows[place][1], source) for place in members]).T.copy(),
        )
        for source, members in places.items()
    }


def _numbers(outcome: Outcome, source: str) -> list[float]:
    """Return the numbers of a row's source."""
    values = [float(getattr(outcome, name)) for name in SOURCES[source].columns]
    known = (getattr(outcome, name) for name in SOURCES[source].optional)
    values += [np.nan if value is None else float(value) for value in known]
    if source == "reported":
        values.append(outcome.ci_level or USUAL_LEVEL)
    return values
