"""Many data sets in blocks, so that memory does not grow with their number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import shape_served

P = ParamSpec("P")
Found = TypeVar("Found", bound=Result)

BLOCK = 2**13
"""Trials that are worked on at once: their temporaries stay in cache, and take a few MB."""


def in_blocks(
    *,
    size: int = BLOCK,
    per_set: tuple[str, ...] = (),
    shared: tuple[str, ...] = (),
) -> Callable[[Callable[P, Found]], Callable[P, Found]]:
    """Let a function of columns (..., k), its arguments by position, work on blocks of data sets.

    ``size``: trials worked on at once. ``per_set``: options that hold one number a data set, (...).
    ``shared``: arrays of the result that all data sets have in common; in the others the data sets
    come first. A column or an option that serves all data sets as it is, is passed on as it is.
    """

    def decorate(function: Callable[P, Found]) -> Callable[P, Found]:
        parameters = signature(function).parameters.values()
        names = [each.name for each in parameters if each.kind is not Parameter.KEYWORD_ONLY]
        axes = dict.fromkeys(names, 1) | dict.fromkeys(per_set, 0)

        @wraps(function)
        def over_blocks(*args: P.args, **options: P.kwargs) -> Found:
            given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **options}
            columns = [given[name] for name in names if given.get(name) is not None]
            shape = _common_shape(columns)
            rows = max(1, size // shape[-1]) if shape and shape[-1] else size
            sets = int(np.prod(shape[:-1]))
            if sets <= rows or any(map(np.ma.isMaskedArray, columns)):  # a mask is for it to see
                return function(*args, **options)
            try:
                whole = {
                    name: _flat(given[name], shape, axis)
                    for name, axis in axes.items()
                    if np.ndim(given.get(name, 0)) > axis
                }
            except ValueError:  # left to the function, which says what is wrong
                return function(*args, **options)
            blocks = (slice(start, start + rows) for start in range(0, sets, rows))
            parts = (_part(function, given, whole, block) for block in blocks)
            return _joined(parts, shape[:-1], shared)

        return over_blocks

    return decorate


def _common_shape(columns: Iterable[Any]) -> tuple[int, ...]:
    """Return the shape (..., k) of all columns; (0,) where they have none in common."""
    shape = shape_served([np.shape(column) for column in columns])
    return (0,) if shape is None else shape


def _flat(values: Any, shape: tuple[int, ...], axes: int) -> NDArray[Any]:
    """Return values of ``shape``, or without its trials for no ``axes``, their data sets on one."""
    sets, own = shape[:-1], shape[-1:] * axes
    return np.broadcast_to(values, sets + own).reshape(-1, *own)


def _part(
    function: Callable[..., Found], given: dict[str, Any], whole: dict[str, Any], rows: slice
) -> Found:
    """Return the result of one block; an error says where the block starts."""
    try:
        return function(**given | {name: values[rows] for name, values in whole.items()})
    except InputError as error:
        sentence = f"{error} Data sets are counted from number {rows.start}."
        raise InputError(sentence) from error


def _joined(parts: Iterator[Found], sets: tuple[int, ...], shared: tuple[str, ...]) -> Found:
    """Return the results of blocks as one, filled in block by block, so that none is held twice."""
    first = next(parts)
    room, start = _room(first, int(np.prod(sets)), shared), 0
    start, fullest = _fill(room, first, start), first
    for part in parts:
        start = _fill(room, part, start)
        fullest = max(fullest, part, key=_length_of_texts)
    return _result(fullest, room, sets)


def _length_of_texts(part: Result) -> int:
    """Return how much a block has to say: of sentences that differ, the fullest holds for all."""
    values = (getattr(part, item.name) for item in fields(part))
    return sum(len(value) for value in values if isinstance(value, str))


def _room(part: Result, sets: int, shared: tuple[str, ...]) -> dict[str, Any]:
    """Return empty arrays for all data sets, by field; for a result within a result the same."""
    room: dict[str, Any] = {}
    for item in fields(part):
        value = getattr(part, item.name)
        if isinstance(value, Result):
            room[item.name] = _room(value, sets, shared)
        elif isinstance(value, np.ndarray) and item.name not in shared:
            room[item.name] = np.empty((sets, *value.shape[1:]), dtype=value.dtype)
    return room


def _fill(room: dict[str, Any], part: Result, start: int) -> int:
    """Write a block's arrays into their rows; return the row after them."""
    end = start
    for name, space in room.items():
        value = getattr(part, name)
        if isinstance(value, Result):
            end = _fill(space, value, start)
        else:
            end = start + len(value)
            space[start:end] = value
    return end


def _result(like: Found, room: dict[str, Any], sets: tuple[int, ...]) -> Found:
    """Return the whole: arrays in the shape of the data sets, all else as in one block."""
    values = {item.name: getattr(like, item.name) for item in fields(like) if item.init}
    for name, space in room.items():
        inner = values[name]
        values[name] = (
            _result(inner, space, sets)
            if isinstance(inner, Result)
            else space.reshape(*sets, *space.shape[1:])
        )
    return type(like)(**values)
