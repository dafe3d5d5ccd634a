"""First and second derivatives of three-level likelihoods side by side."""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.rotation import Rotated
from liftproof.statistics.products import einsum


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Derivatives:
    """Of the log-likelihoods of s models by both components, from what :func:`derivatives` names.

    ``pulls`` y'PGPy and ``traces`` tr PG, (s, 2), ``squares`` y'PGPGPy and ``products`` tr PGPG,
    (s, 2, 2); ``q`` = y'Py, (s,). For ML the traces hold M⁻¹ in place of P.
    """

    pulls: Array
    traces: Array
    squares: Array
    products: Array
    q: Array

    @property
    def score(self) -> Array:
        """The first derivatives, (s, 2)."""
        return (self.pulls - self.traces) / 2

    @property
    def information(self) -> Array:
        """The negative second derivatives, (s, 2, 2)."""
        return self.squares - self.products / 2


def derivatives(model: Rotated, sigma2: Array) -> Derivatives:
    """Return score and observed information of each model at its pair of components, (2, s).

    With P = M⁻¹ - M⁻¹X(X'M⁻¹X)⁻¹X'M⁻¹ and M's derivatives G: score = (y'PGPy - tr PG)/2,
    information = y'PGPGPy - tr(PGPG)/2; for ML the traces hold M⁻¹ in place of P.

    Source: Harville 1977, J Am Stat Assoc 72, 320-338.
    """
    if model.is_mean:
        return _of_mean(model, sigma2)
    inverse = _Inverse(model, sigma2)
    x, y = model.x, model.y
    fx = inverse.times(x)
    variance: Array = np.linalg.inv(_turned(x) @ fx).astype(np.float64)
    pulled = inverse.times(y[..., None])
    py = pulled - fx @ (variance @ (_turned(x) @ pulled))
    directions = np.concatenate((inverse.from_studies(inverse.to_studies(py)), py), axis=-1)
    moved = inverse.times(directions)
    moved -= fx @ (variance @ (_turned(fx) @ directions))
    trace, trace_of_products = inverse.traces()
    if model.is_restricted:
        less, less_of_products = _restricted(inverse, fx, variance)
        trace, trace_of_products = trace - less, trace_of_products - less_of_products
    return Derivatives(
        pulls=(_turned(directions) @ py)[..., 0],
        traces=trace,
        squares=_turned(directions) @ moved,
        products=trace_of_products,
        q=(y[:, None] @ py)[:, 0, 0],
    )


def _of_mean(model: Rotated, sigma2: Array) -> Derivatives:
    """Return the same of a mean alone: ones have the means 1, and nothing within studies.

    Sums are of squares about weighted means. Of a direction Gv, P leaves what is within studies,
    and the studies' means less their mean by the weights of studies.
    """
    at = _Inverse(model, sigma2)
    by_study, study, w, wz, c, u = model.by_study, model.study, at.w, at.wz, at.c, at.u
    total, share = u.sum(axis=-1), u / c
    means = by_study(wz * model.y) / c
    within = model.y - model.z * means[:, study]
    residual = means - _mean(u, means, total)
    pulled = u * residual
    py = w * within + wz * (share * residual)[:, study]
    sums = by_study(wz * py) / c
    rest = py - model.z * sums[:, study]
    first, second = pulled - _mean(u, pulled, total), sums - _mean(u, sums, total)
    trace, products = at.traces()
    if model.is_restricted:
        less, less_of_products = _less_of_mean(at, total)
        trace, products = trace - less, products - less_of_products
    return Derivatives(
        pulls=_side_by_side(_dot(pulled, pulled), _dot(py, py)),
        traces=trace,
        squares=_symmetric(
            _dot(u * first, first),
            _dot(u * first, second),
            _dot(w * rest, rest) + _dot(u * second, second),
        ),
        products=products,
        q=_dot(w * within, within) + _dot(pulled, residual),
    )


def _less_of_mean(at: "_Inverse", total: Array) -> tuple[Array, Array]:
    """Return what P's traces fall short of those of M⁻¹, (s, 2) and (s, 2, 2), of a mean alone."""
    u, c, share = at.u, at.c, at.u / at.c
    square, cube = at.square, at.cube
    means = square * share / c
    less = _side_by_side(_dot(u, u), _dot(share * square, share)) / total[:, None]
    within = _dot(share**2, cube - square**2 / c)
    products = _symmetric(_dot(u * u, u), _dot(u * u, means), within + _dot(u * means, means))
    return less, 2 * products / total[:, None, None] - less[:, :, None] * less[:, None]


def _mean(weights: Array, values: Array, total: Array) -> Array:
    return (_dot(weights, values) / total)[:, None]


def _dot(a: Array, b: Array) -> Array:
    sums: Array = einsum("sk,sk->s", a, b)
    return sums


def _symmetric(first: Array, both: Array, second: Array) -> Array:
    """Return matrices (s, 2, 2) of their elements, (s,)."""
    return _side_by_side(first, both, both, second).reshape(-1, 2, 2)


def _side_by_side(*columns: Array) -> Array:
    """Return columns (s,) as one array, (s, columns)."""
    return np.array(columns).T


def _turned(columns: Array) -> Array:
    return np.swapaxes(columns, -1, -2)


class _Inverse:
    """M⁻¹ of each model at its pair, never formed: diag(w) - Z diag(g) Z', w on both sides."""

    def __init__(self, model: Rotated, sigma2: Array) -> None:
        self.model = model
        self.w = 1 / (model.d + sigma2[1][:, None])
        self.wz = self.w * model.z
        self.c = model.by_study(self.wz * model.z)
        self.u = 1 / (1 / self.c + sigma2[0][:, None])
        squared = self.wz**2
        self.square, self.cube = model.by_study(squared), model.by_study(self.w * squared)

    def to_studies(self, columns: Array) -> Array:
        """Return Z' times columns, (s, m, n)."""
        return _turned(self.model.by_study(self.model.z[:, None] * _turned(columns)))

    def from_studies(self, columns: Array) -> Array:
        """Return Z times columns, (s, k, n)."""
        return np.asarray(self.model.z[..., None] * columns[:, self.model.study])

    def times(self, columns: Array) -> Array:
        """Return M⁻¹ times columns, (s, k, n)."""
        sums = self.model.by_study(self.wz[:, None] * _turned(columns))
        means = _turned(sums) / self.c[..., None]
        shrunken = means * (self.u / self.c)[..., None]
        w = self.w[..., None]
        return np.asarray(
            w * (columns - self.from_studies(means)) + w * self.from_studies(shrunken)
        )

    def traces(self) -> tuple[Array, Array]:
        """Return tr(M⁻¹G), (s, 2), and tr(M⁻¹GM⁻¹G), (s, 2, 2), for G = ZZ' and the identity."""
        w, c, u = self.w, self.c, self.u
        square, cube = self.square, self.cube
        share = (1 - u / c) / c
        both = ((u / c) ** 2 * square).sum(axis=-1)
        second = (w**2).sum(axis=-1) - (2 * share * cube - (share * square) ** 2).sum(axis=-1)
        first = u.sum(axis=-1), w.sum(axis=-1) - (share * square).sum(axis=-1)
        return _side_by_side(*first), _symmetric((u**2).sum(axis=-1), both, second)


def _restricted(inverse: _Inverse, fx: Array, variance: Array) -> tuple[Array, Array]:
    """Return what P's traces fall short of those of M⁻¹, (s, 2) and (s, 2, 2)."""
    ends = inverse.to_studies(fx)
    along = [inverse.from_studies(ends), fx]  # GM⁻¹X
    first = [variance @ (_turned(fx) @ columns) for columns in along]
    moved = [inverse.times(columns) for columns in along]
    products = [
        [
            2 * _trace(variance @ (_turned(a) @ b)) - _trace(c @ d)
            for b, d in zip(moved, first, strict=True)
        ]
        for a, c in zip(along, first, strict=True)
    ]
    traces = np.stack([_trace(columns) for columns in first], axis=-1)
    return traces, np.moveaxis(np.array(products), -1, 0)


def _trace(matrices: Array) -> Array:
    return np.asarray(np.trace(matrices, axis1=-2, axis2=-1))
