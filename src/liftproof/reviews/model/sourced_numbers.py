"""Every number of a review that needs a source, counted by how it is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liftproof.reviews.model.choice import variant_of
from liftproof.reviews.model.provenance import (
    KINDS,
    NUMBER,
    OUTCOME_NUMBERS,
    STUDY_NUMBERS,
    UNVERIFIED,
    in_use,
    kind_of,
)
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS, Outcome, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedNumber:
    """A number that carries a mark; ``outcome`` and the rest are empty for a study's number."""

    study: str
    outcome: str
    variant: str
    arm: str
    field: str
    value: float | str
    kind: str
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceSummary:
    """``counts``: numbers by kind, every kind in :data:`KINDS`; ``marked`` in table order."""

    counts: Mapping[str, int]
    marked: tuple[MarkedNumber, ...]

    @property
    def total(self) -> int:
        """Numbers in all."""
        return sum(self.counts.values())


def provenance_summary(review: Review) -> ProvenanceSummary:
    """Count the numbers of a review by kind, and list the reconstructed and unverified ones."""
    counts = dict.fromkeys(KINDS, 0)
    marked = []
    for study, outcome, field, value in numbers(review):
        kind = kind_of(review, study, outcome, field)
        counts[kind] += 1
        if kind in MARKED_KINDS:
            marked.append(_marked(review, study, outcome, field, value))
    return ProvenanceSummary(counts=counts, marked=tuple(marked))


def numbers(review: Review) -> Iterator[tuple[str, Outcome | None, str, float | str]]:
    """Yield every number that needs a source: study, outcome row or None, column, value."""
    for study in review.studies:
        for name in STUDY_NUMBERS:
            if getattr(study, name) is not None:
                yield study.study, None, name, getattr(study, name)
        for name in numeric_moderators(study):
            yield study.study, None, name, study.moderators[name]
    for outcome in review.outcomes:
        for name in OUTCOME_NUMBERS:
            is_typed = name not in outcome.derived_from
            if is_typed and getattr(outcome, name) not in (None, ""):
                yield outcome.study, outcome, name, getattr(outcome, name)
        for name in numeric_moderators(outcome):
            yield outcome.study, outcome, name, outcome.moderators[name]


def numeric_moderators(row: Study | Outcome) -> tuple[str, ...]:
    """Return the further columns of a row that hold plain numbers: they need a source too."""
    return tuple(name for name, text in row.moderators.items() if NUMBER.fullmatch(text.strip()))


def _marked(
    review: Review, study: str, outcome: Outcome | None, field: str, value: float | str
) -> MarkedNumber:
    rows = in_use(review, study, outcome, field)
    row = min(rows, key=lambda each: KINDS.index(each.kind), default=None)
    return MarkedNumber(
        study=study,
        outcome=outcome.outcome if outcome else "",
        variant=variant_of(outcome) if outcome else "",
        arm=outcome.arm if outcome else "",
        field=field,
        value=value,
        kind=row.kind if row else UNVERIFIED,
        source=row.source if row else "",
        note=row.note if row else "",
    )
