"""Normal QQ plots of residuals, with an envelope by simulation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from liftproof.drawing.funnel_marks import RADIUS, SHADES, trial_marks
from liftproof.drawing.theme import INK, applied
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out, padded
from liftproof.plot.drawn import Drawn
from liftproof.plot.given import names_of, require_result
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import TRIAL_COLOUR
from liftproof.statistics.influence.diagnostics import Influence
from liftproof.statistics.influence.normal_quantiles import NormalQuantiles, normal_quantiles
from liftproof.words import numbers as words
from liftproof.words.text import counted

RESIDUALS = {"rstandard": "Standardised residual", "rstudent": "Deleted residual"}


@naming_arguments
def qq(
    result: Influence,
    *,
    labels: Sequence[str] = (),
    residual: str = "rstandard",
    level: float = 0.95,
    bonferroni: bool = False,
    simulations: int = 1000,
    seed: int = 1,
    ax: Axes | None = None,
) -> Drawn:
    """Draw residuals against normal quantiles, with the envelope of simulated ones.

    ``result``: what ``influence(y, v)`` returns; ``residual``: rstandard or rstudent. The envelope
    of ``level`` is that of ``normal_quantiles``, by ``simulations`` drawn with ``seed``; 0
    simulations: none. Names of trials outside it are written first.

    ``numbers``: ``label``, ``quantile``, ``residual``, ``low``, ``high``, rising. Raises
    InputError. metafor: ``qqnorm(rma(yi, vi), label="out")``, which smooths its envelope.

    >>> from liftproof.statistics.influence import influence
    >>> drawn = qq(influence([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL"))
    >>> drawn.numbers["quantile"].round(4).tolist()
    [-0.8694, 0.0, 0.8694]
    """
    made = require_result("qq", result, Influence, "liftproof.influence(y, v)", field="hat")
    names = names_of(labels, made.k, made.dropped)
    found = normal_quantiles(
        made,
        residual=residual,
        level=level,
        bonferroni=bonferroni,
        simulations=simulations,
        seed=seed,
    )
    table = pd.DataFrame(
        {
            "label": [names[place] for place in found.order],
            "quantile": found.quantile,
            "residual": found.residual,
            "low": found.low,
            "high": found.high,
        }
    )
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, RESIDUALS[residual])
    return Drawn(axes=ax, numbers=table, alt=_alt(table, found, RESIDUALS[residual]))


def _draw(ax: Axes, table: pd.DataFrame, name: str) -> None:
    across = padded(table["quantile"].tolist(), 0.08)
    shown = table[["quantile", "residual", "low", "high"]].to_numpy()
    up = padded(shown[np.isfinite(shown)].tolist(), 0.05)
    lay_out(ax, ("Quantile of the normal distribution", across), (name, up))
    if table.low.notna().all():
        ends = (table["quantile"], table.low, table.high)
        ax.fill_between(*ends, color=SHADES[2], linewidth=0, zorder=1, gid="envelope")
    ax.axline((0, 0), slope=1, color=INK, linewidth=RULE, zorder=2)
    places = (table["quantile"].tolist(), table.residual.tolist())
    trial_marks(ax, *places, TRIAL_COLOUR)
    low, residual, high = (table[name].to_numpy() for name in ("low", "residual", "high"))
    beyond = np.nan_to_num(np.fmax(low - residual, residual - high))
    name_marks(ax, places, list(table.label), RADIUS, beyond)


def _alt(table: pd.DataFrame, found: NormalQuantiles, name: str) -> str:
    text = f"Normal QQ plot of {counted(len(table), name.lower())}."
    if not found.simulations:
        return text
    outside = table[(table.residual < table.low) | (table.residual > table.high)]
    who = f": {', '.join(outside.label)}" if len(outside) else ""
    return (
        f"{text} {len(outside)} lie outside the {words.level(found.level)} envelope of "
        f"{found.simulations:,} simulations{who}."
    )
