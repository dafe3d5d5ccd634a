"""Profile plots: the log-likelihood against τ², with the limits that follow from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike
from scipy.special import chdtri

from liftproof.drawing.funnel_marks import RADIUS
from liftproof.drawing.theme import GREY, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import axes_or_new, lay_out, padded
from liftproof.plot.drawn import Drawn
from liftproof.plot.given import data_of
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import Array, finite_number, whole_number
from liftproof.statistics.pooling import Pooled
from liftproof.statistics.tau2.profile import LIKELIHOODS, fit_statistics, profile_likelihood
from liftproof.words import numbers as words
from liftproof.words.text import capital, minus

FEWEST = 3
SHOWN = 4.0
"""How far below its maximum the likelihood is shown, in times that the limits lie below it."""
BEYOND = 1.15
"""The axis of τ² ends so many times beyond the upper limit."""


@naming_arguments
def profile(
    result: Pooled,
    y: ArrayLike,
    v: ArrayLike,
    *,
    steps: int = 101,
    highest: float | None = None,
    ax: Axes | None = None,
) -> Drawn:
    """Draw the log-likelihood of τ², its maximum, and the limits of the result's level.

    ``result``: what ``pool(y, v)`` returns with ``tau2`` REML or ML; ``y`` and ``v`` (k,): what it
    was pooled from. ``steps`` values of τ² from 0 to ``highest``, by default beyond the upper
    limit, where the likelihood is χ²(1)/2 below its maximum.

    ``numbers``: ``part`` (profile, maximum, limit), ``tau2``, ``log_likelihood``. Raises
    InputError. metafor: ``profile(rma(yi, vi))`` and ``confint(rma(yi, vi), type="PL")``.

    >>> from liftproof.statistics.pooling import pool
    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> profile(pool(y, v), y, v).alt
    'Profile of the restricted log-likelihood of τ². Its maximum, 0.06, is at τ² 0.0033; the \
95\u202f% limits are 0.00 to 0.90.'
    """
    pooled, y, v = data_of("profile", result, y, v)
    if pooled.tau2_method not in LIKELIHOODS:
        raise InputError(
            f"A profile is of a pool by REML or ML, but this one is by {pooled.tau2_method}: "
            'pool with tau2="REML".'
        )
    steps = whole_number("steps", steps, least=FEWEST)
    table = _numbers(pooled, y, v, steps, highest)
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, pooled)
    return Drawn(axes=ax, numbers=table, alt=_alt(table, pooled))


def _numbers(pooled: Pooled, y: Array, v: Array, steps: int, highest: float | None) -> pd.DataFrame:
    method = pooled.tau2_method
    if pooled.k == 1:
        raise InputError("A profile needs two trials: one alone says nothing of τ².")
    low, high = (float(end) for end in profile_likelihood(y, v, pooled.level, method=method))
    end = BEYOND * high if highest is None else finite_number("highest", highest)
    if not end > 0:
        raise InputError(f"highest must be a positive τ², not {highest}.")
    places = np.array([*np.linspace(0.0, end, steps), float(pooled.tau2), low, high])
    heights = fit_statistics(
        np.broadcast_to(y, (places.size, y.size)),
        np.broadcast_to(v, (places.size, v.size)),
        places,
        method=method,
    ).log_likelihood
    parts = ["profile"] * steps + ["maximum", "limit", "limit"]
    return pd.DataFrame({"part": parts, "tau2": places, "log_likelihood": heights})


def _draw(ax: Axes, table: pd.DataFrame, pooled: Pooled) -> None:
    line, top, limits = (table[table.part == part] for part in ("profile", "maximum", "limit"))
    peak = float(top.log_likelihood.iloc[0])
    level = peak - float(chdtri(1, 1 - pooled.level)) / 2
    lowest = max(float(line.log_likelihood.min()), peak - SHOWN * (peak - level))
    heights = [lowest, peak, min(level, lowest)]
    across = 0.0, float(line.tau2.max())
    lay_out(ax, ("τ²", across), (capital(_kind(pooled)), padded(heights)))
    ax.plot(
        line.tau2, line.log_likelihood, color=TRIAL_COLOUR, linewidth=1.4, zorder=2, gid="profile"
    )
    ax.axhline(level, color=GREY, linewidth=0.9, dashes=(4, 3), zorder=1)
    bottom = ax.get_ylim()[0]
    crossing = limits[limits.log_likelihood <= level + (peak - level) / 2]
    ax.vlines(crossing.tau2, bottom, crossing.log_likelihood, colors=GREY, linewidths=0.9, zorder=1)
    ax.scatter(
        top.tau2,
        top.log_likelihood,
        s=(2 * RADIUS) ** 2,
        facecolor=POOLED_COLOUR,
        edgecolor="white",
        linewidths=0.6,
        zorder=3,
        clip_on=False,
        gid="maximum",
    )


def _kind(pooled: Pooled) -> str:
    return "restricted log-likelihood" if pooled.tau2_method == "REML" else "log-likelihood"


def _alt(table: pd.DataFrame, pooled: Pooled) -> str:
    top, limits = table[table.part == "maximum"].iloc[0], table[table.part == "limit"].tau2
    return minus(
        f"Profile of the {_kind(pooled)} of τ². Its maximum, "
        f"{words.decimal(top.log_likelihood)}, is at τ² {words.effect(float(top.tau2))}; the "
        f"{words.level(pooled.level)} limits are {words.interval(*limits.tolist())}."
    )
