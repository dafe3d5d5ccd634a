"""What pooling a review would refuse, found by pooling it, as problems of its files."""

from liftproof.analysis.review_pools import pools_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review


def refused_pools(review: Review) -> tuple[Problem, ...]:
    """Return which analyses cannot be pooled, and why; none where all can."""
    return pools_of(review).refused
