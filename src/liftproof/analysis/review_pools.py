"""All analyses of a review pooled, with those that cannot be told apart."""

from dataclasses import dataclass

from liftproof.analysis.estimates import PooledAnalysis, pool_analysis
from liftproof.errors import LiftproofError
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import SETTINGS, relative

RANGE = "a number that is too large or too small for arithmetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPools:
    """The pools of a review, in the order of ``review.yaml``, and why the others are none."""

    pooled: tuple[PooledAnalysis, ...]
    refused: tuple[Problem, ...]


def pools_of(review: Review) -> ReviewPools:
    """Pool every analysis of a review that is free of errors that show without computing."""
    pooled, refused = [], []
    for analysis in review.settings.analyses:
        try:
            pooled.append(pool_analysis(review, analysis))
        except (LiftproofError, ArithmeticError) as error:
            refused.append(_refused(review, analysis, error))
    return ReviewPools(pooled=tuple(pooled), refused=tuple(dict.fromkeys(refused)))


def _refused(review: Review, analysis: Analysis, error: Exception) -> Problem:
    return Problem(
        path=relative(review.folder) / SETTINGS,
        line=analysis.line or 1,
        column="analyses",
        wrong=f"analysis {analysis.id} cannot be pooled: {reason_of(error)}",
        found=analysis.id,
        remedy="correct its trials, or choose other methods",
    )


def reason_of(error: Exception) -> str:
    """Return why something could not be computed, as a part of a sentence."""
    return str(error).rstrip(".") if isinstance(error, LiftproofError) else RANGE
