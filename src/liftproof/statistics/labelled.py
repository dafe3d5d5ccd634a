"""Columns that carry labels of their own, such as those of pandas: taken only where they agree."""

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import Parameter, signature
from itertools import count
from typing import Any, ParamSpec, TypeVar

import numpy as np

from liftproof.errors import InputError, in_short
from liftproof.metafors_names import naming_arguments

P = ParamSpec("P")
Found = TypeVar("Found")

WITHOUT_LABELS = frozenset((np.ndarray, str, float, int, bool, type(None)))
"""Types that never carry labels: a call of these alone, as most are, is not looked at further."""


def of_one_index(function: Callable[P, Found]) -> Callable[P, Found]:
    """Let a function refuse labelled columns whose labels differ or stand in another order.

    Numbers are combined by position: of labelled columns (those of pandas have an ``index``) it
    would join the effect of one trial with the variance of another. Columns without labels go with
    any. Raises InputError; see ``naming_arguments`` too.

    >>> class Column(list):
    ...     def __init__(self, values, index):
    ...         super().__init__(values)
    ...         self.index = index
    >>> of_one_index(lambda y, v: None)(Column([0.1, 0.2], ["a", "b"]), Column([1, 2], ["b", "a"]))
    Traceback (most recent call last):
    liftproof.errors.InputError: y and v have unlike indexes, at place 0 'a' and 'b': give columns \
of one table, or v.loc[y.index], or their numbers as .to_numpy() where only the place counts.
    """
    parameters = tuple(signature(function).parameters.values())
    named = naming_arguments(function)

    @wraps(function)
    def checked(*args: P.args, **options: P.kwargs) -> Found:
        if not WITHOUT_LABELS.issuperset(map(type, (*args, *options.values()))):
            _require_one_index([*zip(_names(parameters), args, strict=False), *options.items()])
        return named(*args, **options)

    return checked


def _names(parameters: tuple[Parameter, ...]) -> Iterator[str]:
    """Yield what arguments by place are called; those of ``*columns`` by their place in it."""
    for each in parameters:
        if each.kind is Parameter.VAR_POSITIONAL:
            yield from (f"{each.name}[{place}]" for place in count())
        yield each.name


def _require_one_index(given: list[tuple[str, Any]]) -> None:
    """Raise InputError where two of the arguments, by name, have unlike indexes."""
    labelled = [(name, index) for name, value in given for index in _indexes(value)]
    for name, index in labelled[1:]:
        first, reference = labelled[0]
        if index is not reference and not _are_equal(index, reference):
            raise InputError(
                f"{first} and {name} have unlike indexes, {_difference(reference, index)}: give "
                f"columns of one table, or {name}.loc[{first}.index], or their numbers as "
                ".to_numpy() where only the place counts."
            )


def _indexes(value: Any) -> Iterator[Any]:
    """Yield the index of a labelled column, or those of a list of such columns.

    The ``index`` of a list or a tuple is a method; their members are columns or single numbers.
    """
    if isinstance(value, list | tuple) and callable(value.index):
        for member in value:
            if not hasattr(member, "index") or callable(member.index):
                return
            yield member.index
    elif hasattr(value, "index") and not callable(value.index):
        yield value.index


def _are_equal(one: Any, other: Any) -> bool:
    """Return whether two indexes hold the same labels in the same order."""
    if hasattr(one, "equals"):
        return bool(one.equals(other))
    return len(one) == len(other) and all(a == b for a, b in zip(one, other, strict=True))


def _difference(one: Any, other: Any) -> str:
    """Return where two indexes differ first, or their lengths."""
    if len(one) != len(other):
        return f"of {len(one)} and {len(other)} labels"
    unlike = (
        place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]
    )
    place = next(unlike, 0)
    return f"at place {place} {in_short(one[place])} and {in_short(other[place])}"
