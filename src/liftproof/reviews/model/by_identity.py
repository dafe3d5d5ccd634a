"""Functions of a review's records that answer the same question once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

MOST = 64
"""Answers that a function keeps, with what it was asked of: those of a review's analyses."""
CHANGING = (list, dict, set)
"""Kinds of arguments of which no answer is kept: the same object may hold something else later."""


def kept_by_identity(function: Function) -> Function:
    """Let a function of records, which nobody changes, keep its last answers.

    It is asked by position, and answers again where every argument is the very same object: records
    hold what cannot be hashed, and comparing them would take longer than most answers. What was
    asked is kept with the answer, so that no other object can have its identity.

    >>> @kept_by_identity
    ... def doubled(values):
    ...     print("asked")
    ...     return [2 * value for value in values]
    >>> numbers = (1, 2)
    >>> doubled(numbers), doubled(numbers)
    asked
    ([2, 4], [2, 4])
    """
    kept: dict[tuple[int, ...], tuple[tuple[Any, ...], Any]] = {}

    @wraps(function)
    def asked(*args: Any) -> Any:
        key = tuple(map(id, args))
        if key in kept:
            return kept[key][1]
        answer = function(*args)
        if not any(isinstance(each, CHANGING) for each in args):
            while len(kept) >= MOST:
                del kept[next(iter(kept))]
            kept[key] = args, answer
        return answer

    return cast("Function", asked)
