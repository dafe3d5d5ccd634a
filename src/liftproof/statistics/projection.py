"""What weights make of effects once a mean, or the fit of moderators, is taken out of them.

P = W - WX(X'WX)⁻¹X'W is all that the estimators of τ² need to know of a data set. Two classes hold
it, with the same attributes: :class:`Mean` where X is a column of ones, whose sums lose no digits
however one trial outweighs the others, and :class:`Fit` for any X.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.division import Numbers
from liftproof.statistics.moderators import orthonormal
from liftproof.statistics.products import einsum
from liftproof.statistics.weighting import dot, sum_of_others

NEARLY_ALL = 0.999
"""Beyond this leverage 1 minus it loses more than three digits, and is summed in another way."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Mean:
    """P for a weighted mean: ``w``, ``residuals`` (y minus the mean) and ``py`` = Py.

    They have shape (k, ..., n); ``total`` = Σw and ``mean``, that of the effects as they are in
    ``trials``, have shape (..., n).
    """

    w: Array
    total: Array
    mean: Array
    residuals: Array
    py: Array

    @cached_property
    def q(self) -> Array:
        """y'Py, the generalised Q."""
        return dot(self.py, self.residuals)

    @cached_property
    def others(self) -> Array:
        """For each trial, the sum of the weights of all others."""
        return sum_of_others(self.w)

    @cached_property
    def diagonal(self) -> Array:
        """The diagonal of P."""
        share = self.others / self.total
        return np.multiply(self.w, share, out=share)

    @property
    def log_determinant(self) -> Array:
        """log det X'WX, to a constant."""
        return np.log(self.total)

    def form(self, z: Array) -> Array:
        """Return z'Pz; by z - z₀ no digits are lost beside a trial that outweighs all."""
        rest = self.w[1:]
        deviation = z[1:] - z[0]
        along = dot(rest, deviation)
        return dot(rest * deviation, deviation) - along * along / self.total

    def traces(self) -> tuple[Array, Array]:
        """Return tr P and tr P², from power sums over all trials but the one in row 0."""
        first, others = self.w[0] / self.total, self.w[1:] / self.total
        return traces_of_shares(self.total, first, *power_sums(others))

    def trace(self, d: Array | None = None) -> Array:
        """Return tr PD for a diagonal D; that of P without."""
        return np.asarray((self.diagonal if d is None else self.diagonal * d).sum(axis=0))

    @cached_property
    def _square(self) -> tuple[Array, Array]:
        """w²/Σw and, for each trial, its sum over all others."""
        square = self.w**2 / self.total
        return square, sum_of_others(square)

    def trace_of_product(self, d: Array | None = None, e: Array | None = None) -> Array:
        """Return tr PDPE for diagonal D and E; I where one is not given."""
        square, others = self._square
        left, right, outer = self.diagonal, self.diagonal, square
        if d is not None:
            left, outer = left * d, square * d
        if e is not None:
            right, others = right * e, sum_of_others(square * e)
        return dot(left, right) + dot(outer, others)


def power_sums(others: Array) -> tuple[Array, Array, Array]:
    """Return the sums of shares of the weight, of their squares and cubes, over the first axis."""
    three: Array = einsum("k...,k...,k...->...", others, others, others)
    return np.add.reduce(others), dot(others, others), three


def traces_of_shares(
    total: Numbers, first: Numbers, one: Numbers, two: Numbers, three: Numbers
) -> tuple[Any, Any]:
    """Return tr P and tr P² from Σw, the share of the largest weight, and others' power sums."""
    both = first * one
    trace = 2 * first * one + one * one - two
    square = both * both + 2 * (first * first) * two + two * two + (two - 2 * three)
    return total * trace, total * total * square


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """P for a regression: ``root`` = √w and ``scaled`` residuals √w(y - fit), (k, ..., n).

    ``basis``: p orthonormal columns that span √W X, ``triangle``: what they are multiplied by.
    ``loadings``: p products of the basis with √w y.
    """

    root: Array
    scaled: Array
    basis: tuple[Array, ...]
    triangle: Array
    loadings: tuple[Array, ...]

    @cached_property
    def w(self) -> Array:
        """The weights."""
        return np.asarray(self.root**2)

    @cached_property
    def py(self) -> Array:
        """Py, shape (k, ..., n)."""
        return self.root * self.scaled

    @cached_property
    def q(self) -> Array:
        """y'Py, the generalised Q."""
        return dot(self.scaled, self.scaled)

    @cached_property
    def leverage(self) -> Array:
        """The diagonal of √W X(X'WX)⁻¹X'√W."""
        return np.asarray(sum(column**2 for column in self.basis))

    @cached_property
    def diagonal(self) -> Array:
        """The diagonal of P."""
        left = np.maximum(0.0, 1 - self.leverage)
        told_alone = self.leverage > NEARLY_ALL
        if told_alone.any():
            left[told_alone] = _left_by_others(self.basis, told_alone)
        return np.asarray(self.w * left)

    @property
    def log_determinant(self) -> Array:
        """log det X'WX, to a constant."""
        return np.asarray(2 * sum(np.log(self.triangle[j, j]) for j in range(len(self.basis))))

    def form(self, z: Array) -> Array:
        """Return z'Pz."""
        rest = self.root * z
        for column in self.basis:
            rest = rest - column * dot(column, rest)
        return dot(rest, rest)

    def traces(self) -> tuple[Array, Array]:
        """Return tr P and tr P²."""
        crossed = dot(self.w * self.w, 1 - 2 * self.leverage)
        for i, a in enumerate(self.basis):
            weighted = self.w * a
            crossed += dot(weighted, a) ** 2
            for b in self.basis[:i]:
                crossed += 2 * dot(weighted, b) ** 2
        return self.diagonal.sum(axis=0), np.maximum(0.0, crossed)  # as in trace_of_product

    def trace(self, d: Array | float = 1.0) -> Array:
        """Return tr PD for a diagonal D."""
        return np.asarray((self.diagonal * d).sum(axis=0))

    def trace_of_product(self, d: Array | float = 1.0, e: Array | float = 1.0) -> Array:
        """Return tr PDPE for diagonal D and E."""
        left = self.w * d
        right = left if e is d else self.w * e
        crossed = dot(left * right, 1 - 2 * self.leverage)
        for a in self.basis:
            for b in self.basis:
                along = dot(left * a, b)
                crossed = crossed + along * (along if e is d else dot(right * a, b))
        return np.maximum(0.0, crossed)  # rounding, where one trial outweighs all others


def _left_by_others(basis: tuple[Array, ...], chosen: NDArray[np.bool_]) -> Array:
    """Return 1 minus the leverage of the chosen trials, as a sum over the other trials.

    Of the span of the basis, the unit vector that points most to a trial has its leverage as the
    square there: the squares at all others sum to what is left. ``chosen`` (k, ...). The basis
    is made orthonormal once more, as beside a trial that outweighs all others it is so to few
    digits.
    """
    if chosen.ndim == 1:
        basis, chosen = tuple(column[:, None] for column in basis), chosen[:, None]
    trial, *sets = np.nonzero(chosen)
    place: tuple[Any, ...] = (slice(None), *sets)
    again = np.stack(orthonormal(tuple(column[place] for column in basis))[0])
    pairs = np.arange(trial.size)
    own = again[:, trial, pairs]
    along = np.einsum("pm,pkm->km", own / np.sqrt(dot(own, own)), again)
    along[trial, pairs] = 0.0
    return dot(along, along)


Projection = Mean | Fit
_AT_ZERO, _AT_TAU2 = "P for the weights 1/v", "τ² and P for the weights 1/(v + τ²)"


def at_tau2(trials: Trials, tau2: Array | float) -> Projection:
    """Return P for the weights 1/(v + τ²); for one that is asked for again, as it was.

    A NumPy scalar is the τ² of one data set in vectors, and never changes.
    """
    is_scalar = type(tau2) is np.float64
    if is_scalar:
        of, found = trials.kept.get(_AT_TAU2, (None, None))
        if of is tau2:
            return found  # type: ignore[no-any-return]
    variances = trials.v + tau2
    fit = with_weights(trials, np.divide(1.0, variances, out=variances))
    if is_scalar:
        trials.kept[_AT_TAU2] = tau2, fit
    return fit


def without_spread(trials: Trials) -> Projection:
    """Return P for the weights 1/v, which is computed once for the same trials."""
    if _AT_ZERO not in trials.kept:
        trials.kept[_AT_ZERO] = with_weights(trials, 1 / trials.v)
    found: Projection = trials.kept[_AT_ZERO]
    return found


def about_the_mean(trials: Trials, w: Array) -> Mean:
    """Return P for weights of shape (k, ..., n), of which row 0 must be the largest."""
    total = np.add.reduce(w)
    mean = dot(w, trials.y) / total
    residuals = trials.y - mean
    return Mean(w=w, total=total, mean=mean, residuals=residuals, py=w * residuals)


def as_columns(fit: Projection) -> Fit:
    """Return the fit of moderators to one data set in vectors, (k,), as to many, (k, 1)."""
    assert isinstance(fit, Fit)
    columns = Fit(
        root=fit.root[:, None],
        scaled=fit.scaled[:, None],
        basis=tuple(column[:, None] for column in fit.basis),
        triangle=fit.triangle[..., None],
        loadings=tuple(np.reshape(loading, 1) for loading in fit.loadings),
    )
    known = {"q": np.reshape(fit.q, 1), "diagonal": fit.diagonal[:, None]}
    columns.__dict__.update(known)  # where cached properties look first
    return columns


def with_weights(trials: Trials, w: Array) -> Projection:
    """Return P for weights of shape (k, ..., n); in a :class:`Mean` row 0 must be the largest."""
    if trials.moderators is None:
        return about_the_mean(trials, w)
    root = np.sqrt(w)
    basis, triangle = orthonormal(tuple(root * column for column in trials.moderators.columns))
    rest, loadings = root * trials.y, []
    for column in basis:
        loadings.append(dot(column, rest))
        rest = rest - column * loadings[-1]
    return Fit(root=root, scaled=rest, basis=basis, triangle=triangle, loadings=tuple(loadings))
