"""Which other reviews hold prints of a review; little is imported here, as every run asks first."""

from liftproof.reviews.model.review import Review


def reviews_read(review: Review) -> list[str]:
    """Return the names of the other reviews whose data the results of this one depend on."""
    return sorted({*reviews_seen(review), *reviews_pointed_to(review)})


def reviews_seen(review: Review) -> tuple[str, ...]:
    """Return the names of the reviews that hold prints of this one, each once."""
    return tuple(dict.fromkeys(row.see.partition("/")[0] for row in review.published if row.see))


def reviews_pointed_to(review: Review) -> tuple[str, ...]:
    """Return the names of the reviews that hold prints shown in this one, each once."""
    return tuple(dict.fromkeys(row.see.partition("/")[0] for row in review.prints if row.see))
