"""Subsets of the trials of one analysis, pooled: how far an estimate rests on the choice."""

from collections.abc import Sequence

import numpy as np

from liftproof.analysis.diagnostics.pooled_trials import PooledTrials, pooled_trials
from liftproof.analysis.estimates import PooledAnalysis
from liftproof.reviews.model.analysis_of_results import FEWEST_IN_SUBSETS, first_of_results
from liftproof.reviews.model.review import Review
from liftproof.rows.gosh_rows import GoshRow
from liftproof.statistics.checks import Array
from liftproof.statistics.influence import gosh
from liftproof.statistics.influence.subsets import Flags
from liftproof.vocabulary.measures import MEASURES

SUBSETS, SEED = 1000, 1
"""Pooled at most: all subsets of up to nine results, of more a sample, drawn with this seed. So
many marks can be told apart in a plot, and a page has room for."""
SMALLEST = 2


def gosh_rows(review: Review, pooled: Sequence[PooledAnalysis]) -> tuple[GoshRow, ...]:
    """Return the pooled subsets of the first analysis of enough results, none without one."""
    analysis = first_of_results(review, FEWEST_IN_SUBSETS)
    if analysis is None:
        return ()
    (one,) = (each for each in pooled if each.analysis.id == analysis.id)
    trials = pooled_trials(one)
    if trials is None or len(trials.y) < FEWEST_IN_SUBSETS:
        return ()
    return _rows(review.name, analysis.id, trials)


def _rows(review: str, analysis: str, of: PooledTrials) -> tuple[GoshRow, ...]:
    found = gosh(of.y, of.v, tau2=of.inverse_variance().tau2, subsets=SUBSETS, seed=SEED)
    several = found.size >= SMALLEST
    estimates, include = found.estimate[several], found.include[several]
    place = _moves_most(estimates, include)
    natural = MEASURES[of.specification.measure].natural
    return tuple(
        GoshRow(
            review=review,
            analysis=analysis,
            size=int(size),
            estimate=natural(float(estimate)),
            i2=float(i2),
            trial=of.studies[place],
            has_trial="yes" if has else "no",
            is_exhaustive="yes" if found.is_exhaustive else "no",
        )
        for size, estimate, i2, has in zip(
            found.size[several], estimates, found.i2[several], include[:, place], strict=True
        )
    )


def _moves_most(estimates: Array, include: Flags) -> int:
    """Return the result with and without which the medians of the estimates lie farthest apart."""
    inside = include.astype(bool)
    apart = [
        abs(np.median(estimates[has]) - np.median(estimates[~has]))
        if has.any() and not has.all()
        else 0.0
        for has in inside.T
    ]
    return int(np.argmax(apart))
