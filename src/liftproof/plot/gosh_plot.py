"""GOSH plots: the pooled effect of every subset of trials against its heterogeneity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from liftproof.drawing.theme import INK, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import EffectScale, effect_scale
from liftproof.plot.given import names_of, require_result
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import whole_number
from liftproof.statistics.influence.gosh import Gosh

MOST = 20_000
"""Subsets drawn; of more, so many are drawn at random."""
MARK = 3.0
"""Diameter of a subset's mark where they are few, points."""
SPARSE = 500
"""Subsets up to which marks are as large."""


@naming_arguments
def gosh(
    result: Gosh,
    *,
    trial: str | int | None = None,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    seed: int = 1,
    ax: Axes | None = None,
) -> Drawn:
    """Draw I² of subsets of two or more trials against their pooled effects.

    ``result``: what ``gosh(y, v)`` returns. ``trial``: a label, or a position from 0: subsets with
    it have another colour. Of more than 20,000 subsets so many are drawn, chosen by ``seed``.
    ``measure``: a code of the vocabulary.

    ``numbers``: ``subset``, its place in the result, ``size``, ``effect`` as drawn, ``i2``
    (percent), and ``has_trial`` where one is named. Raises InputError. metafor:
    ``plot(gosh(rma(yi, vi)), out=1)``.

    >>> from liftproof.statistics.influence import gosh as pooled_subsets
    >>> subsets = pooled_subsets([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> drawn = gosh(subsets, trial=1)
    >>> drawn.numbers.has_trial.tolist(), drawn.numbers["size"].tolist()
    ([True, False, True, True], [2, 2, 2, 3])
    """
    made = require_result("gosh", result, Gosh, "liftproof.gosh(y, v)", field="estimate")
    names = names_of(labels, made.include.shape[1], made.dropped)
    scale = effect_scale(measure)
    chosen = np.flatnonzero(made.size > 1)
    several = chosen.size
    if several > MOST:
        picked = np.random.default_rng(whole_number("seed", seed)).choice(
            several, MOST, replace=False
        )
        chosen = chosen[np.sort(picked)]
    table = pd.DataFrame(
        {
            "subset": chosen,
            "size": made.size[chosen],
            "effect": scale.drawn(made.estimate[chosen]),
            "i2": made.i2[chosen],
        }
    )
    place = None if trial is None else _place(trial, names)
    if place is not None:
        table["has_trial"] = made.include[chosen, place].astype(bool)
    name = "" if place is None else names[place]
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, scale, name)
    return Drawn(axes=ax, numbers=table, alt=_alt(table, scale, name, several))


def _place(trial: str | int, names: Sequence[str]) -> int:
    """Return the position of a trial, or raise InputError."""
    if isinstance(trial, str):
        if trial not in names:
            raise InputError(f"There is no trial {trial!r} among the labels.")
        return list(names).index(trial)
    place = whole_number("trial", trial)
    if place >= len(names):
        raise InputError(f"trial must be a position from 0 to {len(names) - 1}, not {trial}.")
    return place


def _draw(ax: Axes, table: pd.DataFrame, scale: EffectScale, name: str) -> None:
    axis = scale.near_axis(table.effect)
    up = -2.0, max(10.0, 1.08 * float(table.i2.max()))
    lay_out(ax, (scale.label, axis), ("I², percent", up))
    if scale.none is not None and axis.low <= scale.none <= axis.high:
        ax.axvline(scale.none, color=INK, linewidth=RULE, zorder=1)
    crowd = max(1.0, len(table) / SPARSE)
    area, alpha = MARK**2 * max(0.3, crowd**-0.4), max(0.12, 0.8 * crowd**-0.5)
    has_trial = table.has_trial if name else np.zeros(len(table), dtype=bool)
    ax.scatter(
        table.effect,
        table.i2,
        s=area,
        c=np.where(has_trial, POOLED_COLOUR, TRIAL_COLOUR),
        alpha=alpha,
        linewidths=0,
        rasterized=len(table) > SPARSE,
        zorder=3,
        gid="subsets",
    )
    if name:
        signs = [
            Line2D([], [], color=colour, marker="o", linestyle="none", markersize=4, label=text)
            for colour, text in ((TRIAL_COLOUR, f"without {name}"), (POOLED_COLOUR, f"with {name}"))
        ]
        ax.legend(handles=signs, fontsize=7, frameon=False, loc="upper right", borderaxespad=0.2)


def _alt(table: pd.DataFrame, scale: EffectScale, name: str, several: int) -> str:
    shown = "" if len(table) == several else f", {len(table):,} of them drawn,"
    low, middle, high = (
        scale.text(float(table.effect.quantile(share))) for share in (0.0, 0.5, 1.0)
    )
    text = (
        f"GOSH plot of {several:,} subsets of trials{shown} by pooled effect and I². Effects run "
        f"from {low} to {high}, their median is {middle}."
    )
    if not name:
        return text
    medians = [
        scale.text(float(table[table.has_trial == has].effect.median())) for has in (True, False)
    ]
    return f"{text} With {name} the median is {medians[0]}, without {medians[1]}."
