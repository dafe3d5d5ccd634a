"""Effects of a multilevel model that lack nothing: numbers, labels of groups, moderators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.missing import rows_kept, rows_missing
from liftproof.statistics.multilevel.terms import Random, RandomTerm


def complete_rows(
    y: ArrayLike,
    v: ArrayLike,
    random: Random,
    x: ArrayLike | None,
    data: Mapping[str, ArrayLike] | None,
    weights: ArrayLike | None = None,
) -> tuple[tuple[Any, Any, Any, Any, Any], Any, tuple[int, ...]]:
    """Return (y, v, random, x, weights) and data of whole effects, and the others' positions.

    Of ``data`` the columns that a formula names count.
    """
    terms = [random] if isinstance(random, RandomTerm | str) else list(random)
    k = np.size(y)
    used = [y, v, *(one for one in (x, weights) if one is not None), *_labels(terms, data)]
    flags = [rows_missing(each) for each in used if np.shape(each)[:1] == (k,)]
    gone = np.any(flags, axis=0)
    kept = ~gone
    columns = None if data is None else {name: _rows(each, kept) for name, each in data.items()}
    shorter = [
        each
        if isinstance(each, str)
        else replace(
            each,
            outer=_rows(each.outer, kept),
            inner=_rows(each.inner, kept),
            correlation=_of_those_left(each, kept),
        )
        for each in terms
    ]
    dropped = tuple(map(int, np.flatnonzero(gone)))
    rest = _rows(x, kept), _rows(weights, kept)
    return (rows_kept(y, kept), rows_kept(v, kept), shorter, *rest), columns, dropped


def _of_those_left(term: RandomTerm, kept: Any) -> Any:
    """Return a term's known correlation without the levels whose effects are all left out.

    A name that no effect had before stays: it is refused as in whole data.
    """
    levels: Any = term.inner
    if not isinstance(term.correlation, tuple) or np.shape(levels)[:1] != kept.shape:
        return term.correlation
    names, matrix = term.correlation
    every = {str(label) for label in np.asarray(levels).tolist()}
    left = {str(label) for label in np.asarray(_rows(levels, kept)).tolist()}
    stays = [str(name) not in every - left for name in names]
    whole = np.asarray(matrix)
    if whole.shape != (len(stays), len(stays)):
        return term.correlation
    return [name for name, one in zip(names, stays, strict=True) if one], whole[
        np.ix_(stays, stays)
    ]


def _labels(terms: Iterable[RandomTerm | str], data: Mapping[str, ArrayLike] | None) -> list[Any]:
    """Return the columns of labels that the terms go by."""
    found: list[Any] = []
    for term in terms:
        if isinstance(term, str):
            named = set(re.findall(r"\w+", term))
            found += [each for name, each in (data or {}).items() if name in named]
        else:
            found += [each for each in (term.outer, term.inner) if each is not None]
    return found


def _rows(values: Any, kept: Any) -> Any:
    """Return the rows of a column that are kept; None, and what is no column, as it is."""
    is_column = values is not None and np.shape(values)[:1] == kept.shape
    return rows_kept(values, kept) if is_column else values
