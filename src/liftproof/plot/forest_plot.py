"""Forest plots of a pool, laid out as those of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from liftproof.analysis.predictive_curves import curve_rows
from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.theme import applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.drawing.typeface import current
from liftproof.metafors_names import naming_arguments
from liftproof.pages.forest.forest_captions import forest_alt_text
from liftproof.pages.forest.forest_cells import size
from liftproof.pages.forest.forest_drawing import ForestPlace, forest_into
from liftproof.pages.forest.forest_layout import ForestLayout, layout_of, position
from liftproof.pages.forest.forest_rows import forest_rows
from liftproof.pages.forest.forest_view import ForestView, pool_lines
from liftproof.plot.canvas import RULE, given_axes, new_figure, room_of
from liftproof.plot.drawn import Drawn
from liftproof.plot.forest_columns_given import given_columns, texts_of
from liftproof.plot.given import data_of, names_of
from liftproof.plot.plain_view import plain_view, wishes_of
from liftproof.plot.pooled_row import effect_rows_of, pooled_row
from liftproof.statistics.pooling import Pooled
from liftproof.words.text import capital

LARGEST = 1.25
"""How much larger than in a report a plot is drawn at most, where it has the room."""
ROUNDING = 1e-9
"""Relative, of a width that was divided and multiplied again."""
READABLE = 0.8
"""From here on rows keep all their parts side by side; else names stand above the intervals where
that lets them be larger."""


@naming_arguments
def forest(
    result: Pooled,
    y: ArrayLike,
    v: ArrayLike,
    *,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    title: str = "",
    arms: tuple[str, str] = ("", ""),
    notes: bool | None = None,
    predictive: bool = False,
    columns: Mapping[str, Sequence[object]] = MappingProxyType({}),
    ax: Axes | None = None,
) -> Drawn:
    """Draw trials with their limits and weights, the pooled diamond and the prediction interval.

    ``result``: what ``pool(y, v)`` returns; ``y`` and ``v`` (k,): what it was pooled from, which
    are refused where they do not give it. ``labels``: names of the trials. ``measure``: a code of
    the vocabulary; of ratios, estimates and axis are ratios. ``arms``: who is favoured by effects
    below and above none. ``notes``: whether heterogeneity, methods and a key stand beneath; by
    default in a figure of its own. ``predictive``: whether, beneath the diamond, a curve shows how
    effects of new settings are spread by the prediction interval of ``result``. ``columns``: by
    head, what stands beside each trial (k,), texts or numbers. ``ax``: is moved within its room, so
    that names and numbers stand in it, too, and their size follows from it.

    ``numbers``: ``part`` (trial, pooled, prediction, predictive), ``label``, ``estimate``,
    ``ci_low``, ``ci_high`` as drawn, ``weight`` in percent, and the columns. Raises InputError.
    metafor: ``forest(rma(yi, vi), slab=labels)``.
    """
    pooled, y, v = data_of("forest", result, y, v)
    names = names_of(labels, pooled.k, pooled.dropped)
    has_notes = ax is None if notes is None else notes
    wishes = wishes_of(measure, title, arms, has_notes=has_notes)
    effects = effect_rows_of(pooled, y, v, names, measure)
    extras = given_columns(columns, effects, pooled.dropped)
    row = pooled_row(pooled, measure, wishes.title)
    view = plain_view(
        wishes,
        forest_rows(row, effects, (), pooled.level, extras),
        row,
        pooled.level,
        pool_lines(row, pooled.level),
        key="forest",
        subtitle="",
        predictive=curve_rows(pooled, y, v, measure) if predictive else (),
        size=size(effects),
        has_key=has_notes,
        extras=extras,
    )
    numbers = numbers_of(view, [*pooled.weights.tolist(), 100.0])
    return Drawn(
        axes=draw_view(view, ax),
        numbers=numbers.assign(**texts_of(view)),
        alt=forest_alt_text(view),
    )


def numbers_of(view: ForestView, weights: Sequence[float]) -> pd.DataFrame:
    """Return the rows of a plot as drawn; ``weights`` of the first of them, the others have none.

    >>> from liftproof.statistics.pooling import pool
    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> forest(pool(y, v, tau2="DL"), y, v).numbers.estimate.round(3).tolist()[:-1]
    [-0.51, -0.22, 0.05, -0.248]
    """
    return pd.DataFrame(
        {
            "part": [row.kind for row in view.rows],
            "label": [row.label for row in view.rows],
            "estimate": [row.estimate for row in view.rows],
            "ci_low": [row.low for row in view.rows],
            "ci_high": [row.high for row in view.rows],
            "weight": pd.Series(weights, dtype=np.float64).reindex(range(len(view.rows))),
        }
    )


def draw_view(view: ForestView, ax: Axes | None) -> Axes:
    """Draw a forest plot into the room of some axes, or into a figure of its own."""
    with applied():
        if ax is None:
            layout = layout_of(view, WIDE)
            figure = new_figure((layout.columns.page, layout.height))
            return forest_into(figure, view, layout, WIDE)
        room = room_of(given_axes(ax))
        layout, form, shown = _fitting(view, room)
        box = ax.get_position()
        share = shown * layout.height / room[1] * box.height
        place = ForestPlace(
            left=box.x0,
            bottom=box.y1 - share,
            width=shown * layout.columns.page / room[0] * box.width,
            height=share,
            shown=shown,
            plot=ax,
        )
        plot = forest_into(ax.figure, view, layout, form, place)
        _ticks(plot, view, layout, shown)
    return plot


def _fitting(view: ForestView, room: tuple[float, float]) -> tuple[ForestLayout, FigureForm, float]:
    """Return the layout that fits the room with the larger texts, its form, and how large."""
    beside = _fitted(view, room, is_stacked=False)
    if beside[2] >= READABLE:
        return beside
    stacked = _fitted(view, room, is_stacked=True)
    return max(beside, stacked, key=lambda found: found[2])


def _fitted(
    view: ForestView, room: tuple[float, float], *, is_stacked: bool
) -> tuple[ForestLayout, FigureForm, float]:
    """Return a layout that fits the room: smaller texts have more room, and need no more of it."""
    fitting = LARGEST
    while True:
        shown = fitting
        form = replace(WIDE, width=room[0] / shown, is_stacked=is_stacked)
        layout = layout_of(view, form)
        fitting = min(shown, room[0] / layout.columns.page, room[1] / layout.height)
        if fitting >= shown * (1 - ROUNDING):
            return layout, form, fitting


def _ticks(plot: Axes, view: ForestView, layout: ForestLayout, shown: float) -> None:
    """Give the ticks of axes that somebody else made the size of the other texts."""
    axis = view.axis
    places = [position(axis, layout.columns, tick) for tick in axis.ticks]
    plot.xaxis.set_ticks(axis.ticks, labels_apart(axis.labels, places, axis.first_label))
    plot.spines["bottom"].set_linewidth(RULE)
    plot.tick_params(
        axis="x",
        length=3 * shown,
        width=RULE,
        pad=3 * shown,
        labelsize=8 * shown,
        labelfontfamily=list(current().families),
    )
    plot.set(xlabel="", ylabel="")


def head_of(title: str, says: str) -> str:
    """Return a title with what its rows are, the latter alone without a title."""
    return f"{title}: {says[0].lower()}{says[1:]}" if title else capital(says)
