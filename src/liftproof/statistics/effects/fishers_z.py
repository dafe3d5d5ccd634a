"""Fisher's z of correlations that have a variance of their own."""

import numpy as np

from liftproof.statistics.effects.effect import Effect, kept_effects


def fishers_z_of(effect: Effect) -> Effect:
    """Return artanh y and v/(1 - y²)², by the delta method; NaN where y is not within -1 and 1.

    It does not take the variance's dependence on y away, but for correlations of normal variables.

    >>> z = fishers_z_of(Effect(y=np.array([0.5, 1.0]), v=np.array([0.09, 0.01])))
    >>> z.y.round(4).tolist(), z.v.round(4).tolist()
    ([0.5493, nan], [0.16, nan])
    """
    inside = np.abs(effect.y) < 1
    y = np.where(inside, effect.y, 0.0)
    v = np.where(inside, effect.v, 1.0)
    return kept_effects(np.arctanh(y), v / (1 - y**2) ** 2, inside).with_missing()
