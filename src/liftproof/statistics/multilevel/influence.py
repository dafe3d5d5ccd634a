"""A multilevel fit without each cluster: what becomes of it, and how it foresees the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError, StatisticsError
from liftproof.metafors_names import naming_arguments
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.given_weights import weighted_coefficients
from liftproof.statistics.dependent.groups import Places, grouped
from liftproof.statistics.dependent.three_level import ThreeLevel
from liftproof.statistics.multilevel.fit import coefficients_at
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.marginal import marginal_of, squared_by
from liftproof.statistics.multilevel.model import MultilevelModel, model_of
from liftproof.statistics.multilevel.of_three_levels import as_multilevel
from liftproof.statistics.multilevel.search import highest
from liftproof.statistics.multilevel.surface import deviations
from liftproof.statistics.multilevel.terms import RandomEffectsTerm
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterInfluence(Result):
    """What the fit is without each cluster, in order of first appearance; NaN where the rest cannot
    be fitted.

    ``cluster`` (m,): labels. ``cook`` (m,): b's squared distance from b without it, by the inverse
    covariance of b. ``coefficients`` (m, p): without it; ``dfbetas`` (m, p): how far b is from
    them, in standard errors of b by the variance components without it. ``residual`` (k,): of each
    effect from what the others foresee, ``se`` of it, ``studentized``: their quotient; ``chi2``
    (m,): of each cluster's such residuals by their covariance.
    """

    cluster: NDArray[np.generic]
    cook: Array
    coefficients: Array
    dfbetas: Array
    residual: Array
    se: Array
    studentized: Array
    chi2: Array


@naming_arguments
def multilevel_influence(
    fit: Multilevel | ThreeLevel, cluster: ArrayLike | None = None, *, reestimate: bool = True
) -> ClusterInfluence:
    """Return what a fit is without each cluster, or without each effect.

    ``cluster``: one label an effect, (k,); None takes each effect for its own. ``reestimate``:
    whether the variance components are searched anew without each. metafor: ``cooks.distance(
    rma.mv(), cluster=, reestimate=)``, ``dfbetas()``, ``rstudent()``, whose clusters are sorted.
    Raises InputError.

    Source: Cook & Weisberg 1982, Residuals and Influence in Regression; Viechtbauer & Cheung 2010,
    Res Synth Methods 1, 112-125.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> without = multilevel_influence(fit, study, reestimate=False)
    >>> without.cook.round(3).tolist()
    [0.277, 1.026, 0.218]
    >>> without.studentized.round(2).tolist()
    [-0.94, -0.48, 1.6, 1.14, -0.69]
    """
    fit = as_multilevel(fit)
    groups = grouped(np.arange(fit.k) if cluster is None else cluster, fit.k, "cluster")
    m, p = groups.labels.size, fit.coefficients.size
    if m == 1:
        raise InputError("There is one cluster: without it nothing is left to fit.")
    without, dfbetas = np.full((m, p), np.nan), np.full((m, p), np.nan)
    residual, se, chi2 = np.full(fit.k, np.nan), np.full(fit.k, np.nan), np.full(m, np.nan)
    for number, rest in _rests(fit, groups.number, reestimate=reestimate):
        own = np.flatnonzero(groups.number == number)
        covariance = rest.marginal[np.ix_(own, own)]
        covariance = covariance + fit.model.x[own] @ rest.covariance @ fit.model.x[own].T
        without[number] = rest.coefficients
        dfbetas[number] = (fit.coefficients - rest.coefficients) / rest.se_of_all
        residual[own] = fit.model.y[own] - fit.model.x[own] @ rest.coefficients
        se[own] = np.sqrt(covariance.diagonal())
        chi2[number] = squared_by(residual[own], covariance)
    moved = fit.coefficients - without
    return ClusterInfluence(
        cluster=groups.labels,
        cook=np.einsum("ij,jk,ik->i", moved, np.linalg.inv(fit.covariance), moved),
        coefficients=without,
        dfbetas=dfbetas,
        residual=residual,
        se=se,
        studentized=residual / se,
        chi2=chi2,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rest:
    """A fit without a cluster: ``coefficients`` (p,), their ``covariance`` (p, p); of all effects,
    by its variance components, ``marginal`` covariance (k, k) and ``se_of_all`` coefficients (p,).
    """

    coefficients: Array
    covariance: Array
    marginal: Array
    se_of_all: Array


def _rests(fit: Multilevel, number: Places, *, reestimate: bool) -> Iterator[tuple[int, _Rest]]:
    """Yield the number of each cluster whose rest can be fitted, and that fit."""
    for one in range(int(number.max()) + 1):
        kept = np.flatnonzero(number != one)
        columns = fit.model.x[kept]
        if np.linalg.matrix_rank(columns) < columns.shape[1]:
            continue
        try:
            yield one, _rest(fit, kept, reestimate=reestimate)
        except StatisticsError:
            continue


def _rest(fit: Multilevel, kept: Places, *, reestimate: bool) -> _Rest:
    rest = _of_some_effects(fit.model, kept)
    at = highest(rest).parameters if reestimate else _in_unit(rest, fit.model, fit.at)
    of_all = _in_unit(fit.model, rest, at)
    marginal = marginal_of(fit.model, of_all)
    if fit.weights is None:
        coefficients, covariance, _ = coefficients_at(rest, at)
        whole = coefficients_at(fit.model, of_all)[1]
    else:
        own = marginal[np.ix_(kept, kept)], fit.weights[np.ix_(kept, kept)]
        coefficients, covariance = weighted_coefficients(rest.x, rest.y, *own)
        whole = weighted_coefficients(fit.model.x, fit.model.y, marginal, fit.weights)[1]
    return _Rest(
        coefficients=coefficients,
        covariance=covariance,
        marginal=marginal,
        se_of_all=np.sqrt(whole.diagonal()),
    )


def _of_some_effects(model: MultilevelModel, kept: Places) -> MultilevelModel:
    terms = tuple(_of_some(term, kept) for term in model.terms)
    v = model.v[kept] if model.v.ndim == 1 else model.v[np.ix_(kept, kept)]
    return model_of(
        model.y[kept],
        v,
        model.x[kept],
        terms,
        intercept=False,
        is_restricted=model.is_restricted,
    )


def _of_some(term: RandomEffectsTerm, kept: Places) -> RandomEffectsTerm:
    return replace(term, inner=term.inner[kept], outer=term.outer[kept])


def _in_unit(model: MultilevelModel, other: MultilevelModel, at: Array) -> Array:
    """Return parameters of another model of the same terms in the unit of a model."""
    return np.where(deviations(model), other.unit / model.unit * at, at)
