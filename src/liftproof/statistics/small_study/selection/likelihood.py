"""The log-likelihood of a selection model with its exact first and second derivatives."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.columns import Columns
from liftproof.statistics.small_study.selection.stand_ins import StandIns, each_for_itself
from liftproof.statistics.small_study.selection.weights import Selection

LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """Trials and a selection function. ``y``, ``v`` (k,): effects, variances.

    ``selection`` with ``columns``; parameters are (μ, τ², δ). ``p`` (j + t + m,): p values of the
    columns, then those seen, or one in place of all in an interval of constant weight; ``seen``
    (m,): how many trials each stands for. ``is_free`` (2 + d,): which parameters are estimated.
    ``constants``: the variances at which normalising constants are computed.
    """

    y: Array
    v: Array
    p: Array
    seen: Array
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


def surfaces(model: Model, points: Array) -> Surface:
    """Return the log-likelihood with its derivatives at each (μ, τ², δ) of ``points``, (g, 2 + d).

    With A the normalising constants: ∂log A = ∂A/A and ∂²log A = ∂²A/A - (∂A/A)(∂A/A)'.
    """
    mu, tau2, delta = points[:, 0], points[:, 1], points[:, 2:]
    d, counts, by = delta.shape[1], model.constants.counts, derivatives_of(delta.shape[1])
    weights, observed = weights_at(model, delta)
    a, ratios = constants(model.columns, model.constants.v, mu[:, None], tau2, weights, d)
    slopes, summed = by.slopes(ratios), counts @ ratios
    without = _normal(model, mu, tau2)
    gradient = observed.gradient - by.slopes(summed)
    gradient[:, :2] += without.gradient
    hessian = (slopes * counts[:, None]).swapaxes(-1, -2) @ slopes - by.curvatures(summed)
    hessian += observed.hessian
    hessian[:, :2, :2] += without.hessian
    value = without.value + observed.value - np.log(a) @ counts
    return Surface(value=value, gradient=gradient, hessian=hessian)


def weights_at(model: Model, delta: Array) -> tuple[Array, Surface]:
    """Return the weights of all columns at δ (g, d) with derivatives, and Σ log w(p) of all trials.

    Weights over their largest, w, then ∂w and ∂²w by δ: (g, j + t, 1 + d + d²).
    """
    logs, first, second = model.selection.log_weight(model.p, delta)
    (g, d), count = delta.shape, len(model.columns.p)
    largest = logs[:, :count].max(axis=-1, keepdims=True)
    inner = first[..., :count]
    weights = np.empty((g, 1 + d + d * d, count))
    weights[:, 0] = 1.0
    weights[:, 1 : 1 + d] = inner
    twice = inner[:, :, None] * inner[:, None] + second[..., :count]
    weights[:, 1 + d :] = twice.reshape(g, d * d, count)
    weights *= np.exp(logs[:, None, :count] - largest[:, None])
    gradient, hessian = np.zeros((g, 2 + d)), np.zeros((g, 2 + d, 2 + d))
    gradient[:, 2:] = first[..., count:] @ model.seen
    hessian[:, 2:, 2:] = second[..., count:] @ model.seen
    value = (logs[:, count:] - largest) @ model.seen
    return weights.swapaxes(-1, -2), Surface(value=value, gradient=gradient, hessian=hessian)


def constants(
    columns: Columns, v: Array, means: Array, tau2: Array | float, weights: Array, d: int
) -> tuple[Array, Array]:
    """Return the normalising constants A (..., n) and their derivatives over A, (..., n, m).

    ``weights`` from ``weights_at`` of d parameters. The derivatives are those that
    ``derivatives_of`` names.
    """
    b, slopes = columns.with_derivatives(v, means, tau2)
    by_delta = b @ weights
    by_mean = slopes @ columns.of_slopes(weights[..., : 1 + d])
    a = by_delta[..., 0]
    return a, np.concatenate((*by_mean, by_delta[..., 1:]), axis=-1) / a[..., None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DerivativesOf:
    """Which derivatives of A ``constants`` lays side by side, with d parameters of selection.

    By the mean once, and then by each δ; the same twice, thrice, and four times; by each δ; by two.
    A derivative by τ² is half of the second by the mean. ``first`` (2 + d,) and ``second``
    (2 + d, 2 + d): places of the derivatives by (mean, τ², δ), to be multiplied by ``halves`` and
    ``quarters``.
    """

    first: NDArray[np.intp]
    halves: Array
    second: NDArray[np.intp]
    quarters: Array

    def slopes(self, ratios: Array) -> Array:
        """Return first derivatives, (..., 2 + d)."""
        return np.asarray(ratios[..., self.first] * self.halves)

    def curvatures(self, ratios: Array) -> Array:
        """Return second derivatives, (..., 2 + d, 2 + d)."""
        return np.asarray(ratios[..., self.second] * self.quarters)


@cache
def derivatives_of(d: int) -> DerivativesOf:
    """Return where the derivatives are for d parameters of selection."""
    once, twice, thrice, four = np.arange(4 * (1 + d)).reshape(4, 1 + d)
    by_delta = 4 * (1 + d) + np.arange(d)
    by_two = 4 * (1 + d) + d + np.arange(d * d).reshape(d, d)
    second = np.empty((2 + d, 2 + d), dtype=np.intp)
    second[0], second[1] = [twice[0], thrice[0], *once[1:]], [thrice[0], four[0], *twice[1:]]
    second[2:, 0], second[2:, 1], second[2:, 2:] = once[1:], twice[1:], by_two
    halves = np.ones(2 + d)
    halves[1] = 0.5
    return DerivativesOf(
        first=np.array([once[0], twice[0], *by_delta]),
        halves=halves,
        second=second,
        quarters=np.outer(halves, halves),
    )


def _normal(model: Model, mu: Array, tau2: Array) -> Surface:
    """Return the log-likelihood without selection at ``mu``, ``tau2`` (g,), by these two."""
    w = 1 / (model.v + tau2[:, None])
    r = model.y - mu[:, None]
    wr = w * r
    square = wr * wr
    terms = np.array((np.log(w) - wr * r, wr, square - w, w, w * wr, w * (w / 2 - square))).sum(
        axis=-1
    )
    value, gradient = (terms[0] - LOG_2PI * len(model.y)) / 2, terms[1:3].T.copy()
    gradient[:, 1] /= 2
    hessian = np.empty((len(mu), 2, 2))
    hessian[:, 0, 0], hessian[:, 1, 1] = -terms[3], terms[5]
    hessian[:, 0, 1] = hessian[:, 1, 0] = -terms[4]
    return Surface(value=value, gradient=gradient, hessian=hessian)
