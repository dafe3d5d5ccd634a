"""Baujat plots: what each trial adds to the heterogeneity, and what it does to the estimate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from liftproof.drawing.funnel_marks import RADIUS, trial_marks
from liftproof.drawing.theme import applied
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import axes_or_new, lay_out
from liftproof.plot.drawn import Drawn
from liftproof.plot.given import names_of, require_result
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import TRIAL_COLOUR
from liftproof.statistics.influence.baujat import Baujat
from liftproof.words import numbers as words
from liftproof.words.text import counted

BEYOND = 1.08


@naming_arguments
def baujat(result: Baujat, *, labels: Sequence[str] = (), ax: Axes | None = None) -> Drawn:
    """Draw each trial's influence on the estimate against its contribution to Q.

    ``result``: what ``baujat(y, v)`` returns. ``labels``: names, written where they find room,
    those far to the right and above first.

    ``numbers``: ``label``, ``heterogeneity``, ``influence``. Raises InputError. metafor:
    ``baujat(rma(yi, vi))``.

    >>> from liftproof.statistics.influence import baujat as coordinates
    >>> drawn = baujat(coordinates([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]))
    >>> drawn.numbers.heterogeneity.round(3).tolist()
    [2.043, 0.017, 0.835]
    """
    made = require_result("baujat", result, Baujat, "liftproof.baujat(y, v)", field="heterogeneity")
    table = pd.DataFrame(
        {
            "label": names_of(labels, made.influence.size, made.dropped),
            "heterogeneity": made.heterogeneity,
            "influence": made.influence,
        }
    )
    with applied():
        ax = axes_or_new(ax)
        ends = (
            (0.0, BEYOND * float(table[name].max()) or 1.0)
            for name in ("heterogeneity", "influence")
        )
        names = ("Contribution to Q", "Influence on the pooled effect")
        lay_out(ax, *zip(names, ends, strict=True))
        places = (table.heterogeneity.tolist(), table.influence.tolist())
        trial_marks(ax, *places, TRIAL_COLOUR)
        share = table.heterogeneity / (table.heterogeneity.max() or 1.0)
        share += table.influence / (table.influence.max() or 1.0)
        name_marks(ax, places, list(table.label), RADIUS, share)
    return Drawn(axes=ax, numbers=table, alt=_alt(table))


def _alt(table: pd.DataFrame) -> str:
    if not table.heterogeneity.any():
        return f"Baujat plot of {counted(len(table), 'trial')} of the same effect."
    right = table.iloc[int(table.heterogeneity.to_numpy().argmax())]
    above = table.iloc[int(table.influence.to_numpy().argmax())]
    share = 100 * right.heterogeneity / (table.heterogeneity.sum() or 1.0)
    return (
        f"Baujat plot of {counted(len(table), 'trial')}. {right.label} contributes most to the "
        f"heterogeneity, {words.percent(share)} of the sum; {above.label} moves the pooled effect "
        "most."
    )
