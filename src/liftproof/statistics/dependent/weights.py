"""How much each effect counts in the mean of a three-level model."""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats
from liftproof.statistics.dependent.groups import grouped


def effect_weights(
    v: ArrayLike, study: ArrayLike, sigma2_study: float, sigma2_effect: float
) -> Array:
    """Return the weights of the effects in the mean, percent, shape (k,).

    The mean is the sum of weight times effect; the weights are the row sums of the inverse
    covariance. With a = 1/(v + σ²effect) and A its sum in a study, they are proportional to
    a/(1 + σ²study A). ``v``: independent sampling variances (k,); ``study``: one label an effect;
    ``sigma2_study``, ``sigma2_effect``: the components of :func:`three_level`. Raises InputError.

    metafor: ``weights(rma.mv(yi, vi, random = ~ 1 | study/effect), type="rowsum")``.

    >>> effect_weights([0.02, 0.02, 0.02], ["a", "a", "b"], 0.0, 0.0).round(2).tolist()
    [33.33, 33.33, 33.33]
    >>> effect_weights([0.02, 0.02, 0.02], ["a", "a", "b"], 100.0, 0.0).round(2).tolist()
    [25.0, 25.0, 50.0]
    """
    variances = floats("v", v)
    number = grouped(study, variances.size, "study").number
    precision = 1 / (variances + sigma2_effect)
    total = np.bincount(number, weights=precision)
    weights = precision / (1 + sigma2_study * total[number])
    return np.asarray(100 * weights / weights.sum())
