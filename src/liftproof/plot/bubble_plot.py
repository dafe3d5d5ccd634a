"""Bubble plots of a meta-regression: effects against a moderator, with the fitted line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from liftproof.drawing.bubble_marks import bubble_area, bubbles, curve_with_band
from liftproof.drawing.theme import INK, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out, padded
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.plot.given import SAME, kept, names_of, require_result, words_given
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import Array, effects_and_variances, whole_number
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.regression.fitting import Regression, meta_regression
from liftproof.statistics.regression.predicting import predicted
from liftproof.words.text import counted, minus

POINTS = 61


@naming_arguments
def bubble(
    result: Regression,
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    *,
    column: int = 1,
    name: str = "Moderator",
    labels: Sequence[str] = (),
    measure: str = "GEN",
    ax: Axes | None = None,
) -> Drawn:
    """Draw effects against a moderator, areas by weight, with the fitted line and its limits.

    ``result``: what ``meta_regression(y, v, x)`` returns; ``y``, ``v`` and ``x``: its data, which
    are refused where they do not give it; ``x`` without the column of ones where
    ``intercept=True`` added it. ``column`` of the design is drawn, counted from 0 (the intercept);
    the others are held at their means over the trials. ``name``: of the moderator.

    ``numbers``: ``part`` (trial, line), ``label``, ``x``, ``effect`` as drawn, ``ci_low``,
    ``ci_high`` and ``pi_low``, ``pi_high`` of the line, ``weight`` of trials in percent. Raises
    InputError. metafor: ``regplot(rma(yi, vi, mods = ~ x), mod=2)``.

    >>> x = [[1, 44], [1, 55], [1, 42], [1, 52], [1, 13]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> drawn = bubble(meta_regression(y, v, x), y, v, x, name="Latitude")
    >>> drawn.alt
    'Bubble plot of 5 trials: Effect as given against Latitude. From 13 to 55 the fitted effect \
runs from −0.22 to −1.53.'
    """
    made_by = "liftproof.meta_regression(y, v, x)"
    fit = require_result("bubble", result, Regression, made_by, field="coefficients")
    y, v, design = _data(fit, y, v, x)
    name, column = words_given("name", name), whole_number("column", column)
    names, scale = names_of(labels, fit.k, fit.dropped), effect_scale(measure)
    if column >= fit.p:
        raise InputError(f"column must be one of 0 to {fit.p - 1} of the design, not {column}.")
    table = _numbers(fit, y, v, design, column, names, scale)
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, scale, name)
    return Drawn(axes=ax, numbers=table, alt=_alt(table, scale, name))


def _data(fit: Regression, y: ArrayLike, v: ArrayLike, x: ArrayLike) -> tuple[Array, Array, Array]:
    """Return the data with their whole design, or raise InputError where they give another fit."""
    y, v = effects_and_variances(kept(y, fit.dropped), kept(v, fit.dropped))
    columns = getattr(x, "columns", x) if hasattr(x, "has_intercept") else x
    columns = kept(columns, fit.dropped)
    width = np.shape(columns)[1] if np.ndim(columns) > 1 else 1
    lacks_ones = width == fit.p - 1
    design, _ = design_and_intercept(columns, y.shape[-1], True if lacks_ones else None)
    if design.shape == (fit.k, fit.p) and y.ndim == 1:
        again = meta_regression(
            y, v, design, tau2=fit.tau2_method, test=fit.test, level=fit.level, intercept=None
        )
        apart = design @ (again.coefficients - fit.coefficients)
        if np.abs(apart).max() <= SAME * np.abs(y).max():
            return y, v, design
    raise InputError("result is not the meta-regression of these y, v and x.")


def _numbers(
    fit: Regression,
    y: Array,
    v: Array,
    design: Array,
    column: int,
    names: Sequence[str],
    scale: EffectScale,
) -> pd.DataFrame:
    moderator, weights = design[:, column], 1 / (v + float(fit.tau2))
    trials = pd.DataFrame(
        {
            "part": "trial",
            "label": list(names),
            "x": moderator,
            "effect": scale.drawn(y),
            "weight": 100 * weights / weights.sum(),
        }
    )
    grid = np.linspace(moderator.min(), moderator.max(), POINTS)
    at = np.tile(design.mean(axis=0), (POINTS, 1))
    at[:, column] = grid
    line = predicted(fit, at)
    drawn = {
        field: scale.drawn(getattr(line, field))
        for field in ("ci_low", "ci_high", "pi_low", "pi_high")
    }
    effects = scale.drawn(line.estimate)
    lines = pd.DataFrame({"part": "line", "label": "", "x": grid, "effect": effects, **drawn})
    return pd.concat((trials, lines), ignore_index=True)[
        [*("part", "label", "x", "effect", "ci_low", "ci_high", "pi_low", "pi_high", "weight")]
    ]


def _draw(ax: Axes, table: pd.DataFrame, scale: EffectScale, name: str) -> None:
    trials, line = (table[table.part == part] for part in ("trial", "line"))
    limits = [(float(line.ci_low.min()), float(line.ci_high.max()))]
    axis = scale.axis([*trials.effect, *line.effect], limits)
    lay_out(ax, (name, padded(trials.x.tolist(), 0.08)), (scale.label, axis))
    if scale.none is not None and axis.low <= scale.none <= axis.high:
        ax.axhline(scale.none, color=INK, linewidth=RULE, zorder=1)
    ends = (
        line.ci_low.clip(lower=axis.low).tolist(),
        line.ci_high.clip(upper=axis.high).tolist(),
    )
    curve_with_band(ax, line.x.tolist(), line.effect.tolist(), ends, POOLED_COLOUR)
    shares = trials.weight / trials.weight.max()
    areas = [bubble_area(float(share), len(trials)) for share in shares]
    bubbles(ax, trials.x.tolist(), trials.effect.tolist(), areas, TRIAL_COLOUR)
    radii = np.sqrt(np.array(areas) / np.pi)
    name_marks(ax, (trials.x, trials.effect), list(trials.label), radii, trials.weight)


def _alt(table: pd.DataFrame, scale: EffectScale, name: str) -> str:
    line, k = table[table.part == "line"], int((table.part == "trial").sum())
    first, last = line.iloc[0], line.iloc[-1]
    ends = (f"{minus(f'{end.x:g}')}" for end in (first, last))
    return (
        f"Bubble plot of {counted(k, 'trial')}: {scale.label} against {name}. From "
        f"{' to '.join(ends)} the fitted effect runs from {scale.text(first.effect)} to "
        f"{scale.text(last.effect)}."
    )
