"""The likelihood of a selection model whose mean effect is a line through moderators.

A trial's likelihood depends on the coefficients through its own mean alone: its derivatives by
(mean, τ², δ) are those of a model with one mean, and the chain rule does the rest.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.climb import Hill
from liftproof.statistics.small_study.selection.grid import blocks, relative_weights, sums_of_logs
from liftproof.statistics.small_study.selection.likelihood import (
    LOG_2PI,
    Model,
    Surface,
    constants,
    derivatives_of,
    weights_at,
)
from liftproof.statistics.small_study.selection.search import bounds, scale_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectedLine:
    """Trials, a selection function and moderators.

    ``model``: the trials and their function. ``x`` (k, q): orthonormal columns times √k. Parameters
    are (coefficients of x, τ², δ), n = q + 1 + d of them; ``is_free`` (n,): which are estimated.
    """

    model: Model
    x: Array
    is_free: NDArray[np.bool_]


def line_bounds(line: SelectedLine) -> tuple[Array, Array]:
    """Return the smallest and largest value of each parameter, (n,) each."""
    lowest, highest = bounds(line.model)
    endless = np.full(line.x.shape[1], np.inf)
    return np.concatenate((-endless, lowest[1:])), np.concatenate((endless, highest[1:]))


def hill_of(line: SelectedLine) -> Hill:
    """Return the likelihood of a line, to be climbed."""
    lowest, highest = line_bounds(line)
    return Hill(
        surfaces=partial(line_surfaces, line),
        is_free=line.is_free,
        lowest=lowest,
        highest=highest,
        scale=scale_of(line.model, line.x.shape[1]),
    )


def line_values(line: SelectedLine, means: Array, tau2: float, deltas: Array) -> Array:
    """Return the log-likelihood (m, g) at means of trials (m, k), one τ², and δ (g, d)."""
    model, s2 = line.model, line.model.v + tau2
    weights, observed = relative_weights(model, deltas)
    values = np.empty((len(means), len(deltas)))
    for block in blocks(len(means), len(model.v) * len(model.columns.p)):
        b = model.columns.probabilities(model.v, means[block], tau2)
        values[block] = observed - sums_of_logs(b, weights, np.ones(len(model.v)))
    whole = -(LOG_2PI + np.log(s2) + (model.y - means) ** 2 / s2).sum(axis=-1) / 2
    return np.asarray(whole[:, None] + values)


def line_surfaces(line: SelectedLine, points: Array) -> Surface:
    """Return the log-likelihood with its derivatives at each (coefficients, τ², δ), (g, n).

    Points are taken one by one: the derivatives of every trial's mean take much room.
    """
    each = [_surface(line, point) for point in points]
    n = points.shape[1]
    return Surface(
        value=np.array([value for value, _, _ in each]),
        gradient=np.array([gradient for _, gradient, _ in each]).reshape(-1, n),
        hessian=np.array([hessian for _, _, hessian in each]).reshape(-1, n, n),
    )


def _surface(line: SelectedLine, parameters: Array) -> tuple[float, Array, Array]:
    """Return the log-likelihood, its gradient (n,) and its second derivatives (n, n)."""
    model, q = line.model, line.x.shape[1]
    tau2, delta = float(parameters[q]), parameters[None, q + 1 :]
    d, by = delta.shape[1], derivatives_of(delta.shape[1])
    means = line.x @ parameters[:q]
    weights, observed = weights_at(model, delta)
    a, ratios = constants(model.columns, model.v, means, tau2, weights[0], d)
    slopes = by.slopes(ratios)
    value, gradient, hessian = _normal(model, means, tau2, d)
    gradient -= slopes
    hessian -= by.curvatures(ratios) - slopes[:, :, None] * slopes[:, None, :]
    chain = _chain(line.x, d)
    whole_gradient = np.einsum("kai,ki->a", chain, gradient)
    whole_hessian = np.einsum("kai,kij,kbj->ab", chain, hessian, chain, optimize=True)
    whole_gradient[q:] += observed.gradient[0, 1:]
    whole_hessian[q:, q:] += observed.hessian[0, 1:, 1:]
    return value + float(observed.value[0] - np.log(a).sum()), whole_gradient, whole_hessian


def _chain(x: Array, d: int) -> Array:
    """Return the derivatives of each trial's (mean, τ², δ) by the parameters, (k, n, 2 + d)."""
    k, q = x.shape
    chain = np.zeros((k, q + 1 + d, 2 + d))
    chain[:, :q, 0] = x
    chain[:, q:, 1:] = np.eye(1 + d)
    return chain


def _normal(model: Model, means: Array, tau2: float, d: int) -> tuple[float, Array, Array]:
    """Return the log-likelihood without selection, and each trial's derivatives, 0 for δ."""
    w, r = 1 / (model.v + tau2), model.y - means
    gradient, hessian = np.zeros((len(r), 2 + d)), np.zeros((len(r), 2 + d, 2 + d))
    gradient[:, 0], gradient[:, 1] = w * r, (w**2 * r**2 - w) / 2
    hessian[:, 0, 0] = -w
    hessian[:, 0, 1] = hessian[:, 1, 0] = -(w**2) * r
    hessian[:, 1, 1] = w**2 / 2 - w**3 * r**2
    return float(-(LOG_2PI - np.log(w) + w * r**2).sum() / 2), gradient, hessian
