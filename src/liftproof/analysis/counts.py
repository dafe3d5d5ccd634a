"""Pooling from counts: Mantel-Haenszel, Peto, generalised linear mixed and beta-binomial models."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from liftproof.analysis.effects import TrialEffect
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.heterogeneity import cochran_q, measures_from_q, q_p_value
from liftproof.statistics.pooling import Pooled
from liftproof.statistics.result import Result
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.peto import peto
from liftproof.vocabulary.measures import source_of_counts
from liftproof.vocabulary.suitability import require_counts

GENERALISED = ("UM.FS", "UM.RS", "CM.EL", "CM.AL")


def _mantel_haenszel(measure: str) -> Callable[..., Result]:
    return MANTEL_HAENSZEL[measure]


def _peto(measure: str) -> Callable[..., Result]:
    del measure  # it has one only: the odds ratio
    return peto


def _beta_binomial(measure: str) -> Callable[..., Result]:
    return partial(beta_binomial, measure=measure)


def _generalised(model: str, measure: str) -> Callable[..., Result]:
    return partial(GLMM[measure], model=model, test="z")


METHODS: Mapping[str, Callable[[str], Callable[..., Result]]] = {
    "MH": _mantel_haenszel,
    "Peto": _peto,
    "beta-binomial": _beta_binomial,
    **{model: partial(_generalised, model) for model in GENERALISED},
}
"""By model, the function that pools the counts of a measure."""


def pool_counts(effects: Sequence[TrialEffect], analysis: Analysis, level: float) -> Pooled:
    """Pool trials from their events and participants, or person-time, by the analysis's model.

    What the model does not give is NaN: τ² and its limits, prediction limits, weights. Q about the
    inverse variance mean stands in where the model has no Q of its own. Raises UsageError where the
    model does not fit the measure or the trials, InputError and ConvergenceError.
    """
    kind = source_of_counts(analysis.measure)
    require_counts(
        analysis.model,
        analysis.measure,
        [effect.study.label for effect in effects if effect.source != kind],
    )
    arms = [
        np.array([getattr(effect.outcome, name) for effect in effects], dtype=float)
        for name in GROUPS[kind]
    ]
    result: Any = METHODS[analysis.model](analysis.measure)(*arms, level=level)
    y, v = (np.array([getattr(effect, name) for effect in effects]) for name in ("y", "v"))
    k, q = len(effects), cochran_q(y, v)
    own = {name: np.asarray(getattr(result, name, np.nan)) for name in _NUMBERS}
    has_q = hasattr(result, "q")
    q, q_df = (np.asarray(result.q), int(result.q_df)) if has_q else (q, k - 1)
    return Pooled(
        tau2_method=analysis.model,
        interval="wald",
        prediction="riley",
        level=level,
        k=k,
        df=np.inf,
        at_boundary=np.asarray(getattr(result, "at_boundary", False)),
        weights=getattr(result, "weights", np.full(k, np.nan)),
        q=q,
        q_df=q_df,
        q_p=np.asarray(result.q_p) if has_q else q_p_value(q, q_df),
        **measures_from_q(q, q_df, level),
        **own,
    )


_NUMBERS = (
    *("estimate", "se", "variance", "statistic", "p_value", "ci_low", "ci_high"),
    *("pi_low", "pi_high", "tau2", "tau2_se", "tau2_ci_low", "tau2_ci_high"),
    *("i2", "i2_ci_low", "i2_ci_high", "h2", "h2_ci_low", "h2_ci_high"),
)
