"""The numbers that cautions tell, drawn from the results of the trials."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.analysis.claims.pooled_claim import Reviews
from liftproof.reviews.model.caution import Caution
from liftproof.reviews.model.choice import primary_results
from liftproof.reviews.model.claim import Claims
from liftproof.reviews.model.provenance import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionNumber:
    """A number of one trial as extracted; ``yes`` or ``no`` for the marks of its provenance."""

    value: int | float | str
    unverified: str
    reconstructed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedCaution:
    """A caution, the reviews and the numbers that it tells, by their names in its text."""

    caution: Caution
    reviews: tuple[str, ...]
    numbers: Mapping[str, CautionNumber]


def numbered_cautions(claims: Claims, reviews: Reviews) -> tuple[NumberedCaution, ...]:
    """Return the cautions whose numbers all stand in ``reviews``."""
    return tuple(
        NumberedCaution(
            caution=caution,
            reviews=tuple(dict.fromkeys(place[0] for place in caution.numbers.values())),
            numbers={name: _number(place, reviews) for name, place in caution.numbers.items()},
        )
        for caution in claims.cautions
        if all(place[0] in reviews for place in caution.numbers.values())
    )


def _number(place: tuple[str, ...], reviews: Reviews) -> CautionNumber:
    name, study, outcome, column = place
    (row,) = primary_results(reviews[name].outcomes, study, outcome)
    marked = marks(reviews[name], row, (column,))
    return CautionNumber(
        value=getattr(row, column),
        unverified="yes" if "unverified" in marked else "no",
        reconstructed="yes" if "reconstructed" in marked else "no",
    )
