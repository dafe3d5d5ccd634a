"""Trials with a missing number: refused as a rule, left out where that is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import is_missing
from liftproof.statistics.result import Result

P = ParamSpec("P")
Found = TypeVar("Found", bound=Result)
REFUSE, DROP = "refuse", "drop"
MOST_PLACES = 5
"""A sentence names so many places; the others are counted."""

Flags = NDArray[np.bool_]


def dropping_missing(*columns: str) -> Callable[[Callable[P, Found]], Callable[P, Found]]:
    """Let a function of ``columns``, one row a trial, take ``missing``: ``refuse`` or ``drop``.

    ``drop`` leaves out of every column the trials in which one has no number, or a label is
    missing, calls the function on the others, and names in ``dropped`` of the result their
    positions, counted from 0. It is for one data set, whose effects have shape (k,). ``refuse``
    says how many numbers are missing, and where. The function itself has no use for ``missing``.
    """

    def decorate(function: Callable[P, Found]) -> Callable[P, Found]:
        names = tuple(signature(function).parameters)

        @wraps(function)
        def checked(*args: P.args, **options: P.kwargs) -> Found:
            given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **options}
            rule = rule_of(given.pop("missing", REFUSE))
            flags = _flags(columns, given)
            is_whole = not any(each.any() for each in flags.values())
            if rule == REFUSE and not is_whole:
                _refuse({name: each for name, each in flags.items() if not _is_masked(given[name])})
            if rule == REFUSE or is_whole:
                _require_one_set(rule, given.get(columns[0]))
                options.pop("missing", None)
                return function(*args, **options)
            _require_a_row_each(columns, given, flags)
            gone = np.any(list(flags.values()), axis=0)
            kept = {name: rows_kept(given[name], ~gone) for name in flags}
            on_the_others: Callable[..., Found] = function
            found = on_the_others(**{**given, **kept})
            return found.after_dropping(tuple(map(int, np.flatnonzero(gone))))

        return checked

    return decorate


def rule_of(missing: str) -> str:
    """Return what to do with missing numbers, ``refuse`` or ``drop``, or raise InputError."""
    if missing not in (REFUSE, DROP):
        raise InputError(f'missing is "refuse" or "drop", not {in_short(missing)}.')
    return missing


def refuse_missing(columns: Mapping[str, Any]) -> None:
    """Raise InputError, with number, places and remedy, where a column of numbers lacks one."""
    flags = _flags(tuple(columns), columns)
    _refuse({name: each for name, each in flags.items() if not _is_masked(columns[name])})


def _flags(columns: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Flags]:
    """Return by column in which trials, (k,), something is missing; nothing of several data sets.

    Columns that cannot be read so are left to the function, which says what is wrong with them.
    """
    shapes = {name: _shape(given.get(name)) for name in columns}
    k = shapes[columns[0]]
    if len(k) != 1 or not k[0]:
        return {}
    return {name: rows_missing(given[name]) for name, shape in shapes.items() if shape[:1] == k}


def _require_a_row_each(
    columns: tuple[str, ...], given: Mapping[str, Any], flags: Mapping[str, Flags]
) -> None:
    """Raise InputError for a column of another length: once rows are gone, none may tell it."""
    for name in columns:
        shape = _shape(given.get(name))
        if shape and name not in flags:
            first, k = columns[0], len(flags[columns[0]])
            raise InputError(
                f'missing="drop" leaves trials out of every column, but {first} has {k} rows and '
                f"{name} {shape[0]}: give a row a trial."
            )


def _shape(values: Any) -> tuple[int, ...]:
    """Return the shape of a column; () of what is none, such as rows of unequal length."""
    try:
        return () if values is None else np.shape(values)
    except ValueError:
        return ()


def _is_masked(values: Any) -> bool:
    """Return whether a column has a mask, which the function itself refuses in its own words."""
    return np.ma.isMaskedArray(values)


def rows_missing(values: Any) -> Flags:
    """Return in which rows of a column something is missing: NaN, None, an empty or masked cell."""
    if type(values) is np.ndarray and values.dtype.kind == "f":
        if values.ndim == 1:
            return np.isnan(values)
        if values.ndim == 2:  # noqa: PLR2004 - rows of moderators, or a covariance
            if len(values) == values.shape[1]:
                return np.isnan(values.diagonal())
            return np.asarray(np.isnan(values).any(axis=1))
    masked = np.ma.getmaskarray(values) if _is_masked(values) else np.zeros((), np.bool_)
    array = np.asarray(values)
    if array.dtype.kind in "OUS":
        flags = np.array([is_missing(item) for item in array.flat], dtype=np.bool_)
        flags = flags.reshape(array.shape)
    else:
        flags = np.isnan(array) if array.dtype.kind == "f" else np.zeros(array.shape, np.bool_)
    flags = flags | masked
    if flags.ndim == 2 and len(flags) == flags.shape[1]:  # noqa: PLR2004 - a covariance
        return np.asarray(np.diagonal(flags))
    return np.asarray(flags.reshape(len(flags), -1).any(axis=-1))


def _refuse(flags: Mapping[str, Flags]) -> None:
    """Raise InputError for the first column of numbers with missing ones."""
    for name, missing in flags.items():
        if missing.any() and name not in LABELS:
            raise InputError(
                f"{name} must be finite, but nan was found at index {int(missing.argmax())} "
                f"({_listed(missing)}): leave these trials out of every column, or say "
                'missing="drop", which does so and names them in the result.'
            )


LABELS = ("study", "groups", "cluster")
"""Columns of labels: what is missing in them is refused by name where it is looked at."""


def _listed(missing: Flags) -> str:
    """Return how many are missing, and where.

    >>> _listed(np.array([False, True, True]))
    '2 missing, at 1 and 2'
    """
    places = [str(place) for place in np.flatnonzero(missing)]
    shown, more = places[:MOST_PLACES], len(places) - MOST_PLACES
    if more > 0:
        return f"{len(places)} missing, at {', '.join(shown)} and {more} more"
    where = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    return f"{len(places)} missing, at {where}"


def _require_one_set(rule: str, y: Any) -> None:
    """Raise InputError where trials of several data sets are to be left out."""
    if rule == DROP and np.ndim(y) > 1:
        raise InputError(
            f'missing="drop" is for one data set, but y has shape {np.shape(y)}: call once for '
            "each, as each may lack other trials."
        )


def rows_kept(values: Any, kept: Flags) -> Any:
    """Return the rows of a column that are kept; of a covariance (k, k) the columns as well.

    The columns of a formula still say whether they have an intercept.
    """
    if hasattr(values, "has_intercept"):
        return replace(values, columns=values.columns[kept])
    array = np.ma.getdata(values) if _is_masked(values) else np.asarray(values)
    if array.ndim == 2 and array.shape[0] == array.shape[1] == len(kept):  # noqa: PLR2004
        return array[np.ix_(kept, kept)]
    return array[kept]
