"""From effects and a specification to every number that a review could have printed."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from liftproof.analysis.causes.between import LIMITS
from liftproof.analysis.causes.early_stop import fisher_scoring
from liftproof.analysis.causes.effects import effects_under
from liftproof.analysis.causes.trials import Trials
from liftproof.analysis.counts import METHODS
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError, LiftproofError
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.intervals import TESTS
from liftproof.vocabulary.measures import MEASURES, source_of_counts
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, THREE_LEVEL
from liftproof.vocabulary.suitability import require_counts

Numbers = Mapping[str, float]
ON_ANALYSIS_SCALE: tuple[str, ...] = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
AS_THEY_ARE = (
    *("se", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
    *("intercept", "slope", "intercept_se", "slope_se"),
)


def numbers_under(trials: Trials, specification: Specification) -> Numbers | None:
    """Return what a specification gives, each number as it would be printed, or None for nothing.

    Estimates and their limits are on the natural scale, and on the scale of logarithms under
    ``log_...`` for ratios; ``i2`` and reductions in percent; ``p`` two-sided. Quantities that do
    not exist are absent. None where a trial or a method does not fit the specification.

    >>> from liftproof.analysis.causes.trials import trials_of
    >>> trials = trials_of(y=[-0.51, -0.22, 0.05], v=[0.04, 0.001, 0.09])
    >>> found = numbers_under(trials, Specification(measure="RR", tau2="DL", interval="wald"))
    >>> round(found["estimate"], 4), round(found["i2"], 3)
    (0.7801, 30.917)
    """
    try:
        fit = _fit(trials, specification)
    except LiftproofError:
        return None
    return _as_printed(fit, specification)


def _fit(trials: Trials, specification: Specification) -> dict[str, Any]:
    if specification.model in COUNT_MODELS:
        return _from_counts(trials, specification)
    y, v = effects_under(trials, specification)
    enters = np.isfinite(y) & np.isfinite(v)
    if not enters.any():
        raise InputError("No trial is left.")
    study = [name for name, is_in in zip(trials.study, enters, strict=True) if is_in]
    x = None if trials.x is None else trials.x[enters]
    return MODELS[specification.model, x is not None](y[enters], v[enters], study, x, specification)


def _inverse_variance(
    y: Array, v: Array, study: list[str], x: Array | None, specification: Specification
) -> dict[str, Any]:
    del study, x
    made: Any = pool(
        y,
        v,
        tau2=specification.tau2,
        interval=specification.interval,
        prediction=specification.prediction,
        level=specification.level,
    )
    found = {name: getattr(made, name) for name in _POOLED}
    if specification.search:
        found |= _stopped_early(y, v, specification)
    if specification.tau2_limits:
        found |= _limits_of_tau2(y, v, float(found["tau2"]), specification)
    if specification.i2:
        found["i2"] = heterogeneity.i2_from_q(made.q, made.q_df)
    return found


_POOLED = (
    *ON_ANALYSIS_SCALE,
    *("se", "statistic", "p_value", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
)


def _stopped_early(y: Array, v: Array, specification: Specification) -> dict[str, Any]:
    """Return τ² of a search with a loose tolerance, and Wald's mean and limits at it."""
    tau2 = fisher_scoring(y, v, specification.tau2)
    estimate, variance, _ = weighted_mean(y, v, np.asarray(tau2))
    se = np.sqrt(variance)
    low, high = limits(estimate, se, specification.level)
    found = {"tau2": tau2, "estimate": estimate, "se": se, "ci_low": low, "ci_high": high}
    return found | {"statistic": estimate / se, "p_value": two_sided_p(estimate / se)}


def _limits_of_tau2(
    y: Array, v: Array, tau2: float, specification: Specification
) -> dict[str, Any]:
    method = LIMITS[specification.tau2_limits]
    low, high = method(y, v, tau2, specification.tau2, specification.level)
    return {"tau2_ci_low": low, "tau2_ci_high": high}


def _regression(
    y: Array, v: Array, study: list[str], x: Array | None, specification: Specification
) -> dict[str, Any]:
    del study
    made = meta_regression(
        y,
        v,
        _design(np.asarray(x)),
        tau2=specification.tau2,
        test=TESTS.get(specification.interval, "z"),
        level=specification.level,
    )
    return {**_coefficients(made), "tau2": made.tau2, "q": made.qe, "q_p": made.qe_p}


def _three_level(
    y: Array, v: Array, study: list[str], x: Array | None, specification: Specification
) -> dict[str, Any]:
    made = three_level(
        y,
        v,
        study,
        None if x is None else x[:, None],
        method=specification.tau2,
        test=TESTS[specification.interval],
        level=specification.level,
    )
    total = made.sigma2_study + made.sigma2_effect
    found = {
        **({} if x is None else _coefficients(made)),
        "estimate": made.coefficients[0],
        "se": made.se[0],
        "statistic": made.statistic[0],
        "p_value": made.p_value[0],
        "ci_low": made.ci_low[0],
        "ci_high": made.ci_high[0],
        "tau2": total,
        "tau2_between": made.sigma2_study,
        "tau2_within": made.sigma2_effect,
        "i2": heterogeneity.i2_from_tau2(total, heterogeneity.typical_variance(v)),
    }
    same = {name: getattr(made, name) for name in ("pi_low", "pi_high", "q", "q_p")}
    return {**found, **same}


def _design(x: Array) -> Array:
    return np.column_stack([np.ones(x.shape), x])


def _coefficients(made: Any) -> dict[str, Any]:
    return {
        "intercept": made.coefficients[0],
        "slope": made.coefficients[1],
        "intercept_se": made.se[0],
        "slope_se": made.se[1],
    }


MODELS: Mapping[tuple[str, bool], Callable[..., dict[str, Any]]] = {
    (INVERSE_VARIANCE, False): _inverse_variance,
    (INVERSE_VARIANCE, True): _regression,
    (THREE_LEVEL, False): _three_level,
    (THREE_LEVEL, True): _three_level,
}
"""By model and whether there is a moderator."""


def _from_counts(trials: Trials, specification: Specification) -> dict[str, Any]:
    """Return what a model of counts gives, every trial's counts being known."""
    require_counts(specification.model, specification.measure)
    source = source_of_counts(specification.measure)
    raw = trials.raw.get(source)
    if raw is None or len(raw.trials) < len(trials.y):
        raise InputError(f"{specification.model} needs the {source} of every trial.")
    arms = list(raw.numbers)
    if specification.direction:
        arms = [*arms[2:], *arms[:2]]
    options = {"variance": specification.variance} if specification.variance else {}
    method = METHODS[specification.model](specification.measure)
    made = method(*arms, level=specification.level, **options)
    return {name: getattr(made, name) for name in _POOLED if hasattr(made, name)}


def _as_printed(fit: Mapping[str, Any], specification: Specification) -> Numbers:
    measure = MEASURES[specification.measure]
    plain = {name: float(fit[name]) for name in AS_THEY_ARE if name in fit}
    for name in ON_ANALYSIS_SCALE:
        if name in fit:
            plain[name] = measure.natural(float(fit[name]))
            if measure.is_log:
                plain[f"log_{name}"] = float(fit[name])
    for name in ("tau2_between", "tau2_within"):
        if name in fit:
            plain[name] = float(fit[name])
    if "tau2" in plain:
        plain["tau"] = float(np.sqrt(plain["tau2"]))
    if "statistic" in fit:
        plain |= {"z": float(fit["statistic"]), "p": float(fit["p_value"])}
    if measure.is_log and "estimate" in plain:
        pairs = {"reduction": "estimate", "reduction_low": "ci_high", "reduction_high": "ci_low"}
        plain |= {name: 100 * (1 - plain[of]) for name, of in pairs.items() if of in plain}
    return {name: value for name, value in plain.items() if np.isfinite(value)}
