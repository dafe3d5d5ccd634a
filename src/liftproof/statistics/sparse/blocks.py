"""Closed forms on many data sets: in blocks, so that memory does not grow with their number."""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.result import Result
from liftproof.statistics.sparse.zero_cells import Rates, Table

Pooled = TypeVar("Pooled", bound=Result)

BLOCK = 2**16
"""Trials that are worked on at once: their temporaries take some 20 MB."""


def in_blocks(
    check: Callable[..., Table | Rates],
) -> Callable[[Callable[..., Pooled]], Callable[..., Pooled]]:
    """Let a function of four columns of counts (..., k) work on blocks of data sets.

    ``check`` is ``table_of`` or ``rates_of``: bad counts are reported by their place in the whole.
    """

    def decorate(pool: Callable[..., Pooled]) -> Callable[..., Pooled]:
        @wraps(pool)
        def over_blocks(*columns: ArrayLike, **options: Any) -> Pooled:
            arrays = _columns(columns)
            if arrays[0].size <= BLOCK:
                return pool(*columns, **options)
            check(*columns)
            *shape, k = arrays[0].shape
            flat = [array.reshape(-1, k) for array in arrays]
            rows = max(1, BLOCK // k)
            parts = [
                _block(pool, [column[start : start + rows] for column in flat], start, options)
                for start in range(0, len(flat[0]), rows)
            ]
            return _joined(parts, tuple(shape))

        return over_blocks

    return decorate


def _columns(columns: tuple[ArrayLike, ...]) -> list[Array]:
    """Return the columns broadcast to one shape; as one empty array where they have none."""
    try:
        return list(np.broadcast_arrays(*columns))
    except ValueError:
        return [np.empty(0)]  # left to the check of counts, which says what is wrong


def _block(
    pool: Callable[..., Pooled], columns: list[Array], start: int, options: dict[str, Any]
) -> Pooled:
    """Return the result of one block; an error says where the block starts."""
    try:
        return pool(*columns, **options)
    except InputError as error:
        raise InputError(f"{error} Data sets are counted from number {start}.") from error


def _joined(parts: list[Pooled], shape: tuple[int, ...]) -> Pooled:
    """Return the blocks' results as one; its arrays have the shape of the data sets first."""
    joined: dict[str, Any] = {}
    for item in fields(parts[0]):  # type: ignore[arg-type]
        values = [getattr(part, item.name) for part in parts]
        if isinstance(values[0], np.ndarray):
            together = np.concatenate(values)
            joined[item.name] = together.reshape(*shape, *together.shape[1:])
        else:
            joined[item.name] = values[0]
    return type(parts[0])(**joined)
