"""Newton's steps towards the maximum of a mixed model's likelihood.

Each trial's own effect meets the others only through the shared parameters, so that it is
eliminated: a step costs one small system, whatever the number of trials.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.differences import derivatives
from liftproof.statistics.sparse.mixed_model import MixedModel

STEP = 0.01
"""Of the differences, relative to the scale on which a trial's likelihood varies."""

FLAT = 1e-14
"""A trial's likelihood that bends by less over a step, relative to itself, says nothing of its own
effect: what is left is rounding."""
AT_ONCE = 2**12
"""Trials times points whose differences are held at once: of two effects, 41 points each."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Points in the space of parameters, side by side on the first axis.

    ``own``: fixed effects that each trial has of its own, shape (points, k, 0 or 1). ``shared``:
    the other fixed effects, then standard deviations, shape (points, shared).
    """

    own: Array
    shared: Array

    def by_trial(self) -> Array:
        """Return the parameters of each trial, shape (points, k, parameters)."""
        points, k, _ = self.own.shape
        shared = np.broadcast_to(self.shared[:, None, :], (points, k, self.shared.shape[-1]))
        return np.concatenate((self.own, shared), axis=-1)

    def take(self, rows: NDArray[np.intp]) -> "Points":
        """Return the points in these rows."""
        return Points(own=self.own[rows], shared=self.shared[rows])


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


def normal_equations(model: MixedModel, at: Points, free: int) -> Normal:
    """Return the normal equations for own effects and the first ``free`` shared parameters."""
    points, k = len(at.shared), at.own.shape[1]
    rows = max(1, AT_ONCE // k)
    blocks = (np.arange(i, min(points, i + rows)) for i in range(0, points, rows))
    parts = [_of_block(model, at.take(block), free) for block in blocks]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[Normal]) -> Normal:
    """Return the normal equations of blocks of points as one."""
    names = [item.name for item in fields(Normal)]
    return Normal(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    )


def _of_block(model: MixedModel, at: Points, free: int) -> Normal:
    """Return the normal equations of a block of points."""
    own = at.own.shape[-1]
    local = at.by_trial()
    steps = _steps(model, local)
    value, g, h = derivatives(model.log_likelihood, local, steps, own + free)
    information = -h
    if own:
        is_flat = np.abs(information[..., 0, 0]) * steps[..., 0] ** 2 <= FLAT * (1 + np.abs(value))
        g[..., 0] *= ~is_flat
        information[..., 0, :] *= ~is_flat[..., None]
        information[..., :, 0] *= ~is_flat[..., None]
    own_information = information[..., :own, 0] if own else np.zeros((*g.shape[:-1], 0))
    known = np.where(own_information == 0, 1.0, own_information)
    cross = information[..., :own, own:]
    per_own = cross / known[..., None]
    eliminated = np.einsum("...oa,...ob->...ab", cross, per_own)
    return Normal(
        value=value.sum(axis=-1),
        gradient=(g[..., own:] - np.einsum("...oa,...o->...a", per_own, g[..., :own])).sum(axis=-2),
        information=(information[..., own:, own:] - eliminated).sum(axis=-3),
        own_gradient=g[..., :own],
        own_information=own_information,
        cross=cross,
    )


def newton_step(normal: Normal, at: Points) -> tuple[Points, Array]:
    """Return Newton's step, and its square in standard errors.

    Directions in which the likelihood is not concave are climbed with the curvature's size.
    """
    values, vectors = np.linalg.eigh(normal.information)
    sizes = np.maximum(np.abs(values), np.finfo(float).tiny)
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


def _steps(model: MixedModel, local: Array) -> Array:
    """Return the steps of the differences: 0.01 of the scale on which a trial's likelihood varies.

    That scale is √(1/(1 + information) + s²), at most 1, s² the variance of the random effects.
    """
    centre, loadings = model.predictor(local)
    information = model.family.slopes(centre)[1].sum(axis=-1)
    between = (loadings**2).sum(axis=(-2, -1))
    scale = np.minimum(1.0, np.sqrt(1 / (1 + information) + between))
    return np.broadcast_to(STEP * scale[..., None], local.shape)
