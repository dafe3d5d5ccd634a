"""Warnings at their places, the rows of a review's tables and its analyses."""

from dataclasses import dataclass

from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Published
from liftproof.reviews.model.row_keys import key_of_row
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import PUBLISHED, SETTINGS, relative

OUTCOMES = "outcomes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """What a rule found: the column to look at, the words, and the numbers that it is about.

    ``found``: what the message shows, ``numbers`` where it is empty.
    """

    rule: str
    column: str
    wrong: str
    numbers: str
    remedy: str
    found: str = ""


def at_result(review: Review, outcome: Outcome, found: Suspicion) -> Problem:
    """Return a warning at a row of ``outcomes.csv``."""
    return _at(review, OUTCOMES, outcome.line, key_of_row(outcome), found)


def at_print(review: Review, published: Published, found: Suspicion) -> Problem:
    """Return a warning at a row of ``published.csv``."""
    return _at(review, PUBLISHED, published.line, key_of_row(published), found)


def at_analysis(review: Review, analysis: Analysis, found: Suspicion) -> Problem:
    """Return a warning at an analysis of ``review.yaml``."""
    return _at(review, SETTINGS, analysis.line or 1, analysis.id, found)


def effect_text(estimate: float | None, low: float | None, high: float | None) -> str:
    """Return an effect with its limits, three digits each.

    >>> effect_text(0.3401, 0.2389, None)
    '0.340 (0.239 to nothing)'
    """
    ends = (
        "nothing" if each is None else f"{each:#.3g}".rstrip(".") for each in (estimate, low, high)
    )
    return "{} ({} to {})".format(*ends)


def _at(review: Review, file: str, line: int, key: str, found: Suspicion) -> Problem:
    return Problem(
        path=relative(review.folder) / file,
        line=line,
        column=found.column,
        wrong=found.wrong,
        found=found.found or found.numbers,
        remedy=found.remedy,
        rule=found.rule,
        key=key,
        numbers=found.numbers,
    )
