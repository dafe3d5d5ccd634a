"""Subsets of trials: all that are not empty, or a seeded sample of them."""

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


def all_subsets(k: int) -> Flags:
    """Return the 2^k - 1 subsets as flags of shape (2^k - 1, k), the small ones first.

    Subsets of one size keep the order of binary numbers, trial 1 being the lowest digit, as in
    metafor.

    >>> all_subsets(2).tolist()
    [[True, False], [False, True], [True, True]]
    """
    numbers = np.arange(1, 2**k, dtype="<u8")
    octets = numbers.view(np.uint8).reshape(-1, 8)
    return small_first(np.unpackbits(octets, axis=1, count=k, bitorder="little").view(np.bool_))


def sampled_subsets(k: int, subsets: int, seed: int) -> Flags:
    """Return subsets drawn with equal chances from those not empty, the small ones first.

    Drawn with replacement, as metafor does. Shape (subsets, k).

    >>> sampled_subsets(3, 4, seed=1).sum(axis=1).tolist()
    [1, 2, 3, 3]
    """
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, 2, (subsets, k), dtype=np.bool_)
    empty = np.flatnonzero(~drawn.any(axis=1))
    while empty.size:
        drawn[empty] = generator.integers(0, 2, (empty.size, k), dtype=np.bool_)
        empty = empty[~drawn[empty].any(axis=1)]
    return small_first(drawn)


def small_first(include: Flags) -> Flags:
    """Return the subsets in order of size; those of one size stay in their order."""
    return include[np.argsort(include.sum(axis=1), kind="stable")]
