"""The confidence distribution of a pooled effect, and the P-value function that belongs to it.

The confidence that the effect is below c is F((c - estimate)/se), F the normal or t distribution
that the interval is drawn from: an interval of any level can be read off it. It is not a
probability that the effect is there; with a flat prior and a known τ² the two are the same number.

Source: Xie & Singh 2013, Int Stat Rev 81, 3-39; Schweder & Hjort 2016, Confidence, Likelihood,
Probability; Rafi & Greenland 2020, BMC Med Res Methodol 20, 244 (S-values, compatibility).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import Array, floats, numbers, require, some_floats
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfidenceDistribution(Result):
    """A normal or t distribution about the estimate, on the analysis scale; arrays are (...).

    Conditional on the model by which the estimate was pooled, with τ² taken as estimated and the
    sampling variances as known. ``estimate``, ``se`` (with the Hartung-Knapp factor, where that
    interval was chosen), ``df``: degrees of freedom of t, infinite for the normal distribution.
    """

    estimate: Array
    se: Array
    df: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompatibilityCurve(Result):
    """Limits at several levels: the P-value function, read from the side. Same conditions.

    ``level``, ``p`` = 1 - level, ``s`` = -log2 p bits of information against the values at the
    limits: shape (m,). ``low``, ``high``: limits, shape (m, ...).
    """

    level: Array
    p: Array
    s: Array
    low: Array
    high: Array


FROM_RESULT = ("se", "ci_low", "ci_high")
PARTS = ("pooled", "average", "fit")
"""Fields of results that hold a fit with limits of its own."""
SAME_LIMITS = 1e-9
"""Limits computed again differ by rounding alone, some 1e-15 of the estimate or its error."""


def confidence_distribution(
    estimate: ArrayLike, se: ArrayLike, df: ArrayLike = np.inf
) -> ConfidenceDistribution:
    """Return the confidence distribution of an estimate; arguments broadcast.

    ``se`` may be 0 (Hartung-Knapp of identical effects): all confidence is at the estimate. Raises
    InputError.

    >>> float(confidence_distribution(-0.5, 0.2).df)
    inf
    """
    centre, width, degrees = np.broadcast_arrays(
        floats("estimate", estimate), floats("se", se), numbers("df", df)
    )
    require(width >= 0, width, "se must not be negative")
    require(degrees > 0, degrees, "df must be positive")
    return ConfidenceDistribution(estimate=centre, se=width, df=degrees)


def confidence_distribution_of(pooled: Result) -> ConfidenceDistribution:
    """Return the confidence distribution from which the limits of a pooled estimate were taken.

    ``pooled``: what ``pool`` returns, or another result with an estimate, its standard error and
    limits by the normal or the t distribution: Mantel-Haenszel, Peto, mixed and beta-binomial
    models, weighted least squares, imputed sets; of coefficients, as of a meta-regression, a
    multilevel or a robust fit, one distribution each, (..., p). Raises InputError for any other,
    such as Bayes' or profile limits.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], interval="hksj")
    >>> of = confidence_distribution_of(pooled)
    >>> round(float(confidence_that(of, below=float(pooled.ci_high))), 6)
    0.975
    """
    estimate = getattr(pooled, "estimate", getattr(pooled, "coefficients", None))
    se, low, high = (getattr(pooled, name, None) for name in FROM_RESULT)
    is_told = hasattr(pooled, "level") or hasattr(pooled, "df")
    if not is_told or any(value is None for value in (estimate, se, low, high)):
        raise InputError(
            "A confidence distribution is of a pooled estimate with its standard error and limits, "
            f"such as pool() returns, not of {in_short(type(pooled).__name__)}{_part_of(pooled)}."
        )
    of = confidence_distribution(estimate, se, getattr(pooled, "df", np.inf))  # type: ignore[arg-type]
    for limit, own in zip(_limits_of(pooled, of), (low, high), strict=True):
        if not np.allclose(limit, own, rtol=SAME_LIMITS, atol=SAME_LIMITS):  # type: ignore[arg-type]
            raise InputError(
                f"The limits of {type(pooled).__name__} are not its estimate -+ a quantile of its "
                "standard errors: it has no normal or t distribution of confidence."
            )
    return of


def _limits_of(pooled: Result, of: ConfidenceDistribution) -> tuple[Array, Array]:
    """Return the limits that a result has by its distribution, at its level or that of its width.

    A result that does not keep its level, but its df, is held to being symmetric.
    """
    level = getattr(pooled, "level", None)
    if level is not None:
        return limits(of.estimate, of.se, level, of.df)
    half_width = (np.asarray(pooled.ci_high) - np.asarray(pooled.ci_low)) / 2  # type: ignore[attr-defined]
    return of.estimate - half_width, of.estimate + half_width


def _part_of(pooled: Result) -> str:
    """Say which part of a result has a distribution, where one has."""
    parts = [name for name in PARTS if hasattr(pooled, name)]
    return f"; take its {parts[0]}" if parts else ""


def confidence_that(
    of: ConfidenceDistribution, *, below: float | None = None, above: float | None = None
) -> Array:
    """Return the confidence that the effect is below or above a value, or between the two; (...).

    Values are on the analysis scale: that RR < 0.5 is ``below=np.log(0.5)``. Confidence that the
    effect is below the null is 1 - p/2 of a two-sided p where the estimate is below it. Raises
    InputError. metafor: ``pnorm(log(0.5), coef(fit), fit$se)``, or ``pt`` for t.

    >>> of = confidence_distribution(-0.5, 0.2)
    >>> round(float(confidence_that(of, below=0.0)), 6)  # Φ(2.5)
    0.99379
    >>> round(float(confidence_that(of, above=-0.7, below=-0.3)), 6)
    0.682689
    """
    if below is None and above is None:
        raise InputError("A statement of confidence needs a value to be below or above.")
    if below is None:
        return np.asarray(stdtr(of.df, -_standardised(of, "above", above)))[()]
    result = stdtr(of.df, _standardised(of, "below", below))
    if above is not None:
        result = result - stdtr(of.df, _standardised(of, "above", above))
    return np.asarray(np.maximum(result, 0.0))[()]


@of_one_index
def p_value(of: ConfidenceDistribution, value: ArrayLike) -> Array:
    """Return the two-sided p value of the hypothesis that the effect is ``value``.

    As a function of ``value``, which broadcasts, it is the P-value function; 1 at the estimate.
    metafor: ``rma(yi - value, vi)$pval``.

    >>> round(float(p_value(confidence_distribution(-0.5, 0.2), 0.0)), 6)
    0.012419
    """
    return two_sided_p(_standardised(of, "value", value), of.df)


def s_value(of: ConfidenceDistribution, value: ArrayLike) -> Array:
    """Return -log2 p: the surprise, in bits or heads in a row, if the effect were ``value``.

    Infinite where p is 0.

    >>> round(float(s_value(confidence_distribution(-0.5, 0.2), 0.0)), 4)
    6.3313
    """
    return np.asarray(_bits(p_value(of, value)))[()]


@of_one_index
def compatibility_curve(of: ConfidenceDistribution, levels: ArrayLike) -> CompatibilityCurve:
    """Return the limits at each of ``levels``, shape (m,), with their p and S-values.

    Raises InputError. metafor: ``confint(fit, level=)``, ``rma(..., level=)``.

    >>> curve = compatibility_curve(confidence_distribution(-0.5, 0.2), [0.5, 0.95])
    >>> curve.low.round(4).tolist(), curve.s.round(4).tolist()
    ([-0.6349, -0.892], [1.0, 4.3219])
    """
    level = np.atleast_1d(some_floats("levels", levels)).copy()
    require((level > 0) & (level < 1), level, "A confidence level must lie between 0 and 1")
    half_width = -stdtrit(of.df, (1 - level.reshape(-1, *[1] * of.se.ndim)) / 2) * of.se
    return CompatibilityCurve(
        level=level,
        p=1 - level,
        s=_bits(1 - level),
        low=of.estimate - half_width,
        high=of.estimate + half_width,
    )


def _standardised(of: ConfidenceDistribution, name: str, value: ArrayLike | None) -> Array:
    """Return (value - estimate)/se: 0 at the estimate and infinite elsewhere, where se is 0."""
    distance = some_floats(name, np.nan if value is None else value) - of.estimate
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(distance == 0, 0.0, distance / of.se))


def _bits(p: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray(0.0 - np.log2(p))
