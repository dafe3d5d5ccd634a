"""Numbers that several people read: whether their readings agree, and whose is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liftproof.reviews.model.choice import same, value_of
from liftproof.reviews.model.provenance import speaks_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Provenance

Place = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleReading:
    """One number with a provenance row of each of several extractors, in the order of the file.

    ``used``: the readings whose value stands in the table of trials or results.
    """

    readings: tuple[Provenance, ...]
    used: tuple[Provenance, ...]

    @property
    def agrees(self) -> bool:
        """Whether all of them read the same."""
        first, *others = self.readings
        return all(same(first.value, other.value) for other in others)


def double_readings(review: Review) -> tuple[DoubleReading, ...]:
    """Return every number of a review that was read by two people or more."""
    return tuple(
        DoubleReading(
            readings=rows,
            used=tuple(row for row in rows if any(same(row.value, cell) for cell in cells)),
        )
        for rows, cells in _read_twice(review)
    )


def place_of(row: Provenance) -> Place:
    """Return which number a provenance row is about.

    >>> row = Provenance(study="a", field="weeks", value="9", source="s", kind="secondary")
    >>> place_of(row)
    ('a', 'weeks', 'primary', '', '')
    """
    return row.study, row.field, row.variant or PRIMARY, row.outcome, row.arm


def _read_twice(review: Review) -> Iterator[tuple[tuple[Provenance, ...], tuple[str, ...]]]:
    """Yield the rows of a number that name several extractors, and the cells that hold it."""
    by_place: dict[Place, list[Provenance]] = {}
    for row in review.provenance:
        if row.extractor:
            by_place.setdefault(place_of(row), []).append(row)
    outcomes: Mapping[str, list[Outcome]] = {study.study: [] for study in review.studies}
    for outcome in review.outcomes:
        outcomes[outcome.study].append(outcome)
    studies = {study.study: study for study in review.studies}
    for rows in by_place.values():
        if len({row.extractor for row in rows}) > 1:
            meant = [each for each in outcomes[rows[0].study] if speaks_of(rows[0], each)]
            blank = Outcome(study="", outcome="")
            study, field = studies[rows[0].study], rows[0].field
            yield tuple(rows), tuple(value_of(field, study, each) for each in (*meant, blank))
