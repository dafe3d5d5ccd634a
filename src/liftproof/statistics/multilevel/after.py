"""What follows a multilevel fit: random effects, residuals, the covariance of the effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Places, grouped
from liftproof.statistics.dependent.three_level import ThreeLevel
from liftproof.statistics.distributions import limits
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.marginal import marginal_of, squared_by
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.multilevel.of_three_levels import as_multilevel
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

    ``fitted``: by the coefficients alone; ``conditional``: with the random effects, NaN where
    weights were given. ``residual``: y - fitted, ``se`` of it, ``standardized``: their quotient.
    ``hat``: what an effect adds to its own fitted value. ``weight``: in percent.
    ``cluster`` (m,): labels, in order of first appearance, with ``chi2`` of each cluster's
    residuals by their covariance, NaN where that is singular; both empty without clusters.
    """

    fitted: Array
    conditional: Array
    residual: Array
    se: Array
    standardized: Array
    hat: Array
    weight: Array
    cluster: NDArray[np.generic]
    chi2: Array


@naming_arguments
def multilevel_covariance(fit: Multilevel | ThreeLevel) -> Array:
    """Return the covariance of the effects by a fit, (k, k): sampling and random effects together.

    The working covariance for ``cluster_robust`` and ``robust_hypotheses`` after any multilevel
    fit. metafor: ``vcov(rma.mv(), type="obs")``.

    Source: Konstantopoulos 2011, Res Synth Methods 2, 61-76.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> multilevel_covariance(fit)[0].round(3).tolist()
    [0.13, 0.11, 0.0, 0.0, 0.0]
    """
    of_general = as_multilevel(fit)
    return marginal_of(of_general.model, of_general.at)


@naming_arguments
def multilevel_effects(fit: Multilevel | ThreeLevel) -> tuple[RandomEffects, ...]:
    """Return the predicted random effects of each term of a fit.

    With residuals r and M the covariance of the effects: GZ'M⁻¹r. metafor: ``ranef(rma.mv())``,
    whose term ``~ 1 | group`` has the groups sorted as here. The limits take the fit's test.

    Raises InputError for a fit by given weights.

    Source: Robinson 1991, Stat Sci 6, 15-32.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> multilevel_effects(fit)[0].effect.round(3).tolist()
    [-0.188, 0.362, -0.174]
    """
    fit = as_multilevel(fit)
    if fit.weights is not None:
        raise InputError("Random effects go with the model's own weights: leave weights= out.")
    projected, r = _projection(fit)
    return tuple(_predicted(fit, i, projected, r) for i in range(len(fit.model.terms)))


@naming_arguments
def multilevel_residuals(
    fit: Multilevel | ThreeLevel, cluster: ArrayLike | None = None
) -> Residuals:
    """Return residuals of a fit. ``cluster``: one label an effect, (k,). Raises InputError.

    Source: Cook & Weisberg 1982, Residuals and Influence in Regression. metafor:
    ``rstandard(rma.mv(), cluster=)``, ``fitted()``, ``hatvalues()``, ``weights()``.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> seen = multilevel_residuals(multilevel([0.1, 0.3], [0.02, 0.02]))
    >>> seen.standardized.round(6).tolist(), seen.hat.round(6).tolist()
    ([-1.0, 1.0], [0.5, 0.5])
    """
    fit = as_multilevel(fit)
    model = fit.model
    m = marginal_of(model, fit.at)
    inverse = np.linalg.inv(m)
    weights = inverse if fit.weights is None else fit.weights
    hat = model.x @ np.linalg.solve(model.x.T @ weights @ model.x, model.x.T @ weights)
    residual = model.y - model.x @ fit.coefficients
    rest = np.eye(fit.k) - hat
    covariance = rest @ m @ rest.T
    se = np.sqrt(np.maximum(covariance.diagonal(), 0.0))
    labels, chi2 = _by_cluster(residual, covariance, cluster)
    conditional = model.y - _sampling(model) @ (inverse @ residual)
    return Residuals(
        fitted=model.x @ fit.coefficients,
        conditional=conditional if fit.weights is None else np.full(fit.k, np.nan),
        residual=residual,
        se=se,
        standardized=residual / se,
        hat=hat.diagonal(),
        weight=100 * weights.diagonal() / weights.trace(),
        cluster=labels,
        chi2=chi2,
    )


def _by_cluster(
    residual: Array, covariance: Array, cluster: ArrayLike | None
) -> tuple[NDArray[np.generic], Array]:
    """Return the labels of the clusters, and r'V⁻¹r of each one's residuals; none for no labels."""
    if cluster is None:
        return np.empty(0, dtype=int), np.empty(0)
    groups = grouped(cluster, residual.size, "cluster")
    chi2 = [
        squared_by(residual[own], covariance[np.ix_(own, own)])
        for own in (np.flatnonzero(groups.number == one) for one in range(groups.labels.size))
    ]
    return groups.labels, np.array(chi2)


def _sampling(model: MultilevelModel) -> Array:
    return np.diag(model.v) if model.v.ndim == 1 else model.v


def _projection(fit: Multilevel) -> tuple[Array, Array]:
    """Return M⁻¹ - M⁻¹X(X'M⁻¹X)⁻¹X'M⁻¹, (k, k), and M⁻¹r, (k,)."""
    inverse = np.linalg.inv(marginal_of(fit.model, fit.at))
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
