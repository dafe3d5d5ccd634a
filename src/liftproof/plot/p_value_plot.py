"""P-value functions: how compatible each value of the effect is with the pooled estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from liftproof.drawing.funnel_marks import dashed
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import whole_number
from liftproof.statistics.result import Result
from liftproof.statistics.statements.confidence import (
    ConfidenceDistribution,
    compatibility_curve,
    confidence_distribution_of,
    p_value,
)
from liftproof.words import numbers as words
from liftproof.words.text import minus

LEAST_P = 0.005
"""At the ends of the curve."""
FEWEST = 3


@naming_arguments
def p_value_function(
    result: Result,
    *,
    measure: str = "GEN",
    steps: int = 201,
    ax: Axes | None = None,
) -> Drawn:
    """Draw the two-sided p value of each effect, with the limits of the result's level.

    ``result``: what ``pool`` returns, or another result that ``confidence_distribution_of`` takes.
    ``measure``: a code of the vocabulary; of ratios, effects are ratios.

    ``numbers``: ``part`` (curve, limit, none), ``effect`` as drawn, and its ``p``. Raises
    InputError. metafor: ``rma(yi - value, vi)$pval``, value by value.

    >>> from liftproof.statistics.pooling import pool
    >>> pooled = pool([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="FE", interval="wald")
    >>> p_value_function(pooled).alt
    'P-value function of the effect as given: 1 at −0.22, 0.05 at −0.28 and −0.16. Of no effect, \
0, p < 0.001.'
    """
    scale, of = effect_scale(measure), confidence_distribution_of(result)
    if np.ndim(of.estimate) or not of.se > 0:
        raise InputError("plot.p_value_function draws one estimate whose standard error is not 0.")
    level = float(result.level)  # type: ignore[attr-defined]
    table = _numbers(of, scale, level, whole_number("steps", steps, least=FEWEST))
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, scale, level)
    return Drawn(axes=ax, numbers=table, alt=_alt(table, of, scale, level))


def _numbers(
    of: ConfidenceDistribution, scale: EffectScale, level: float, steps: int
) -> pd.DataFrame:
    """Return the curve, its points evenly spaced, the limits, and no effect."""
    ends, limits = (compatibility_curve(of, [each]) for each in (1 - LEAST_P, level))
    curve = np.linspace(float(ends.low[0]), float(ends.high[0]), 2 * (steps // 2) + 1)
    none = [] if scale.none is None else [0.0]
    values = np.array([*curve, float(limits.low[0]), float(limits.high[0]), *none])
    parts = ["curve"] * curve.size + ["limit"] * 2 + ["none"] * len(none)
    return pd.DataFrame({"part": parts, "effect": scale.drawn(values), "p": p_value(of, values)})


def _draw(ax: Axes, table: pd.DataFrame, scale: EffectScale, level: float) -> None:
    curve, limits = (table[table.part == part] for part in ("curve", "limit"))
    axis = scale.near_axis([*curve.effect, *table[table.part == "none"].effect])
    lay_out(ax, (scale.label, axis), ("Two-sided p", (0.0, 1.05)))
    if scale.none is not None:
        ax.axvline(scale.none, color=INK, linewidth=RULE, zorder=1)
    ax.plot(curve.effect, curve.p, color=TRIAL_COLOUR, linewidth=1.4, zorder=3, gid="curve")
    middle = float(curve.effect.iloc[len(curve) // 2])
    dashed(ax, [middle, middle], [0, 1], POOLED_COLOUR)
    ax.plot(limits.effect, limits.p, color=POOLED_COLOUR, linewidth=2.0, zorder=4, gid="limits")
    text = f"{words.level(level)} limits"
    ax.annotate(
        *(text, (float(limits.effect.iloc[1]), 1 - level), (5, 2)),
        textcoords="offset points",
        fontsize=7,
        color=GREY,
    )


def _alt(table: pd.DataFrame, of: ConfidenceDistribution, scale: EffectScale, level: float) -> str:
    low, high = (scale.text(effect) for effect in table[table.part == "limit"].effect)
    text = (
        f"P-value function of the {scale.measure.name}: 1 at {scale.text_of(of.estimate)}, "
        f"{round(1 - level, 10):g} at {low} and {high}."
    )
    none = table[table.part == "none"]
    if not len(none):
        return text
    return minus(f"{text} Of no effect, {scale.none:g}, {words.p_value(float(none.p.iloc[0]))}.")
