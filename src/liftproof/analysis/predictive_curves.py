"""Predictive distributions of the analyses that ask for one, as curves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from liftproof.analysis.estimates import PooledAnalysis
from liftproof.errors import InputError
from liftproof.reviews.model.settings import YES
from liftproof.rows.predictive_rows import CURVE, LIMIT, NO_EFFECT, PredictiveRow
from liftproof.statistics.checks import Array
from liftproof.statistics.pooling import Pooled
from liftproof.statistics.predictive import Predictive, predictive
from liftproof.vocabulary.measures import MEASURES

SHARES = ndtr(np.linspace(-3.2, 3.2, 97))
"""Of settings below each point of a curve: equally spaced normal scores, so that a curve with heavy
tails has as many points where it is high."""


def predictive_rows(pooled: Sequence[PooledAnalysis]) -> tuple[PredictiveRow, ...]:
    """Return the curve of each analysis that asks for one, points in the order of their effects."""
    return tuple(row for one in pooled if one.analysis.predictive == YES for row in _curve(one))


def _curve(one: PooledAnalysis) -> Sequence[PredictiveRow]:
    """Return the curve of one analysis, or the reason why it has none."""
    review, analysis = one.estimate.review, one.estimate.analysis
    try:
        if one.pooled is None:
            raise InputError("No trial is pooled.")
        y, v = ([getattr(effect, name) for effect in one.trials] for name in ("y", "v"))
        return curve_rows(one.pooled, y, v, one.estimate.measure, review, analysis)
    except InputError as error:
        prediction = one.estimate.prediction
        row = PredictiveRow(
            review=review, analysis=analysis, prediction=prediction, point="", note=str(error)
        )
        return (row,)


def curve_rows(
    pooled: Pooled, y: ArrayLike, v: ArrayLike, code: str, review: str = "", analysis: str = ""
) -> tuple[PredictiveRow, ...]:
    """Return the predictive distribution of a pool of effects ``y`` and ``v`` (k,) as a curve.

    ``code``: of the measure. Raises InputError where there is none, or where the axis of the
    measure has another scale than its effects.
    """
    measure = MEASURES[code]
    if not (measure.is_ratio or measure.scale == "none"):
        raise InputError(
            "It is drawn for ratios and for effects that are pooled as they are, not for "
            f"{measure.with_article}."
        )
    found = predictive(pooled, y, v)
    points, effects = _points(pooled, found, has_null=measure.has_null)
    return tuple(
        PredictiveRow(
            review=review,
            analysis=analysis,
            prediction=pooled.prediction,
            point=point,
            estimate=measure.natural(float(effect)),
            density=float(density),
            at_most=float(share),
        )
        for point, effect, density, share in zip(
            points, effects, found.density(effects), found.cdf(effects), strict=True
        )
    )


def _points(pooled: Pooled, found: Predictive, *, has_null: bool) -> tuple[list[str], Array]:
    """Return what the points of a curve are, and where they lie on the analysis scale, sorted."""
    ends = float(pooled.pi_low), float(pooled.pi_high)
    none = (0.0,) if has_null else ()
    effects = np.array([*found.quantile(SHARES), *ends, *none])
    points = [CURVE] * len(SHARES) + [LIMIT] * len(ends) + [NO_EFFECT] * len(none)
    order = np.argsort(effects, kind="stable")
    return [points[place] for place in order], effects[order]
