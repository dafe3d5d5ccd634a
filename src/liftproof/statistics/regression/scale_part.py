"""The part of a location-scale model that is of ln τ², as coefficients for other functions."""

from __future__ import annotations

from dataclasses import dataclass

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import Array
from liftproof.statistics.regression.location_scale import LocationScale
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScaleCoefficients(Result):
    """Coefficients of ln τ². Arrays are (q,), ``covariance`` (q, q).

    ``level``, ``df`` (infinite: normal), ``coefficients``, ``covariance``, ``se``, ``ci_low``,
    ``ci_high``.
    """

    level: float
    coefficients: Array
    covariance: Array
    se: Array
    df: float
    ci_low: Array
    ci_high: Array


def of_scale(fit: LocationScale) -> ScaleCoefficients:
    """Return the coefficients of ln τ² of what ``location_scale`` returns.

    ``hypotheses(of_scale(fit), coefficients=[1, 2])`` tests a group of them, ``predicted(
    of_scale(fit), at)`` gives ln τ² at other moderators with limits (``np.exp`` of which is τ²),
    ``variance_inflation`` and ``confidence_distribution_of`` take them too. Raises InputError.

    Source: Viechtbauer & López-López 2022, Res Synth Methods 13, 697-715. metafor:
    ``anova(fit, att=)``, ``anova(fit, Z=)``, ``predict(fit, newscale=)``.

    >>> from liftproof.statistics.regression.location_scale import location_scale
    >>> y, dose = [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4], [1, 3, 3, 1, 5, 5, 1, 2]
    >>> of_scale(location_scale(y, [0.05] * 8, dose)).coefficients.round(3).tolist()
    [-5.361, 1.332]
    """
    if not isinstance(fit, LocationScale):
        raise InputError(
            f"of_scale takes what location_scale returns, not {in_short(type(fit).__name__)}."
        )
    return ScaleCoefficients(
        level=fit.level,
        coefficients=fit.scale,
        covariance=fit.scale_covariance,
        se=fit.scale_se,
        df=fit.scale_df,
        ci_low=fit.scale_ci_low,
        ci_high=fit.scale_ci_high,
    )
