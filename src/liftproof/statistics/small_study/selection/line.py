"""The likelihood of a selection model whose mean effect is a line through moderators.

A trial's likelihood depends on the coefficients through its own mean alone: its derivatives by
(mean, τ², δ) are those of a model with one mean, and the chain rule does the rest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import LOG_2PI, Model
from liftproof.statistics.small_study.selection.search import bounds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectedLine:
    """Trials, a selection function and moderators.

    ``model``: the trials and their function. ``x`` (k, q): orthonormal columns times √k. Parameters
    are (coefficients of x, τ², δ), n = q + 1 + d of them; ``is_free`` (n,): which are estimated.
    """

    model: Model
    x: Array
    is_free: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinePoint:
    """Parameters ``at`` (n,), the log-likelihood there, ``gradient`` (n,), ``hessian`` (n, n)."""

    at: Array
    value: float
    gradient: Array
    hessian: Array

    @property
    def is_finite(self) -> bool:
        """Whether there is a likelihood: some selected mass within double precision."""
        return bool(np.isfinite(self.value) and np.isfinite(self.hessian).all())


def line_bounds(line: SelectedLine) -> tuple[Array, Array]:
    """Return the smallest and largest value of each parameter, (n,) each."""
    lowest, highest = bounds(line.model)
    endless = np.full(line.x.shape[1], np.inf)
    return np.concatenate((-endless, lowest[1:])), np.concatenate((endless, highest[1:]))


def line_values(line: SelectedLine, means: Array, tau2: float, deltas: Array) -> Array:
    """Return the log-likelihood (m, g) at means of trials (m, k), one τ², and δ (g, d)."""
    model, s2 = line.model, line.model.v + tau2
    logs = np.stack([model.selection.log_weight(model.columns.p, one)[0] for one in deltas])
    observed = np.stack([model.selection.log_weight(model.p, one)[0] for one in deltas])
    largest = logs.max(axis=-1, keepdims=True)
    b = model.columns.by_trial(model.v, means, tau2, orders=1)[0]
    with np.errstate(divide="ignore"):
        constants = np.log(b @ np.exp(logs - largest).T).sum(axis=1)
    whole = -(LOG_2PI + np.log(s2) + (model.y - means) ** 2 / s2).sum(axis=-1) / 2
    return np.asarray(whole[:, None] + (observed - largest).sum(axis=-1) - constants)


def line_point(line: SelectedLine, parameters: Array) -> LinePoint:
    """Return the log-likelihood with its derivatives at (coefficients, τ², δ), finite or not."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _point(line, parameters)


def _point(line: SelectedLine, parameters: Array) -> LinePoint:
    model, q = line.model, line.x.shape[1]
    tau2, delta = float(parameters[q]), parameters[q + 1 :]
    means = line.x @ parameters[:q]
    logs, first, second = model.selection.log_weight(model.columns.p, delta)
    w = np.exp(logs - logs.max())
    b = model.columns.by_trial(model.v, means, tau2)
    moments = b @ w  # A and its derivatives by the mean: (5, k)
    a = moments[0]
    mixed = b[:3] @ (w * first).T / a[:, None]  # (3, k, d)
    twice = np.einsum("kj,abj->kab", b[0], w * (first[:, None] * first + second))
    slopes = np.concatenate(((moments[1:3] / a).T / [1, 2], mixed[0]), axis=1)
    observed, observed_first, observed_second = model.selection.log_weight(model.p, delta)
    value, gradient, hessian = _normal(model, means, tau2, len(delta))
    gradient -= slopes
    gradient[:, 2:] += observed_first.T
    hessian -= (
        _curvature(moments / a, mixed, twice / a[:, None, None])
        - slopes[:, :, None] * slopes[:, None, :]
    )
    hessian[:, 2:, 2:] += np.moveaxis(observed_second, -1, 0)
    chain = _chain(line.x, len(delta))
    return LinePoint(
        at=parameters,
        value=float(value + (observed - logs.max()).sum() - np.log(a).sum()),
        gradient=np.einsum("kai,ki->a", chain, gradient),
        hessian=np.einsum("kai,kij,kbj->ab", chain, hessian, chain, optimize=True),
    )


def _chain(x: Array, d: int) -> Array:
    """Return the derivatives of each trial's (mean, τ², δ) by the parameters, (k, n, 2 + d)."""
    k, q = x.shape
    chain = np.zeros((k, q + 1 + d, 2 + d))
    chain[:, :q, 0] = x
    chain[:, q:, 1:] = np.eye(1 + d)
    return chain


def _curvature(moments: Array, mixed: Array, twice: Array) -> Array:
    """Return each trial's second derivatives of A over A by (mean, τ², δ), (k, 2 + d, 2 + d)."""
    _, k, d = mixed.shape
    result = np.empty((k, 2 + d, 2 + d))
    result[:, 0, 0], result[:, 1, 1] = moments[2], moments[4] / 4
    result[:, 0, 1] = result[:, 1, 0] = moments[3] / 2
    result[:, 0, 2:] = result[:, 2:, 0] = mixed[1]
    result[:, 1, 2:] = result[:, 2:, 1] = mixed[2] / 2
    result[:, 2:, 2:] = twice
    return result


def _normal(model: Model, means: Array, tau2: float, d: int) -> tuple[float, Array, Array]:
    """Return the log-likelihood without selection, and each trial's derivatives, 0 for δ."""
    w, r = 1 / (model.v + tau2), model.y - means
    gradient, hessian = np.zeros((len(r), 2 + d)), np.zeros((len(r), 2 + d, 2 + d))
    gradient[:, 0], gradient[:, 1] = w * r, (w**2 * r**2 - w) / 2
    hessian[:, 0, 0] = -w
    hessian[:, 0, 1] = hessian[:, 1, 0] = -(w**2) * r
    hessian[:, 1, 1] = w**2 / 2 - w**3 * r**2
    return float(-(LOG_2PI - np.log(w) + w * r**2).sum() / 2), gradient, hessian
