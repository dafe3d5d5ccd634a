"""The opinion of PyMetaAnalysis: inverse variance with prediction, Mantel-Haenszel, Peto.

Its searches hold τ² to an absolute tolerance, and take the first root of the restricted score that
they bracket. It is therefore not asked where effects are tiny, nor where that score has several
roots. Its prediction interval is that of Riley: t with k - 2 and the variance of its limits.
"""

from importlib.metadata import version
from typing import Any

import numpy as np
from meta_analyze import meta_analysis, meta_binary
from meta_analyze.exceptions import MetaAnalysisError
from scipy.special import stdtrit

from liftproof.engines.opinion import (
    CLOSED_FORM,
    ITERATIVE,
    Array,
    Opinion,
    Question,
    heard,
    no_opinion,
    number,
    spelt_out,
)
from liftproof.vocabulary.models import INVERSE_VARIANCE

NAME = "PyMetaAnalysis"
VERSION = version("PyMetaAnalysis")

CONTROLS = {"missing": "raise", "atol": 1e-20, "max_iter": 1000}
"""``atol`` is absolute, on τ² and on its score alike; its default of 1e-10 is a τ² of its own."""
ESTIMATORS = ("FE", "DL", "PM", "REML")
SEARCHED = ("PM", "REML")
INTERVALS = {
    "wald": "normal",
    "hksj": "hartung_knapp",
    "hksj_adhoc": "hartung_knapp_adhoc",
    "t": "normal",
}
"""Of ``t`` the standard error is taken, and the quantile chosen here."""
PREDICTION = "riley"
COUNTS = {"MH": ("MH", ("OR", "RR", "RD")), "Peto": ("Peto", ("OR",))}
"""By model, what it is called there, and for which measures."""
MODELS = (INVERSE_VARIANCE, *COUNTS)
SMALLEST_EFFECT = 1e-5
"""Version 0.9 is wrong where all effects are smaller: τ² is then of the size of its tolerance."""
RATIOS = np.concatenate(([0.0], np.logspace(-6, 6, 241)))
"""τ² over the median variance, at which the restricted score is looked at for its roots."""


def ask(question: Question) -> Opinion:
    """Pool with PyMetaAnalysis, by the model, estimator and interval that ``question`` names."""
    if question.model in COUNTS:
        return _of_counts(question)
    reason = _why_not(question)
    if reason:
        return no_opinion(reason)
    is_fixed = question.tau2_method == "FE"
    options: dict[str, Any] = {
        "model": "common" if is_fixed else "random",
        "tau2_method": None if is_fixed else question.tau2_method,
        "ci_method": INTERVALS[question.interval],
        "confidence_level": question.level,
        **CONTROLS,
    }
    with heard() as warned:
        found = meta_analysis(effect=question.y, variance=question.v, **options)
    predicted = question.prediction == PREDICTION and found.prediction_interval
    low, high = predicted or (np.nan, np.nan)
    return Opinion(
        method=f"{spelt_out('meta_analysis', options)}: {question.interval}",
        kind=ITERATIVE if question.tau2_method in SEARCHED else CLOSED_FORM,
        **(_t_limits(found, question) if question.interval == "t" else _limits(found)),
        tau2=0.0 if is_fixed else number(found.tau2),
        pi_low=number(low),
        pi_high=number(high),
        note="; ".join(warned),
    )


def has_several_roots(y: Array, v: Array) -> bool:
    """Return whether the restricted score of τ² changes its sign more than once.

    ``y``, ``v``: effects and variances, shape (k,).

    >>> has_several_roots(np.array([0.0, 0.5, 1.0]), np.array([0.1, 0.1, 0.1]))
    False
    """
    tau2 = np.median(v) * RATIOS
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    residual = y - ((w @ y) / total)[:, None]
    score = (w**2 * residual**2).sum(axis=1) - total + (w**2).sum(axis=1) / total
    return int(np.count_nonzero(np.diff(score > 0))) > 1


def _why_not(question: Question) -> str:
    """Return why it is not asked; empty where it is."""
    if question.tau2_method not in ESTIMATORS:
        return f"{NAME} has no {question.tau2_method} estimator"
    if question.interval not in INTERVALS:
        return f"{NAME} has no {question.interval} interval"
    if question.tau2_method == "FE" and question.interval not in ("wald", "t"):
        return f"{NAME} has no {question.interval} interval of a fixed effect"
    if np.abs(question.y).max() < SMALLEST_EFFECT:
        return f"not asked: effects below {SMALLEST_EFFECT:g} are beyond its tolerance"
    if question.tau2_method == "REML" and has_several_roots(question.y, question.v):
        return "not asked: the likelihood has several peaks, of which it takes any"
    return ""


def _of_counts(question: Question) -> Opinion:
    """Pool the counts themselves; no correction of empty cells touches the pooled numbers."""
    method, measures = COUNTS[question.model]
    if question.measure not in measures:
        return no_opinion(f"{NAME} has no {question.model} method for {question.measure}")
    names = ("event_treat", "n_treat", "event_control", "n_control")
    options: dict[str, Any] = {
        "measure": question.measure,
        "method": method,
        "model": "common",
        "tau2_method": None,
        "ci_method": "normal",
        "confidence_level": question.level,
        "continuity_correction": 0.5,
        "correction_scope": "only_zero_studies",
        "rd_zero_variance": "correct",
        "mh_continuity_correction": None,
        "mh_correction_scope": None,
        **CONTROLS,
    }
    pool_counts: Any = meta_binary
    with heard() as warned:
        try:
            found = pool_counts(**dict(zip(names, question.arms, strict=True)), **options)
        except MetaAnalysisError as error:
            return no_opinion(f"{NAME} refuses these counts: {error}", CLOSED_FORM)
    return Opinion(
        method=spelt_out("meta_binary", options),
        kind=CLOSED_FORM,
        **_limits(found),
        note="; ".join(warned),
    )


def _t_limits(found: Any, question: Question) -> dict[str, float | None]:
    half = stdtrit(len(question.y) - 1, (1 + question.level) / 2) * found.standard_error
    low, high = found.estimate - half, found.estimate + half
    return {"estimate": number(found.estimate), "ci_low": number(low), "ci_high": number(high)}


def _limits(found: Any) -> dict[str, float | None]:
    return {name: number(getattr(found, name)) for name in ("estimate", "ci_low", "ci_high")}
