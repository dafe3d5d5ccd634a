"""Meta-regression of dependent effects by moments, with robust variance, as robumeta has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances, floats, require
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.groups import Groups, grouped
from liftproof.statistics.dependent.robust import ClusterRobust, cluster_robust
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result

DEFAULT_RHO = 0.8
"""Correlation of the effects of a study, which robumeta takes, too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RobustMoments(Result):
    """Moments and the robust fit with the weights that follow from them.

    ``model``, ``rho``: how they were computed, ``rho`` NaN for HIER. ``tau2``: variance between
    studies, ``omega2``: between effects of one study (NaN for CORR), in the unit of y squared.
    ``i2``: in percent, of CORR (NaN for HIER). ``weights`` (k,): of the effects. ``fit``: the
    coefficients, their tests and limits.
    """

    model: str
    rho: float
    tau2: float
    omega2: float
    i2: float
    weights: Array
    fit: ClusterRobust


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Data:
    """``y``, ``v`` (k,), ``x`` (k, p), ``studies``; ``size`` (k,): effects of each one's study."""

    y: Array
    v: Array
    x: Array
    studies: Groups

    @property
    def size(self) -> Array:
        return self.studies.sizes[self.studies.number].astype(float)

    def sums(self, columns: Array) -> Array:
        """Return sums by study, (m, n)."""
        totals = np.zeros((self.studies.sizes.size, columns.shape[1]))
        np.add.at(totals, self.studies.number, columns)
        return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moments:
    weights: Array
    tau2: float
    omega2: float = np.nan
    i2: float = np.nan


@of_one_index
@dropping_missing("y", "v", "study", "x")
def robust_moments(
    y: ArrayLike,
    v: ArrayLike,
    study: ArrayLike,
    x: ArrayLike | None = None,
    *,
    model: str = "CORR",
    rho: float = DEFAULT_RHO,
    intercept: bool = True,
    kind: str = "CR2",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> RobustMoments:
    """Return a meta-regression of effects that depend on each other within studies.

    ``y``, ``v``: effects and sampling variances (k,); ``study``: one label an effect; ``x``:
    moderators (k,) or (k, q). ``model``: ``CORR``, effects of a study correlate by ``rho`` and have
    weights 1/(k(v̄ + τ²)), k effects and v̄ their mean variance; ``HIER``, they differ truly by ω²,
    weights 1/(v + τ² + ω²). ``kind``: CR2 with Satterthwaite's degrees of freedom, or CR1. The
    moments are floored at 0, ω² before τ². Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Hedges, Tipton & Johnson 2010, Res Synth Methods 1, 39-65, and erratum 164-165; Tipton
    2015, Psychol Methods 20, 375-393. robumeta: ``robu(y ~ x, studynum, var.eff.size,
    modelweights="CORR", rho=0.8, small=TRUE)``; CR1 is ``small=FALSE``.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.02, 0.02, 0.05, 0.02, 0.1]
    >>> found = robust_moments(y, v, ["a", "a", "b", "b", "c"])
    >>> round(found.tau2, 4), round(float(found.fit.coefficients[0]), 4)
    (0.1133, 0.4137)
    """
    moments = choose(MODELS, model, "model of dependent effects")
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    correlation = floats("rho", rho)
    require((correlation >= 0) & (correlation <= 1), correlation, "rho must lie between 0 and 1")
    data = _Data(
        y=effects,
        v=variances,
        x=design_matrix(x, effects.size, intercept=intercept),
        studies=grouped(study, effects.size, "study"),
    )
    m, p = data.studies.sizes.size, data.x.shape[1]
    if m <= p:
        raise InputError(
            f"{m} studies are too few for {p} coefficients: there must be more of them."
        )
    found = moments(data, float(correlation))
    fit = cluster_robust(
        effects, 1 / found.weights, study, data.x, intercept=False, kind=kind, level=level
    )
    return RobustMoments(
        model=model,
        rho=float(correlation) if model == "CORR" else np.nan,
        tau2=found.tau2,
        omega2=found.omega2,
        i2=found.i2,
        weights=found.weights,
        fit=fit,
    )


def _start(data: _Data, w: Array) -> tuple[Array, float]:
    """Return (X'WX)⁻¹ and the weighted squares of the residuals from these weights."""
    inverse: Array = np.linalg.inv(data.x.T @ (w[:, None] * data.x)).astype(np.float64)
    residuals = _residuals(data, w, inverse)
    return inverse, float(w @ residuals**2)


def _residuals(data: _Data, w: Array, inverse: Array) -> Array:
    return np.asarray(data.y - data.x @ (inverse @ (data.x.T @ (w * data.y))))


def _correlated(data: _Data, rho: float) -> _Moments:
    size = data.size
    mean = data.sums(data.v[:, None])[data.studies.number, 0] / size
    w = 1 / (size * mean)
    inverse, q = _start(data, w)
    weighted, plain = data.sums(w[:, None] * data.x), data.sums(data.x)
    share = w / size
    of_studies = share[data.studies.order[data.studies.starts]]
    same = data.x.T @ (share[:, None] * data.x)
    across = plain.T @ (of_studies[:, None] * plain) - same
    left = float(w.sum() - np.trace(inverse @ (weighted.T @ weighted)))
    expected = float(
        data.studies.sizes.size - np.trace(inverse @ same) - rho * np.trace(inverse @ across)
    )
    tau2 = max(0.0, (q - expected) / left)
    return _Moments(
        weights=1 / (size * (mean + tau2)),
        tau2=tau2,
        i2=max(0.0, (q - expected) / q * 100) if q > 0 else 0.0,
    )


def _hierarchical(data: _Data, rho: float) -> _Moments:
    """Return both moments by the two sums of squares of Hedges, Tipton & Johnson's erratum."""
    del rho
    if data.studies.sizes.max() == 1:
        raise InputError(
            "HIER tells variance between studies from that within: a study must have several "
            "effects. Take CORR, or pool() of independent effects."
        )
    w, size, x = 1 / data.v, data.size, data.x
    inverse, q = _start(data, w)
    qa = float((data.sums(_residuals(data, w, inverse)[:, None]) ** 2).sum())
    weighted, plain = data.sums(w[:, None] * x), data.sums(x)
    squares = x.T @ (w[:, None] ** 2 * x)
    crossed, sums = weighted.T @ weighted, plain.T @ plain
    mixed = np.trace(inverse @ (weighted.T @ plain))
    sized = np.trace(inverse @ ((data.studies.sizes[:, None] * weighted).T @ plain))
    a1 = float(size.sum() - 2 * sized + np.trace(inverse @ sums @ inverse @ crossed))
    b1 = float(w.size - 2 * mixed + np.trace(inverse @ sums @ inverse @ squares))
    c1 = float(data.v.sum() - np.trace(inverse @ sums))
    a2, b2 = (float(w.sum() - np.trace(inverse @ one)) for one in (crossed, squares))
    c2 = w.size - x.shape[1]
    omega2 = max(0.0, ((qa - c1) * a2 - (q - c2) * a1) / (b1 * a2 - b2 * a1))
    tau2 = max(0.0, (q - c2) / a2 - omega2 * b2 / a2)
    return _Moments(weights=1 / (data.v + tau2 + omega2), tau2=tau2, omega2=omega2)


MODELS: Mapping[str, Callable[[_Data, float], _Moments]] = {
    "CORR": _correlated,
    "HIER": _hierarchical,
}
"""Models of the dependence, by robumeta's names."""
