"""The few numbers of a fit from which deletion diagnostics are made."""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.heterogeneity import cochran_q
from liftproof.statistics.intervals import Weighted, factor_and_df, require_tau2
from liftproof.statistics.weighted_fit import mean_with_tau2
from liftproof.vocabulary.levels import USUAL_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledFit:
    """A weighted mean with its τ². Arrays have shape (...), in the unit of y or its square.

    ``factor``: what the interval puts on the variance 1/Σw, which is ``unscaled``; ``variance`` is
    their product, ``df`` the degrees of freedom of its t (infinite: normal). ``q``: Cochran's.
    """

    tau2: Array
    estimate: Array
    unscaled: Array
    factor: Array
    variance: Array
    df: Array
    q: Array


def fit(y: Array, v: Array, tau2: str, interval: str, level: float = USUAL_LEVEL) -> PooledFit:
    """Return the fit of data sets of shape (..., k), or raise InputError for kr without REML.

    ``level``: at which ``hksj_hybrid`` and ``hksj_iqwig`` choose between two variances; the other
    intervals do not depend on it.
    """
    require_tau2(tau2, interval)
    between, estimate, unscaled, q = mean_with_tau2(y, v, tau2)
    mean = Weighted(y=y, v=v, tau2=between, variance=unscaled, q=q, level=level)
    factor, df = factor_and_df(interval, mean)
    return PooledFit(
        tau2=between,
        estimate=estimate,
        unscaled=unscaled,
        factor=factor,
        variance=unscaled * factor,
        df=np.asarray(df, dtype=np.float64),
        q=cochran_q(y, v),
    )
