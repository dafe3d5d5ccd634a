"""Functions of a review's records that answer the same question once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Answer = TypeVar("Answer")

MOST = 64
"""Answers that a function keeps, with what it was asked of: those of a review's analyses."""


def kept_by_identity(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a function of records, which nobody changes, keep its last answers.

    It is asked by position, and answers again where every argument is the very same object: records
    hold what cannot be hashed, and comparing them would take longer than most answers.

    >>> @kept_by_identity
    ... def doubled(values):
    ...     print("asked")
    ...     return [2 * value for value in values]
    >>> numbers = (1, 2)
    >>> doubled(numbers), doubled(numbers)
    asked
    ([2, 4], [2, 4])
    """
    kept: dict[tuple[int, ...], tuple[tuple[Any, ...], Answer]] = {}

    @wraps(function)
    def asked(*args: Any) -> Answer:
        key = tuple(map(id, args))
        if key not in kept:
            answer = function(*args)
            while len(kept) >= MOST:
                del kept[next(iter(kept))]
            kept[key] = args, answer
        return kept[key][1]

    return asked
