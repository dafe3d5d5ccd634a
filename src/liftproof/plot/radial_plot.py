"""Radial (Galbraith) plots: effects over their errors against precision, with an arc of effects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from liftproof.drawing.funnel_marks import RADIUS, SHADES, trial_marks
from liftproof.drawing.theme import INK, POOLED_COLOUR, TRIAL_COLOUR, applied
from liftproof.drawing.typeface import current
from liftproof.plot.canvas import RULE, axes_or_new, dress, number_axis, room_of
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.plot.given import data_of, names_of
from liftproof.plot.mark_names import name_marks
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.pooling import Pooled
from liftproof.words import numbers as words
from liftproof.words.axis import Axis
from liftproof.words.text import counted

BEYOND = 1.08
"""Where band and arc stand, of the largest precision."""
NUMBER_ROOM, NUMBER_APART = 34.0, 9.0
"""Points: right of the arc, and between its numbers."""
POINTS = 61


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
    effects = scale.axis(trials.effect)
    far = float(table.x.max())
    zs = [*table.z, far * float(y.min()), far * float(y.max())]
    top = 1.05 * max(map(abs, zs))
    for _ in range(2):  # a layout settles once it knows the labels
        wide, _ = room_of(ax)
        share = max(0.5, 1 - NUMBER_ROOM / wide)
        number_axis(ax, "x", (0.0, far / share))
        number_axis(ax, "y", (-top, top))
        dress(ax, "Precision, 1/√(v + τ²)", "Effect over its error, y/√(v + τ²)")
    ends = [(0.0, far), *(table[table.label == side].z.to_numpy() for side in ("low", "high"))]
    ax.fill_between(*ends, color=SHADES[2], linewidth=0, zorder=1)
    ax.plot([0, far], [0, far * slope], color=POOLED_COLOUR, linewidth=1.2, zorder=2)
    ax.axhline(0, color=INK, linewidth=RULE, zorder=1, xmax=share)
    _arc(ax, effects, (float(y.min()), float(y.max())), far)
    trial_marks(ax, trials.x.tolist(), trials.z.tolist(), TRIAL_COLOUR)
    name_marks(ax, (trials.x, trials.z), list(trials.label), RADIUS, trials.x)


def _arc(ax: Axes, axis: Axis, ends: tuple[float, float], far: float) -> None:
    """Draw the arc of effects about the origin, with round numbers that do not meet."""
    wide, high = room_of(ax)
    across, up = wide / ax.get_xlim()[1], high / (2 * ax.get_ylim()[1])

    def on_arc(effects: Array, beyond: float = 0.0) -> tuple[Array, Array]:
        """Return x and z at ``beyond`` points outside the arc on the rays of effects."""
        x = (far * across + beyond) / np.hypot(across, effects * up)
        return x, x * effects

    ax.plot(*on_arc(np.linspace(*ends, POINTS)), color=INK, linewidth=RULE, zorder=2)
    written: list[float] = []
    ticks = np.array(axis.ticks)
    slopes = np.log(ticks) if axis.is_log else ticks
    for slope, label in zip(slopes.tolist(), axis.labels, strict=True):
        if not ends[0] <= slope <= ends[1]:
            continue
        inner, outer = on_arc(np.array([slope])), on_arc(np.array([slope]), 3.0)
        ax.plot(*np.hstack((inner, outer)), color=INK, linewidth=RULE, zorder=2)
        x, z = (float(each[0]) for each in on_arc(np.array([slope]), 6.0))
        if all(abs(z * up - other) >= NUMBER_APART for other in written):
            written.append(z * up)
            font = {"fontsize": 7, "fontfamily": list(current().families)}
            ax.text(x, z, label, va="center", color=INK, **font)


def _alt(table: pd.DataFrame, scale: EffectScale, pooled: Pooled) -> str:
    trials = table[table.part == "trial"]
    away = (trials.z - trials.x * float(pooled.estimate)).abs()
    outside = int((away > float(critical_value(pooled.level))).sum())
    return (
        f"Radial plot of {counted(len(trials), 'trial')}: {scale.measure.name} over its error "
        f"against precision. The line is the pooled effect, {scale.text_of(pooled.estimate)}; "
        f"{outside} of the trials lie outside the band of {words.level(pooled.level)} about it."
    )
