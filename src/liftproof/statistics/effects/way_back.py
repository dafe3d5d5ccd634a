"""From the scale on which effects are pooled back to the one that readers know.

An average of transformed values is not the transformed average: what comes back from a logarithm or
a logit is nearer a median of the true values than their mean, which ``natural(tau2=)`` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, not_negative, numbers, require
from liftproof.statistics.effects.beyond_reviews import BEYOND, SCALES_BEYOND
from liftproof.statistics.effects.proportions import double_arcsine_proportion
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape, shape_served
from liftproof.vocabulary.measures import MEASURES

RIGHT_ANGLE = np.pi / 2
"""The arcsine of 1, that of a proportion of 1."""


def _of_arcsine(y: Array) -> Array:
    return np.sin(np.clip(y, 0.0, RIGHT_ANGLE)) ** 2


def _of_root(y: Array) -> Array:
    return np.maximum(y, 0.0) ** 2


def _of_logit(y: Array) -> Array:
    return 1 / (1 + np.exp(-y))


BACK: Mapping[str, Callable[[Array], Array]] = {
    "none": lambda y: y,
    "log": np.exp,
    "logit": _of_logit,
    "probit": ndtr,
    "arcsine": _of_arcsine,
    "root": _of_root,
    "fisher_z": np.tanh,
}
"""By code of ``vocabulary.scales``, the way back for arrays of any shape; NaN stays."""


BACK_BEYOND: Mapping[str, Callable[[Array], Array]] = {
    **BACK,
    "fisher_z_of_root": lambda y: np.tanh(np.maximum(y, 0.0)) ** 2,
    "cube_root": lambda y: 1 - (1 - y) ** 3,
    "log_of_rest": lambda y: -np.expm1(-y),
}
"""The same with the ways back that no review takes."""

MEAN_OF_TRUE = ("none", "log", "logit", "fisher_z")
"""Scales of which the mean of the trials' true values is known: the others have ends."""
WIDTH, NODES = 10.0, 801
"""The mean is the trapezoid rule over -+10 standard deviations at 801 points, 0.025 apart. It
converges geometrically for a function without a pole near the line: those of logit and tanh lie
π/τ and π/(2τ) off, which leaves less than 1e-14 for τ up to 10."""
LARGEST_TAU2 = 100.0
"""On these two scales; beyond, the rule loses digits: 3e-12 at a τ of 20, 6e-4 at 100."""


def natural(measure: str, y: ArrayLike, tau2: ArrayLike | None = None) -> Array:
    """Return values of a measure on its natural scale, such as proportions from log odds.

    ``y``: effects, estimates or limits, of any shape; NaN stays. Arcsines are clamped to their
    range of 0 to π/2 before they are squared, and roots to 0: a lower limit of -0.126 is a
    proportion of 0 and not of 0.0159. With ``tau2`` (it broadcasts against ``y``) the mean of the
    trials' true values, which are normal about y with variance τ² before they are taken back, of
    measures on a scale in MEAN_OF_TRUE. Raises InputError for a measure that is not known.

    metafor: ``transf=exp``, ``transf.ilogit``, ``transf.iarcsin``, ``transf.isqrt``,
    ``transf.ztor``, ``transf.iahw``, ``transf.iabt``; with ``tau2``: ``transf.exp.int``,
    ``transf.ilogit.int``, ``transf.ztor.int``, with ``targs = list(tau2 = tau2)``.

    >>> natural("PLO", [-0.4925, 0.0]).round(4).tolist(), natural("PAS", [-0.126]).tolist()
    ([0.3793, 0.5], [0.0])
    >>> round(float(natural("PLO", -2.1972, tau2=0.1)), 4)  # the mean; the median is 0.1
    0.1036
    """
    scales = {**{code: record.scale for code, record in MEASURES.items()}, **_scales_beyond()}
    scale = choose(scales, measure, "measure")
    with np.errstate(over="ignore"):
        if tau2 is not None:
            return _mean_of_true(measure, scale, numbers("Values", y), not_negative("tau2", tau2))
        return np.asarray(BACK_BEYOND[scale](numbers("Values", y)))


def _scales_beyond() -> dict[str, str]:
    """Return the scales of measures that reviews do not hold."""
    codes = [code for functions in BEYOND.values() for code in functions]
    return {**dict.fromkeys(codes, "none"), **SCALES_BEYOND}


def _mean_of_true(measure: str, scale: str, y: Array, tau2: Array) -> Array:
    """Return the mean of natural values that are normal on the scale, or raise InputError."""
    if scale not in MEAN_OF_TRUE:
        raise InputError(f"The mean of true values is not known for {measure}: leave tau2 out.")
    if shape_served([y.shape, tau2.shape]) is None:
        raise InputError(f"tau2 of shape {tau2.shape} does not go with values of shape {y.shape}.")
    if scale == "none":
        return y + np.zeros_like(tau2)
    if scale == "log":
        return np.asarray(np.exp(y + tau2 / 2))
    require(~(tau2 > LARGEST_TAU2), tau2, f"tau2 must be {LARGEST_TAU2:g} or less for {measure}")
    z = np.linspace(-WIDTH, WIDTH, NODES)
    weights = np.exp(-(z**2) / 2)
    values = BACK[scale](y[..., None] + np.sqrt(tau2)[..., None] * z)
    return np.asarray((values * weights).sum(axis=-1) / weights.sum())


@of_one_index
def proportions_from_double_arcsine(y: ArrayLike, n: ArrayLike | None = None) -> Array:
    """Return proportions from Freeman and Tukey's double arcsines.

    Without ``n`` sin²(y), clamped to 0 and 1: what Liftproof shows of a pool. With ``n`` Miller's
    inverse, (1 - sign(cos 2y) √(1 - (sin 2y + (sin 2y - 1/sin 2y)/n)²))/2, which gives back x/n of
    a single trial from its own n; outside the range of y for that n it is 0 or 1. For a pool there
    is no n of its own. The harmonic mean of the trials' n, a usual choice, lets small trials
    decide: of 0 of 10, 0 of 20, 1 of 30 and 2 of 5000 the pool and both limits come back as 0,
    with three events seen. Arguments broadcast. Raises InputError.

    Source: Miller 1978, Am Stat 32, 138; on the harmonic mean: Schwarzer, Chemaitelly, Abu-Raddad &
    Rücker 2019, Res Synth Methods 10, 476-483. metafor: ``transf.ipft(y, n)``,
    ``transf.ipft.hm(y, targs = list(ni = n))``.

    >>> pft = double_arcsine_proportion([0, 11], [20, 29])
    >>> proportions_from_double_arcsine(pft.y, [20, 29]).round(6).tolist()
    [0.0, 0.37931]
    >>> proportions_from_double_arcsine(pft.y).round(4).tolist()
    [0.012, 0.3833]
    """
    angle = floats("Double arcsines", y)
    if n is None:
        return _of_arcsine(angle)
    size = floats("n", n)
    require(size > 0, size, "n must be positive")
    angle, size = in_one_shape("y and n", angle, size)
    low, high = (double_arcsine_proportion(x, size).y for x in (np.zeros_like(size), size))
    inside = np.clip(angle, low, high)
    sine = np.sin(2 * inside)
    rest = 1 - (sine + (sine - 1 / sine) / size) ** 2
    p = (1 - np.sign(np.cos(2 * inside)) * np.sqrt(np.maximum(rest, 0.0))) / 2
    return np.where(angle <= low, 0.0, np.where(angle >= high, 1.0, p))
