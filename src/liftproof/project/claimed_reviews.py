"""Which reviews the claims of a project name: those that a run has to read for them."""

from functools import cache
from pathlib import Path

from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.model.claim import Claims


@cache
def claimed_reviews(project: Path) -> frozenset[str]:
    """Return the reviews that a claim or a caution names, of those that there are or are not."""
    claims = _claims(project)
    places = (
        place
        for claim in claims.claims
        for place in (claim.source, *claim.beside, *claim.against)
        if place
    )
    return frozenset({place[0] for place in places}) | cautioned_reviews(project)


@cache
def cautioned_reviews(project: Path) -> frozenset[str]:
    """Return the reviews of which a caution tells a number."""
    cautions = _claims(project).cautions
    return frozenset(place[0] for caution in cautions for place in caution.numbers.values())


@cache
def _claims(project: Path) -> Claims:
    file = claims_file(project)
    return file.claims if file else Claims()
