"""Influence plots: deletion diagnostics of each trial side by side, with metafor's bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from liftproof.drawing.funnel_marks import RADIUS
from liftproof.drawing.text_widths import width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.typeface import current
from liftproof.errors import InputError, in_short
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import BOTTOM, RULE, TOP, axes_or_new, dress, given_axes, room_of
from liftproof.plot.drawn import Drawn
from liftproof.plot.given import names_of, require_result
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import Array
from liftproof.statistics.influence.diagnostics import MEDIAN, Influence
from liftproof.words import numbers as words
from liftproof.words.text import counted, minus

NAMES = {
    "rstudent": "Deleted residual",
    "dffits": "DFFITS",
    "dfbetas": "DFBETAS",
    "cook_distance": "Cook's distance",
    "cov_ratio": "Covariance ratio",
    "tau2_deleted": "τ² without it",
    "q_deleted": "Q without it",
    "hat": "Hat value",
    "rstandard": "Standardised residual",
    "weight": "Weight, percent",
}
USUAL = ("rstudent", "dffits", "cook_distance", "cov_ratio", "tau2_deleted", "hat")
MIDDLE = {"rstudent": 0.0, "rstandard": 0.0, "dffits": 0.0, "dfbetas": 0.0, "cov_ratio": 1.0}
"""Where a trial without any influence would stand."""
PITCH, LONGEST = 14.5, 150.0
"""Points: from a row to the next, and for a name."""
WIDE = 518.0
STRIP = 0.74
"""Of a column's room: the rest parts it from the next."""
LEAST = 0.001
"""Ends nearer to 0 are written as 0.00."""
HEAD_SHARE, BETWEEN, LARGEST_TEXT = 0.95, 6.0, 7.0
"""Of that room for a head; points between two numbers; points of a text."""


@naming_arguments
def influence(
    result: Influence,
    *,
    labels: Sequence[str] = (),
    show: Sequence[str] = USUAL,
    ax: Axes | None = None,
) -> Drawn:
    """Draw diagnostics in columns, a row a trial; the flagged trials have another colour.

    ``result``: what ``influence(y, v)`` returns. ``show``: its fields, a column each. Each column
    has its own scale, with the smallest and the largest number beneath; a grey line is where a
    trial without influence would stand, a dashed one metafor's bound.

    ``numbers``: ``label``, the fields shown, ``is_influential``. Raises InputError. metafor:
    ``plot(influence(rma(yi, vi)))``.

    >>> from liftproof.statistics.influence import influence as diagnostics
    >>> influence(diagnostics([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")).alt
    'Influence of each of 3 trials. Flagged: Trial 1.'
    """
    made = require_result("influence", result, Influence, "liftproof.influence(y, v)", field="hat")
    is_list = np.ndim(show) == 1 and len(show) > 0
    unknown = [name for name in show if name not in NAMES] if is_list else show
    if unknown or not is_list:
        raise InputError(f"show must name some of {', '.join(NAMES)}, not {in_short(unknown)}.")
    table = pd.DataFrame(
        {
            "label": names_of(labels, made.k, made.dropped),
            **{name: getattr(made, name) for name in show},
            "is_influential": made.is_influential,
        }
    )
    with applied():
        if ax is None:
            high = PITCH * (made.k + 1) + BOTTOM + TOP + 2 * PITCH
            left = 16 + min(LONGEST, max(width(name) for name in table.label))
            ax = axes_or_new(None, (WIDE, high), left)
        _draw(given_axes(ax), table, show, _bounds(made.k))
    return Drawn(axes=ax, numbers=table, alt=_alt(table))


def _bounds(k: int) -> dict[str, tuple[float, ...]]:
    """Return metafor's bounds, beyond which a trial is flagged."""
    fits = 3 / np.sqrt(k - 1)
    return {
        "dffits": (-fits, fits),
        "dfbetas": (-1.0, 1.0),
        "cook_distance": (MEDIAN,),
        "hat": (3 / k,),
    }


def _draw(
    ax: Axes, table: pd.DataFrame, show: Sequence[str], bounds: dict[str, tuple[float, ...]]
) -> None:
    k, (wide, high) = len(table), room_of(ax)
    dress(ax, "", "")
    ax.set(xlim=(0, len(show)), ylim=(k - 0.5, -0.5))
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="both", bottom=False, left=False)
    size = float(np.clip(0.72 * high / k, 3.5, 8.0))
    shortened = [_short(name, LONGEST * size / 8.0, size) for name in table.label]
    ax.set_yticks(range(k), shortened, fontsize=size)
    ax.set_xticks([])
    ax.hlines(range(k), 0, len(show), colors="#e6e6e6", linewidths=0.5, zorder=0)
    for place, name in enumerate(show):
        values = table[name].to_numpy(dtype=np.float64)
        marks = [*values[np.isfinite(values)], *([MIDDLE[name]] if name in MIDDLE else ())]
        ends = min(marks), max(marks)
        _column(ax, (place, wide / len(show)), table, name, (ends, bounds.get(name, ())))


def _short(text: str, limit: float, size: float) -> str:
    """Return a name, cut where it is longer than the room for it."""
    return text if width(text, size=size) <= limit else f"{wrap(text, limit, size=size)[0]} …"


def _column(
    ax: Axes,
    column: tuple[int, float],
    table: pd.DataFrame,
    name: str,
    marked: tuple[tuple[float, float], tuple[float, ...]],
) -> None:
    """Draw one diagnostic into its strip: head, marks, bounds within sight, its two ends."""
    (place, room), ((low, high), bounds) = column, marked
    reach = (high - low) or 1.0
    inside = [bound for bound in bounds if low - 0.4 * reach <= bound <= high + 0.4 * reach]
    low, high = min(low, *inside, high), max(high, *inside, low)
    span = STRIP / (high - low) if high > low else 0.0

    def across(values: object) -> Array:
        away = (np.asarray(values, dtype=np.float64) - (low + high) / 2) * span
        return np.asarray(place + 0.5 + away)

    k = len(table)
    if name in MIDDLE:
        ax.vlines(across(MIDDLE[name]), -0.5, k - 0.5, colors=GREY, linewidths=RULE, zorder=1)
    ax.vlines(
        across(inside),
        -0.5,
        k - 0.5,
        colors=POOLED_COLOUR,
        linewidths=0.8,
        linestyles=(0, (4, 3)),
        zorder=1,
    )
    is_far = table.is_influential.to_numpy()
    diameter = min(1.7 * RADIUS, 0.9 * room_of(ax)[1] / k)
    ax.scatter(
        across(table[name]),
        np.arange(k),
        s=diameter**2,
        c=np.where(is_far, POOLED_COLOUR, TRIAL_COLOUR),
        edgecolor="white",
        linewidths=0.5,
        zorder=3,
        clip_on=False,
        gid=name,
    )
    _texts(ax, (place, room), name, (low, high))


def _texts(ax: Axes, column: tuple[int, float], name: str, ends: tuple[float, float]) -> None:
    """Write the head of a column above, and beneath its ends, one below the other where narrow."""
    place, room = column
    longest = max(width(word, size=LARGEST_TEXT) for word in NAMES[name].split())
    size = LARGEST_TEXT * min(1.0, HEAD_SHARE * room / longest)
    lines = wrap(NAMES[name], HEAD_SHARE * room + 0.01, size=size)
    _text(ax, "\n".join(lines), (place + 0.5, 1.0), size, "center")
    low, high = (
        minus(words.effect(end) if abs(end) >= LEAST else words.decimal(end)) for end in ends
    )
    if low == high:
        _text(ax, low, (place + 0.5, 0.0), LARGEST_TEXT, "center")
        return
    needed = width(low, size=LARGEST_TEXT) + width(high, size=LARGEST_TEXT) + BETWEEN
    below = "" if needed <= STRIP * room else "\n"
    _text(ax, low, (place + (1 - STRIP) / 2, 0.0), LARGEST_TEXT, "left")
    _text(ax, below + high, (place + (1 + STRIP) / 2, 0.0), LARGEST_TEXT, "right")


def _text(ax: Axes, text: str, place: tuple[float, float], size: float, align: str) -> None:
    """Write a text above the axes (at height 1) or beneath them (at 0)."""
    is_above = place[1] > 0
    ax.annotate(
        text,
        place,
        (0, 4 if is_above else -4),
        xycoords=ax.get_xaxis_transform(),
        textcoords="offset points",
        ha=align,
        va="bottom" if is_above else "top",
        fontsize=size,
        fontfamily=list(current().families),
        color=INK,
    )


def _alt(table: pd.DataFrame) -> str:
    flagged = ", ".join(table[table.is_influential].label)
    found = f"Flagged: {flagged}." if flagged else "None is flagged."
    return f"Influence of each of {counted(len(table), 'trial')}. {found}"
