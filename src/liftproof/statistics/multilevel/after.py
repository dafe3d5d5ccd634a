"""What follows a multilevel fit: random effects, residuals, influence of clusters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError, StatisticsError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Places, grouped
from liftproof.statistics.distributions import limits
from liftproof.statistics.multilevel.fit import coefficients_at
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.likelihood import covariance_of
from liftproof.statistics.multilevel.model import MultilevelModel, model_of
from liftproof.statistics.multilevel.search import highest
from liftproof.statistics.multilevel.surface import covariances, deviations
from liftproof.statistics.multilevel.terms import RandomEffectsTerm
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomEffects(Result):
    """Best linear unbiased predictions of one term, sorted by group and level.

    ``name``: of the term. ``group``, ``level``: labels of outer group and inner level, (m,).
    ``effect``, ``se``, ``pi_low``, ``pi_high`` (m,): on the analysis scale, around 0; the error is
    that of the prediction, the coefficients' included.
    """

    name: str
    group: NDArray[np.generic]
    level: NDArray[np.generic]
    effect: Array
    se: Array
    pi_low: Array
    pi_high: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residuals(Result):
    """One number an effect, (k,), on the analysis scale.

    ``fitted``: by the coefficients alone; ``conditional``: with the random effects. ``residual``:
    y - fitted, ``se`` of it, ``standardized``: their quotient.
    """

    fitted: Array
    conditional: Array
    residual: Array
    se: Array
    standardized: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterInfluence(Result):
    """What the coefficients are without each cluster, in order of first appearance.

    ``cluster`` (m,): labels. ``cook`` (m,): b's squared distance from b without it, by the inverse
    covariance of b. ``coefficients`` (m, p): without it; NaN where the rest cannot be fitted.
    """

    cluster: NDArray[np.generic]
    cook: Array
    coefficients: Array


def multilevel_effects(fit: Multilevel) -> tuple[RandomEffects, ...]:
    """Return the predicted random effects of each term of a fit.

    With residuals r and M the covariance of the effects: GZ'M⁻¹r. metafor: ``ranef(rma.mv())``,
    whose term ``~ 1 | group`` has the groups sorted as here. The limits take the fit's test.

    Source: Robinson 1991, Stat Sci 6, 15-32.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> multilevel_effects(fit)[0].effect.round(3).tolist()
    [-0.188, 0.362, -0.174]
    """
    projected, r = _projection(fit)
    return tuple(_predicted(fit, i, projected, r) for i in range(len(fit.model.terms)))


def multilevel_residuals(fit: Multilevel) -> Residuals:
    """Return residuals of a fit. metafor: ``rstandard(rma.mv())``, ``fitted()``.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> multilevel_residuals(multilevel([0.1, 0.3], [0.02, 0.02])).standardized.round(6).tolist()
    [-1.0, 1.0]
    """
    model = fit.model
    _, pulled = _projection(fit)
    m = _marginal(fit)
    residual = model.y - model.x @ fit.coefficients
    hat = model.x @ fit.covariance @ model.x.T
    se = np.sqrt(np.maximum((m - hat).diagonal(), 0.0))
    return Residuals(
        fitted=model.x @ fit.coefficients,
        conditional=model.y - _sampling(model) @ pulled,
        residual=residual,
        se=se,
        standardized=residual / se,
    )


def multilevel_influence(
    fit: Multilevel, cluster: ArrayLike, *, reestimate: bool = True
) -> ClusterInfluence:
    """Return Cook's distance of each cluster.

    ``cluster``: one label an effect, (k,). ``reestimate``: whether the variance components are
    searched anew without each. metafor: ``cooks.distance(rma.mv(), cluster=,
    reestimate=)``, whose clusters are sorted. Raises InputError.

    Source: Cook & Weisberg 1982, Residuals and Influence in Regression.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> multilevel_influence(fit, study, reestimate=False).cook.round(3).tolist()
    [0.277, 1.026, 0.218]
    """
    groups = grouped(cluster, fit.k, "cluster")
    if groups.labels.size == 1:
        raise InputError("There is one cluster: without it nothing is left to fit.")
    without = np.full((groups.labels.size, fit.coefficients.size), np.nan)
    for number in range(groups.labels.size):
        kept = np.flatnonzero(groups.number != number)
        without[number] = _coefficients_of(fit, kept, reestimate=reestimate)
    moved = fit.coefficients - without
    return ClusterInfluence(
        cluster=groups.labels,
        cook=np.einsum("ij,jk,ik->i", moved, np.linalg.inv(fit.covariance), moved),
        coefficients=without,
    )


def _marginal(fit: Multilevel) -> Array:
    """Return the covariance of the effects by the fit, (k, k)."""
    m = np.zeros((fit.k, fit.k))
    at = covariances(fit.model, fit.at[None])
    for bundle in fit.model.bundles:
        blocks = covariance_of(bundle, at)[0] * fit.model.unit**2
        for places, one in zip(bundle.places, blocks, strict=True):
            inside = places[places >= 0]
            m[np.ix_(inside, inside)] = one[: inside.size, : inside.size]
    return m


def _sampling(model: MultilevelModel) -> Array:
    return np.diag(model.v) if model.v.ndim == 1 else model.v


def _projection(fit: Multilevel) -> tuple[Array, Array]:
    """Return M⁻¹ - M⁻¹X(X'M⁻¹X)⁻¹X'M⁻¹, (k, k), and M⁻¹r, (k,)."""
    inverse = np.linalg.inv(_marginal(fit))
    weighted = inverse @ fit.model.x
    projected = inverse - weighted @ fit.covariance @ weighted.T
    return projected, inverse @ (fit.model.y - fit.model.x @ fit.coefficients)


def _predicted(fit: Multilevel, i: int, projected: Array, pulled: Array) -> RandomEffects:
    term, component = fit.model.terms[i], fit.components[i]
    group, level = _cells(term)
    reach = component.covariance[level[:, None], term.inner] * (group[:, None] == term.outer)
    own = component.covariance[level, level]
    variance = own - np.einsum("ij,jk,ik->i", reach, projected, reach)
    effect, se = reach @ pulled, np.sqrt(np.maximum(variance, 0.0))
    low, high = limits(effect, se, fit.level, fit.df)
    return RandomEffects(
        name=term.name,
        group=term.groups[group],
        level=component.levels[level],
        effect=effect,
        se=se,
        pi_low=low,
        pi_high=high,
    )


def _cells(term: RandomEffectsTerm) -> tuple[Places, Places]:
    """Return group and level of each random effect that occurs, sorted."""
    pairs = np.unique(np.stack([term.outer, term.inner]), axis=1)
    return pairs[0], pairs[1]


def _coefficients_of(fit: Multilevel, kept: Places, *, reestimate: bool) -> Array:
    """Return the coefficients from some of the effects; NaN where these do not tell them."""
    model = fit.model
    columns = model.x[kept]
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        return np.full(columns.shape[1], np.nan)
    terms = tuple(_of_some(term, kept) for term in model.terms)
    v = model.v[kept] if model.v.ndim == 1 else model.v[np.ix_(kept, kept)]
    rest = model_of(
        model.y[kept], v, columns, terms, intercept=False, is_restricted=model.is_restricted
    )
    try:
        at = highest(rest).parameters if reestimate else _in_unit(fit, rest)
    except StatisticsError:
        return np.full(columns.shape[1], np.nan)
    return coefficients_at(rest, at)[0]


def _of_some(term: RandomEffectsTerm, kept: Places) -> RandomEffectsTerm:
    return replace(term, inner=term.inner[kept], outer=term.outer[kept])


def _in_unit(fit: Multilevel, model: MultilevelModel) -> Array:
    """Return the parameters of a fit in the unit of another model of the same terms."""
    factor = fit.model.unit / model.unit
    return np.where(deviations(model), factor * fit.at, fit.at)
