"""Many data sets in blocks, so that memory does not grow with their number."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.bayes.given_tau import centred
from liftproof.statistics.bayes.posterior import Posterior, posterior_of
from liftproof.statistics.bayes.priors import MuPrior, TauPrior
from liftproof.statistics.checks import Array, effects_and_variances

BLOCK = 2**9
"""Trials worked on at once; each meets some 300 nodes and 24 candidates for a limit."""


def over_blocks(
    y: ArrayLike,
    v: ArrayLike,
    tau_prior: TauPrior,
    mu_prior: MuPrior,
    summaries: Callable[[Posterior], Array],
    per_set: tuple[int, ...] = (),
) -> Array:
    """Return the rows that ``summaries`` makes of each block, of shape (rows, ..., *per_set)."""
    y, v = effects_and_variances(y, v)
    *shape, k = y.shape
    y, v = y.reshape(-1, k), v.reshape(-1, k)
    size = max(1, BLOCK // k)
    blocks = (slice(start, start + size) for start in range(0, max(1, len(y)), size))
    rows = [
        summaries(posterior_of(centred(y[block], v[block]), tau_prior, mu_prior, (-1,)))
        for block in blocks
    ]
    joined = np.concatenate(rows, axis=1)
    return np.reshape(joined, (len(joined), *shape, *per_set))
