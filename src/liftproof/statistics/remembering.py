"""Results kept while one review is computed: its analyses and causes ask for many of them again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import wraps
from hashlib import sha256
from itertools import count
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
Found = TypeVar("Found")
Item = TypeVar("Item")

MOST = 2**15
"""Results that are kept at once; all are dropped when there are more."""
LARGEST = 2**12
"""Numbers in an argument: larger ones are seldom asked for again, and take long to tell apart."""
_NUMBERS = count()
_PLAIN = (str, int, float, bool, type(None), np.generic)
_KEPT: ContextVar[dict[bytes, Any] | None] = ContextVar("kept results", default=None)


@contextmanager
def results_kept() -> Iterator[None]:
    """Keep what functions marked as ``remembered`` return, until the end of the block."""
    if _KEPT.get() is not None:
        yield
        return
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def remembered(function: Callable[P, Found]) -> Callable[P, Found]:
    """Let a function that depends on nothing but its arguments answer twice for one computation.

    It does within :func:`results_kept`, where every bit of the arguments is the same: arrays, plain
    values, and dataclasses, lists and tuples of these. It returns numbers or an array.

    >>> calls = []
    >>> doubled = remembered(lambda values: calls.append(values) or 2 * values)
    >>> with results_kept():
    ...     found = [doubled(np.array([1.0])), doubled(np.array([1.0]))]
    >>> found, len(calls)
    ([array([2.]), array([2.])], 1)
    """
    name = str(next(_NUMBERS))  # functions made within others share their names

    @wraps(function)
    def by_content(*args: P.args, **options: P.kwargs) -> Found:
        kept = _KEPT.get()
        key = None if kept is None else _key(name, args, options)
        if kept is None or key is None:
            return function(*args, **options)
        if key not in kept:
            if len(kept) >= MOST:
                kept.clear()
            kept[key] = function(*args, **options)
        own: Found = _copied(kept[key])
        return own

    return by_content


def remembered_each(
    function: Callable[[Sequence[Item]], list[Found]],
) -> Callable[[Sequence[Item]], list[Found]]:
    """Let a function of several items, each answered by itself, answer twice for each of them.

    It is called with those that were not asked for, each once; see :func:`remembered`.

    >>> calls = []
    >>> doubled = remembered_each(lambda items: calls.append(items) or [2 * one for one in items])
    >>> with results_kept():
    ...     found = [doubled([1.0, 2.0, 1.0]), doubled([2.0, 3.0])]
    >>> found, calls
    ([[2.0, 4.0, 2.0], [4.0, 6.0]], [[1.0, 2.0], [3.0]])
    """
    name = str(next(_NUMBERS))

    @wraps(function)
    def by_content(items: Sequence[Item]) -> list[Found]:
        kept = _KEPT.get()
        found = [] if kept is None else [_key(name, (item,), {}) for item in items]
        keys = [key for key in found if key is not None]
        if kept is None or len(keys) < len(items):
            return function(items)
        new = {key: item for key, item in zip(keys, items, strict=True) if key not in kept}
        if len(kept) + len(new) > MOST:
            kept.clear()
            new = dict(zip(keys, items, strict=True))
        kept.update(zip(new, function(list(new.values())) if new else [], strict=True))
        return [_copied(kept[key]) for key in keys]

    return by_content


def _copied(found: Any) -> Any:
    """Return a result that is the caller's own."""
    return found.copy() if isinstance(found, np.ndarray) else found


class _TooMuchError(Exception):
    """An argument that is not told apart by its content."""


def _key(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> bytes | None:
    """Return what tells a call from all others; None where nothing does."""
    try:
        parts = [name.encode(), *_content((*args, *sorted(options.items())))]
    except _TooMuchError:
        return None
    return sha256(b"\0".join(parts)).digest()


def _content(value: Any) -> Iterator[bytes]:
    """Yield what tells a value from any other: of arrays their bits, with type and shape."""
    if type(value) is np.ndarray and value.dtype.kind in "biuf" and value.size <= LARGEST:
        yield f"{value.dtype.str} {value.shape}".encode()
        yield value.tobytes()
    elif is_dataclass(value):
        yield type(value).__qualname__.encode()
        for field in fields(value):
            yield from _content(getattr(value, field.name))
    elif type(value) in (tuple, list):
        yield f"{type(value).__name__} of {len(value)}".encode()
        for item in value:
            yield from _content(item)
    elif isinstance(value, _PLAIN):
        yield f"{type(value).__name__} {value!r}".encode()
    else:
        raise _TooMuchError
