"""Selection functions: how likely a trial with p value p is to be seen. SELECTION names them.

Each takes p values (n,) and parameters δ (..., d) and returns the logarithm of the weight (..., n),
its first derivatives by δ (..., d, n) and its second derivatives (..., d, d, n).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from liftproof.statistics.checks import Array

LogWeight = tuple[Array, Array, Array]

MOST = 100.0
"""Largest parameter, as in metafor (``delta.max``): selection is then all but complete."""

CENSORED = 1e-5
"""Where a weight may become infinite or 0 at p of 0 or 1, p is kept this far from them: Citkowicz &
Vevea 2017, as in metafor (``pval.min``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A selection function and the range of its parameters.

    ``log_weight``: the function; ``lowest``: smallest parameter; ``none``: parameters without
    selection; ``origin``: a parameter δ is searched on the scale of log(1 + δ/origin), δ itself
    where it is infinite; ``censored``: distance that p keeps from 0 and 1; ``grid``: values of each
    parameter from which the search starts; ``known_at_lowest``: a parameter at its smallest value
    is taken as known when standard errors are computed.
    """

    log_weight: Callable[[Array, Array], LogWeight]
    lowest: tuple[float, ...]
    none: tuple[float, ...]
    origin: tuple[float, ...]
    censored: float
    grid: tuple[tuple[float, ...], ...]
    known_at_lowest: bool


def beta(p: Array, delta: Array) -> LogWeight:
    """Return the logarithm of p^(δ₁ - 1) (1 - p)^(δ₂ - 1).

    Source: Citkowicz & Vevea 2017, Psychol Methods 22, 28-41. metafor: ``selmodel(type="beta")``.

    >>> float(np.exp(beta(np.array([0.5]), np.array([2.0, 2.0]))[0][0]))
    0.25
    """
    first = np.stack((np.log(p), np.log1p(-p)))
    value = (delta - 1) @ first
    return value, _for_each(first, value), _for_each(np.zeros((2, *first.shape)), value)


def half_normal(p: Array, delta: Array) -> LogWeight:
    """Return -δp². Source: Preston et al. 2004. metafor: ``selmodel(type="halfnorm")``.

    >>> float(half_normal(np.array([0.5]), np.array([2.0]))[0][0])
    -0.5
    """
    return _proportional(-(p**2), delta)


def negative_exponential(p: Array, delta: Array) -> LogWeight:
    """Return -δp. Source: Preston et al. 2004. metafor: ``selmodel(type="negexp")``.

    >>> float(negative_exponential(np.array([0.5]), np.array([2.0]))[0][0])
    -1.0
    """
    return _proportional(-p, delta)


def power(p: Array, delta: Array) -> LogWeight:
    """Return δ ln(1 - p). metafor: ``selmodel(type="power")``.

    >>> round(float(np.exp(power(np.array([0.5]), np.array([2.0]))[0][0])), 12)
    0.25
    """
    return _proportional(np.log1p(-p), delta)


def logistic(p: Array, delta: Array) -> LogWeight:
    """Return the logarithm of 2 exp(-δp)/(1 + exp(-δp)).

    Source: Preston et al. 2004, J Eval Clin Pract 10, 313-322. metafor:
    ``selmodel(type="logistic")``.

    >>> float(logistic(np.array([0.0, 1.0]), np.array([0.0]))[0].sum())
    0.0
    """
    share = expit(delta * p)
    value = np.log(2) - np.logaddexp(0, delta * p)
    first, second = -(p * share), -(p**2 * share * (1 - share))
    return value, first[..., None, :], second[..., None, None, :]


def _proportional(slope: Array, delta: Array) -> LogWeight:
    """Return a logarithm that is δ times a function of p."""
    value = delta * slope
    first, second = slope[None], np.zeros((1, 1, len(slope)))
    return value, _for_each(first, value), _for_each(second, value)


def _for_each(derivatives: Array, value: Array) -> Array:
    """Return derivatives that are alike for all parameters, without a copy for each."""
    return np.broadcast_to(derivatives, (*value.shape[:-1], *derivatives.shape))


RATES = (0.0, 0.3, 1.0, 2.0, 4.0, 8.0, 20.0, 60.0)
POWERS = (0.01, 0.2, 0.5, 0.8, 1.2, 1.8, 3.0, 8.0)
HEIGHTS = (0.03, 30.0)
"""Range of a step function's weights: relative to the first interval, which may hold few trials,
others may be far higher."""
ORIGIN = 1e-3
"""A weight of a step function is searched on a scale that is linear below, logarithmic above."""
MOST_HEIGHTS, MOST_COMBINED = 9, 256
"""Weights that are tried in one interval, and in all together."""


def _decreasing(log_weight: Callable[[Array, Array], LogWeight], censored: float) -> Selection:
    """Return a one-parameter function that falls with p, and does not where δ is 0."""
    return Selection(
        log_weight=log_weight,
        lowest=(0.0,),
        none=(0.0,),
        origin=(np.inf,),
        censored=censored,
        grid=(RATES,),
        known_at_lowest=False,
    )


SELECTION: Mapping[str, Selection] = {
    "beta": Selection(
        log_weight=beta,
        lowest=(CENSORED, CENSORED),
        none=(1.0, 1.0),
        origin=(np.inf, np.inf),
        censored=CENSORED,
        grid=(POWERS, POWERS),
        known_at_lowest=True,
    ),
    "halfnorm": _decreasing(half_normal, 0.0),
    "negexp": _decreasing(negative_exponential, 0.0),
    "logistic": _decreasing(logistic, 0.0),
    "power": _decreasing(power, CENSORED),
}


def step_function(steps: Array) -> Selection:
    """Return the function that is δ_j for p from the j-th step, exclusive, to the next.

    δ₁, for p up to the first step, is 1 and not among the parameters.

    Source: Hedges 1992, Stat Sci 7, 246-255; Vevea & Hedges 1995, Psychometrika 60, 419-435.
    metafor: ``selmodel(type="stepfun", steps=)``.

    >>> value, _, _ = step_function(np.array([0.025, 1.0])).log_weight(
    ...     np.array([0.01, 0.5]), np.array([0.5]))
    >>> np.exp(value).tolist()
    [1.0, 0.5]
    """
    d = len(steps) - 1
    each = np.arange(1, d + 1)[:, None]

    def log_weight(p: Array, delta: Array) -> LogWeight:
        place = np.minimum(np.searchsorted(steps, p, side="left"), d)
        logs = np.zeros((*delta.shape[:-1], d + 1))
        with np.errstate(divide="ignore"):
            np.log(delta, out=logs[..., 1:])
        slopes = 1 / np.where(delta > 0, delta, np.inf)
        first = (place == each) * slopes[..., None]
        return logs[..., place], first, -(np.eye(d)[..., None] * first[..., None, :] ** 2)

    return Selection(
        log_weight=log_weight,
        lowest=(0.0,) * d,
        none=(1.0,) * d,
        origin=(ORIGIN,) * d,
        censored=0.0,
        grid=(_heights(d),) * d,
        known_at_lowest=True,
    )


def _heights(d: int) -> tuple[float, ...]:
    """Return weights that the search tries for each of d intervals, fewer where d is large."""
    each = min(MOST_HEIGHTS, int(MOST_COMBINED ** (1 / max(d, 1))))
    return tuple(np.geomspace(*HEIGHTS, each)) if each > 1 else (1.0,)
