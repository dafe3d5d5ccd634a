"""The likelihood of a location-scale model, and its highest point.

τ² is the exponential of the scale's columns, or, by the identity link, these themselves. There it
may be 0: the search then goes along the effects whose τ² is 0, and ends where leaving them would
not help.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import minimize, nnls  # type: ignore[attr-defined]

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array

SLOPE = 1e-6
"""Largest slope of the deviance at an end, by coefficients of orthonormal columns."""
STEP = 1e-5
"""For differences of slopes."""
SAME = 1e-4
"""In deviance: where τ² = 0 loses less, a search towards it has stopped on its way."""
ZERO = 1e-7
"""τ² of an effect by the identity link, in the unit of the sampling variances or of the largest τ²:
what is below is 0."""
AWAY = 1e-4
"""Of the slope at τ² of 0: how far it may be from one that holds every such τ² there."""
LOWEST, HIGHEST = -60.0, 60.0
"""ln τ² in the unit of the sampling variances: beyond it is 0, or all there is."""
MOST_STEPS = 50
NO_MAXIMUM = (
    "The search for the scale coefficients ended where the likelihood is no maximum: τ² runs off "
    "for some effects. Leave out a moderator of the scale, or take the other link."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleData:
    """In units in which variances are about 1: ``y``, ``v`` (k,), orthonormal ``x`` and ``z``.

    ``is_log``: whether z a is ln τ², or τ² itself.
    """

    y: Array
    v: Array
    x: Array
    z: Array
    is_restricted: bool
    is_log: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleSolution:
    """``deviance`` and its ``slope`` (q,); ``b`` (p,) with ``covariance`` (p, p)."""

    deviance: float
    slope: Array
    b: Array
    covariance: Array


def scale_solution(data: ScaleData, a: Array) -> ScaleSolution:
    """Return deviance, slope and least squares coefficients at scale coefficients (q,)."""
    along = data.z @ a
    tau2 = np.exp(np.clip(along, LOWEST, HIGHEST)) if data.is_log else np.maximum(along, 0.0)
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
    by_scale = by_variance * tau2 if data.is_log else by_variance
    return ScaleSolution(deviance=deviance, slope=data.z.T @ by_scale, b=b, covariance=covariance)


def highest_scale(data: ScaleData) -> tuple[Array, Array]:
    """Return the scale coefficients at the highest likelihood, and their covariance (q, q)."""
    if not data.is_log:
        return _highest_of_variances(data)

    def cost(a: Array) -> tuple[float, Array]:
        at = scale_solution(data, a)
        return at.deviance, at.slope

    ends = [
        minimize(cost, start, jac=True, method="BFGS", options={"gtol": SLOPE})  # type: ignore[no-untyped-call]
        for start in _starts(data)
    ]
    a = np.asarray(min(ends, key=lambda end: float(end.fun)).x, dtype=np.float64)
    nothing = data.z.T @ np.full(data.y.size, LOWEST)
    is_reached = np.allclose(data.z @ nothing, LOWEST)
    if (
        is_reached
        and scale_solution(data, nothing).deviance <= scale_solution(data, a).deviance + SAME
    ):
        raise ConvergenceError(
            "The likelihood is highest where τ² is 0: there is no heterogeneity whose scale could "
            "have moderators."
        )
    a, curvature, slope = _to_the_top(data, a, np.eye(a.size))
    values = np.linalg.eigvalsh(curvature)
    if values[0] <= 0 or np.abs(slope).max() > SLOPE * max(1.0, values[-1]):
        raise ConvergenceError(NO_MAXIMUM)
    return a, np.asarray(np.linalg.inv(curvature / 2), dtype=np.float64)


def _to_the_top(data: ScaleData, a: Array, free: Array) -> tuple[Array, Array, Array]:
    """Return where Newton's steps along the columns of ``free`` (q, m) end, curvature and slope."""
    for _ in range(MOST_STEPS):
        slope = free.T @ scale_solution(data, a).slope
        curvature = free.T @ _curvature(data, a) @ free
        try:
            step = np.linalg.solve(curvature, slope)
        except np.linalg.LinAlgError as error:
            raise ConvergenceError(NO_MAXIMUM) from error
        is_end = np.abs(step).max(initial=0) <= np.finfo(float).eps ** 0.6
        if np.abs(slope).max(initial=0) <= SLOPE * STEP or is_end:
            break
        a = a - free @ step
    return a, curvature, slope


def _highest_of_variances(data: ScaleData) -> tuple[Array, Array]:
    """Return the same where τ² is linear in the scale and may not be negative."""

    def cost(a: Array) -> tuple[float, Array]:
        at = scale_solution(data, a)
        return at.deviance, at.slope

    bounds = {"type": "ineq", "fun": lambda a: data.z @ a, "jac": lambda _: data.z}
    ends = [
        minimize(cost, start, jac=True, method="SLSQP", constraints=bounds, options={"ftol": 1e-14})  # type: ignore[no-untyped-call]
        for start in _starts_of_variances(data)
    ]
    a = _best_within(data, [np.asarray(end.x, dtype=np.float64) for end in ends])
    at_zero = data.z @ a <= ZERO * max(1.0, float((data.z @ a).max()))
    free = null_space(data.z[at_zero]) if at_zero.any() else np.eye(a.size)
    a = free @ (free.T @ a)
    if free.shape[1]:
        a, curvature, slope = _to_the_top(data, a, free)
        values = np.linalg.eigvalsh(curvature)
        covariance = free @ np.linalg.inv(curvature / 2) @ free.T
        is_top = values[0] > 0 and np.abs(slope).max() <= SLOPE * max(1.0, values[-1])
    else:
        covariance, is_top = np.zeros((a.size, a.size)), True
    slope = scale_solution(data, a).slope
    away = _against(data.z[at_zero], slope)
    is_inside = bool((data.z @ a >= -ZERO).all())
    if not (is_top and is_inside and away <= AWAY * max(1.0, float(np.abs(slope).max()))):
        raise ConvergenceError(NO_MAXIMUM)
    return a, covariance


def _best_within(data: ScaleData, ends: list[Array]) -> Array:
    """Return the likeliest end; one where a search broke off below τ² of 0 only for want of others.

    There the likelihood is that of τ² at 0, which no coefficients have.
    """

    def rank(a: Array) -> tuple[bool, float]:
        tau2 = data.z @ a
        is_below = bool(tau2.min() < -ZERO * max(1.0, float(tau2.max())))
        return is_below, scale_solution(data, a).deviance

    return min(ends, key=rank)


def _starts(data: ScaleData) -> list[Array]:
    """Return starts of one τ² for all: that of the residuals, a tenth, and ten times it."""
    spread = max(float(np.var(data.y)), 0.1)
    return [data.z.T @ np.full(data.y.size, math.log(spread * factor)) for factor in (1, 0.1, 10)]


def _against(rows: Array, slope: Array) -> float:
    """Return what no mean of ``rows`` (m, q) by weights of 0 or more takes from a slope (q,)."""
    return float(nnls(rows.T, slope)[1]) if len(rows) else 0.0


def _starts_of_variances(data: ScaleData) -> list[Array]:
    """Return starts of τ² of one size for all, as near as the columns come to it."""
    spread = max(float(np.var(data.y)), 0.1)
    return [data.z.T @ np.full(data.y.size, spread * factor) for factor in (1, 0.1, 10)]


def _curvature(data: ScaleData, a: Array) -> Array:
    steps = STEP * np.eye(a.size)
    rows = np.array(
        [
            (scale_solution(data, a + s).slope - scale_solution(data, a - s).slope) / (2 * STEP)
            for s in steps
        ]
    )
    return np.asarray((rows + rows.T) / 2)
