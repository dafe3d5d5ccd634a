"""What is typed in the place of a variance: its root, the standard error, or its square."""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array, choose

ENTRIES: Mapping[str, Callable[[Array], Array]] = {
    "se_as_variance": np.sqrt,
    "variance_as_se": np.square,
}
"""By slip, what a pool takes for the sampling variances v of the trials.

``se_as_variance``: √v stands where v is asked for; ``variance_as_se``: v stands where √v is asked
for, and is squared.
"""


def as_entered(v: Array, slip: str) -> Array:
    """Return the variances that a pool works with after a slip of that name; InputError for others.

    >>> as_entered(np.array([0.04]), "se_as_variance").round(6).tolist()
    [0.2]
    >>> as_entered(np.array([0.04]), "variance_as_se").round(6).tolist()
    [0.0016]
    """
    return np.asarray(choose(ENTRIES, slip, "slip of entering")(v))
