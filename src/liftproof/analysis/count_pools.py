"""Pools of counts: Mantel-Haenszel, Peto, generalised linear mixed and beta-binomial models."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from liftproof.analysis.pool_result import PoolInputs, PoolResult, result_of
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError, UsageError
from liftproof.statistics.heterogeneity import cochran_q, measures_from_q, q_p_value
from liftproof.statistics.result import Result
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.peto import peto
from liftproof.vocabulary.measures import source_of_counts
from liftproof.vocabulary.models import GENERALISED
from liftproof.vocabulary.suitability import require_counts

CountMethod = Callable[..., Result]


def _peto(measure: str) -> CountMethod:
    del measure  # it has one only: the odds ratio
    return peto


def _beta_binomial(measure: str) -> CountMethod:
    return partial(beta_binomial, measure=measure)


def _generalised(model: str, measure: str) -> CountMethod:
    return partial(GLMM[measure], model=model, test="z")


COUNT_METHODS: Mapping[str, Callable[[str], CountMethod]] = {
    "MH": MANTEL_HAENSZEL.__getitem__,
    "Peto": _peto,
    "beta-binomial": _beta_binomial,
    **{model: partial(_generalised, model) for model in GENERALISED},
}
"""By model, the function that pools the counts of a measure."""
WITH_VARIANCES = ("MH", "RD")
"""The model and the measure of which several variances are known."""


def require_variance(specification: Specification) -> None:
    """Raise UsageError for a name of a variance where model and measure have one variance only."""
    model, measure = WITH_VARIANCES
    if specification.variance and (specification.model, specification.measure) != WITH_VARIANCES:
        raise UsageError(
            f"variance {specification.variance} is of model {model} and measure {measure}, not of "
            f"{specification.model} and {specification.measure}: leave variance out."
        )


def pool_counts_under(of: PoolInputs, specification: Specification) -> PoolResult:
    """Pool trials from their events and participants, or person-time.

    Q about the inverse variance mean of the effects that are known stands in where the model has no
    Q of its own. Raises UsageError where the model does not fit the measure, InputError where a
    trial's counts are not known, and ConvergenceError.
    """
    model, measure, level = specification.model, specification.measure, specification.level
    require_counts(model, measure)
    if not of.arms:
        raise InputError(f"{model} needs the {source_of_counts(measure)} of every trial.")
    options = {"variance": specification.variance} if specification.variance else {}
    fit: Any = COUNT_METHODS[model](measure)(*of.arms, level=level, **options)
    q, q_df, q_p = (fit.q, int(fit.q_df), fit.q_p) if hasattr(fit, "q") else _q(of)
    k = len(of.arms[0])
    return result_of(
        fit,
        specification,
        tau2_method="",
        interval="wald",
        prediction="",
        k=k,
        df=np.inf,
        at_boundary=getattr(fit, "at_boundary", False),
        weights=getattr(fit, "weights", np.full(k, np.nan)),
        pi_low=np.asarray(np.nan),  # models of counts are reported without a prediction
        pi_high=np.asarray(np.nan),
        q=q,
        q_df=q_df,
        q_p=q_p,
        **measures_from_q(q, q_df, level),
    )


def _q(of: PoolInputs) -> tuple[Any, int, Any]:
    """Return Cochran's Q of the effects, its degrees of freedom and p; NaN where none is known."""
    known = np.isfinite(of.y) & np.isfinite(of.v)
    df = int(known.sum()) - 1
    if df < 0:
        return np.asarray(np.nan), 0, np.asarray(np.nan)
    q = cochran_q(of.y[known], of.v[known])
    return q, df, q_p_value(q, df)
