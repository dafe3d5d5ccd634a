"""Tests that all trials of a mixed model share one effect: Wald's, and by the likelihood ratio."""

import numpy as np

from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.sparse.glmm_models import RANDOM_STUDIES, Setup, interactions
from liftproof.statistics.sparse.search import maximise


def homogeneity(name: str, setup: Setup, common: float) -> tuple[float, float, float]:
    """Return Wald's Q, the likelihood ratio's Q and the log-likelihood of trials' own effects.

    ``common``: the log-likelihood of one common effect. The tests compare with a model in which
    each trial has its own effect; infinite ones have weight 0 in Wald's.
    """
    if name == RANDOM_STUDIES:
        wald, own = _random_studies(setup)
    else:
        wald, own = _wald(setup.own), float(setup.model.family.saturated().sum())
    return wald, max(0.0, 2 * (own - common)), own


def _wald(own: Effects) -> float:
    """Return Σ(y - mean)²/v over trials with an effect of their own."""
    w = np.where(own.kept, 1 / own.v, 0.0)
    mean = (w @ own.y) / w.sum() if own.kept.any() else 0.0
    return float(w @ (own.y - mean) ** 2)


def _random_studies(setup: Setup) -> tuple[float, float]:
    """Return Wald's Q and the log-likelihood of UM.RS with an effect of each trial's own.

    With D, C and S the information on own effects d, on both, and on the shared parameters, that
    on d alone is V⁻¹ = D - CS⁻¹C', and Q = d'V⁻¹d - (1'V⁻¹d)²/1'V⁻¹1.
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
    d = maximum.point.own[0, :, 0]
    toward_common = v_inverse.sum(axis=0)
    q = d @ v_inverse @ d - (toward_common @ d) ** 2 / toward_common.sum()
    return float(max(0.0, q)), maximum.log_likelihood
