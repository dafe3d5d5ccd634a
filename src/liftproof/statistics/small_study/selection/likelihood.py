"""The log-likelihood of a selection model with its exact first and second derivatives."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.columns import Columns
from liftproof.statistics.small_study.selection.stand_ins import StandIns, each_for_itself
from liftproof.statistics.small_study.selection.weights import Selection

LOG_2PI = float(np.log(2 * np.pi))

BLOCK = 2**14
"""Numbers of B that a grid works on at once: they stay in cache, and their memory is used again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """Trials and a selection function. ``y``, ``v``, ``p`` (k,): effects, variances, p values.

    ``selection`` with ``columns``; parameters are (μ, τ², δ). ``is_free`` (2 + d,): which of them
    are estimated. ``constants``: the variances at which normalising constants are computed.
    """

    y: Array
    v: Array
    p: Array
    selection: Selection
    columns: Columns
    is_free: NDArray[np.bool_]
    constants: StandIns

    def of_all_trials(self) -> "Model":
        """Return the model with a normalising constant for each trial."""
        return replace(self, constants=each_for_itself(self.v))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """The log-likelihood at a point with gradient (2 + d,) and Hessian (2 + d, 2 + d).

    Or at several points: shapes (g,), (g, 2 + d) and (g, 2 + d, 2 + d).
    """

    value: Array
    gradient: Array
    hessian: Array

    def __getitem__(self, points: int | NDArray[np.intp]) -> "Surface":
        """Return the surface at some of the points, or at one."""
        return Surface(
            value=self.value[points], gradient=self.gradient[points], hessian=self.hessian[points]
        )

    def put(self, points: NDArray[np.intp], others: "Surface") -> None:
        """Put the surface at other points in the place of some of these."""
        self.value[points] = others.value
        self.gradient[points] = others.gradient
        self.hessian[points] = others.hessian


def on_grid(model: Model, means: Array, variances: Array, deltas: Array) -> Array:
    """Return the log-likelihood for all μ (m,), τ² (t,) and δ (g, d), shape (m, t, g)."""
    weights, observed = relative_weights(model, deltas)
    mu, tau2 = (axis.ravel() for axis in np.meshgrid(means, variances, indexing="ij"))
    values = np.empty((len(mu), len(deltas)))
    for block in blocks(len(mu), len(model.constants.v) * len(model.columns.p)):
        b = model.columns.functionals(model.constants.v, mu[block], tau2[block], orders=1)[0]
        with np.errstate(divide="ignore"):
            logs = np.log(b @ weights.T)
        values[block] = _without_selection(model, mu[block], tau2[block])[:, None] + observed
        values[block] -= (logs * model.constants.counts[:, None]).sum(axis=1)
    return values.reshape(len(means), len(variances), len(deltas))


def blocks(points: int, numbers: int) -> Iterator[slice]:
    """Yield the points to work on at once, of each of which B holds so many numbers."""
    size = max(1, BLOCK // numbers)
    for start in range(0, points, size):
        yield slice(start, start + size)


def _without_selection(model: Model, mu: Array, tau2: Array) -> Array:
    """Return the log-likelihood of a normal random-effects model at ``mu``, ``tau2`` (g,)."""
    s2 = model.v + tau2[:, None]
    r2 = (model.y - mu[:, None]) ** 2
    return np.asarray(-(LOG_2PI + np.log(s2) + r2 / s2).sum(axis=-1) / 2)


def relative_weights(model: Model, deltas: Array) -> tuple[Array, Array]:
    """Return the weights of all columns over their largest, (g, j + t), and Σ log w(p) over it."""
    logs = model.selection.log_weight(model.columns.p, deltas)[0]
    largest = logs.max(axis=-1, keepdims=True)
    observed = model.selection.log_weight(model.p, deltas)[0] - largest
    return np.exp(logs - largest), observed.sum(axis=-1)


def surfaces(model: Model, points: Array) -> Surface:
    """Return the log-likelihood with its derivatives at each (μ, τ², δ) of ``points`` (g, 2 + d).

    With A the normalising constants: ∂log A = ∂A/A and ∂²log A = ∂²A/A - (∂A/A)(∂A/A)'.
    """
    mu, tau2, delta = points[:, 0], points[:, 1], points[:, 2:]
    counts = model.constants.counts
    functionals = model.columns.functionals(model.constants.v, mu, tau2)
    logs, first, second = model.selection.log_weight(model.columns.p, delta)
    largest = logs.max(axis=-1, keepdims=True)
    w = np.exp(logs - largest)
    by_delta = w[:, None] * first
    by_delta_twice = w[:, None, None] * (first[:, :, None] * first[:, None] + second)
    moments = (functionals @ w[..., None])[..., 0]  # A and its derivatives by μ: (5, g, n)
    a = moments[0]
    mixed = functionals[:3] @ by_delta.swapaxes(-1, -2) / a[..., None]  # (3, g, n, d)
    twice = functionals[0] @ _flat(by_delta_twice).swapaxes(-1, -2) / a[..., None]
    halves = np.moveaxis(moments[1:3] / a, 0, -1) / [1, 2]
    slopes = np.concatenate((halves, mixed[0]), axis=-1)  # (g, n, 2 + d)
    counted = slopes * counts[:, None]
    curvature = by_mean_and_tau2(
        (moments / a * counts).sum(axis=-1),
        (mixed * counts[:, None]).sum(axis=-2),
        (twice * counts[:, None]).sum(axis=-2).reshape(len(delta), *[delta.shape[-1]] * 2),
    )
    observed, observed_first, observed_second = model.selection.log_weight(model.p, delta)
    gradient, hessian = _normal_derivatives(model, mu, tau2, delta.shape[-1])
    gradient -= counted.sum(axis=-2)
    gradient[:, 2:] += observed_first.sum(axis=-1)
    hessian -= curvature - counted.swapaxes(-1, -2) @ slopes
    hessian[:, 2:, 2:] += observed_second.sum(axis=-1)
    return Surface(
        value=_without_selection(model, mu, tau2)
        + (observed - largest).sum(axis=-1)
        - (np.log(a) * counts).sum(axis=-1),
        gradient=gradient,
        hessian=hessian,
    )


def _flat(matrices: Array) -> Array:
    """Return (g, d, d, n) as (g, d², n)."""
    g, d, _, n = matrices.shape
    return matrices.reshape(g, d * d, n)


def by_mean_and_tau2(moments: Array, mixed: Array, twice: Array) -> Array:
    """Return second derivatives of A over A by (mean, τ², δ), (..., 2 + d, 2 + d).

    ``moments`` (5, ...): A and its derivatives by the mean, ``mixed`` (3, ..., d): those of the
    first three by δ, ``twice`` (..., d, d): of A by δ twice; all over A.
    """
    d = mixed.shape[-1]
    result = np.empty((*twice.shape[:-2], 2 + d, 2 + d))
    result[..., 0, 0], result[..., 1, 1] = moments[2], moments[4] / 4
    result[..., 0, 1] = result[..., 1, 0] = moments[3] / 2
    result[..., 0, 2:] = result[..., 2:, 0] = mixed[1]
    result[..., 1, 2:] = result[..., 2:, 1] = mixed[2] / 2
    result[..., 2:, 2:] = twice
    return result


def _normal_derivatives(model: Model, mu: Array, tau2: Array, d: int) -> tuple[Array, Array]:
    """Return gradient and Hessian of the log-likelihood without selection, 0 for δ."""
    w = 1 / (model.v + tau2[:, None])
    r = model.y - mu[:, None]
    gradient, hessian = np.zeros((len(mu), 2 + d)), np.zeros((len(mu), 2 + d, 2 + d))
    gradient[:, 0], gradient[:, 1] = (w * r).sum(axis=1), (w**2 * r**2 - w).sum(axis=1) / 2
    hessian[:, 0, 0] = -w.sum(axis=1)
    hessian[:, 0, 1] = hessian[:, 1, 0] = -(w**2 * r).sum(axis=1)
    hessian[:, 1, 1] = (w**2 / 2 - w**3 * r**2).sum(axis=1)
    return gradient, hessian
