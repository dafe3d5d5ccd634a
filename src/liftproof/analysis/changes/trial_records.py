"""The rows of each trial in the tables of a review: which differ, and how to exchange them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Provenance, RiskOfBias, Study

ADDED, REMOVED, EDITED = "added", "removed", "edited"
Row = TypeVar("Row", Study, Outcome, Provenance, RiskOfBias)
Records = Mapping[str, tuple[object, ...]]
"""By key of a trial, its rows; where they stand in their files does not count."""


def records(review: Review) -> Records:
    """Return the rows of every trial on which effects and their marks rest."""
    found: dict[str, list[object]] = {}
    for study in review.studies:
        found.setdefault(study.study, []).append(replace(study, line=0))
    for outcome in review.outcomes:
        found.setdefault(outcome.study, []).append(replace(outcome, line=0))
    for source in review.provenance:
        found.setdefault(source.study, []).append(replace(source, line=0))
    return {study: tuple(rows) for study, rows in found.items()}


def changed_trials(before: Review, after: Review) -> dict[str, str]:
    """Return key to ADDED, REMOVED or EDITED of the trials that differ, in the order of tables."""
    old, new = records(before), records(after)
    return {study: _kind(study, old, new) for study in {**old, **new} if _differs(study, old, new)}


def _differs(study: str, old: Records, new: Records) -> bool:
    return old.get(study) != new.get(study)


def _kind(study: str, old: Records, new: Records) -> str:
    if study not in old:
        return ADDED
    return EDITED if study in new else REMOVED


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
    kept = [row for row in rows if row.study not in studies]
    put_in = [row for row in others if row.study in studies]
    return tuple(sorted([*kept, *put_in], key=lambda row: place.get(row.study, len(place))))
