"""Sampling variances of one measure by metafor's ``vtype``, and means over all trials in them."""

from collections.abc import Callable, Collection, Mapping

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.suggest import did_you_mean

Variance = Callable[[], Array]


def variance_of(measure: str, vtype: str, known: Mapping[str, Variance]) -> Array:
    """Return the variances that ``known`` computes for a ``vtype``, or raise InputError.

    >>> variance_of("COR", "XX", {"LS": lambda: None})
    Traceback (most recent call last):
    liftproof.errors.InputError: COR has no vtype 'XX'; known are: LS
    """
    return known[known_vtype(measure, vtype, known)]()


def known_vtype(measure: str, vtype: str, known: Collection[str]) -> str:
    """Return a ``vtype`` that is among the known ones, or raise InputError."""
    if not isinstance(vtype, str) or vtype not in known:
        raise InputError(f"{measure} has no vtype {vtype!r}; {did_you_mean(str(vtype), known)}")
    return vtype


def mean_of_all(values: Array, n: Array) -> Array:
    """Return the mean over the last axis, weighted by ``n``, kept as an axis of length 1.

    Values that do not exist, NaN, are left out of it.

    >>> mean_of_all(np.array([0.2, 0.5]), np.array([10, 20])).round(6).tolist()
    [0.4]
    """
    n, values = np.where(np.isnan(values), 0.0, n), np.nan_to_num(values)
    axis = -1 if values.ndim else None
    total = n.sum(axis=axis, keepdims=True)
    return np.asarray((n * values).sum(axis=axis, keepdims=True) / total)
