"""The log-likelihood of a selection model with its exact first and second derivatives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.columns import Columns
from liftproof.statistics.small_study.selection.weights import Selection

LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """Trials and a selection function. ``y``, ``v``, ``p`` (k,): effects, variances, p values.

    ``selection`` with ``columns``; parameters are (μ, τ², δ). ``is_free`` (2 + d,): which of them
    are estimated.
    """

    y: Array
    v: Array
    p: Array
    selection: Selection
    columns: Columns
    is_free: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """The log-likelihood at a point with gradient (2 + d,) and Hessian (2 + d, 2 + d)."""

    value: float
    gradient: Array
    hessian: Array


def on_grid(model: Model, means: Array, variances: Array, deltas: Array) -> Array:
    """Return the log-likelihood for all μ (m,), τ² (t,) and δ (g, d), shape (m, t, g)."""
    weights, observed = zip(*(_weights(model, delta) for delta in deltas), strict=True)
    weights_by_column = np.stack(weights, axis=-1)
    values = np.empty((len(means), len(variances), len(deltas)))
    for place, tau2 in enumerate(variances):
        b = model.columns.functionals(model.v, means, tau2, orders=1)[0]
        with np.errstate(divide="ignore"):
            constants = np.log(b @ weights_by_column).sum(axis=1)
        whole = _without_selection(model, means[:, None], tau2)
        values[:, place] = whole[:, None] + np.array(observed) - constants
    return values


def _without_selection(model: Model, mu: Array | float, tau2: float) -> Array:
    """Return the log-likelihood of a normal random-effects model; ``mu``: one, or shape (m, 1)."""
    s2 = model.v + tau2
    return np.asarray(-(LOG_2PI + np.log(s2) + (model.y - mu) ** 2 / s2).sum(axis=-1) / 2)


def _weights(model: Model, delta: Array) -> tuple[Array, float]:
    """Return the weights of all columns over their largest, and Σ log w(p) over it, of trials."""
    logs = model.selection.log_weight(model.columns.p, delta)[0]
    observed = model.selection.log_weight(model.p, delta)[0] - logs.max()
    return np.exp(logs - logs.max()), float(observed.sum())


def surface(model: Model, parameters: Array) -> Surface:
    """Return the log-likelihood with its derivatives at (μ, τ², δ).

    With A the normalising constants: ∂log A = ∂A/A and ∂²log A = ∂²A/A - (∂A/A)(∂A/A)'.
    """
    mu, tau2, delta = parameters[0], parameters[1], parameters[2:]
    functionals = model.columns.functionals(model.v, mu, tau2)
    logs, first, second = model.selection.log_weight(model.columns.p, delta)
    largest = logs.max()
    w = np.exp(logs - largest)
    by_delta = w * first
    by_delta_twice = w * (first[:, None] * first + second)
    moments = functionals @ w  # A and its derivatives by μ: (5, k)
    a = moments[0]
    mixed = functionals[:3] @ by_delta.T / a[:, None]  # (3, k, d)
    slopes = np.concatenate(((moments[1:3] / a).T / [1, 2], mixed[0]), axis=1)
    curvature = _curvature(moments, mixed, functionals[0] @ _flat(by_delta_twice).T / a[:, None])
    observed, observed_first, observed_second = model.selection.log_weight(model.p, delta)
    value = _without_selection(model, mu, tau2) + (observed - largest).sum() - np.log(a).sum()
    gradient, hessian = _normal_derivatives(model, mu, tau2, len(delta))
    gradient -= slopes.sum(axis=0)
    gradient[2:] += observed_first.sum(axis=-1)
    hessian -= curvature - slopes.T @ slopes
    hessian[2:, 2:] += observed_second.sum(axis=-1)
    return Surface(value=float(value), gradient=gradient, hessian=hessian)


def _flat(matrices: Array) -> Array:
    """Return (d, d, n) as (d², n)."""
    return matrices.reshape(-1, matrices.shape[-1])


def _curvature(moments: Array, mixed: Array, delta_twice: Array) -> Array:
    """Return the sum over trials of second derivatives of A over A, (2 + d, 2 + d)."""
    d = mixed.shape[-1]
    by_mu = (moments / moments[0]).sum(axis=1)
    across = mixed.sum(axis=1)
    result = np.empty((2 + d, 2 + d))
    result[0, 0], result[1, 1] = by_mu[2], by_mu[4] / 4
    result[0, 1] = result[1, 0] = by_mu[3] / 2
    result[0, 2:] = result[2:, 0] = across[1]
    result[1, 2:] = result[2:, 1] = across[2] / 2
    result[2:, 2:] = delta_twice.sum(axis=0).reshape(d, d)
    return result


def _normal_derivatives(model: Model, mu: float, tau2: float, d: int) -> tuple[Array, Array]:
    """Return gradient and Hessian of the log-likelihood without selection, 0 for δ."""
    w = 1 / (model.v + tau2)
    r = model.y - mu
    gradient, hessian = np.zeros(2 + d), np.zeros((2 + d, 2 + d))
    gradient[0], gradient[1] = (w * r).sum(), (w**2 * r**2 - w).sum() / 2
    hessian[0, 0] = -w.sum()
    hessian[0, 1] = hessian[1, 0] = -(w**2 * r).sum()
    hessian[1, 1] = (w**2 / 2 - w**3 * r**2).sum()
    return gradient, hessian
