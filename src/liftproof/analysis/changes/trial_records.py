"""The rows of each trial in the tables of a review: which differ, and how to exchange them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Provenance, RiskOfBias, Study

ADDED, REMOVED, EDITED, SOURCED = "added", "removed", "edited", "sourced anew"
Row = TypeVar("Row", Study, Outcome, Provenance, RiskOfBias)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRecord:
    """The rows of one trial; where they stand in their files does not count."""

    numbers: tuple[Study | Outcome, ...] = ()
    sources: tuple[Provenance, ...] = ()


def records(review: Review) -> Mapping[str, TrialRecord]:
    """Return the rows of every trial on which effects and their marks rest."""
    numbers: dict[str, list[Study | Outcome]] = {}
    for study in review.studies:
        numbers.setdefault(study.study, []).append(replace(study, line=0))
    for outcome in review.outcomes:
        numbers.setdefault(outcome.study, []).append(replace(outcome, line=0))
    sources: dict[str, list[Provenance]] = {}
    for source in review.provenance:
        sources.setdefault(source.study, []).append(replace(source, line=0))
    return {
        study: TrialRecord(numbers=tuple(rows), sources=tuple(sources.get(study, ())))
        for study, rows in numbers.items()
    }


def changed_trials(before: Review, after: Review) -> dict[str, str]:
    """Return key to ADDED, REMOVED, EDITED or SOURCED of trials that differ, in order of tables.

    SOURCED: its numbers are the same, and other sources are named for them.
    """
    old, new = records(before), records(after)
    pairs = {study: (old.get(study), new.get(study)) for study in {**old, **new}}
    return {study: _kind(*pair) for study, pair in pairs.items() if pair[0] != pair[1]}


def _kind(old: TrialRecord | None, new: TrialRecord | None) -> str:
    if old is None or new is None:
        return ADDED if old is None else REMOVED
    return SOURCED if old.numbers == new.numbers else EDITED


def with_trials_of(review: Review, other: Review, studies: Collection[str]) -> Review:
    """Return a review whose rows of some trials are those of another state of it.

    A trial that the other has not is gone; one that this has not stands behind the others.
    """
    return replace(
        review,
        studies=_swapped(review.studies, other.studies, studies),
        outcomes=_swapped(review.outcomes, other.outcomes, studies),
        provenance=_swapped(review.provenance, other.provenance, studies),
        risk_of_bias=_swapped(review.risk_of_bias, other.risk_of_bias, studies),
    )


def without_trials(review: Review, studies: Collection[str]) -> Review:
    """Return a review without some trials.

    Results and sources of trials that ``studies.csv`` does not have stay as they are.
    """
    return with_trials_of(
        review, replace(review, studies=(), outcomes=(), provenance=(), risk_of_bias=()), studies
    )


def _swapped(
    rows: Sequence[Row], others: Sequence[Row], studies: Collection[str]
) -> tuple[Row, ...]:
    """Return rows with those of some trials exchanged, each trial in its place."""
    place = {study: number for number, study in enumerate(dict.fromkeys(r.study for r in rows))}
    whole = [row for row in rows if row.study not in studies]
    whole += [row for row in others if row.study in studies]
    return tuple(sorted(whole, key=lambda row: place.get(row.study, len(place))))
