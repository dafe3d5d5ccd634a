"""What a review compares: its subgroups, analyses or printed results as estimates with errors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from liftproof.analysis.estimates import PooledAnalysis, PooledGroup
from liftproof.reviews.model.contrast_question import ContrastQuestion
from liftproof.reviews.model.review import Review
from liftproof.rows.contrast_rows import ANALYSES, PRINTED, SUBGROUPS
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.effects.reported import from_interval
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.quantities import ON_EFFECT

UNNAMED = "not reported"
"""Name of the subgroup of trials whose cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedEstimate:
    """One estimate of a contrast: ``y`` and ``se`` on the analysis scale, NaN where there is none.

    ``df``: degrees of freedom of its own limits, infinite where they are Wald's. ``k``: number of
    effects behind it, of ``trials`` by their keys; not known of a printed one. ``measure``: of an
    analysis or subgroup; empty for a printed one.
    """

    name: str
    measure: str
    y: float
    se: float
    df: float
    k: int | None
    trials: frozenset[str]
    unverified: bool
    reconstructed: bool

    @property
    def is_usable(self) -> bool:
        """Whether it has a standard error to be compared by."""
        return isfinite(self.y) and isfinite(self.se) and self.se > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is compared: a key and a title, what kind of estimates, their measure, and these."""

    contrast: str
    title: str
    compared: str
    measure: str
    estimates: tuple[ComparedEstimate, ...]


def comparisons(review: Review, pooled: Sequence[PooledAnalysis]) -> Iterator[Comparison]:
    """Yield what a review compares."""
    by_id = {one.estimate.analysis: one for one in pooled}
    for one in pooled:
        if one.groups:
            yield Comparison(
                contrast=one.estimate.analysis,
                title=one.estimate.title,
                compared=SUBGROUPS,
                measure=one.estimate.measure,
                estimates=tuple(_of_group(group) for group in one.groups),
            )
    for question in review.settings.contrasts:
        yield _asked(review, question, by_id)


def _asked(
    review: Review, question: ContrastQuestion, by_id: Mapping[str, PooledAnalysis]
) -> Comparison:
    """Return what an item under ``contrasts`` compares."""
    if question.printed:
        kind, measures = PRINTED, {name: _measure(review, name) for name in question.printed}
        estimates = tuple(_of_print(review, *pair) for pair in measures.items())
        measure = next(iter(measures.values()))
    else:
        analyses = [by_id[name] for name in question.analyses]
        kind, measure = ANALYSES, analyses[0].estimate.measure
        estimates = tuple(_of_analysis(one) for one in analyses)
    return Comparison(
        contrast=question.id,
        title=question.title,
        compared=kind,
        measure=measure,
        estimates=estimates,
    )


def _of_group(group: PooledGroup) -> ComparedEstimate:
    return _computed(group.name or UNNAMED, group, group.row)


def _of_analysis(analysis: PooledAnalysis) -> ComparedEstimate:
    return _computed(analysis.estimate.analysis, analysis, analysis.estimate)


def _computed(
    name: str, source: PooledGroup | PooledAnalysis, row: EstimateRow
) -> ComparedEstimate:
    pooled = source.pooled
    return ComparedEstimate(
        name=name,
        measure=row.measure,
        y=float(pooled.estimate) if pooled else np.nan,
        se=float(pooled.se) if pooled else np.nan,
        df=float(pooled.df) if pooled else np.inf,
        k=row.k,
        trials=frozenset(effect.study.study for effect in source.trials),
        unverified=row.unverified == "yes",
        reconstructed=row.reconstructed == "yes",
    )


def _of_print(review: Review, target: str, measure: str) -> ComparedEstimate:
    """Return a printed estimate, its standard error from printed limits at the review's level."""
    rows = [row for row in review.published if row.target == target and row.quantity in ON_EFFECT]
    printed = {row.quantity: float(row.printed) for row in rows}
    is_log = MEASURES[measure].is_log
    estimate, low, high = (printed[name] for name in ON_EFFECT)
    effect = from_interval(estimate, low, high, review.settings.level, is_log=is_log)
    return ComparedEstimate(
        name=target,
        measure="",
        y=float(effect.y),
        se=float(np.sqrt(effect.v)),
        df=np.inf,
        k=None,
        trials=frozenset(),
        unverified=any(row.kind == "unverified" for row in rows),
        reconstructed=any(row.kind == "reconstructed" for row in rows),
    )


def _measure(review: Review, target: str) -> str:
    """Return the measure of a printed result: that of the analysis that should reproduce it."""
    wanted = {row.analysis for row in review.published if row.target == target}
    analyses = review.settings.analyses
    return next((one.measure for one in analyses if one.id in wanted), review.settings.measure)
