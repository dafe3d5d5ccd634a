"""Fit a multilevel model: ``multilevel``."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.dependent.components import DEFAULT_METHOD, RESTRICTED
from liftproof.statistics.dependent.given_weights import checked_weights, weighted_coefficients
from liftproof.statistics.dependent.three_level import TESTS
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, refuse_missing, rule_of
from liftproof.statistics.multilevel.complete import complete_rows
from liftproof.statistics.multilevel.fitted import Component, Multilevel
from liftproof.statistics.multilevel.likelihood import GlsSolution, solved
from liftproof.statistics.multilevel.marginal import marginal_of
from liftproof.statistics.multilevel.model import MultilevelModel, model_of
from liftproof.statistics.multilevel.search import highest
from liftproof.statistics.multilevel.surface import covariances, split
from liftproof.statistics.multilevel.terms import (
    DEFAULT_STRUCTURE,
    Random,
    RandomEffectsTerm,
    terms_of,
)
from liftproof.statistics.regression.omnibus import omnibus

EDGE = 1e-6
"""A correlation this close to the end of its range lies at it, as far as a search can tell."""


@of_one_index
def multilevel(
    y: ArrayLike,
    v: ArrayLike,
    random: Random = (),
    x: ArrayLike | None = None,
    *,
    data: Mapping[str, ArrayLike] | None = None,
    structure: str = DEFAULT_STRUCTURE,
    intercept: bool = True,
    method: str = DEFAULT_METHOD,
    test: str = "z",
    level: float = 0.95,
    weights: ArrayLike | None = None,
    missing: str = REFUSE,
) -> Multilevel:
    """Fit y = Xb + random effects + error by REML or ML; without random effects, by GLS.

    ``y``: effects (k,). ``v``: sampling variances (k,), or covariance (k, k). ``random``: terms by
    ``intercepts``, ``nested`` and ``within``, or formulas over the columns of ``data``:
    ``"1 | study/effect"``, ``"outcome | study"``; several cross. ``structure``: of the formulas
    with an inner factor. ``x``: moderators (k,) or (k, q). ``method``: ``REML``, ``ML``; ``test``:
    ``z``, ``t``.

    The likelihood is climbed from the best eight of several starting points, side by side; at the
    end every slope is 0, every curvature points down and no variance of 0 is better above it, or
    ConvergenceError. Components that the data
    cannot tell apart, and correlations of levels that never meet, are refused. InputError.
    ``weights``: one number, (k,) or (k, k), by which the coefficients are estimated in place of
    the inverse covariance of the effects; variance components stay those of the likelihood, and
    ``log_likelihood`` is at these coefficients.
    ``missing``: ``drop`` leaves out effects without a number or a label, and names them in
    ``dropped``.

    Source: Harville 1977, J Am Stat Assoc 72, 320-338; Konstantopoulos 2011, Res Synth Methods 2,
    61-76. metafor: ``rma.mv(yi, V, W, mods, random, struct)``, from one starting value.

    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> round(float(fit.coefficients[0]), 4), round(float(fit.components[0].variance[0]), 4)
    (0.4053, 0.1101)
    """
    if rule_of(missing) != REFUSE:
        kept, labels, dropped = complete_rows(y, v, random, x, data, weights)
        options = {"structure": structure, "method": method, "test": test}
        *columns, w = kept
        again = multilevel(
            *columns, data=labels, intercept=intercept, level=level, weights=w, **options
        )
        return again.after_dropping(dropped)
    refuse_missing({"y": y, "v": v, "x": x, "weights": weights})
    takes_t = choose(TESTS, test, "test")
    is_restricted = choose(RESTRICTED, method, "likelihood")
    terms = terms_of(random, floats("y", y).size, data, structure)
    model = model_of(y, v, x, terms, intercept=intercept, is_restricted=is_restricted)
    by = None if weights is None else checked_weights(weights, model.y.size)
    at = highest(model).parameters
    return fitted_at(model, at, by, method=method, test=test, level=level, takes_t=takes_t)


def coefficients_at(model: MultilevelModel, at: Array) -> tuple[Array, Array, float]:
    """Return coefficients (p,), their covariance (p, p) and the deviance, at given parameters."""
    found = _solved(model, covariances(model, at[None]))
    inverse = np.linalg.inv(model.triangle)
    coefficients = model.start + model.unit * inverse @ found.b[0]
    covariance = model.unit**2 * inverse @ found.covariance[0] @ inverse.T
    return coefficients, covariance, float(found.deviance[0])


def _estimated(
    model: MultilevelModel, at: Array, weights: Array | None
) -> tuple[Array, Array, float]:
    """Return coefficients, covariance and deviance: the likeliest, or those by given weights."""
    best, covariance, deviance = coefficients_at(model, at)
    if weights is None:
        return best, covariance, deviance
    given = weighted_coefficients(model.x, model.y, marginal_of(model, at), weights)
    away = given[0] - best
    return *given, deviance + float(away @ np.linalg.solve(covariance, away))


def fitted_at(
    model: MultilevelModel,
    at: Array,
    weights: Array | None,
    *,
    method: str,
    test: str,
    level: float,
    takes_t: bool,
) -> Multilevel:
    """Return the fit of a model at given parameters of its terms."""
    k, p = model.x.shape
    coefficients, covariance, deviance = _estimated(model, at, weights)
    se = np.sqrt(covariance.diagonal())
    df = float(k - p) if takes_t else np.inf
    ci_low, ci_high = limits(coefficients, se, level, df)
    components = tuple(
        _component(term, own, model.unit)
        for term, own in zip(model.terms, split(model, at), strict=True)
    )
    log_likelihood = -(deviance + model.free * math.log(2 * math.pi * model.unit**2)) / 2
    parameters = p + sum(term.structure.count(term.levels) for term in model.terms)
    q = _without_random(model)
    tested = list(range(int(model.has_intercept and p > 1), p))
    qm, (qm_df, _), qm_p = omnibus(coefficients, covariance, tested, df)
    pi_low, pi_high = _prediction(model, components, coefficients, se, level, df)
    return Multilevel(
        method=method,
        test=test,
        level=level,
        k=k,
        coefficients=coefficients,
        se=se,
        covariance=covariance,
        statistic=coefficients / se,
        df=df,
        p_value=two_sided_p(coefficients / se, df),
        ci_low=ci_low,
        ci_high=ci_high,
        components=components,
        log_likelihood=log_likelihood,
        parameters=parameters,
        **_criteria(log_likelihood, parameters, model.free),
        q=q,
        q_df=k - p,
        q_p=float(chdtrc(k - p, q)),
        qm=float(qm),
        qm_df=qm_df,
        qm_p=float(qm_p),
        pi_low=pi_low,
        pi_high=pi_high,
        model=model,
        at=at,
        weights=weights,
    )


def _solved(model: MultilevelModel, g: list[Array]) -> GlsSolution:
    try:
        return solved(model, g)
    except np.linalg.LinAlgError as error:
        raise ConvergenceError("The covariance of the effects is singular in rounding.") from error


def _component(term: RandomEffectsTerm, own: Array, unit: float) -> Component:
    n = term.structure.variances(term.levels)
    g = term.structure.covariance(own, term.levels)
    variance, correlation = own[:n] ** 2, term.structure.correlation.numbers(own[n:], term.levels)
    is_edge = bool((variance == 0).any())
    if correlation.size:
        is_known = variance.size == 1 or (variance > 0).sum() > 1
        correlation = (
            correlation if variance.any() and is_known else np.full_like(correlation, np.nan)
        )
        is_edge |= bool((np.abs(np.cos(own[n:])) < EDGE**0.5).any())
    return Component(
        name=term.name,
        structure=term.code,
        levels=term.labels,
        groups=term.groups.size,
        variance=unit**2 * variance,
        correlation=correlation,
        covariance=unit**2 * g,
        at_boundary=is_edge,
    )


def _criteria(log_likelihood: float, parameters: int, effects: int) -> dict[str, float]:
    """Return AIC, BIC and AICc as metafor counts: AICc of 2 + parameters effects at least."""
    n = max(effects, parameters + 2)
    return {
        "aic": -2 * log_likelihood + 2 * parameters,
        "bic": -2 * log_likelihood + parameters * math.log(effects),
        "aicc": -2 * log_likelihood + 2 * parameters * n / (n - parameters - 1),
    }


def _without_random(model: MultilevelModel) -> float:
    """Return y'Py of the sampling covariance alone."""
    nothing = [np.zeros((1, term.levels.size, term.levels.size)) for term in model.terms]
    found = _solved(model, nothing)
    size = sum(
        2 * float(np.log(np.linalg.cholesky(bundle.v).diagonal(axis1=-2, axis2=-1)).sum())
        for bundle in model.bundles
    )
    if model.is_restricted:
        size -= float(np.linalg.slogdet(found.covariance[0])[1])
    return float(found.deviance[0]) - size


def _prediction(
    model: MultilevelModel,
    components: tuple[Component, ...],
    coefficients: Array,
    se: Array,
    level: float,
    df: float,
) -> tuple[float, float]:
    is_mean = model.has_intercept and coefficients.size == 1
    if not is_mean or any(one.variance.size > 1 for one in components):
        return np.nan, np.nan
    variance = sum(float(one.variance[0]) for one in components)
    low, high = limits(coefficients[0], math.sqrt(se[0] ** 2 + variance), level, df)
    return float(low), float(high)
