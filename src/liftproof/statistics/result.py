"""What all results have in common: they print as tables and come apart into single numbers."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, Self

import numpy as np

from liftproof.statistics import printing
from liftproof.statistics.on_request import OnRequest

HIDDEN = {"is_shown": False}
"""Metadata of a field that holds what later functions need, not a result."""

Number = tuple[str, tuple[int, ...], Any]
Leaf = tuple[str, tuple[int, ...], Any]
DROPPED = "dropped"


def along(*names: str, axis: int = -1) -> dict[str, int]:
    """Return the fields whose ``axis`` runs over the trials, as a result declares them."""
    return dict.fromkeys(names, axis)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result(OnRequest):
    """Base of the frozen dataclasses that statistics return.

    ``dropped``: positions, from 0, of trials that were left out on request as they lack a number;
    arrays along the trials are without them.

    ``per_trial``: fields, by name, with one number a trial, and the axis that runs over the trials
    as they were passed. ``per_step``: fields whose last axis runs over the steps at which trials
    were added; such a result has ``order``, the positions of the trials as they were added.
    """

    dropped: tuple[int, ...] = field(default=(), init=False)
    per_trial: ClassVar[Mapping[str, int]] = MappingProxyType({})
    per_step: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Let a dataclass keep the table for its representation: it makes one only if it has none.

        An interactive session then shows what ``print`` does.
        """
        cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def after_dropping(self, places: tuple[int, ...]) -> Self:
        """Return the same result, which names the positions of trials that were left out."""
        result = self.as_a(type(self))
        object.__setattr__(result, DROPPED, places)
        return result

    def given(self) -> dict[str, Any]:
        """Return the fields by name, those that a further dataclass of them is made from."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.init}

    def leaves(self) -> Iterator[Leaf]:
        """Yield (field, place in tuples, array or single value), results within it taken apart."""
        for item in fields(self):
            if item.metadata.get("is_shown", True):
                yield from _leaves(item.name, getattr(self, item.name))

    def numbers(self, names: Container[str] | None = None) -> Iterator[Number]:
        """Yield every number or text as (field, index in the field's array, value), in order.

        ``names``: of these fields alone.
        """
        for name, place, value in self.leaves():
            if names is not None and name not in names:
                continue
            if isinstance(value, np.ndarray):
                for index, number in np.ndenumerate(value):
                    yield name, (*place, *index), number.item() if value.dtype != object else number
            else:
                yield name, place, value

    def __repr__(self) -> str:
        """Return tables: a line a number, and side by side what has one number a trial."""
        return printing.as_text(type(self).__name__, self.leaves())

    def _repr_html_(self) -> str:
        """Return the same tables for a notebook."""
        return printing.as_html(type(self).__name__, self.leaves())


def _leaves(name: str, value: Any) -> Iterator[Leaf]:
    """Yield a field's value, the members of its tuple, or the fields of a result within it."""
    if isinstance(value, Result):
        yield from ((f"{name}.{field}", place, leaf) for field, place, leaf in value.leaves())
    elif isinstance(value, tuple):
        for i, member in enumerate(value):
            yield from ((n, (i, *place), leaf) for n, place, leaf in _leaves(name, member))
    else:
        yield name, (), value
