"""The analysis of a review that figures of one analysis alone are drawn of, told from its data."""

from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.models import INVERSE_VARIANCE

FEWEST_IN_SUBSETS = 5
"""Results of which subsets are pooled: fewer have less than 26 of two or more."""


def first_of_results(review: Review, fewest: int) -> Analysis | None:
    """Return the first analysis by inverse variance of so many results, None where none is."""
    for analysis in review.settings.analyses:
        rows = chosen(analysis, review.studies, review.outcomes)
        if (
            sum(is_complete(row) for _, row in rows) >= fewest
            and analysis.model == INVERSE_VARIANCE
        ):
            return analysis
    return None
