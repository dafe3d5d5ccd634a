"""What a departure of method is: one changed choice behind a computed number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from liftproof.analysis.specification import Specification
from liftproof.vocabulary.plausibility import KNOWN, RARE
from liftproof.vocabulary.record import AnyRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One changed choice.

    ``id``: unique. ``axis``: two departures of one axis exclude each other. ``changes``: fields of
    the specification and their values. ``words``: completes "the printed number follows with ...".
    ``quantities``: the only ones it can touch, empty for any. ``plausibility``: a weight of
    ``vocabulary.plausibility``; of one trial among several, its share of it.
    """

    id: str
    axis: str
    changes: tuple[tuple[str, Any], ...]
    words: str
    quantities: tuple[str, ...] = ()
    plausibility: float = KNOWN

    @property
    def is_of_one_trial(self) -> bool:
        """Whether it concerns one trial of several."""
        return any(name == "misread_study" for name, _ in self.changes)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of the specification that it changes."""
        return frozenset(name for name, _ in self.changes)

    def applied(self, specification: Specification) -> Specification:
        """Return the specification with this choice changed."""
        return replace(specification, **dict(self.changes))


class Weighed(Protocol):
    """What has a plausibility."""

    @property
    def plausibility(self) -> float:
        """A weight of ``vocabulary.plausibility``."""


def is_rare(chosen: Iterable[Weighed]) -> bool:
    """Say whether all of several choices are rare."""
    return all(each.plausibility <= RARE for each in chosen)


def one(
    axis: str,
    value: Any,
    words: str,
    quantities: Sequence[str] = (),
    plausibility: float = KNOWN,
) -> Departure:
    """Return the departure of a single field, which names the axis."""
    return Departure(
        id=f"{axis}_{value}",
        axis=axis,
        changes=((axis, value),),
        words=words,
        quantities=tuple(quantities),
        plausibility=plausibility,
    )


def tried(records: Mapping[str, AnyRecord]) -> Mapping[str, AnyRecord]:
    """Return the records that the search tries, by code."""
    return {code: record for code, record in records.items() if record.is_departure}
