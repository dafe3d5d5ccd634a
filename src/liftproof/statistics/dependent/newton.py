"""Newton's steps on three-level likelihoods side by side, by their scores and information."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.derivatives import Derivatives, derivatives
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
WHOLE: Array = np.array([1.0, 0.0])
SHORTER: Array = np.append(0.5 ** np.arange(1.0, 12.0), 0.0)
"""Shares of a step that are tried: first all of it, then its halves; the last is to stay."""
CHOICES = tuple(
    (np.flatnonzero(is_free), np.array(is_free)) for is_free in ((1, 0), (0, 1), (1, 1))
)
"""Of components that are free, by number and by flag."""
FLAT = 1e-12
"""Relative to -2 log-likelihood: a change below this is rounding."""
MOST_STEPS = 100


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
    reached, is_whole = _longest(model, sigma2, step, WHOLE)
    if not is_whole.all():
        short = np.flatnonzero(~is_whole)
        part = model.chosen(short)
        reached[:, short], _ = _longest(part, sigma2[:, short], step[:, short], SHORTER)
    return reached


def _longest(model: Rotated, sigma2: Array, step: Array, shares: Array) -> tuple[Array, Flags]:
    """Return the first point of each model that is no lower, (2, s), and whether the step's is.

    Where none is the pair stays.
    """
    s = sigma2.shape[1]
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
        square, rows = (sets[:, None, None], axes[:, None], axes), (sets[:, None], axes)
        bent = curvature[square] = _turned_downwards(information[square])
        step[rows] = np.linalg.solve(bent, score[rows][..., None])[..., 0]
    is_below = sigma2.T + step < 0
    if not is_below.any():
        return np.asarray(step.T)
    height, best = np.full(len(step), -np.inf), step.copy()
    for axis in (0, 1):
        end = _to_zero(score, curvature, sigma2.T, axis)
        rise = (score * end).sum(axis=1) - np.einsum("si,sij,sj->s", end, curvature, end) / 2
        is_higher = is_below[:, axis] & (rise > height)
        best[is_higher], height[is_higher] = end[is_higher], rise[is_higher]
    return np.asarray(best.T)


def alike(free: Flags) -> Iterator[tuple[Places, Places]]:
    """Yield each choice of components that are free (s, 2), with the models that have it."""
    for axes, is_free in CHOICES:
        sets = (free == is_free).all(axis=1).nonzero()[0]
        if sets.size:
            yield axes, sets


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
    return np.asarray((vectors * np.abs(values)[:, None]) @ vectors.swapaxes(-1, -2))


_NO_END = (
    f"The search for the variance components did not end within {MOST_STEPS} steps: the "
    "likelihood is almost flat. Use a model with one component, or fewer moderators."
)
