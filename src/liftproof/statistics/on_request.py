"""Fields of a result that are computed when they are first read, not when the result is made.

A class of results declares them in ``on_request``, each with the group it belongs to. A result
that is made by :meth:`OnRequest.with_source` has a source beside its fields: it holds copies of
what the numbers come from, and has a method for each group, which returns its fields by name.

To any reader they are fields like others: ``fields``, ``replace``, ``asdict``, pickle, copies and
tables read them, and so compute them. What is wrong with arguments is said at the call; a search
that does not end raises ConvergenceError where its number is read, each time. Threads that read at
once may compute twice; the numbers are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import numpy as np

OTHER = TypeVar("OTHER", bound="OnRequest")
VALUES = TypeVar("VALUES")
_SET = object.__setattr__


def on_request(**groups: tuple[str, ...]) -> Mapping[str, str]:
    """Return the group of each field, as a class of results declares them.

    >>> dict(on_request(limits=("low", "high"), share=("i2",)))
    {'low': 'limits', 'high': 'limits', 'i2': 'share'}
    """
    return MappingProxyType({name: group for group, names in groups.items() for name in names})


def own(values: VALUES) -> VALUES:
    """Return an array as one of its own, a number as it is."""
    return values.copy() if isinstance(values, np.ndarray) else values


class OnRequest:
    """Base of results whose fields may wait until they are read.

    A field that waits is an empty slot, for which alone Python calls ``__getattr__``: what is there
    is read as fast as without.
    """

    __slots__ = ("_source",)

    on_request: ClassVar[Mapping[str, str]] = MappingProxyType({})

    @classmethod
    def with_source(cls, source: object, **known: Any) -> Self:
        """Return a result of fields that are ``known``, the others being left to ``source``."""
        result = object.__new__(cls)
        _SET(result, "dropped", ())
        for name, value in known.items():
            _SET(result, name, value)
        _SET(result, "_source", source)
        return result

    def as_a(self, other: type[OTHER]) -> OTHER:
        """Return a result of another class with the same fields; what waits still waits."""
        result = object.__new__(other)
        names = (item.name for item in fields(self))  # type: ignore[arg-type]
        for name in ("_source", *names):  # first, as another thread may let go of it
            with suppress(AttributeError):
                _SET(result, name, object.__getattribute__(self, name))
        return result

    def _computed(self, name: str) -> Any:
        """Return a field that waited, and keep it with the others of its group."""
        try:
            source = object.__getattribute__(self, "_source")
        except AttributeError:  # another thread has just found the last of all
            return object.__getattribute__(self, name)
        for each, value in getattr(source, self.on_request[name])().items():
            _SET(self, each, value)
        if all(_is_there(self, each) for each in self.on_request):
            with suppress(AttributeError):  # another thread has let go of it
                object.__delattr__(self, "_source")
        return object.__getattribute__(self, name)

    if not TYPE_CHECKING:  # to a checker of types it would be any attribute

        def __getattr__(self, name: str) -> Any:
            """Return a field that waits until it is read; AttributeError for what is none."""
            if name not in self.on_request:
                kind = type(self).__name__
                raise AttributeError(
                    f"{kind!r} object has no attribute {name!r}", name=name, obj=self
                )
            return self._computed(name)


def _is_there(result: OnRequest, name: str) -> bool:
    """Return whether a slot holds a value; nothing is computed."""
    try:
        object.__getattribute__(result, name)
    except AttributeError:
        return False
    return True
