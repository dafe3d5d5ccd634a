"""What pooling a review would refuse, found by pooling it, as problems of its files."""

from collections.abc import Iterator

from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import LiftproofError
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import SETTINGS, relative

RANGE = "a number that is too large or too small for arithmetic"


def refused_pools(review: Review) -> tuple[Problem, ...]:
    """Return which analyses cannot be pooled, and why; none where all can.

    The review is free of errors that show without computing.
    """
    problems = (
        problem for analysis in review.settings.analyses for problem in _refused(review, analysis)
    )
    return tuple(dict.fromkeys(problems))


def _refused(review: Review, analysis: Analysis) -> Iterator[Problem]:
    try:
        pool_analysis(review, analysis)
    except (LiftproofError, ArithmeticError) as error:
        reason = _reason(error)
    else:
        return
    yield Problem(
        path=relative(review.folder) / SETTINGS,
        line=analysis.line or 1,
        column="analyses",
        wrong=f"analysis {analysis.id} cannot be pooled: {reason}",
        found=analysis.id,
        remedy="correct its trials, or choose other methods",
    )


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") if isinstance(error, LiftproofError) else RANGE
