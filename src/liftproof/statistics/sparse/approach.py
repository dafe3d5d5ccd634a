"""Newton's steps with slopes in closed form, to near the maximum of a mixed model's likelihood.

They cost a thirteenth of slopes by differences and end where the quadrature's error shows: what is
left of the way, and points that go astray, is for steps by differences.
"""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.expected import expected_slopes
from liftproof.statistics.sparse.mixed_model import MixedModel
from liftproof.statistics.sparse.newton import (
    Normal,
    Points,
    first_share,
    newton_step,
    normal_equations,
)

LEAST_NODES = 5
"""With fewer nodes for a random effect, what they tell of its variance is too rough."""
EXACT_NODES = 3
"""Of random effects without a deviation, these and more give all moments that slopes hold."""
NEAR = 1e-5
"""Of the square of the last step, in standard errors: what is left after it is some 1e-5 of one."""
FALL = 1e-9
"""A fall of the log-likelihood by less, relative to itself, may be the quadrature's error."""
MOST_STEPS = 20
HALVINGS = 5


def approach(
    model: MixedModel, start: Points, free: int, near: float = NEAR
) -> tuple[Points, NDArray[np.bool_]]:
    """Return points near the maxima over own effects and ``free`` shared ones, and which are."""
    is_near = np.zeros(len(start.shared), dtype=np.bool_)
    if not is_closed(model):
        return start, is_near
    points, active = start, np.arange(len(is_near))
    normal = normal_equations(model, start, free, expected_slopes)
    for _ in range(MOST_STEPS):
        at = points.take(active)
        step, squared = newton_step(normal, at)
        ends = squared <= near
        is_near[active] = ends
        points = points.put(active[ends], at.moved(step, first_share(step)).take(ends))
        active = active[~ends]
        if not active.size:
            break
        moved, normal, rises = _rising(
            model, at.take(~ends), step.take(~ends), normal.value[~ends], free
        )
        active = active[rises]
        points, normal = points.put(active, moved.take(rises)), normal.take(rises)
    return points, is_near


def is_closed(model: MixedModel) -> bool:
    """Return whether the quadrature is good enough for slopes in closed form."""
    return model.nodes >= LEAST_NODES or not model.codes.shape[2]


def is_exact(model: MixedModel, points: Points) -> bool:
    """Return whether slopes in closed form are exact there: nothing deviates."""
    deviations = len(model.codes)
    nothing = not deviations or not points.shared[:, -deviations:].any()
    return nothing and (model.nodes >= EXACT_NODES or not deviations)


def _rising(
    model: MixedModel, at: Points, step: Points, before: Array, free: int
) -> tuple[Points, Normal, NDArray[np.bool_]]:
    """Return points after steps, shortened where needed, their slopes, and which are higher."""
    share = first_share(step)
    for _ in range(HALVINGS):
        moved = at.moved(step, share)
        after = normal_equations(model, moved, free, expected_slopes)
        rises = after.value >= before - FALL * (1 + np.abs(before))
        if rises.all():
            break
        share = np.where(rises, share, share / 2)
    return moved, after, rises
