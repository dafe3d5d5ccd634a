"""Radial (Galbraith) plots: effects over their errors against precision, with an arc of effects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from liftproof.drawing.funnel_marks import RADIUS, SHADES, trial_marks
from liftproof.drawing.rooms import Box
from liftproof.drawing.theme import INK, applied
from liftproof.drawing.typeface import current
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, dress, number_axis, padded, room_of
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.plot.given import data_of, names_of
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.pooling import Pooled
from liftproof.words import numbers as words
from liftproof.words.axis import Axis
from liftproof.words.text import counted

BEYOND, ROOM = 1.08, 1.15
"""Where the band ends, of the largest precision; and how far up the arc may reach beyond."""
LEAST = 0.3
"""Of the width: the band has so much even where the arc then leaves the axes."""
NUMBER_ROOM, NUMBER_APART = 34.0, 9.0
"""Points: right of the arc, and between its numbers."""
POINTS = 61


@naming_arguments
def radial(
    result: Pooled,
    y: ArrayLike,
    v: ArrayLike,
    *,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    ax: Axes | None = None,
) -> Drawn:
    """Draw y/√(v + τ²) against 1/√(v + τ²): a line from 0 through a trial ends at its effect.

    ``result``: what ``pool(y, v)`` returns; ``y`` and ``v`` (k,): what it was pooled from. The line
    is the pooled effect, the band where the share ``level`` of trials would lie were all of it.
    ``measure``: of ratios, the numbers on the arc are ratios.

    ``numbers``: ``part`` (trial, line, band), ``label``, ``x``, ``z``, and ``effect`` of trials and
    line as on the arc. Raises InputError. metafor: ``radial(rma(yi, vi))``.

    Source: Galbraith 1988, Technometrics 30, 271-281.

    >>> from liftproof.statistics.pooling import pool
    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> drawn = radial(pool(y, v, tau2="FE"), y, v)
    >>> drawn.numbers[drawn.numbers.part == "trial"].z.round(3).tolist()
    [-2.55, -6.957, 0.167]
    """
    pooled, y, v = data_of("radial", result, y, v)
    names, scale = names_of(labels, pooled.k, pooled.dropped), effect_scale(measure)
    table = _numbers(pooled, y, v, names, scale)
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, scale, y, float(pooled.estimate))
    return Drawn(axes=ax, numbers=table, alt=_alt(table, scale, pooled))


def _numbers(
    pooled: Pooled, y: Array, v: Array, names: Sequence[str], scale: EffectScale
) -> pd.DataFrame:
    x = 1 / np.sqrt(v + float(pooled.tau2))
    end, slope = BEYOND * float(x.max()), float(pooled.estimate)
    z = float(critical_value(pooled.level))
    trials = pd.DataFrame(
        {"part": "trial", "label": list(names), "x": x, "z": x * y, "effect": scale.drawn(y)}
    )
    lines = [
        pd.DataFrame({"part": part, "label": label, "x": [0.0, end], "z": [at, end * slope + at]})
        for part, label, at in (("line", "", 0.0), ("band", "low", -z), ("band", "high", z))
    ]
    lines[0]["effect"] = float(scale.drawn(slope))
    return pd.concat((trials, *lines), ignore_index=True)


def _draw(ax: Axes, table: pd.DataFrame, scale: EffectScale, y: Array, slope: float) -> None:
    trials = table[table.part == "trial"]
    far, ends = float(table.x.max()), (float(y.min()), float(y.max()))
    up = padded([*table.z, *(ROOM * far * end for end in ends)], 0.04)
    for _ in range(2):  # a layout settles once it knows the labels
        share = _share(room_of(ax), ends, far, up)
        number_axis(ax, "x", (0.0, far / share))
        number_axis(ax, "y", up)
        dress(ax, "Precision, 1/√(v + τ²)", "Effect over its error, y/√(v + τ²)")
    band = table[table.part == "band"]
    low, high = (band[band.label == side].z.to_numpy() for side in ("low", "high"))
    ax.fill_between([0.0, far], low, high, color=SHADES[2], linewidth=0, zorder=1)
    ax.plot([0, far], [0, far * slope], color=POOLED_COLOUR, linewidth=1.2, zorder=2)
    ax.axhline(0, color=INK, linewidth=RULE, zorder=1, xmax=share)
    _arc(ax, scale.near_axis(trials.effect), ends, far)
    trial_marks(ax, trials.x.tolist(), trials.z.tolist(), TRIAL_COLOUR)
    wide, tall = room_of(ax)
    right = Box(left=share * wide + 1.0, top=0.0, right=wide, bottom=tall)
    places = (trials.x, trials.z)
    name_marks(ax, places, list(trials.label), RADIUS, trials.x, drawn=[right])


def _share(
    room: tuple[float, float],
    ends: tuple[float, float],
    far: float,
    up: tuple[float, float],
) -> float:
    """Return how much of the width the band may have, so that the numbers right of the arc fit."""
    wide, high = room
    heights = np.array([*ends, np.clip(0.0, *ends)]) * high / (up[1] - up[0])
    for share in np.arange(0.9, LEAST, -0.02):
        turns = np.hypot(share * wide / far, heights)
        if share * wide * turns.max() / turns.min() <= wide - NUMBER_ROOM:
            return float(share)
    return LEAST


def _arc(ax: Axes, axis: Axis, ends: tuple[float, float], far: float) -> None:
    """Draw the arc of effects about the origin, right of all marks, with round numbers."""
    wide, high = room_of(ax)
    bottom, top = ax.get_ylim()
    across, up = wide / ax.get_xlim()[1], high / (top - bottom)
    radius = far * float(np.hypot(across, np.array(ends) * up).max())

    def on_arc(effects: Array, beyond: ArrayLike) -> tuple[Array, Array]:
        """Return x and z at ``beyond`` points outside the arc on the rays of effects."""
        x = (radius + np.asarray(beyond)) / np.hypot(across, effects * up)
        return x, x * effects

    ax.plot(*on_arc(np.linspace(*ends, POINTS), 0.0), color=INK, linewidth=RULE, zorder=2)
    ticks = np.array(axis.ticks)
    slopes = np.log(ticks) if axis.is_log else ticks
    written: list[float] = []
    for slope, label in zip(slopes, axis.labels, strict=True):
        x, z = on_arc(np.full(3, slope), np.array([0.0, 3.0, 6.0]))
        is_clear = all(abs(z[2] * up - other) >= NUMBER_APART for other in written)
        if ends[0] <= slope <= ends[1] and is_clear:
            written.append(float(z[2] * up))
            ax.plot(x[:2], z[:2], color=INK, linewidth=RULE, zorder=2)
            text = ax.text(x[2], z[2], label, va="center", color=INK, fontsize=7)
            text.set_fontfamily(list(current().families))


def _alt(table: pd.DataFrame, scale: EffectScale, pooled: Pooled) -> str:
    trials = table[table.part == "trial"]
    away = (trials.z - trials.x * float(pooled.estimate)).abs()
    outside = int((away > float(critical_value(pooled.level))).sum())
    return (
        f"Radial plot of {counted(len(trials), 'trial')}: {scale.measure.name} over its error "
        f"against precision. The line is the pooled effect, {scale.text_of(pooled.estimate)}; "
        f"{outside} of the trials lie outside the band of {words.level(pooled.level)} about it."
    )
