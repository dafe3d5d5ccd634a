"""What pooling a review would refuse, found by pooling it, as problems of its files."""

from collections.abc import Iterator

from liftproof.analysis.effects import trial_effects
from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import LiftproofError
from liftproof.reviews.model.choice import Chosen, chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import SETTINGS, relative

OUTCOMES = "outcomes.csv"
RANGE = "a number that is too large or too small for arithmetic"


def refused_pools(review: Review) -> tuple[Problem, ...]:
    """Return why analyses cannot be pooled, at a row where one row is to blame; none where all can.

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
    rows = list(_rows(review, analysis))
    if rows:
        yield from rows
        return
    yield Problem(
        path=relative(review.folder) / SETTINGS,
        line=analysis.line or 1,
        column="analyses",
        wrong=f"analysis {analysis.id} cannot be pooled: {reason}",
        found=analysis.id,
        remedy="correct its trials, or choose other methods",
    )


def _rows(review: Review, analysis: Analysis) -> Iterator[Problem]:
    """Yield the rows of which no effect can be made, each by itself."""
    for row in chosen(analysis, review.studies, review.outcomes):
        reason = _reason_of_row(row, analysis) if is_complete(row[1]) else ""
        if reason:
            study, outcome = row
            yield Problem(
                path=relative(review.folder) / OUTCOMES,
                line=outcome.line,
                column="row",
                wrong=f"it cannot be pooled ({analysis.id}): {reason}",
                found=study.study,
                remedy="correct its numbers, or choose another measure",
            )


def _reason_of_row(row: Chosen, analysis: Analysis) -> str:
    try:
        trial_effects([row], analysis)
    except (LiftproofError, ArithmeticError) as error:
        return _reason(error)
    return ""


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") if isinstance(error, LiftproofError) else RANGE
