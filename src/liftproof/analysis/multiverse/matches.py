"""Which combinations of choices round to what a review printed, and how far the others are."""

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.multiverse.targets import Target
from liftproof.analysis.multiverse.ways import PooledCombinations
from liftproof.reviews.model.printed_number import HALF_A_DIGIT, Printed
from liftproof.statistics.checks import Array

Flags = NDArray[np.bool_]
TIED = 9
"""Decimals, analysis scale, up to which combinations differ; no print has as many. What differs by
binary rounding alone is tied, and the combination that comes first goes first."""


def rounding(target: Target, pooled: PooledCombinations, *, is_log: bool) -> dict[str, Flags]:
    """Return for each printed quantity which combinations round to it."""
    return {
        quantity: _rounds(target, number, getattr(pooled, quantity), is_log=is_log)
        for quantity, number in target.printed.items()
    }


def matching(target: Target, pooled: PooledCombinations, *, is_log: bool) -> Flags:
    """Return which combinations round to all that is printed; none where nothing is."""
    if not target.printed:
        return np.zeros(pooled.estimate.shape, dtype=bool)
    found: Flags = np.all(list(rounding(target, pooled, is_log=is_log).values()), axis=0)
    return found


def distance(target: Target, pooled: PooledCombinations, *, is_log: bool) -> Array:
    """Return the root mean square distance from what is printed, analysis scale, shape (n,).

    A printed number that the scale does not have, such as a ratio of 0, is passed over. Rounded, so
    that combinations which differ by binary rounding alone are tied.
    """
    squares = []
    for quantity in target.printed:
        value = target.natural(quantity)
        if value is not None and (value > 0 or not is_log):
            ours = getattr(pooled, quantity)
            squares.append((ours - (np.log(value) if is_log else value)) ** 2)
    if not squares:
        return np.zeros_like(pooled.estimate)
    far: Array = np.sqrt(np.mean(squares, axis=0))
    return far.round(TIED)


def _rounds(target: Target, number: Printed, values: Array, *, is_log: bool) -> Flags:
    with np.errstate(over="ignore"):  # the limit of an interval that knows nothing: infinite
        natural = np.exp(values) if is_log else values
    shown = 100 * (1 - natural) if target.is_reduction else natural
    near: Flags = np.abs(shown - number.value) <= HALF_A_DIGIT * number.unit
    return near
