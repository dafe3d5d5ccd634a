"""Newton's steps on a three-level likelihood: its score and information at one pair."""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.likelihood import likelihood
from liftproof.statistics.dependent.rotation import Rotated

TOLERANCE = 1e-12
"""Of a step, relative to the component plus its offset."""
ROUNDED = 1e-6
"""Steps below this that no longer shrink are rounding: a flat likelihood has few digits."""
REACHED = 1e-8
"""In log-likelihood: how closely a limit must meet its height."""
HALVES = 12
"""How often a step is halved at most."""
FLAT = 1e-12
"""Relative to -2 log-likelihood: a change below this is rounding."""
MOST_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Derivatives:
    """Of the log-likelihood by both components, from what :func:`derivatives` names.

    ``pulls`` y'PGPy and ``traces`` tr PG, (2,), ``squares`` y'PGPGPy and ``products`` tr PGPG,
    (2, 2); ``q`` = y'Py. For ML the traces hold M⁻¹ in place of P.
    """

    pulls: Array
    traces: Array
    squares: Array
    products: Array
    q: float

    @property
    def score(self) -> Array:
        """The first derivatives, (2,)."""
        return (self.pulls - self.traces) / 2

    @property
    def information(self) -> Array:
        """The negative second derivatives, (2, 2)."""
        return self.squares - self.products / 2


def derivatives(model: Rotated, sigma2: Array) -> Derivatives:
    """Return score and observed information at a pair of components.

    With P = M⁻¹ - M⁻¹X(X'M⁻¹X)⁻¹X'M⁻¹ and M's derivatives G: score = (y'PGPy - tr PG)/2,
    information = y'PGPGPy - tr(PGPG)/2; for ML the traces hold M⁻¹ in place of P.

    Source: Harville 1977, J Am Stat Assoc 72, 320-338.
    """
    inverse = _Inverse(model, sigma2)
    fx = inverse.times(model.x)
    variance: Array = np.linalg.inv(model.x.T @ fx).astype(np.float64)
    pulled = inverse.times(model.y[:, None])
    py = pulled - fx @ (variance @ (model.x.T @ pulled))
    directions = np.hstack((inverse.from_studies(inverse.to_studies(py)), py))
    moved = inverse.times(directions)
    moved -= fx @ (variance @ (fx.T @ directions))
    trace, trace_of_products = inverse.traces()
    if model.is_restricted:
        less, less_of_products = _restricted(inverse, fx, variance)
        trace, trace_of_products = trace - less, trace_of_products - less_of_products
    return Derivatives(
        pulls=(directions.T @ py)[:, 0],
        traces=trace,
        squares=directions.T @ moved,
        products=trace_of_products,
        q=float(model.y @ py[:, 0]),
    )


class _Inverse:
    """M⁻¹ at one pair of components, never formed: diag(w) - Z diag(g) Z' with w on both sides."""

    def __init__(self, model: Rotated, sigma2: Array) -> None:
        self.model = model
        self.w = 1 / (model.d + sigma2[1])
        self.wz = self.w * model.z
        self.c = model.by_study(self.wz * model.z)
        self.u = 1 / (1 / self.c + sigma2[0])

    def to_studies(self, columns: Array) -> Array:
        """Return Z' times columns, (m, n)."""
        return self.model.by_study(self.model.z * columns.T).T

    def from_studies(self, columns: Array) -> Array:
        """Return Z times columns, (k, n)."""
        return np.asarray(self.model.z[:, None] * columns[self.model.study])

    def times(self, columns: Array) -> Array:
        """Return M⁻¹ times columns, (k, n)."""
        means = self.model.by_study(self.wz * columns.T).T / self.c[:, None]
        shrunken = means * (self.u / self.c)[:, None]
        return np.asarray(
            self.w[:, None] * (columns - self.from_studies(means))
            + self.w[:, None] * self.from_studies(shrunken)
        )

    def traces(self) -> tuple[Array, Array]:
        """Return tr(M⁻¹G), (2,), and tr(M⁻¹GM⁻¹G), (2, 2), for G = ZZ' and the identity."""
        w, wz, c, u, sums = self.w, self.wz, self.c, self.u, self.model.by_study
        square, cube = sums(wz**2), sums(w * wz**2)
        share = (1 - u / c) / c
        both = ((u / c) ** 2 * square).sum()
        second = (w**2).sum() - (2 * share * cube - (share * square) ** 2).sum()
        first = np.array([u.sum(), w.sum() - (share * square).sum()])
        return first, np.array([[(u**2).sum(), both], [both, second]])


def _restricted(inverse: _Inverse, fx: Array, variance: Array) -> tuple[Array, Array]:
    """Return what P's traces fall short of those of M⁻¹, (2,) and (2, 2)."""
    ends = inverse.to_studies(fx)
    along = [inverse.from_studies(ends), fx]  # GM⁻¹X
    first = [variance @ (fx.T @ columns) for columns in along]
    moved = [inverse.times(columns) for columns in along]
    products = [
        [
            2 * np.trace(variance @ (a.T @ b)) - np.trace(c @ d)
            for b, d in zip(moved, first, strict=True)
        ]
        for a, c in zip(along, first, strict=True)
    ]
    return np.array([np.trace(columns) for columns in first]), np.array(products)


def at_maximum(model: Rotated, start: Array, offset: Array) -> Array:
    """Return the pair at which the likelihood is largest near ``start``; a component may be 0."""
    sigma2, last = start, np.inf
    for _ in range(MOST_STEPS):
        at = derivatives(model, sigma2)
        moved = _no_lower(model, sigma2, _newton_step(at, sigma2))
        size = float((np.abs(moved - sigma2) / (sigma2 + offset)).max())
        sigma2 = moved
        if size <= TOLERANCE or last / 2 < size <= ROUNDED:
            return sigma2
        last = size
    raise ConvergenceError(_NO_END)


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
        at = derivatives(model, sigma2)
        excess = (float(likelihood(model, sigma2[:, None]).deviance[0]) - height) / 2
        is_free = sigma2[other] > 0 or at.score[other] > 0
        moved = np.clip(sigma2 + _level_step(at, excess, axis, is_free=is_free), low, high)
        size = float((np.abs(moved - sigma2) / (sigma2 + offset)).max())
        sigma2 = moved
        has_ended = size <= TOLERANCE or last / 2 < size <= ROUNDED
        if has_ended and (abs(excess) <= REACHED or sigma2[axis] == 0):
            return sigma2
        last = size
    raise ConvergenceError(_NO_END)


def _level_step(at: Derivatives, excess: float, axis: int, *, is_free: bool) -> Array:
    """Return Newton's step to where the log-likelihood is higher by ``excess``, and best across.

    Where the other component cannot move the step is along ``axis`` alone; where the likelihood
    is not concave in it, it is first taken uphill alone.
    """
    other = 1 - axis
    step, score, curvature = np.zeros(2), at.score[other], at.information[other, other]
    if not is_free:
        step[axis] = excess / at.score[axis]
    elif curvature < 0:
        step[other] = score / -curvature
    else:
        step = np.linalg.solve(
            np.stack((at.score, at.information[other])), np.array([excess, score])
        )
    return step


def _no_lower(model: Rotated, sigma2: Array, step: Array) -> Array:
    """Return where the longest of a step and its halves leads that does not lose likelihood."""
    lengths = 0.5 ** np.arange(HALVES)
    for share in (lengths[:1], lengths[1:]):
        tried = np.maximum(0.0, sigma2[:, None] + step[:, None] * np.append(share, 0.0))
        deviance = likelihood(model, tried).deviance
        is_no_worse = deviance <= deviance[-1] + FLAT * (1 + np.abs(deviance[-1]))
        if is_no_worse[0]:
            break
    return np.asarray(tried[:, int(is_no_worse.argmax())])


def _newton_step(at: Derivatives, sigma2: Array) -> Array:
    """Return the step to the top of the parabola at a pair, of which no component is below 0."""
    free = (sigma2 > 0) | (at.score > 0)
    step, places = np.zeros(2), np.ix_(free, free)
    if not free.any():
        return step
    curvature = np.zeros((2, 2))
    curvature[places] = _turned_downwards(at.information[places])
    step[free] = np.linalg.solve(curvature[places], at.score[free])
    ends = [_to_zero(at, curvature, sigma2, axis) for axis in np.flatnonzero(sigma2 + step < 0)]
    return max(
        ends, key=lambda end: float(at.score @ end - end @ curvature @ end / 2), default=step
    )


def _to_zero(at: Derivatives, curvature: Array, sigma2: Array, axis: np.intp) -> Array:
    """Return the step that takes one component to 0, and the other to where it is best then."""
    step, other = -sigma2, 1 - axis
    step[other] = 0.0
    if curvature[other, other] > 0:
        along = (at.score[other] - curvature[other, axis] * step[axis]) / curvature[other, other]
        step[other] = max(along, -sigma2[other])
    return np.asarray(step)


def _turned_downwards(information: Array) -> Array:
    """Return negative second derivatives with the curvatures downwards where they are not."""
    values, vectors = np.linalg.eigh(information)
    return np.asarray((vectors * np.abs(values)) @ vectors.T)


_NO_END = (
    f"The search for the variance components did not end within {MOST_STEPS} steps: the "
    "likelihood is almost flat. Use a model with one component, or fewer moderators."
)
