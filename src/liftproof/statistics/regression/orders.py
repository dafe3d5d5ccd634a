"""All orders of things of which some are alike."""

from collections.abc import Iterator
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

Kinds = NDArray[np.intp]


def count_of_orders(kinds: Kinds) -> int:
    """Return the multinomial k!/Πn!, how many orders of the ``kinds`` (k,) look different.

    >>> count_of_orders(np.array([0, 0, 1, 2]))
    12
    """
    counts = np.unique(kinds, return_counts=True)[1]
    return factorial(len(kinds)) // prod(factorial(int(count)) for count in counts)


def orders_of(kinds: Kinds, at_once: int) -> Iterator[Kinds]:
    """Yield every different order once, as rows of kinds numbered from 0; about ``at_once`` each.

    >>> [block.tolist() for block in orders_of(np.array([0, 0, 1]), 100)]
    [[[0, 0, 1], [0, 1, 0], [1, 0, 0]]]
    """
    counts = np.bincount(kinds)
    waiting = [(np.empty((1, 0), dtype=np.intp), counts[None, :])]
    while waiting:
        orders, left = waiting.pop()
        while left.any() and len(orders) <= at_once // len(counts):
            orders, left = _extended(orders, left)
        if not left.any():
            yield orders
        else:
            middle = len(orders) // 2
            if middle == 0:
                orders, left = _extended(orders, left)
                middle = len(orders) // 2
            waiting += [(orders[middle:], left[middle:]), (orders[:middle], left[:middle])]


def _extended(orders: Kinds, left: Kinds) -> tuple[Kinds, Kinds]:
    """Return each order with each kind that is left put after it, and what is left then."""
    row, kind = np.nonzero(left)
    rest = left[row].copy()
    rest[np.arange(len(row)), kind] -= 1
    return np.column_stack((orders[row], kind)), rest
