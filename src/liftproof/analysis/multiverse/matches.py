"""Which combinations of choices round to what a review printed, and how far the others are."""

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.multiverse.targets import Target
from liftproof.analysis.multiverse.ways import PooledCombinations
from liftproof.reviews.model.printed_number import HALF_A_DIGIT, Printed
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.way_back import BACK
from liftproof.vocabulary.scales import onto

Flags = NDArray[np.bool_]
TIED = 9
"""Decimals, analysis scale, up to which combinations differ; no print has as many. What differs by
binary rounding alone is tied, and the combination that comes first goes first."""


def rounding(target: Target, pooled: PooledCombinations, *, scale: str) -> dict[str, Flags]:
    """Return for each printed quantity which combinations round to it."""
    return {
        quantity: _rounds(target, number, getattr(pooled, quantity), scale=scale)
        for quantity, number in target.printed.items()
    }


def matching(target: Target, pooled: PooledCombinations, *, scale: str) -> Flags:
    """Return which combinations round to all that is printed; none where nothing is."""
    if not target.printed:
        return np.zeros(pooled.estimate.shape, dtype=bool)
    found: Flags = np.all(list(rounding(target, pooled, scale=scale).values()), axis=0)
    return found


def distance(target: Target, pooled: PooledCombinations, *, scale: str) -> Array:
    """Return the root mean square distance from what is printed, analysis scale, shape (n,).

    A printed number that the scale does not have, such as a ratio of 0, is passed over. Rounded, so
    that combinations which differ by binary rounding alone are tied.
    """
    squares = []
    for quantity in target.printed:
        value = onto(scale, target.natural(quantity))
        if value is not None:
            squares.append((getattr(pooled, quantity) - value) ** 2)
    if not squares:
        return np.zeros_like(pooled.estimate)
    far: Array = np.sqrt(np.mean(squares, axis=0))
    return far.round(TIED)


def _rounds(target: Target, number: Printed, values: Array, *, scale: str) -> Flags:
    with np.errstate(over="ignore"):  # the limit of an interval that knows nothing: infinite
        natural = BACK[scale](values)
    shown = 100 * (1 - natural) if target.is_reduction else natural
    near: Flags = np.abs(shown - number.value) <= HALF_A_DIGIT * number.unit
    return near
