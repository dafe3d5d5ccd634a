"""Funnel plots with contours of p and filled trials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from liftproof.drawing.funnel_marks import (
    RADIUS,
    SHADES,
    dashed,
    filled_marks,
    shade_regions,
    trial_marks,
)
from liftproof.drawing.rooms import Box
from liftproof.drawing.text_widths import width
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out, room_of
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.plot.given import differing, names_of, require_result
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.small_study.funnel import Funnel
from liftproof.statistics.small_study.trim_and_fill import TrimAndFill
from liftproof.words import numbers as words
from liftproof.words.text import counted

BEYOND = 1.1
"""The axis of standard errors ends so many times beyond the largest."""
POINTS = 41
"""On each line: limits with τ² are curves."""
MOST_SHADES = len(SHADES) - 1
KEY_SIZE, KEY_SIGN, KEY_LINE = 7.0, 22.0, 10.0
"""Points: of the key's texts, room for a sign, and from line to line."""


@naming_arguments
def funnel(
    result: Funnel,
    *,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    filled: TrimAndFill | None = None,
    ax: Axes | None = None,
) -> Drawn:
    """Draw trials against their standard errors, over shades that say how small p is there.

    ``result``: what ``funnel(y, v)`` returns: its levels of p are the contours, its centre and
    limits the dashed lines. ``filled``: what ``trim_and_fill(y, v)`` returns: its trials are drawn
    hollow, and centre and limits are those of all. ``labels``: names, written where they find
    room. ``measure``: a code of the vocabulary; without a value of no effect there are no contours.

    ``numbers``: ``part`` (trial, filled, contour, centre, limit), ``label``, ``effect`` as drawn,
    ``se``, and of lines ``level`` of p or of the limits; a line has a row a point. Raises
    InputError. metafor: ``funnel(trimfill(rma(yi, vi)), refline=0, level=c(90, 95, 99))``.

    >>> from liftproof.statistics.small_study.funnel import funnel as coordinates
    >>> drawn = funnel(coordinates([-0.9, -0.5, -0.1], [0.16, 0.04, 0.01]))
    >>> drawn.numbers[drawn.numbers.part == "trial"].se.round(2).tolist()
    [0.4, 0.2, 0.1]
    """
    made = require_result("funnel", result, Funnel, "liftproof.funnel(y, v)", field="y")
    names = names_of(labels, made.k, made.dropped)
    scale = effect_scale(measure)
    if len(made.contours) > MOST_SHADES:
        raise InputError(f"plot.funnel has shades for {MOST_SHADES} contours at most.")
    table = _numbers(made, names, scale, filled)
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, scale, made)
    return Drawn(axes=ax, numbers=table, alt=_alt(made, filled, scale, table))


def _numbers(
    made: Funnel, names: Sequence[str], scale: EffectScale, filled: TrimAndFill | None
) -> pd.DataFrame:
    parts = [_marks("trial", names, scale.drawn(made.y), made.se)]
    centre, tau2 = float(made.centre), float(made.tau2)
    if filled is not None:
        _require_same_trials(made, filled)
        centre, tau2 = float(filled.pooled.estimate), 0.0
        blank = [""] * filled.k0
        effects = scale.drawn(filled.filled_y)
        parts.append(_marks("filled", blank, effects, np.sqrt(filled.filled_v)))
    grid = np.linspace(0.0, BEYOND * float(made.se.max()), POINTS)
    if scale.none is not None:
        for level in made.contours:
            away = float(critical_value(1 - level)) * grid
            parts += _two_lines("contour", level, made.null, away, grid, scale)
    half = float(critical_value(made.level)) * np.sqrt(grid**2 + tau2)
    parts.append(_line("centre", np.nan, scale.drawn(np.full(POINTS, centre)), grid))
    parts += _two_lines("limit", made.level, centre, half, grid, scale)
    return pd.concat(parts, ignore_index=True)


def _require_same_trials(made: Funnel, filled: TrimAndFill) -> None:
    """Raise InputError unless ``filled`` was made from the trials of the funnel."""
    made_by = "liftproof.trim_and_fill(y, v)"
    require_result("funnel", filled, TrimAndFill, made_by, field="filled_y")
    y, v = np.append(made.y, filled.filled_y), np.append(made.se**2, filled.filled_v)
    if filled.k != made.k or any(differing(filled.pooled, y, v)):
        raise InputError("filled was not made from the trials of result.")


def _marks(part: str, names: Sequence[str], effects: Array, se: Array) -> pd.DataFrame:
    return pd.DataFrame(
        {"part": part, "label": list(names), "effect": effects, "se": se, "level": np.nan}
    )


def _line(part: str, level: float, effects: Array, se: Array) -> pd.DataFrame:
    return pd.DataFrame({"part": part, "label": "", "effect": effects, "se": se, "level": level})


def _two_lines(
    part: str, level: float, middle: float, away: Array, grid: Array, scale: EffectScale
) -> list[pd.DataFrame]:
    return [
        _line(part, level, scale.drawn(middle + sign * away), grid).assign(label=side)
        for sign, side in ((-1, "low"), (1, "high"))
    ]


def _draw(ax: Axes, table: pd.DataFrame, scale: EffectScale, made: Funnel) -> None:
    marks = table[table.part.isin(["trial", "filled"])]
    limits = table[table.part == "limit"]
    ends = (float(limits.effect.min()), float(limits.effect.max()))
    up = BEYOND * float(made.se.max()), 0.0
    lay_out(ax, (scale.label, scale.axis(marks.effect, [ends])), ("Standard error", up))
    if scale.none is not None and made.contours:
        levels = sorted(made.contours)
        ax.set_facecolor(SHADES[len(levels)])
        regions = [
            _region(table[(table.part == "contour") & (table.level == level)]) for level in levels
        ]
        shade_regions(ax, regions, SHADES[: len(levels) + 1])
    if scale.none is not None:
        ax.axvline(float(scale.drawn(made.null)), color=INK, linewidth=RULE, zorder=2)
    for part in ("centre", "limit"):
        for _, line in table[table.part == part].groupby("label"):
            dashed(ax, line.effect.tolist(), line.se.tolist(), POOLED_COLOUR)
    for part, draw in (("trial", trial_marks), ("filled", filled_marks)):
        chosen = table[table.part == part]
        if len(chosen):
            draw(ax, chosen.effect.tolist(), chosen.se.tolist(), TRIAL_COLOUR)
    key = _key(ax, made, scale, marks)
    chosen = table[table.part == "trial"]
    name_marks(ax, (chosen.effect, chosen.se), list(chosen.label), RADIUS, drawn=[key])


def _region(lines: pd.DataFrame) -> list[tuple[float, float]]:
    """Return the corners between a contour's two lines."""
    low, high = (lines[lines.label == side] for side in ("low", "high"))
    there = list(zip(low.effect, low.se, strict=True))
    return there + list(zip(high.effect, high.se, strict=True))[::-1]


def _key(ax: Axes, made: Funnel, scale: EffectScale, marks: pd.DataFrame) -> Box:
    """Say what shades, dashes and hollow marks are, in the corner with the fewest marks.

    Return the room that it takes, points from the upper left corner.
    """
    signs: list[Patch | Line2D] = []
    if scale.none is not None and made.contours:
        texts = [f"p above {made.contours[0]:g}", *(f"p below {p:g}" for p in made.contours)]
        signs += [
            Patch(facecolor=colour, edgecolor=GREY, linewidth=0.5, label=text)
            for text, colour in zip(texts, SHADES, strict=False)
        ]
    pooled = Line2D([], [], color=POOLED_COLOUR, linewidth=0.9, dashes=(4, 3))
    pooled.set_label(f"pooled, {words.level(made.level)} about it")
    signs.append(pooled)
    if (marks.part == "filled").any():
        hollow = Line2D([], [], marker="o", markersize=2 * RADIUS, markerfacecolor="white")
        hollow.set(markeredgecolor=TRIAL_COLOUR, linestyle="none", label="filled in")
        signs.append(hollow)
    wide, high = room_of(ax)
    taken = KEY_SIGN + max(width(str(sign.get_label()), size=KEY_SIZE) for sign in signs)
    tall = KEY_LINE * len(signs)
    corners: dict[Any, Box] = {
        f"{upright} {side}": Box(left=start, top=top, right=start + taken, bottom=top + tall)
        for upright, top in (("upper", 0.0), ("lower", high - tall))
        for side, start in (("left", 0.0), ("right", wide - taken))
    }
    shares = ax.transAxes.inverted().transform(ax.transData.transform(marks[["effect", "se"]]))
    points = [(x * wide, (1 - y) * high) for x, y in shares.tolist()]
    marks_in = {
        corner: sum(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in points)
        for corner, box in corners.items()
    }
    emptiest = min(marks_in, key=marks_in.__getitem__)
    ax.legend(
        handles=signs,
        loc=emptiest,
        fontsize=KEY_SIZE,
        frameon=False,
        handlelength=1.4,
        handleheight=0.9,
        labelspacing=0.3,
        borderaxespad=0.2,
    )
    return corners[emptiest]


def _alt(made: Funnel, filled: TrimAndFill | None, scale: EffectScale, table: pd.DataFrame) -> str:
    centre = float(table[table.part == "centre"].effect.iloc[0])
    sentences = [
        f"Funnel plot of {counted(made.k, 'trial')}: {scale.label} against its standard error. "
        f"The pooled effect is {scale.text(centre)}."
    ]
    if scale.none is not None and made.contours:
        beyond = [
            f"below {level:g} in {int((made.p_value < level).sum())}" for level in made.contours
        ]
        sentences.append(f"p of no effect is {', '.join(beyond)} of them.")
    if filled is not None:
        sentences.append(f"{counted(filled.k0, 'trial')} filled in on the {filled.side}, hollow.")
    return " ".join((*sentences, made.cannot_tell)).strip()
