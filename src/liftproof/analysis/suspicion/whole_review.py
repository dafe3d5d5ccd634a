"""Every suspicion about a review, and the review with all of its warnings settled."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from liftproof.analysis.estimates import PooledAnalysis
from liftproof.analysis.review_pools import pools_of
from liftproof.analysis.suspicion.direction_rules import direction_findings
from liftproof.analysis.suspicion.dispersion_rules import SD_LIKE_SE, se_findings
from liftproof.analysis.suspicion.places import Suspicion, at_analysis, at_print, at_result
from liftproof.analysis.suspicion.pool_rules import (
    large_effects,
    total_findings,
    turning_trials,
)
from liftproof.analysis.suspicion.slip_rules import effect_slips, row_slips
from liftproof.analysis.suspicion.total_rows import total_rows
from liftproof.analysis.suspicion.unit_rules import time_findings, unit_findings
from liftproof.analysis.suspicion.whole_number_rules import whole_number_findings
from liftproof.reviews.checked_marks import settle, unused_marks
from liftproof.reviews.loading import by_place
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.review_folder import MARKS, relative


def settled_review(review: Review, pools: Sequence[PooledAnalysis] | None = None) -> Review:
    """Return a review whose warnings are all there are, without those marked as checked.

    ``pools``: its analyses pooled, if they are at hand. A review as read has the warnings alone
    that need no effects.
    """
    pools = pools_of(review).pooled if pools is None else pools
    suspected = tuple(suspicions(review, pools))
    settled = settle(suspected, review.marks)
    path = relative(review.folder) / MARKS
    unused = unused_marks(suspected, review.marks, path, by_pools=True)
    return replace(
        review,
        warnings=by_place((*review.warnings, *settled.problems, *unused)),
        checked=(*review.checked, *settled.checked),
    )


def suspicions(review: Review, pools: Sequence[PooledAnalysis]) -> Iterator[Problem]:
    """Yield what the rules find in a review, each of a row's findings once."""
    for row in review.outcomes:
        for found in (*whole_number_findings(row), *row_slips(row), *time_findings(row)):
            yield at_result(review, row, found)
    yield from direction_findings(review)
    yield from _of_effects(review, pools)
    yield from _of_pools(review, pools)


def _of_effects(review: Review, pools: Sequence[PooledAnalysis]) -> Iterator[Problem]:
    """Yield what the analyses show of single results, each told by the first that shows it."""
    told: set[tuple[int, str]] = set()
    for pooled in pools:
        errors = {line for line, rule in told if rule == SD_LIKE_SE}
        for row, found in _single(review, pooled, errors):
            if (row.line, found.rule) not in told:
                told.add((row.line, found.rule))
                yield at_result(review, row, found)


def _single(
    review: Review, pooled: PooledAnalysis, errors: Collection[int]
) -> Iterator[tuple[Outcome, Suspicion]]:
    analysis = review.settings.analysis(pooled.estimate.analysis)
    for one, found in (
        *large_effects(pooled),
        *effect_slips(pooled.trials),
        *unit_findings(pooled.trials),
        *total_rows(pooled.trials),
    ):
        yield one.outcome, found
    yield from se_findings(analysis, pooled, errors)


def _of_pools(review: Review, pools: Sequence[PooledAnalysis]) -> Iterator[Problem]:
    for pooled in pools:
        analysis = review.settings.analysis(pooled.estimate.analysis)
        for row, found in total_findings(review, analysis, pooled):
            yield at_print(review, row, found)
        for told in turning_trials(pooled):
            yield at_analysis(review, analysis, told)
