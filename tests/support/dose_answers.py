"""The dose questions of the project's reviews, answered once for all modules."""

from functools import cache

from liftproof.analysis.dose import dose_answers
from liftproof.reviews import read
from support.review_arithmetic import REVIEWS


@cache
def answered(name: str) -> dose_answers.DoseAnswers:
    """Return the answers of a review of the project."""
    return dose_answers.answer_doses(read(REVIEWS / name))
