"""The rows from which the reports' forest plots are drawn, made from results of the statistics."""

from collections.abc import Callable, Sequence
from math import isfinite, sqrt
from typing import Any

import numpy as np

from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.statistics.accumulation.cumulative import Cumulative
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.pooling import Pooled
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE

ON_NATURAL = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
AS_THEY_ARE = ("tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p", "p_value")


def natural_of(measure: str) -> Callable[[float], float | None]:
    """Return the way from the analysis scale to the natural one; None where no number is."""

    def convert(value: float) -> float | None:
        return MEASURES[measure].natural(float(value)) if isfinite(value) else None

    return convert


def pooled_row(result: Pooled | Cumulative, measure: str, title: str) -> EstimateRow:
    """Return a pool as a row of ``estimates.csv``; of a cumulative one its last step."""
    natural = natural_of(measure)
    numbers = {
        name: float(np.ravel(getattr(result, name))[-1]) for name in (*ON_NATURAL, *AS_THEY_ARE)
    }
    known: dict[str, Any] = {
        name: numbers[name] if isfinite(numbers[name]) else None for name in AS_THEY_ARE
    }
    if numbers["tau2_ci_high"] == 0:  # the set of τ² is empty
        known |= {"tau2_ci_low": None, "tau2_ci_high": None}
    known |= {name: natural(numbers[name]) for name in ON_NATURAL}
    k = int(np.ravel(result.k)[-1])
    return EstimateRow(
        review="",
        analysis="",
        title=title,
        measure=measure,
        k=k,
        studies=k,
        tau2_method=result.tau2_method,
        interval=result.interval,
        prediction=result.prediction,
        model=INVERSE_VARIANCE,
        q_df=k - 1,
        **known,
    )


def effect_rows_of(
    pooled: Pooled, y: Array, v: Array, names: Sequence[str], measure: str
) -> list[EffectRow]:
    """Return a row of ``effects.csv`` for each trial, its limits at the level of the pool."""
    natural, z = natural_of(measure), float(critical_value(pooled.level))
    return [
        EffectRow(
            review="",
            analysis="",
            study=str(place),
            label=names[place],
            outcome="",
            variant="",
            measure=measure,
            y=effect,
            v=variance,
            estimate=natural(effect),
            ci_low=natural(effect - z * sqrt(variance)),
            ci_high=natural(effect + z * sqrt(variance)),
            weight_percent=float(pooled.weights[place]),
        )
        for place, (effect, variance) in enumerate(zip(y.tolist(), v.tolist(), strict=True))
    ]
