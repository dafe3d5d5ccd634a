"""What an analysis gives on one state of the data."""

from dataclasses import dataclass

from liftproof.analysis.certainty.graded_analysis import certainty_by_grade
from liftproof.analysis.conclusions import conclusion_of
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import entering, pool_analysis
from liftproof.analysis.pooled_rows import estimate_row
from liftproof.errors import StatisticsError, UsageError
from liftproof.reviews.model.grade import PRINTED
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.change_rows import CERTAINTY, DIRECTION, NO_EFFECT, POOLED
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow

REFUSALS = (StatisticsError, UsageError)
"""What a pool of fewer or other trials may be refused with, such as three levels of one trial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisState:
    """One analysis on one state of the data: what its forest plot shows, and its certainty.

    ``estimate``: without numbers where nothing can be pooled. ``studies``: the trials that enter.
    ``certainty``: by GRADE, empty where ``grade.csv`` does not judge the analysis.
    """

    estimate: EstimateRow
    studies: tuple[str, ...]
    effects: tuple[EffectRow, ...] = ()
    subgroups: tuple[SubgroupRow, ...] = ()
    certainty: str = ""


def analysis_state(review: Review, analysis: Analysis) -> AnalysisState:
    """Pool an analysis; where its trials cannot be pooled the state has no numbers."""
    try:
        whole = pool_analysis(review, analysis)
    except REFUSALS:
        trials = entering(review, analysis)
        return AnalysisState(
            estimate=estimate_row(review, analysis, trials, None), studies=_studies(trials)
        )
    return AnalysisState(
        estimate=whole.estimate,
        studies=_studies(whole.trials),
        effects=whole.effects,
        subgroups=whole.subgroups,
        certainty=_certainty(review, analysis, whole.trials),
    )


def moves(before: AnalysisState, after: AnalysisState) -> tuple[str, ...]:
    """Return how the conclusion moved from one state to another, of ``MOVES``.

    Where there is no interval, it does not exclude no effect.
    """
    was, now = before.estimate, after.estimate
    if (was.estimate is None) != (now.estimate is None):
        return (POOLED,)
    (old_side, old_excludes), (side, excludes) = conclusion_of(was), conclusion_of(now)
    found = {
        NO_EFFECT: bool(old_excludes) != bool(excludes),
        DIRECTION: old_side != side,
        CERTAINTY: before.certainty != after.certainty,
    }
    return tuple(move for move, is_so in found.items() if is_so)


def _studies(trials: tuple[TrialEffect, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(effect.study.study for effect in trials))


def _certainty(review: Review, analysis: Analysis, trials: tuple[TrialEffect, ...]) -> str:
    judged = {row.analysis for row in review.grades if row.domain != PRINTED}
    if analysis.id not in judged or not trials:
        return ""
    return certainty_by_grade(review, analysis, trials).level
