"""Residuals against the quantiles of the normal distribution, with an envelope by simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from liftproof.statistics.checks import Array, choose, level_of_confidence, whole_number
from liftproof.statistics.influence.diagnostics import Influence
from liftproof.statistics.result import Result

RESIDUALS = {"rstandard": "rstandard", "rstudent": "rstudent"}
SMALL = 10
"""Up to so many numbers, the plotting positions are Blom's, as in R's ``ppoints``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NormalQuantiles(Result):
    """Residuals in rising order; arrays have shape (k,), without unit.

    ``order``: positions of the trials. ``quantile``: of the normal distribution. ``low``,
    ``high``: the envelope, NaN without one. ``level``, ``bonferroni``, ``simulations``, ``seed``:
    how it was made.
    """

    order: NDArray[np.intp]
    quantile: Array
    residual: Array
    low: Array
    high: Array
    level: float
    bonferroni: bool
    simulations: int
    seed: int


def normal_quantiles(
    found: Influence,
    *,
    residual: str = "rstandard",
    level: float = 0.95,
    bonferroni: bool = False,
    simulations: int = 1000,
    seed: int = 1,
) -> NormalQuantiles:
    """Return what a normal QQ plot shows of the residuals of a pool.

    Position i of k has the quantile of (i - a)/(k + 1 - 2a), a = 3/8 for k <= 10, else 1/2. For the
    envelope, ``simulations`` sets of k independent standard normal numbers are made with NumPy's
    ``default_rng(seed)``, of each the mean by the trials' hat values is taken off, and the sets
    are sorted: ``low`` and ``high`` are, place by place, the quantiles between which the share
    ``level`` lies, by ``bonferroni`` 1 - (1 - level)/k. As in metafor the simulated residuals are
    not divided by their standard errors.

    Source: Cook & Weisberg 1982, Residuals and Influence in Regression, 2.3.4. metafor:
    ``qqnorm(rma(yi, vi), smooth=FALSE)``.

    >>> from liftproof.statistics.influence.diagnostics import influence
    >>> shown = normal_quantiles(influence([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL"))
    >>> shown.order.tolist(), shown.quantile.round(4).tolist()
    ([0, 1, 2], [-0.8694, 0.0, 0.8694])
    """
    values = getattr(found, choose(RESIDUALS, residual, "residual"))
    order = np.argsort(values, kind="stable")
    low, high = _envelope(found.hat, 1 - level_of_confidence(level), bonferroni, simulations, seed)
    return NormalQuantiles(
        order=order,
        quantile=_positions(order.size),
        residual=values[order],
        low=low,
        high=high,
        level=level,
        bonferroni=bonferroni,
        simulations=simulations,
        seed=seed,
    )


def _positions(k: int) -> Array:
    """Return the normal quantiles at which ``k`` sorted numbers are drawn, rising."""
    a = 3 / 8 if k <= SMALL else 1 / 2
    return np.asarray(ndtri((np.arange(1, k + 1) - a) / (k + 1 - 2 * a)))


def _envelope(
    hat: Array, outside: float, bonferroni: bool, simulations: int, seed: int
) -> tuple[Array, Array]:
    """Return both ends of the envelope, NaN where nothing is simulated."""
    k = hat.size
    sets = whole_number("simulations", simulations)
    if not sets:
        return np.full(k, np.nan), np.full(k, np.nan)
    drawn = np.random.default_rng(whole_number("seed", seed)).standard_normal((sets, k))
    rising = np.sort(drawn - (drawn @ hat)[:, None], axis=1)
    tail = outside / 2 / (k if bonferroni else 1)
    low, high = np.quantile(rising, [tail, 1 - tail], axis=0)
    return low, high
