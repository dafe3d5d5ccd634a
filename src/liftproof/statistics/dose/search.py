"""The highest point of the likelihood of Ψ: Newton's steps from many starts at once."""

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dose.likelihood import Point, derivatives, point, slope
from liftproof.statistics.dose.observations import Observations

RANDOM_STARTS = 24
SEED = 1
SCALES = (1e-2, 1e-1, 1.0, 10.0)
"""Of starts, in the square of a coefficient's typical standard error, where trials agree."""
TOLERANCE = 1e-13
"""Of what a further step would win in deviance, relative to it."""
HALVES = 14
FLAT = 1e-13
MOST_STEPS = 300
LEAST_CURVATURE = 1e-12
"""Of a direction, relative to the steepest: below it the likelihood is flat to rounding."""
NONE = 1e-8
"""An eigenvalue of Ψ below this share of a coefficient's sampling variance is 0."""
SLOPE = 1e-5
"""Of the derivative by Ψ, relative to the number of trials: what rounding may leave."""


def maximum(data: Observations, *, is_restricted: bool) -> Array:
    """Return Ψ (p, p), in scaled coefficients, with the highest likelihood found.

    Starts of several sizes, some almost of rank one, some drawn at random with one seed, are led
    uphill by Newton's steps on L. That the highest end is a maximum is checked: the derivative of
    the deviance by Ψ must be positive semidefinite and 0 times Ψ. That no other is higher is not.
    Raises ConvergenceError.
    """
    factor = _starts(data)
    at = point(data, factor, is_restricted=is_restricted)
    is_open = np.ones(len(factor), dtype=np.bool_)
    for _ in range(MOST_STEPS):
        moved, gain = _stepped(data, at, is_open)
        at = moved
        is_open &= gain > TOLERANCE * (1 + np.abs(at.deviance))
        if not is_open.any():
            break
    best = int(at.deviance.argmin())
    psi = _cleaned(at.factor[best] @ at.factor[best].T)
    _require_maximum(data, psi, is_restricted=is_restricted)
    return psi


def factor_of(psi: Array) -> Array:
    """Return a factor F (p, p) with FF' = Ψ, also where Ψ is singular."""
    values, vectors = np.linalg.eigh(psi)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _starts(data: Observations) -> Array:
    """Return factors (s, p, p), lower triangles; the size follows how far trials disagree."""
    p, generator = data.size, np.random.default_rng(SEED)
    none = point(data, np.zeros((1, p, p)), is_restricted=False)
    size = max(1.0, float(none.deviance[0]) / data.values.size)
    spherical = [np.eye(p) * np.sqrt(scale * size) for scale in SCALES]
    single = [np.diag(np.eye(p)[j] + 1e-3) * np.sqrt(size) for j in range(p)]
    drawn = np.tril(generator.normal(size=(RANDOM_STARTS, p, p)))
    drawn *= np.sqrt(size * 10.0 ** generator.uniform(-2, 1.5, size=(RANDOM_STARTS, 1, 1)))
    return np.concatenate((np.stack([*spherical, *single]), drawn))


def _stepped(data: Observations, at: Point, is_open: NDArray[np.bool_]) -> tuple[Point, Array]:
    """Return the points after the longest of a step and its halves that loses nothing, and gains.

    A gain is what the step promised, (s,); closed points stay.
    """
    gradient, curvature = derivatives(at)
    values, vectors = np.linalg.eigh(curvature)
    size = np.abs(values)
    size = np.maximum(size, LEAST_CURVATURE * size.max(axis=1, keepdims=True) + 1e-300)
    along = np.einsum("sab,sa->sb", vectors, gradient)
    promised = (along**2 / size).sum(axis=1)
    step = -np.einsum("sab,sb->sa", vectors, along / size)
    p = at.factor.shape[-1]
    change = np.zeros_like(at.factor)
    change[:, *np.tril_indices(p)] = step
    lengths = np.append(0.5 ** np.arange(HALVES), 0.0) * np.where(is_open[:, None], 1.0, 0.0)
    tried = at.factor[:, None] + change[:, None] * lengths[..., None, None]
    everywhere = point(data, tried.reshape(-1, p, p), is_restricted=at.is_restricted)
    deviance = everywhere.deviance.reshape(len(tried), -1)
    is_no_worse = deviance <= at.deviance[:, None] + FLAT * (1 + np.abs(at.deviance[:, None]))
    chosen = tried[np.arange(len(tried)), is_no_worse.argmax(axis=1)]
    return point(data, chosen, is_restricted=at.is_restricted), promised


def _cleaned(psi: Array) -> Array:
    """Return Ψ with eigenvalues of 0 for those that are rounding."""
    values, vectors = np.linalg.eigh(psi)
    kept = np.where(values > NONE, values, 0.0)
    return np.asarray((vectors * kept) @ vectors.T)


def _require_maximum(data: Observations, psi: Array, *, is_restricted: bool) -> None:
    """Raise ConvergenceError where the likelihood still rises in some direction."""
    at = point(data, factor_of(psi)[None], is_restricted=is_restricted)
    by_psi = slope(at)[0]
    scale = SLOPE * len(data.rows)
    values, vectors = np.linalg.eigh(psi)
    is_free = values > 0
    inside = vectors[:, is_free].T @ by_psi
    spread = np.sqrt(values[is_free])[:, None]
    rises = np.linalg.eigvalsh(by_psi)[0] < -scale
    if rises or (np.abs(inside) * np.minimum(1.0, spread) > scale).any():
        raise ConvergenceError(
            "The covariance of trials' coefficients was not found: the likelihood is almost flat. "
            "Use a form with fewer coefficients, or method DL or FE."
        )
