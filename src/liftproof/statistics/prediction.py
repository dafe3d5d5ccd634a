"""Prediction intervals: where the true effect of a further trial is expected.

All but one are estimate ± a critical value times √(τ² + variance of the estimate); they differ in
that variance and in the distribution, which changes the width by a third for 13 trials. PREDICTIONS
names them. Each takes the weighted mean, the ``factor`` on its variance and the degrees of freedom
``df`` of the confidence interval that was chosen, passed by position as some need neither; it
returns the variance of the estimate and the degrees of freedom of t. There is no interval where
these are 0 or fewer. Those of OF_QUANTILES return the limits themselves.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.confidence_prediction import confidence_limits_of_prediction
from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Degrees, Weighted, hartung_knapp, kenward_roger
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.registries import Registry
from liftproof.statistics.weighting import dot
from liftproof.vocabulary.predictions import PREDICTIONS as RECORDS

Prediction = Callable[[Weighted, Array, Degrees], tuple[Array, Degrees]]


def prediction_limits(
    prediction: Prediction, mean: Weighted, estimate: Array, factor: Array, df: Degrees
) -> tuple[Array, Array]:
    """Return the limits of a kind of prediction interval; NaN where t has no degree of freedom.

    >>> mean = Weighted(y=np.zeros(10), v=np.ones(10), tau2=np.array(0.3), variance=np.array(0.1),
    ...                 q=np.array(9.0), level=0.95)
    >>> low, high = prediction_limits(riley, mean, np.array(0.0), np.array(1.0), np.inf)
    >>> round(float(low), 6), round(float(high), 6)
    (-1.458445, 1.458445)
    """
    if prediction in OF_QUANTILES:
        return prediction(mean, factor, df)
    variance, degrees = prediction(mean, factor, df)
    exists = np.where(np.asarray(degrees) > 0, degrees, np.nan)
    return limits(estimate, np.sqrt(mean.tau2 + variance), mean.level, exists)


def as_the_interval(mean: Weighted, factor: Array, df: Degrees) -> tuple[Array, Degrees]:
    """Return variance and distribution of the confidence interval. metafor: ``predict(rma())``.

    Source: Viechtbauer 2010, J Stat Softw 36(3).

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="metafor")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.5424, 1.124)
    """
    return mean.variance * factor, df


def riley(mean: Weighted, factor: Array, *_: object) -> tuple[Array, Degrees]:
    """Return the variance of the confidence interval and t with k - 2.

    Source: Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172, 137-159, equation 12; Riley,
    Higgins & Deeks 2011, BMJ 342, d549. metafor: ``predict(rma(yi, vi), predtype="Riley")``, which
    takes one degree of freedom where k is 1 or 2.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="riley")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-3.1877, 1.7693)
    """
    return mean.variance * factor, mean.k - 2


def student(mean: Weighted, factor: Array, *_: object) -> tuple[Array, Degrees]:
    """Return the variance of the confidence interval and t with k - 1.

    metafor: ``predict(rma(yi, vi), predtype="t")``.

    Source: Viechtbauer 2010, J Stat Softw 36(3); metafor's manual of ``predict.rma``.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="t")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.5424, 1.124)
    """
    return mean.variance * factor, mean.k - 1


def without_the_mean(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return variance 0 and the normal distribution, as if the mean were known: too narrow.

    metafor: ``predict(rma(yi, vi), predtype="simple")``.

    Source: metafor's manual of ``predict.rma``.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="simple")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-1.6641, 0.2458)
    """
    return np.zeros_like(mean.variance), np.inf


def higgins_thompson_spiegelhalter(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return 1/Σw and t with k - 2. meta: ``method.predict="HTS"``; pimeta: ``"HTS"`` with DL.

    Source: Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172, 137-159, equation 12.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="HTS")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-3.1877, 1.7693)
    """
    return mean.variance, mean.k - 2


def veroniki(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return 1/Σw and t with k - 1. meta: ``method.predict="V"``, its default.

    Source: Veroniki, Jackson, Bender et al. 2019, Res Synth Methods 10, 23-43; Cochrane Handbook
    6.5, section 10.10.4.3.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="V")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.5424, 1.124)
    """
    return mean.variance, mean.k - 1


def skipka(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return 1/Σw and the normal distribution. meta: ``method.predict="S"``.

    Source: Skipka 2006, 14th Cochrane Colloquium.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="S")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-1.8382, 0.4198)
    """
    return mean.variance, np.inf


def with_hartung_knapp(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return the variance of Hartung and Knapp and t with k - 1. meta: ``method.predict="HK"``.

    Source: Hartung & Knapp 2001, Stat Med 20, 3875-3889; meta's manual of ``metagen``.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="HK")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.5349, 1.1165)
    """
    if mean.is_of_one:
        return mean.variance, 0.0
    scale, degrees = hartung_knapp(mean)
    return mean.variance * scale, degrees


def partlett_riley(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return the variance of Hartung and Knapp and t with k - 2. meta: ``"HK-PR"``.

    Source: Partlett & Riley 2017, Stat Med 36, 301-317.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="HK-PR")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-3.1775, 1.7592)
    """
    variance, degrees = with_hartung_knapp(mean)
    return variance, degrees - 1


def with_kenward_roger(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return variance and t of Kenward and Roger. meta: ``method.predict="KR"``.

    Source: Kenward & Roger 1997, Biometrics 53, 983-997; meta's manual of ``metagen``.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="KR")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.8851, 1.4668)
    """
    if mean.is_of_one:
        return mean.variance, 0.0
    scale, degrees = kenward_roger(mean)
    return mean.variance * scale, degrees


def partlett_riley_kenward_roger(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return the same with one degree of freedom less. meta: ``"KR-PR"``; pimeta: ``"KR"``.

    Source: Partlett & Riley 2017, Stat Med 36, 301-317.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="KR-PR")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-4.797, 3.3786)
    """
    variance, degrees = with_kenward_roger(mean)
    return variance, degrees - 1


def with_sidik_jonkman(mean: Weighted, *_: object) -> tuple[Array, Degrees]:
    """Return Sidik and Jonkman's bias-corrected robust variance and t with k - 2. pimeta: ``"SJ"``.

    Source: Sidik & Jonkman 2006, Comput Stat Data Anal 50, 3681-3701; Partlett & Riley 2017.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="SJ")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-3.1897, 1.7713)
    """
    return _robust_variance(mean.y, mean.v, mean.tau2, include=mean.include), mean.k - 2


@batched
def _robust_variance(trials: Trials, tau2: Array) -> Array:
    """Return Σw²r²/(1 - h)/(Σw)², h = w/Σw as the weights are those of the model."""
    fit = at_tau2(trials, tau2)
    if len(fit.w) == 1:
        return np.zeros_like(trials.origin)
    squares = np.divide(fit.py**2, fit.diagonal, out=np.zeros(fit.w.shape), where=fit.w > 0)
    return np.asarray(dot(squares, fit.w) / fit.w.sum(axis=0) ** 2)


def nagashima_noma_furukawa(mean: Weighted, *_: object) -> tuple[Array, Array]:
    """Return limits by the confidence distribution of τ², whatever τ² the pool has.

    Both sides may differ in length. It takes some 20 ms a data set. pimeta:
    ``pima(y, v=v, method="boot")``; meta: ``method.predict="NNF"``, by draws.

    Source: Nagashima, Noma & Furukawa 2019, Stat Methods Med Res 28, 1689-1702.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1], prediction="NNF")
    >>> round(float(pooled.pi_low), 4), round(float(pooled.pi_high), 4)
    (-2.8813, 1.3501)
    """
    return confidence_limits_of_prediction(mean.y, mean.v, mean.level, mean.include)


OF_QUANTILES = (nagashima_noma_furukawa,)
"""Kinds that are quantiles of a distribution, not estimate ± a multiple of an error."""
FUNCTIONS: Mapping[str, Prediction] = {
    "riley": riley,
    "metafor": as_the_interval,
    "t": student,
    "simple": without_the_mean,
    "HTS": higgins_thompson_spiegelhalter,
    "V": veroniki,
    "S": skipka,
    "HK": with_hartung_knapp,
    "HK-PR": partlett_riley,
    "KR": with_kenward_roger,
    "KR-PR": partlett_riley_kenward_roger,
    "SJ": with_sidik_jonkman,
    "NNF": nagashima_noma_furukawa,
}
PREDICTIONS = Registry(
    "prediction interval", RECORDS, FUNCTIONS, "vocabulary.predictions", "statistics.prediction"
)
