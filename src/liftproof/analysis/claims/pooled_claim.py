"""The analysis that bears on a claim, pooled, with what was printed and judged of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from liftproof.analysis.certainty.graded_analysis import certainty_by_grade
from liftproof.analysis.certainty.grading import Certainty
from liftproof.analysis.claims.claim_prints import PrintedEffect, printed_effect
from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.specification import Specification
from liftproof.reviews.model.directions import LOWER
from liftproof.reviews.model.grade import PRINTED
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.measures import MEASURES

Reviews = Mapping[str, Review]


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledClaim:
    """One pooled analysis: what its readings are made from.

    ``printed``: the effect in print; ``certainty``: by GRADE; None where neither is known.
    ``printed_certainty``: as the review rates it, empty where that is not known. ``better``: which
    values of the effect are. ``below``: what one below
    none means. ``named``: from a code to what readers read in its place.
    """

    specification: Specification
    estimate: EstimateRow
    effects: tuple[TrialEffect, ...]
    pooled: PoolResult
    named: Callable[[str], str] = str
    printed: PrintedEffect | None = None
    certainty: Certainty | None = None
    printed_certainty: str = ""
    better: str = LOWER
    below: str = ""

    @property
    def is_log(self) -> bool:
        """Whether effects are logarithms of ratios."""
        return MEASURES[self.specification.measure].is_log

    def at(self, threshold: float) -> float:
        """Return a threshold on the analysis scale."""
        return log(threshold) if self.is_log else threshold


def pooled_claim(source: tuple[str, ...], reviews: Reviews) -> PooledClaim | None:
    """Return the analysis (review, analysis) pooled; None where nothing is named or pooled."""
    if not source:
        return None
    review = reviews[source[0]]
    analysis = next(each for each in review.settings.analyses if each.id == source[1])
    whole = pool_analysis(review, analysis)
    if whole.pooled is None:
        return None
    judged = {row.domain: row.judgement for row in review.grades if row.analysis == analysis.id}
    return PooledClaim(
        specification=whole.specification,
        estimate=whole.estimate,
        effects=whole.trials,
        pooled=whole.pooled,
        named=review.settings.named,
        printed=printed_effect(review, analysis, whole.trials),
        certainty=(
            certainty_by_grade(review, analysis, whole.trials) if set(judged) - {PRINTED} else None
        ),
        printed_certainty=judged.get(PRINTED, ""),
        better=analysis.better,
        below=analysis.below,
    )
