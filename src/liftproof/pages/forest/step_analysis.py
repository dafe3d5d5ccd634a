"""Of which analysis of a review the estimate is drawn step by step: told from its data alone."""

from collections.abc import Sequence

from liftproof.reviews.model.analysis_of_results import first_of_results
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.models import INVERSE_VARIANCE

FEWEST = 3
"""Results: of fewer, the steps are those of single trials."""


def analysis_in_steps(review: Review) -> Analysis | None:
    """Return the first analysis by inverse variance of enough results, None where there is none."""
    return first_of_results(review, FEWEST)


def analysis_in_rows(settings: Settings, effects: Sequence[EffectRow]) -> Analysis | None:
    """Return the same analysis, told from the rows of ``effects.csv``."""
    counted = [row.analysis for row in effects]
    known = (row for row in settings.analyses if counted.count(row.id) >= FEWEST)
    return next((row for row in known if row.model == INVERSE_VARIANCE), None)


def is_added_to(review: Review) -> bool:
    """Say whether any trial has a date on which it was added: changes.csv then has rows."""
    return any(study.added for study in review.studies)
