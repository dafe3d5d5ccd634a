"""Many data sets in blocks, so that memory does not grow with their number."""

from collections.abc import Callable

import numpy as np

from liftproof.statistics.batches import BLOCK
from liftproof.statistics.checks import Array


def in_blocks(function: Callable[..., Array], *values: Array) -> Array:
    """Return ``function`` of arrays (..., k), which it gets as (n, k) and answers with (m, n).

    >>> in_blocks(lambda y: y.sum(axis=1)[None], np.ones((2, 5, 3))).shape
    (1, 2, 5)
    """
    arrays = np.broadcast_arrays(*values)
    *shape, k = arrays[0].shape
    flat = [array.reshape(-1, k) for array in arrays]
    size = max(1, BLOCK // k)
    starts = range(0, max(1, len(flat[0])), size)
    results = [function(*(array[start : start + size] for array in flat)) for start in starts]
    joined = np.concatenate(results, axis=-1)
    return np.reshape(joined, (*joined.shape[:-1], *shape))
