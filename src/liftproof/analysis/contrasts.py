"""Whether subgroups, analyses or printed strata differ: estimates, each with its own τ², by Q."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.estimates import PooledAnalysis, PooledGroup
from liftproof.analysis.specification import LEVEL
from liftproof.reviews.model.contrast_question import FEWEST, ContrastQuestion
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.contrast_rows import ALL, ANALYSES, PAIR, PRINTED, SUBGROUPS, ContrastRow
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.effects.reported import from_interval
from liftproof.statistics.regression.contrasts import IndependentContrasts, independent_contrasts
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.quantities import ON_EFFECT

UNNAMED = "not reported"
"""Name of the subgroup of trials whose cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedEstimate:
    """One estimate of a contrast: ``y`` and ``se`` on the analysis scale, NaN where there is none.

    ``df``: degrees of freedom of its own limits, infinite where they are Wald's. ``k``: number of
    effects behind it, of ``trials`` by their keys; not known of a printed one.
    """

    name: str
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


def contrast_rows(review: Review, pooled: Sequence[PooledAnalysis]) -> tuple[ContrastRow, ...]:
    """Return the tests of a review: subgroups of its analyses, then its ``contrasts``.

    ``pooled``: every analysis of the review. Estimates that share a trial are not tested.
    """
    return tuple(
        row for comparison in comparisons(review, pooled) for row in _rows(review, comparison)
    )


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
        y=float(pooled.estimate) if pooled else np.nan,
        se=float(pooled.se) if pooled else np.nan,
        df=float(pooled.df) if pooled else np.inf,
        k=row.k,
        trials=frozenset(effect.study.study for effect in source.trials),
        unverified=row.unverified == "yes",
        reconstructed=row.reconstructed == "yes",
    )


def _of_print(review: Review, target: str, measure: str) -> ComparedEstimate:
    """Return a printed estimate, its standard error from the printed 95 % limits."""
    rows = [row for row in review.published if row.target == target and row.quantity in ON_EFFECT]
    printed = {row.quantity: float(row.printed) for row in rows}
    is_log = MEASURES[measure].is_log
    estimate, low, high = (printed[name] for name in ON_EFFECT)
    effect = from_interval(estimate, low, high, LEVEL, is_log=is_log)
    return ComparedEstimate(
        name=target,
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
    analyses: Iterable[Analysis] = review.settings.analyses
    return next((one.measure for one in analyses if one.id in wanted), review.settings.measure)


def _rows(review: Review, of: Comparison) -> Iterator[ContrastRow]:
    """Yield the test of all estimates and those of the pairs, or one row that says why not."""
    usable = [one for one in of.estimates if one.is_usable]
    left_out = [one.name for one in of.estimates if not one.is_usable]
    missing = f"no estimate to compare: {', '.join(left_out)}" if left_out else ""
    row = partial(
        ContrastRow,
        review=review.name,
        contrast=of.contrast,
        title=of.title,
        compared=of.compared,
        measure=of.measure,
    )
    shared = _shared(usable)
    if len(usable) < FEWEST or shared:
        overlap = f"trials in several groups, whose estimates are not independent: {shared}"
        note = overlap if shared else missing or "one group only"
        yield row(test=ALL, estimates=len(usable), k=_effects(usable), note=note, **_marks(usable))
        return
    test = independent_contrasts([one.y for one in usable], [one.se for one in usable])
    yield row(
        test=ALL,
        estimates=len(usable),
        k=_effects(usable),
        statistic=float(test.q),
        df=test.q_df,
        p_value=float(test.q_p),
        note="; ".join(filter(None, (missing, _few(usable)))),
        **_marks(usable),
    )
    for place, pair in enumerate(combinations(usable, 2)):
        yield row(test=PAIR, **_pair(pair, test, place, of.measure))


def _pair(
    pair: tuple[ComparedEstimate, ComparedEstimate],
    test: IndependentContrasts,
    place: int,
    measure: str,
) -> dict[str, Any]:
    """Return the columns of a pair; ``place`` is that of the pair in the test."""
    natural = MEASURES[measure].natural
    return {
        "first": pair[0].name,
        "second": pair[1].name,
        "estimates": len(pair),
        "k": _effects(pair),
        "estimate": natural(float(test.pairs.estimate[place])),
        "ci_low": natural(float(test.pairs.ci_low[place])),
        "ci_high": natural(float(test.pairs.ci_high[place])),
        "statistic": float(test.pairs.statistic[place]),
        "p_value": float(test.pairs.p_value[place]),
        "holm_p": float(test.holm_p[place]),
        "note": _few(pair),
        **_marks(pair),
    }


def _effects(compared: Sequence[ComparedEstimate]) -> int | None:
    """Return the number of effects behind estimates, None where those of one are not known."""
    known = [one.k for one in compared if one.k is not None]
    return sum(known) if len(known) == len(compared) else None


def _few(compared: Sequence[ComparedEstimate]) -> str:
    """Name the degrees of freedom of standard errors that the test takes as known."""
    if not any(isfinite(one.df) for one in compared):
        return ""
    listed = ", ".join(f"{one.df:.3g}" if isfinite(one.df) else "∞" for one in compared)
    return f"degrees of freedom of the standard errors, which the test does not allow for: {listed}"


def _marks(compared: Sequence[ComparedEstimate]) -> dict[str, Any]:
    """Say for each kind of number that carries a mark whether an estimate rests on it."""
    return {
        kind: "yes" if any(getattr(one, kind) for one in compared) else "no"
        for kind in ("unverified", "reconstructed")
    }


def _shared(compared: Sequence[ComparedEstimate]) -> str:
    """Name the trials that stand behind two estimates, empty where there are none."""
    seen: set[str] = set()
    shared: set[str] = set()
    for one in compared:
        shared |= seen & one.trials
        seen |= one.trials
    return ", ".join(sorted(shared))
