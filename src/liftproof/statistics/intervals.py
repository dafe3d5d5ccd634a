"""Kinds of confidence interval for the pooled estimate. INTERVALS names them.

Each takes what is known of a weighted mean and returns the factor on the variance 1/Σw and the
degrees of freedom of t (infinite: normal), both numbers or of shape (...). A single trial has its
own Wald interval, whatever the kind: nothing can be learnt from the spread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.registries import Registry
from liftproof.statistics.tau2.moments import dersimonian_laird
from liftproof.statistics.weighting import dot, weighted_mean
from liftproof.vocabulary.intervals import INTERVALS as INTERVAL_RECORDS
from liftproof.vocabulary.intervals import IntervalRecord
from liftproof.vocabulary.predictions import DEFAULT_PREDICTION, PredictionRecord
from liftproof.vocabulary.predictions import PREDICTIONS as PREDICTION_RECORDS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighted:
    """A mean with weights w = 1/(v + τ²), as intervals and predictions need it.

    ``y`` and ``v`` (..., k); ``tau2``, the ``variance`` 1/Σw and ``q``, the generalised Q at τ²,
    all (...); ``level``: of the limits. ``include`` (..., k): which trials take part, two of each
    data set at least; None for all.
    """

    y: Array
    v: Array
    tau2: Array
    variance: Array
    q: Array
    level: float
    include: NDArray[np.bool_] | None = None

    @property
    def k(self) -> float | Array:
        """The number of trials, of subsets (...)."""
        if self.include is None:
            return float(self.v.shape[-1])
        return np.asarray(self.include.sum(axis=-1) + 0.0)

    @property
    def is_of_one(self) -> bool:
        """Whether there is a single trial."""
        return self.include is None and self.v.shape[-1] == 1

    @property
    def scale(self) -> Array:
        """Q(τ²)/(k - 1), Hartung and Knapp's factor on the variance."""
        return np.asarray(self.q / (self.k - 1))


Degrees = float | Array
Interval = Callable[[Weighted], tuple[Array, Degrees]]


def wald(mean: Weighted) -> tuple[Array, Degrees]:
    """Return factor 1 and the normal distribution. metafor: ``rma(yi, vi, test="z")``.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7, 177-188.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="wald")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.3115, -0.1069)
    """
    return np.ones_like(mean.q), np.inf


def student(mean: Weighted) -> tuple[Array, Degrees]:
    """Return factor 1 and t with k - 1. metafor: ``rma(yi, vi, test="t")``.

    Source: Follmann & Proschan 1999, Biometrics 55, 732-737.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="t")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.6871, 0.2687)
    """
    return np.ones_like(mean.q), mean.k - 1


def hartung_knapp(mean: Weighted) -> tuple[Array, Degrees]:
    """Return factor Q(τ²)/(k - 1) and t with k - 1. metafor: ``rma(yi, vi, test="knha")``.

    Narrower than Wald's where the trials agree better than chance allows, down to no width at all
    for identical effects. metafor warns where τ² is FE; the formula holds there as well.

    Source: Hartung & Knapp 2001, Stat Med 20, 3875-3889; Sidik & Jonkman 2002, Stat Med 21,
    3153-3159.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="hksj")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.673, 0.2546)
    """
    return mean.scale, mean.k - 1


def hartung_knapp_adhoc(mean: Weighted) -> tuple[Array, Degrees]:
    """Return factor max(1, Q(τ²)/(k - 1)) and t with k - 1: never narrower than Wald's.

    metafor: ``rma(yi, vi, test="adhoc")``; meta: ``adhoc.hakn.ci="se"``. Source: Knapp & Hartung
    2003, Stat Med 22, 2693-2710; Röver, Knapp & Friede 2015, BMC Med Res Methodol 15, 99.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="hksj_adhoc")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.6871, 0.2687)
    """
    return np.maximum(1.0, mean.scale), mean.k - 1


def hartung_knapp_hybrid(mean: Weighted) -> tuple[Array, Degrees]:
    """Return the wider of Hartung and Knapp's interval and Wald's, with its distribution.

    Which is wider depends on the level. meta: ``adhoc.hakn.ci="ci"``. Source: Jackson, Law,
    Rücker & Schwarzer 2017, Stat Med 36, 3923-3934, hybrid method 2.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="hksj_hybrid")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.673, 0.2546)
    """
    normal, t = critical_value(mean.level), critical_value(mean.level, mean.k - 1)
    is_wider = t * np.sqrt(mean.scale) > normal
    return np.where(is_wider, mean.scale, 1.0), np.where(is_wider, mean.k - 1, np.inf)


def hartung_knapp_iqwig(mean: Weighted) -> tuple[Array, Degrees]:
    """Return Hartung and Knapp's factor, but 1 where its interval is narrower than Wald's with DL.

    t with k - 1 throughout. meta: ``adhoc.hakn.ci="IQWiG6"``. Source: IQWiG 2022, General Methods,
    version 6.1.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="hksj_iqwig")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.673, 0.2546)
    """
    moment = dersimonian_laird(mean.y, mean.v, include=mean.include)
    of_dl = weighted_mean(mean.y, mean.v, moment, include=mean.include)[1]
    t, normal = critical_value(mean.level, mean.k - 1), critical_value(mean.level)
    is_narrower = t * np.sqrt(mean.scale * mean.variance) < normal * np.sqrt(of_dl)
    return np.where(is_narrower, 1.0, mean.scale), mean.k - 1


def kenward_roger(mean: Weighted) -> tuple[Array, Degrees]:
    """Return Kenward and Roger's factor and degrees of freedom, for τ² by REML.

    With S_m = Σw^m and the information I = tr P²/2: factor 1 + 2 (S₃/S₁ - (S₂/S₁)²)/I, and
    2 I/(V S₂)² degrees of freedom, V the inflated variance. Kenward and Roger put 1/S₁ for V, which
    gives more degrees of freedom: for ``bcg`` RR 10.93 where this, as meta, gives 10.51.

    Source: Kenward & Roger 1997, Biometrics 53, 983-997; Partlett & Riley 2017, Stat Med 36,
    301-317. meta: ``metagen(method.random.ci="KR")``.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], interval="kr")
    >>> round(float(pooled.ci_low), 4), round(float(pooled.ci_high), 4)
    (-1.8983, 0.4799)
    """
    spread, information, square = _information(mean.y, mean.v, mean.tau2, include=mean.include)
    factor = 1 + 2 * spread / information
    return factor, 2 * information / (factor * mean.variance * square) ** 2


@batched
def _information(trials: Trials, tau2: Array) -> Array:
    """Return S₃/S₁ - (S₂/S₁)², which is the weighted variance of w, then tr P²/2 and S₂."""
    fit = at_tau2(trials, tau2)
    share = fit.w / fit.w.sum(axis=0)
    deviation = fit.w - dot(share, fit.w)
    spread = dot(share * deviation, deviation)
    return np.stack((spread, fit.trace_of_product() / 2, dot(fit.w, fit.w)))


FUNCTIONS: Mapping[str, Interval] = {
    "wald": wald,
    "t": student,
    "hksj": hartung_knapp,
    "hksj_adhoc": hartung_knapp_adhoc,
    "hksj_hybrid": hartung_knapp_hybrid,
    "hksj_iqwig": hartung_knapp_iqwig,
    "kr": kenward_roger,
}
INTERVALS = Registry(
    "interval", INTERVAL_RECORDS, FUNCTIONS, "vocabulary.intervals", "statistics.intervals"
)


def require_tau2(tau2: str, *intervals: str, prediction: str = DEFAULT_PREDICTION) -> None:
    """Raise InputError where an interval or prediction is derived for another estimator of τ².

    Unknown names are left to whoever chooses by them.

    >>> require_tau2("DL", "kr")
    Traceback (most recent call last):
    liftproof.errors.InputError: kr is derived for τ² by REML, not DL: take REML, or another kind.
    """
    kinds: list[IntervalRecord | PredictionRecord] = [
        *(INTERVAL_RECORDS[name] for name in intervals if name in INTERVAL_RECORDS),
        *(PREDICTION_RECORDS[name] for name in (prediction,) if name in PREDICTION_RECORDS),
    ]
    for kind in kinds:
        if not kind.fits(tau2):
            wanted = " or ".join(kind.tau2)
            raise InputError(
                f"{kind.code} is derived for τ² by {wanted}, not {tau2}: take {wanted}, or another "
                "kind."
            )


def factor_and_df(interval: str, mean: Weighted) -> tuple[Array, Degrees]:
    """Return what the interval called ``interval`` makes of a mean; Wald's for a single trial.

    >>> mean = Weighted(y=np.zeros(3), v=np.ones(3), tau2=np.array(0.0), variance=np.array(1 / 3),
    ...                 q=np.array(4.0), level=0.95)
    >>> factor, df = factor_and_df("hksj", mean)
    >>> float(factor), df
    (2.0, 2.0)
    """
    kind = choose(INTERVALS, interval, "interval")
    return wald(mean) if mean.is_of_one else kind(mean)
