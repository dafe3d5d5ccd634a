"""What a fitted multilevel model holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.result import HIDDEN, Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Component(Result):
    """The random effects of one term, on the analysis scale.

    ``name``, ``structure``: what was asked for. ``levels``: of its inner factor, sorted (m,);
    ``groups``: of its outer factor. ``variance``: one, or one a level, in the unit of y squared;
    ``correlation``: one, or for UN one a pair of levels, column after column below the diagonal; φ
    for AR, HAR and, per unit of time, CAR; none otherwise. ``covariance`` (m, m): of the levels.
    ``at_boundary``: whether a variance is 0, or a correlation as far as it can be.
    """

    name: str
    structure: str
    levels: NDArray[np.generic]
    groups: int
    variance: Array
    correlation: Array
    covariance: Array
    at_boundary: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Multilevel(Result):
    """A fitted multilevel model, on the analysis scale (log for ratios).

    ``method``, ``test``, ``level``: how it was computed. ``k``: effects. ``coefficients`` (p,): the
    intercept first, with ``se``, ``covariance`` (p, p), ``statistic``, ``p_value``, ``ci_low`` and
    ``ci_high``; ``df`` of the test: k - p for t, infinite for z. ``components``: one a term.
    ``log_likelihood``: restricted for REML; ``parameters``: how many were estimated, coefficients
    included; ``aic``, ``bic``, ``aicc`` from them (BIC counts k - p effects for REML).
    ``q``, ``q_df``, ``q_p``: weighted squares of residuals without random effects. ``qm``,
    ``qm_df``, ``qm_p``: test of all coefficients but the intercept (of the intercept where there is
    no other): χ², for t an F. ``pi_low``, ``pi_high``: prediction limits of a new effect with new
    random effects, NaN with moderators or where variances differ between levels. ``weights``
    (k, k): as given, the largest 1; None for the inverse covariance.
    """

    method: str
    test: str
    level: float
    k: int
    coefficients: Array
    se: Array
    covariance: Array
    statistic: Array
    df: float
    p_value: Array
    ci_low: Array
    ci_high: Array
    components: tuple[Component, ...]
    log_likelihood: float
    parameters: int
    aic: float
    bic: float
    aicc: float
    q: float
    q_df: int
    q_p: float
    qm: float
    qm_df: int
    qm_p: float
    pi_low: float
    pi_high: float
    model: MultilevelModel = field(metadata=HIDDEN)
    at: Array = field(metadata=HIDDEN)
    weights: Array | None = field(metadata=HIDDEN)
