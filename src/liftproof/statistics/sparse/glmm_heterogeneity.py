"""Tests that trials of like moderators share one effect: Wald's, and by the likelihood ratio."""

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.sparse.glmm_models import RANDOM_STUDIES, interactions
from liftproof.statistics.sparse.glmm_setup import Setup
from liftproof.statistics.sparse.search import maximise


def homogeneity(name: str, setup: Setup, common: float) -> tuple[float, float]:
    """Return Wald's Q and the likelihood ratio's Q.

    ``common``: the log-likelihood of one effect for trials of like moderators. The tests compare
    with a model in which each trial has its own effect; infinite ones have weight 0 in Wald's.
    """
    if name == RANDOM_STUDIES:
        wald, own = _random_studies(setup)
    else:
        wald, own = _wald(setup.own, setup.x), float(setup.model.family.saturated().sum())
    return wald, max(0.0, 2 * (own - common))


def _wald(own: Effects, x: Array) -> float:
    """Return Σ(y - xb)²/v over trials with an effect of their own."""
    root = np.sqrt(np.where(own.kept, 1 / own.v, 0.0))
    return _left(root * own.y, root[:, None] * x)


def _left(y: Array, x: Array) -> float:
    """Return the sum of squares that x leaves of y, (k,); columns may be redundant."""
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(rest @ rest)


def _random_studies(setup: Setup) -> tuple[float, float]:
    """Return Wald's Q and the log-likelihood of UM.RS with an effect of each trial's own.

    With D, C and S the information on own effects d, on both, and on the shared parameters, that
    on d alone is V⁻¹ = D - CS⁻¹C', and Q is what x leaves of d in the metric of V⁻¹ = RR'.
    """
    maximum = maximise(*interactions(setup))
    normal, shared = maximum.normal, maximum.point.shared[0]
    estimated = shared != 0
    estimated[0] = True  # the intercept, whatever it is; a deviation of 0 is on its boundary
    own_information, cross = normal.own_information[0, :, 0], normal.cross[0, :, 0][:, estimated]
    kept = np.ix_(estimated, estimated)
    known = np.where(own_information > 0, own_information, 1.0)
    joint = normal.information[0][kept] + cross.T @ (cross / known[:, None])
    v_inverse = np.diag(own_information) - cross @ np.linalg.solve(joint, cross.T)
    values, vectors = np.linalg.eigh(v_inverse)
    root = np.sqrt(np.maximum(values, 0.0))[:, None] * vectors.T
    return _left(root @ maximum.point.own[0, :, 0], root @ setup.x), maximum.log_likelihood
