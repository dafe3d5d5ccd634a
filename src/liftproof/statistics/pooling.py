"""The pooled estimate of a meta-analysis, with all that is reported beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, positive_weights
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.on_request import on_request
from liftproof.statistics.pooled_numbers import (
    FROM_Q,
    LIMITS_OF_TAU2,
    PREDICTION,
    PoolingMethods,
    numbers_of_fit,
)
from liftproof.statistics.result import Result, along
from liftproof.statistics.weighted_fit import fit_by_given_weights, weighted_fit
from liftproof.vocabulary.intervals import INTERVALS as INTERVAL_RECORDS
from liftproof.vocabulary.predictions import PREDICTIONS as PREDICTION_RECORDS
from liftproof.vocabulary.untold import NO_TAU2, NO_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pooled(Result):
    """Pooled estimates, on the analysis scale (log for ratios). Arrays have shape (...).

    ``tau2_method``, ``interval``, ``level``: how it was computed. ``k``: number of trials.
    ``estimate``, ``variance`` (of the estimate, = ``se``²), ``ci_low``, ``ci_high``.
    ``statistic`` = estimate/se, ``df`` its degrees of freedom of t (infinite: normal) and
    ``p_value`` of no effect, two-sided. Hartung-Knapp limits of identical effects have no width:
    the statistic is then infinite, or NaN for an estimate of 0.
    ``pi_low``, ``pi_high``: prediction limits of the kind ``prediction``; NaN for FE and where k
    leaves no degree of freedom.
    ``tau2`` with Q-profile limits ``tau2_ci_low``, ``tau2_ci_high``; limits NaN for k = 1 and FE.
    ``i2`` (percent) and ``h2``: from τ² and the typical variance; for FE from Q.
    ``i2_q`` (percent) and ``h2_q``: from Q, whatever τ² is; ``i2_q_ci_low``, ``i2_q_ci_high``,
    ``h2_q_ci_low``, ``h2_q_ci_high``: their test-based limits, NaN for k < 3. ``h2_q``, Q/(k - 1),
    and its limits are 1 or more.
    ``q``, ``q_df`` and ``q_p``: Cochran's Q, k - 1, and its p value.
    ``weights``: percent, shape (..., k).
    ``tau2_se``: standard error of τ², NaN for FE. ``at_boundary``: whether the estimate of τ² is 0,
    the least there is. ``i2_ci_low``, ``i2_ci_high``, ``h2_ci_low``, ``h2_ci_high``: limits of I²
    and H² that follow those of τ².
    ``has_no_width``: whether the interval is a point, as Hartung and Knapp's is of identical
    effects. ``tau2_set_is_empty``: whether no τ² is in the Q-profile set, whose limits are then
    both 0. ``cannot_tell`` says both in words.
    Of what ``pool`` returns, limits of τ², I² and H², the prediction interval, all from Q and
    ``weights`` are computed when they are first read.
    """

    per_trial = along("weights")
    on_request = on_request(
        limits_of_tau2=LIMITS_OF_TAU2,
        prediction_limits=PREDICTION,
        from_q=FROM_Q,
        percent_weights=("weights",),
    )

    tau2_method: str
    interval: str
    level: float
    k: int
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    df: Array | float
    p_value: Array
    ci_low: Array
    ci_high: Array
    pi_low: Array
    pi_high: Array
    tau2: Array
    tau2_ci_low: Array
    tau2_ci_high: Array
    i2: Array
    h2: Array
    q: Array
    q_df: int
    q_p: Array
    weights: Array
    prediction: str
    tau2_se: Array
    at_boundary: Array
    i2_ci_low: Array
    i2_ci_high: Array
    h2_ci_low: Array
    h2_ci_high: Array
    i2_q: Array
    i2_q_ci_low: Array
    i2_q_ci_high: Array
    h2_q: Array
    h2_q_ci_low: Array
    h2_q_ci_high: Array
    has_no_width: Array
    tau2_set_is_empty: Array

    @property
    def cannot_tell(self) -> str:
        """What the numbers of some data set hide, in sentences; empty for nothing."""
        hidden = {NO_WIDTH: self.has_no_width, NO_TAU2: self.tau2_set_is_empty}
        return " ".join(sentence for sentence, holds in hidden.items() if np.any(holds))


@of_one_index
@dropping_missing("y", "v", "weights")
@by_metafors_names
def pool(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    prediction: str = "riley",
    level: float = 0.95,
    weights: ArrayLike | None = None,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Pooled:
    """Pool effects by inverse variance weights 1/(v + τ²), or by weights that are given.

    ``y`` and ``v``: effects and sampling variances on the analysis scale, shape (..., k): any
    number of data sets at once. ``tau2``: a name in TAU2; ``interval``: a name in INTERVALS;
    ``prediction``: a name in PREDICTIONS; ``level``: of all limits. A single trial is returned as
    it is: its Wald interval, τ² 0, I² 0, H² 1, Q 0 with p 1, as metafor does. Raises InputError
    and ConvergenceError; the latter also where limits of τ² or of a prediction are first read.

    ``weights``, shape (..., k), positive: the mean is Σay/Σa with variance Σa²(v + τ²)/(Σa)², and
    ``tau2`` may be GENQ or GENQM. Hartung and Knapp's factor stays that of weights 1/(v + τ²), as
    in metafor's ``rma(yi, vi, weights=weights)``; intervals whose formulas need those weights
    throughout are refused.
    ``missing``: see ``statistics.missing``.

    Source: the methods' own pages. metafor: ``rma(yi, vi, method="REML", test="adhoc")``, then
    ``confint()`` and ``predict(predtype="Riley")``.

    >>> pooled = pool([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL", interval="hksj_adhoc")
    >>> [round(float(x), 4) for x in (pooled.estimate, pooled.ci_low, pooled.ci_high)]
    [-0.2483, -0.6986, 0.202]
    >>> [round(float(x), 4) for x in (pooled.pi_low, pooled.pi_high, pooled.i2, pooled.q)]
    [-2.2043, 1.7077, 30.917, 2.8951]
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    asked = PoolingMethods(tau2=tau2, interval=interval, prediction=prediction, level=level)
    given = _given(weights, y, interval, prediction)
    asked.require()
    if given is None:
        fit = weighted_fit(y, v, method=tau2)
    else:
        fit = fit_by_given_weights(y, v, given, method=tau2)
    known, source = numbers_of_fit(y.copy(), v.copy(), fit, asked, weights=given)
    return Pooled.with_source(
        source,
        tau2_method=tau2,
        interval=interval,
        prediction=prediction,
        level=level,
        k=k,
        q_df=k - 1,
        **known,
    )


def _given(weights: ArrayLike | None, y: Array, interval: str, prediction: str) -> Array | None:
    """Return given weights in the shape of y, or raise InputError where they fit no formula."""
    if weights is None:
        return None
    for kind, records in ((interval, INTERVAL_RECORDS), (prediction, PREDICTION_RECORDS)):
        if kind in records and records[kind].is_of_inverse_variances:
            raise InputError(
                f"{kind} holds for weights 1/(v + τ²) alone: with weights= choose another, such as "
                "hksj_adhoc and riley."
            )
    array = positive_weights(weights, y.shape[-1])
    try:
        return np.broadcast_to(array, y.shape).copy()
    except ValueError as error:
        raise InputError(
            f"weights must have the shape of y, but weights has {array.shape} and y has {y.shape}."
        ) from error
