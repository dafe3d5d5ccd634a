"""A second way to a selection model's likelihood, slow and plain.

The normalising constants are integrals over each trial's effect in panels of an eighth of a
standard deviation, cut where the weight has a kink. Nothing is shared with the package.
"""

import numpy as np
from scipy.special import ndtr, ndtri

X, W = np.polynomial.legendre.leggauss(12)
"""A panel: these nodes and 48 give sums that differ by 1e-14 in metafor's reference cases."""
REACHES = (10, 24)
"""In standard deviations of a trial's effect: of a mean far away, only its tail may be selected.
Where what lies beyond the first cannot be told from rounding, it is left out."""
ROUNDING = 1e-16
CENSORED = {"beta": 1e-5, "power": 1e-5}

WEIGHTS = {
    "beta": lambda p, d: p ** (d[0] - 1) * (1 - p) ** (d[1] - 1),
    "halfnorm": lambda p, d: np.exp(-d[0] * p**2),
    "negexp": lambda p, d: np.exp(-d[0] * p),
    "logistic": lambda p, d: 2 * np.exp(-d[0] * p) / (1 + np.exp(-d[0] * p)),
    "power": lambda p, d: (1 - p) ** d[0],
}


def log_likelihood(kind, y, v, point, steps=None):
    """Return the log-likelihood at (μ, τ², δ) for one-sided selection of large effects."""
    mu, delta, s = point[0], np.asarray(point[2:]), np.sqrt(v + point[1])
    z = y / np.sqrt(v)
    if kind == "stepfun":
        heights = np.concatenate(([1.0], delta))
        edges = np.append(steps, 1.0)
        own = heights[np.searchsorted(edges, ndtr(-z), side="left")]
        at = np.concatenate(([np.inf], -ndtri(edges))) * np.sqrt(v)[:, None]
        constant = -np.diff(ndtr((at - mu) / s[:, None]), axis=1) @ heights
    else:
        censored = CENSORED.get(kind, 0.0)
        own = WEIGHTS[kind](np.clip(ndtr(-z), censored, 1 - censored), delta)
        constant = _mean_weight(kind, mu, s, np.sqrt(v), delta, censored)
    normal = -np.log(2 * np.pi * s**2) / 2 - ((y - mu) / s) ** 2 / 2
    return float((np.log(own) + normal - np.log(constant)).sum())


def _mean_weight(kind, mu, s, root, delta, censored):
    """Return the mean weight of each trial's effects, (k,)."""
    highest = max(1.0, *WEIGHTS[kind](np.array([censored, 1 - censored]), delta))
    for reach in REACHES:
        mean = _within(reach, kind, mu, s, root, delta, censored)
        if 2 * ndtr(-reach) * highest < ROUNDING * mean.min():
            break
    return mean


def _within(reach, kind, mu, s, root, delta, censored):
    """Return the part of the mean weight that lies within so many standard deviations, (k,)."""
    kinks = ndtri([censored, 1 - censored]) if censored else np.zeros(1)
    cuts = np.clip((kinks * root[:, None] - mu) / s[:, None], -reach, reach)
    panels = np.linspace(-reach, reach, 8 * 2 * reach + 1)
    grid = np.broadcast_to(panels, (len(s), len(panels)))
    edges = np.sort(np.concatenate((grid, cuts), axis=1), axis=1)
    half = np.diff(edges, axis=1)[..., None] / 2
    u = (edges[:, :-1, None] + edges[:, 1:, None]) / 2 + half * X
    p = ndtr(-(mu + s[:, None, None] * u) / root[:, None, None])
    weight = WEIGHTS[kind](np.clip(p, censored, 1 - censored), delta)
    return (half * W * weight * np.exp(-(u**2) / 2)).sum(axis=(1, 2)) / np.sqrt(2 * np.pi)
