"""Newton's steps on three-level likelihoods side by side, by their scores and information."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.dependent.likelihood import likelihood
from liftproof.statistics.dependent.rotation import Rotated

Flags = NDArray[np.bool_]

TOLERANCE = 1e-12
"""Of a step, relative to the component plus its offset."""
ROUNDED = 1e-6
"""Steps below this that no longer shrink are rounding: a flat likelihood has few digits."""
REACHED = 1e-8
"""In log-likelihood: how closely a limit must meet its height."""
LENGTHS: Array = 0.5 ** np.arange(12.0)
"""Of a step and its halves that are tried."""
FLAT = 1e-12
"""Relative to -2 log-likelihood: a change below this is rounding."""
MOST_STEPS = 100


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
        w, wz, c, u, sums = self.w, self.wz, self.c, self.u, self.model.by_study
        square, cube = sums(wz**2), sums(w * wz**2)
        share = (1 - u / c) / c
        both = ((u / c) ** 2 * square).sum(axis=-1)
        second = (w**2).sum(axis=-1) - (2 * share * cube - (share * square) ** 2).sum(axis=-1)
        first = u.sum(axis=-1), w.sum(axis=-1) - (share * square).sum(axis=-1)
        rows = ((u**2).sum(axis=-1), both), (both, second)
        return np.stack(first, axis=-1), np.moveaxis(np.array(rows), -1, 0)


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


def at_maximum(model: Rotated, start: Array, offset: Array) -> tuple[Array, Flags]:
    """Return the pairs at which likelihoods are largest near ``start``, (2, s); they may hold 0.

    With them whether each climb came to an end, (s,).
    """
    sigma2, last = start.copy(), np.full(start.shape[1], np.inf)
    left = np.arange(start.shape[1])
    for _ in range(MOST_STEPS):
        part, at = model.chosen(left), sigma2[:, left]
        moved = _no_lower(part, at, newton_step(derivatives(part, at), at))
        size = (np.abs(moved - at) / (at + offset[:, left])).max(axis=0)
        sigma2[:, left] = moved
        has_ended = (size <= TOLERANCE) | ((last[left] / 2 < size) & (size <= ROUNDED))
        last[left] = size
        left = left[~has_ended]
        if not left.size:
            break
    return sigma2, ~np.isin(np.arange(start.shape[1]), left)


def at_deviance(
    model: Rotated, start: Array, near: float, offset: Array, axis: int, height: float
) -> Array:
    """Return the pair with -2 log-likelihood ``height`` whose other component is best.

    Along ``axis`` it lies no farther from ``start`` than ``near``; it is 0 there where the height
    is not reached above 0.
    """
    low, high = np.zeros(2), np.full(2, np.inf)
    low[axis], high[axis] = max(0.0, start[axis] - near), start[axis] + near
    sigma2, other, last = start, 1 - axis, np.inf
    for _ in range(MOST_STEPS):
        at = derivatives(model, sigma2[:, None])
        excess = (float(likelihood(model, sigma2[:, None]).deviance[0]) - height) / 2
        score, information = at.score[0], at.information[0]
        is_free = bool(sigma2[other] > 0 or score[other] > 0)
        step = _level_step(score, information, excess, axis, is_free=is_free)
        moved = np.clip(sigma2 + step, low, high)
        size = float((np.abs(moved - sigma2) / (sigma2 + offset)).max())
        sigma2 = moved
        has_ended = size <= TOLERANCE or last / 2 < size <= ROUNDED
        if has_ended and (abs(excess) <= REACHED or sigma2[axis] == 0):
            return sigma2
        last = size
    raise ConvergenceError(_NO_END)


def _level_step(
    scores: Array, information: Array, excess: float, axis: int, *, is_free: bool
) -> Array:
    """Return Newton's step to where the log-likelihood is higher by ``excess``, and best across.

    Where the other component cannot move the step is along ``axis`` alone; where the likelihood
    is not concave in it, it is first taken uphill alone.
    """
    other = 1 - axis
    step, score, curvature = np.zeros(2), scores[other], information[other, other]
    if not is_free:
        step[axis] = excess / scores[axis]
    elif curvature < 0:
        step[other] = score / -curvature
    else:
        step = np.linalg.solve(np.stack((scores, information[other])), np.array([excess, score]))
    return step


def _no_lower(model: Rotated, sigma2: Array, step: Array) -> Array:
    """Return where the longest of each step and its halves leads that does not lose likelihood."""
    whole, is_reached = _longest(model, sigma2, step, LENGTHS[:1])
    short = np.flatnonzero(~is_reached)
    if short.size:
        part = model.chosen(short)
        whole[:, short], _ = _longest(part, sigma2[:, short], step[:, short], LENGTHS[1:])
    return whole


def _longest(model: Rotated, sigma2: Array, step: Array, lengths: Array) -> tuple[Array, Flags]:
    """Return the first point of each model that is no lower, (2, s), and whether the step's is.

    Where none is the pair stays.
    """
    s, shares = sigma2.shape[1], np.append(lengths, 0.0)
    tried = np.maximum(0.0, sigma2[..., None] + step[..., None] * shares)  # (2, s, shares)
    own = np.repeat(np.arange(s), shares.size)
    deviance = likelihood(model, tried.reshape(2, -1), own).deviance.reshape(s, -1)
    here = deviance[:, -1:]
    is_no_worse = deviance <= here + FLAT * (1 + np.abs(here))
    return tried[:, np.arange(s), is_no_worse.argmax(axis=1)], is_no_worse[:, 0]


def newton_step(at: Derivatives, sigma2: Array) -> Array:
    """Return the steps to the tops of parabolas at pairs (2, s): no component falls below 0."""
    score, information = at.score, at.information
    free = (sigma2.T > 0) | (score > 0)
    step, curvature = np.zeros_like(score), np.zeros_like(information)
    for axes, sets in alike(free):
        square = np.ix_(sets, axes, axes)
        bent = curvature[square] = _turned_downwards(information[square])
        slope = score[np.ix_(sets, axes)]
        step[np.ix_(sets, axes)] = np.linalg.solve(bent, slope[..., None])[..., 0]
    height = np.full(len(step), -np.inf)
    is_below, best = sigma2.T + step < 0, step.copy()
    for axis in (0, 1):
        end = _to_zero(score, curvature, sigma2.T, axis)
        rise = (score * end).sum(axis=1) - np.einsum("si,sij,sj->s", end, curvature, end) / 2
        is_higher = is_below[:, axis] & (rise > height)
        best[is_higher], height[is_higher] = end[is_higher], rise[is_higher]
    return np.asarray(best.T)


def alike(free: Flags) -> Iterator[tuple[Places, Places]]:
    """Yield each choice of components that are free (s, 2), with the models that have it."""
    for axes in ([0], [1], [0, 1]):
        sets = np.flatnonzero((free == np.isin((0, 1), axes)).all(axis=1))
        if sets.size:
            yield np.array(axes), sets


def _to_zero(score: Array, curvature: Array, sigma2: Array, axis: int) -> Array:
    """Return the steps that take one component to 0, and the other to where it is best then."""
    step, other = -sigma2, 1 - axis
    bent = curvature[:, other, other]
    slope = score[:, other] - curvature[:, other, axis] * step[:, axis]
    along = np.divide(slope, bent, out=np.zeros_like(slope), where=bent > 0)
    step[:, other] = np.where(bent > 0, np.maximum(along, -sigma2[:, other]), 0.0)
    return np.asarray(step)


def _turned_downwards(information: Array) -> Array:
    """Return negative second derivatives with the curvatures downwards where they are not."""
    values, vectors = np.linalg.eigh(information)
    return np.asarray((vectors * np.abs(values)[:, None]) @ _turned(vectors))


_NO_END = (
    f"The search for the variance components did not end within {MOST_STEPS} steps: the "
    "likelihood is almost flat. Use a model with one component, or fewer moderators."
)
