"""Columns beside the trials of a forest plot, from arrays."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np

from liftproof.errors import InputError, in_short
from liftproof.pages.forest.forest_extras import (
    NOT_KNOWN,
    ExtraCell,
    ExtraColumn,
    key_of,
)
from liftproof.pages.forest.forest_view import ForestView
from liftproof.rows.result_rows import EffectRow
from liftproof.statistics.checks import is_missing
from liftproof.words.text import minus

OWN = ("part", "label", "estimate", "ci_low", "ci_high", "weight")


def given_columns(
    columns: Mapping[str, Sequence[object]], effects: Sequence[EffectRow], dropped: Sequence[int]
) -> tuple[ExtraColumn, ...]:
    """Return columns by their heads, or raise InputError.

    ``dropped``: positions that were left out of the pool, whose values may be given.
    """
    if not hasattr(columns, "items"):
        raise InputError(
            'columns must be lists by their heads, {"Latitude": latitude} say, not '
            f"{in_short(columns)}."
        )
    return tuple(_column(str(head), values, effects, dropped) for head, values in columns.items())


def _column(
    head: str, values: Sequence[object], effects: Sequence[EffectRow], dropped: Sequence[int]
) -> ExtraColumn:
    if head in OWN or not head.strip():
        raise InputError(f"columns: {head!r} can be no head: give the column another.")
    k = len(effects)
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        raise InputError(f"columns[{head!r}] must be a list, one value a trial.")
    given = list(values)
    if len(given) == k + len(dropped):
        given = [value for place, value in enumerate(given) if place not in set(dropped)]
    if len(given) != k:
        raise InputError(
            f"columns[{head!r}] must hold one value a trial, {k}, but there are {len(given)}."
        )
    cells = {key_of(effect): _cell(value) for effect, value in zip(effects, given, strict=True)}
    return ExtraColumn(head=head, cells=cells)


def _cell(value: Any) -> ExtraCell:
    """Return a cell: a number in its shortest form, a text as it is, a date without a time of 0."""
    if is_missing(value):
        return NOT_KNOWN
    if isinstance(value, bool | np.bool_):
        return ExtraCell(text="yes" if value else "no")
    if isinstance(value, Real):
        return ExtraCell(text=minus(f"{float(value):.10g}"))
    text = str(value).strip().removesuffix(" 00:00:00")
    return ExtraCell(text=text) if text else NOT_KNOWN


def texts_of(view: ForestView) -> dict[str, list[str]]:
    """Return what stands in each column, a text a row of the plot."""
    return {
        column.head: [row.extras[place].text if row.extras else "" for row in view.rows]
        for place, column in enumerate(view.extras)
    }
