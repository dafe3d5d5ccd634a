"""The likelihood of a location-scale model, and its highest point."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array

SLOPE = 1e-6
"""Largest slope of the deviance at an end, by coefficients of orthonormal columns."""
STEP = 1e-5
"""For differences of slopes."""
SAME = 1e-4
"""In deviance: where τ² = 0 loses less, a search towards it has stopped on its way."""
LOWEST, HIGHEST = -60.0, 60.0
"""ln τ² in the unit of the sampling variances: beyond it is 0, or all there is."""
MOST_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleData:
    """In units in which variances are about 1: ``y``, ``v`` (k,), orthonormal ``x`` and ``z``."""

    y: Array
    v: Array
    x: Array
    z: Array
    is_restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleSolution:
    """``deviance`` and its ``slope`` (q,); ``b`` (p,) with ``covariance`` (p, p)."""

    deviance: float
    slope: Array
    b: Array
    covariance: Array


def scale_solution(data: ScaleData, a: Array) -> ScaleSolution:
    """Return deviance, slope and least squares coefficients at scale coefficients (q,)."""
    tau2 = np.exp(np.clip(data.z @ a, LOWEST, HIGHEST))
    w = 1 / (data.v + tau2)
    weighted = w[:, None] * data.x
    information = data.x.T @ weighted
    covariance: Array = np.linalg.inv(information).astype(np.float64)
    b = covariance @ (weighted.T @ data.y)
    r = w * (data.y - data.x @ b)
    deviance = float(-np.log(w).sum() + (data.y - data.x @ b) @ r)
    by_variance = w - r**2
    if data.is_restricted:
        deviance += float(np.linalg.slogdet(information)[1])
        by_variance = by_variance - np.einsum("ij,jk,ik->i", weighted, covariance, weighted)
    return ScaleSolution(
        deviance=deviance, slope=data.z.T @ (by_variance * tau2), b=b, covariance=covariance
    )


def highest_scale(data: ScaleData) -> tuple[Array, Array]:
    """Return the scale coefficients at the highest likelihood, and the deviance's curvature."""

    def cost(a: Array) -> tuple[float, Array]:
        at = scale_solution(data, a)
        return at.deviance, at.slope

    ends = [
        minimize(cost, start, jac=True, method="BFGS", options={"gtol": SLOPE})  # type: ignore[no-untyped-call]
        for start in _starts(data)
    ]
    a = np.asarray(min(ends, key=lambda end: float(end.fun)).x, dtype=np.float64)
    nothing = data.z.T @ np.full(data.y.size, LOWEST)
    if scale_solution(data, nothing).deviance <= scale_solution(data, a).deviance + SAME:
        raise ConvergenceError(
            "The likelihood is highest where τ² is 0: there is no heterogeneity whose scale could "
            "have moderators."
        )
    for _ in range(MOST_STEPS):
        at, curvature = scale_solution(data, a), _curvature(data, a)
        step = np.linalg.solve(curvature, at.slope)
        if (
            np.abs(at.slope).max() <= SLOPE * STEP
            or np.abs(step).max() <= np.finfo(float).eps ** 0.6
        ):
            break
        a = a - step
    values = np.linalg.eigvalsh(curvature)
    if values[0] <= 0 or np.abs(at.slope).max() > SLOPE * max(1.0, values[-1]):
        raise ConvergenceError(
            "The search for the scale coefficients ended where the likelihood is no maximum: τ² "
            "runs off for some effects. Leave out a moderator of the scale."
        )
    return a, curvature


def _starts(data: ScaleData) -> list[Array]:
    """Return starts of one τ² for all: that of the residuals, a tenth, and ten times it."""
    spread = max(float(np.var(data.y)), 0.1)
    return [data.z.T @ np.full(data.y.size, math.log(spread * factor)) for factor in (1, 0.1, 10)]


def _curvature(data: ScaleData, a: Array) -> Array:
    steps = STEP * np.eye(a.size)
    rows = np.array(
        [
            (scale_solution(data, a + s).slope - scale_solution(data, a - s).slope) / (2 * STEP)
            for s in steps
        ]
    )
    return np.asarray((rows + rows.T) / 2)
