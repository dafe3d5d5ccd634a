"""Newton's steps towards the maximum of a mixed model's likelihood.

Each trial's own effect meets the others only through the shared parameters, so that it is
eliminated: a step costs one small system, whatever the number of trials.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.differences import derivatives
from liftproof.statistics.sparse.mixed_model import MixedModel

STEP = 0.005
"""Of the differences, relative to the scale on which a trial's likelihood varies."""
LONGEST = 2.0
"""No step changes a parameter, a log odds or log rate, by more."""
FLAT = 1e-14
"""A trial's likelihood that bends by less over a step, relative to itself, says nothing of its own
effect: what is left is rounding."""
TINY = np.finfo(float).tiny
"""Nothing is divided by less."""
AT_ONCE = 2**12
"""Trials times points whose differences are held at once: of two effects, 41 points each."""


Rows = NDArray[np.intp] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Points in the space of parameters, side by side on the first axis.

    ``own``: fixed effects that each trial has of its own, shape (points, k, 0 or 1). ``shared``:
    coefficients of the moderators, the other fixed effects, then standard deviations, shape
    (points, shared).
    """

    own: Array
    shared: Array

    def by_trial(self, model: MixedModel) -> Array:
        """Return the parameters of each trial, shape (points, k, parameters)."""
        points, k, own = self.own.shape
        x, shared = model.moderators, self.shared
        of_moderators, free = (0, own) if x is None else (x.shape[1], own + 1)
        found = np.empty((points, k, free + shared.shape[1] - of_moderators))
        found[..., :own] = self.own
        if x is not None:
            found[..., own] = shared[:, :of_moderators] @ x.T
        found[..., free:] = shared[:, None, of_moderators:]
        return found

    def take(self, rows: Rows) -> "Points":
        """Return the points in these rows."""
        return Points(own=self.own[rows], shared=self.shared[rows])

    def put(self, rows: NDArray[np.intp], moved: "Points") -> "Points":
        """Return the points with those in ``rows`` replaced."""
        own, shared = self.own.copy(), self.shared.copy()
        own[rows], shared[rows] = moved.own, moved.shared
        return Points(own=own, shared=shared)

    def moved(self, step: "Points", share: Array) -> "Points":
        """Return the points after shares (points,) of a step."""
        return Points(
            own=self.own + share[:, None, None] * step.own,
            shared=self.shared + share[:, None] * step.shared,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Normal:
    """The normal equations -H·step = g of a likelihood, with each trial's own effect eliminated.

    ``value``: log-likelihood, shape (points,). ``gradient`` (points, shared) and ``information``
    (points, shared, shared) of the shared parameters, the own ones being at their best.
    ``own_gradient`` and ``own_information`` (points, k, 0 or 1), ``cross`` (points, k, 0 or 1,
    shared).
    """

    value: Array
    gradient: Array
    information: Array
    own_gradient: Array
    own_information: Array
    cross: Array

    def take(self, rows: Rows) -> "Normal":
        """Return those of the points in these rows."""
        return Normal(**{name: getattr(self, name)[rows] for name in NORMAL_NAMES})


NORMAL_NAMES = [item.name for item in fields(Normal)]


Slopes = Callable[[MixedModel, Array, int], tuple[Array, Array, Array]]
"""Each trial's log-likelihood, gradient and Hessian: see ``expected_slopes``."""


def difference_slopes(model: MixedModel, local: Array, count: int) -> tuple[Array, Array, Array]:
    """Return what ``expected_slopes`` does by differences, whatever the quadrature's error."""
    return derivatives(model.log_likelihood, local, _steps(model, local), count)


def normal_equations(
    model: MixedModel, at: Points, free: int, slopes: Slopes = difference_slopes
) -> Normal:
    """Return the normal equations for own effects and the first ``free`` shared parameters."""
    points, k = len(at.shared), at.own.shape[1]
    rows = max(1, AT_ONCE // k)
    if points <= rows:
        return _of_block(model, at, free, slopes)
    blocks = (np.arange(i, min(points, i + rows)) for i in range(0, points, rows))
    parts = [_of_block(model, at.take(block), free, slopes) for block in blocks]
    return Normal(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in NORMAL_NAMES}
    )


def _of_block(model: MixedModel, at: Points, free: int, slopes: Slopes) -> Normal:
    """Return the normal equations of a block of points."""
    own = at.own.shape[-1]
    local = at.by_trial(model)
    of_trial = free if model.moderators is None else free + 1 - model.moderators.shape[1]
    value, g, h = slopes(model, local, own + of_trial)
    information = -h
    gradient, left = g, information
    if own:
        _silence(value, g, information)
        gradient, left = _without_own(g, information)
    return Normal(
        value=value.sum(axis=-1),
        gradient=_along_last(gradient, model.moderators).sum(axis=-2),
        information=_by_shared(left, model.moderators).sum(axis=-3),
        own_gradient=g[..., :own],
        own_information=information[..., :own, 0],
        cross=_along_last(information[..., :own, own:], _of_matrices(model.moderators)),
    )


def _silence(value: Array, gradient: Array, information: Array) -> None:
    """Set what is but rounding to 0: own effects of which a trial's likelihood says nothing."""
    is_flat = np.abs(information[..., 0, 0]) * STEP**2 <= FLAT * (1 + np.abs(value))
    if is_flat.any():
        gradient[is_flat, 0] = 0.0
        information[is_flat, 0, :] = 0.0
        information[is_flat, :, 0] = 0.0


def _without_own(gradient: Array, information: Array) -> tuple[Array, Array]:
    """Return gradient and information of the shared parameters, each own effect at its best."""
    own, cross = information[..., :1, 0], information[..., 0, 1:]
    per_own = cross / np.where(own == 0, 1.0, own)
    left = information[..., 1:, 1:] - cross[..., :, None] * per_own[..., None, :]
    return gradient[..., 1:] - per_own * gradient[..., :1], left


def _along_last(values: Array, x: Array | None) -> Array:
    """Return derivatives by a trial's parameters, (..., k, local), as those by the shared ones.

    The first is by θ = xβ, and its derivatives by β are x times as large.
    """
    if x is None:
        return values
    return np.concatenate((values[..., :1] * x, values[..., 1:]), axis=-1)


def _by_shared(matrices: Array, x: Array | None) -> Array:
    """Return second derivatives (..., k, local, local) as those by the shared parameters."""
    if x is None:
        return matrices
    columns = _of_matrices(x)
    rows = np.swapaxes(_along_last(matrices, columns), -1, -2)
    return np.swapaxes(_along_last(rows, columns), -1, -2)


def _of_matrices(x: Array | None) -> Array | None:
    """Return moderators as they stand beside rows of a matrix a trial, (k, 1, p)."""
    return None if x is None else x[:, None]


def newton_step(normal: Normal, at: Points) -> tuple[Points, Array]:
    """Return Newton's step, and its square in standard errors.

    Directions in which the likelihood is not concave are climbed with the curvature's size.
    """
    values, vectors = _eigen(normal.information)
    sizes = np.maximum(np.abs(values), TINY)
    turned = np.einsum("pab,pa->pb", vectors, normal.gradient)
    free = np.einsum("pab,pb->pa", vectors, turned / sizes)
    rest = normal.own_gradient - np.einsum("pkoa,pa->pko", normal.cross, free)
    sizes_own = np.abs(np.where(normal.own_information == 0, 1.0, normal.own_information))
    own = rest / sizes_own
    squared = (turned**2 / sizes).sum(axis=-1)
    squared += (normal.own_gradient**2 / sizes_own).sum(axis=(-2, -1))
    shared = np.zeros_like(at.shared)
    shared[:, : free.shape[-1]] = free
    return Points(own=own, shared=shared), squared


def _eigen(matrices: Array) -> tuple[Array, Array]:
    """Return eigenvalues and vectors of symmetric matrices; of one number itself and 1."""
    if matrices.shape[-1] == 1:
        return matrices[..., 0], np.ones_like(matrices)
    values, vectors = np.linalg.eigh(matrices)
    return values, vectors


def first_share(step: Points) -> Array:
    """Return how much of each step is taken first, (points,): no parameter moves by more than 2."""
    longest = np.maximum(
        np.abs(step.shared).max(axis=-1, initial=0.0),
        np.abs(step.own).max(axis=(-2, -1), initial=0.0),
    )
    return np.asarray(np.minimum(1.0, LONGEST / np.maximum(longest, TINY)))


def _steps(model: MixedModel, local: Array) -> Array:
    """Return the steps of the differences: STEP of the scale on which a trial's likelihood varies.

    That scale is 1/√(1 + d'V⁻¹d), d the change of the linear predictor by the parameter and V its
    variance: with information W of the counts and loadings L, V⁻¹ = W - WL(I + L'WL)⁻¹L'W.
    """
    centre, loadings = model.predictor(local)
    w = model.family.slopes(centre)[1][..., None]
    weighted = w * loadings
    inner = np.eye(loadings.shape[-1]) + np.swapaxes(loadings, -1, -2) @ weighted
    within = np.linalg.inv(inner)
    arms, random = model.codes.shape[1:]
    moves = np.concatenate((model.fixed, np.moveaxis(model.codes, 0, 1).reshape(arms, -1)), axis=1)
    along = np.swapaxes(weighted, -1, -2) @ moves
    information = (w * moves**2).sum(axis=-2) - ((within @ along) * along).sum(axis=-2)
    fixed = model.fixed.shape[1]
    by_deviation = information[..., fixed:].reshape(*information.shape[:-1], -1, max(random, 1))
    whole = np.concatenate((information[..., :fixed], by_deviation.sum(axis=-1)), axis=-1)
    return np.asarray(STEP / np.sqrt(1 + np.maximum(whole, 0.0)))
