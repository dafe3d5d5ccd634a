"""What a funnel is drawn against: the predictors of tests of its asymmetry. PREDICTORS names them.

Each takes v and n, shape (..., k), and returns the predictor. Where it is 0 for a trial of infinite
size, the line's intercept is that trial's expected effect; APPROACHES_ZERO names those.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, require

PREDICTORS: Mapping[str, Callable[[Array, Array], Array]] = {
    "sei": lambda v, _n: np.sqrt(v),
    "vi": lambda v, _n: v,
    "ni": lambda _v, n: n,
    "ninv": lambda _v, n: 1 / n,
    "sqrtni": lambda _v, n: np.sqrt(n),
    "sqrtninv": lambda _v, n: 1 / np.sqrt(n),
}
APPROACHES_ZERO = ("sei", "vi", "ninv", "sqrtninv")
NEEDS_N = ("ni", "ninv", "sqrtni", "sqrtninv")


def predictor_values(predictor: str, v: Array, n: ArrayLike | None = None) -> Array:
    """Return the predictor called ``predictor``, from variances v and sample sizes n (..., k).

    Raises InputError for an unknown name, or where n is needed and missing or not positive.
    metafor: ``regtest(predictor=)``.

    >>> predictor_values("sqrtninv", np.array([0.1, 0.2]), [100, 25]).tolist()
    [0.1, 0.2]
    """
    function = choose(PREDICTORS, predictor, "predictor")
    if predictor not in NEEDS_N:
        return function(v, v)
    if n is None:
        raise InputError(f"The predictor {predictor} needs the trials' sample sizes n.")
    sizes = floats("n", n)
    require(sizes > 0, sizes, "n must be positive")
    if sizes.shape != v.shape:
        raise InputError(f"n and v must have one shape, but n has {sizes.shape} and v {v.shape}.")
    return function(v, sizes)
