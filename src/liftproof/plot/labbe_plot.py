"""L'Abbé plots: the risk in one arm of each trial against that in the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from liftproof.drawing.bubble_marks import bubble_area, bubbles
from liftproof.drawing.funnel_marks import dashed
from liftproof.drawing.theme import INK, applied
from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.plot.canvas import RULE, axes_or_new, lay_out
from liftproof.plot.drawn import Drawn
from liftproof.plot.effect_scale import effect_scale
from liftproof.plot.given import both_arms, names_of
from liftproof.plot.mark_names import name_marks
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from liftproof.statistics.checks import choose, floats, require
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape
from liftproof.statistics.statements.absolute import RISKS, RiskFunction
from liftproof.words.text import counted

POINTS = 101
BELOW = 0.04
"""Of the axes' length: room for bubbles of trials without events."""


CURVES: Mapping[str, RiskFunction] = {code: RISKS[code] for code in ("RR", "OR", "RD")}
"""By measure, the risk that an effect makes of another."""


@naming_arguments
def labbe(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    result: Result | None = None,
    measure: str = "RR",
    labels: Sequence[str] = (),
    arms: tuple[str, str] = ("Intervention", "Control"),
    ax: Axes | None = None,
) -> Drawn:
    """Draw the risk with the intervention against that without, areas by people.

    Counts (k,). ``result``: a pool of ``measure`` (RR, OR or RD), whose effect is drawn as a line
    beside that of no effect. ``arms``: what the axes are called.

    ``numbers``: ``part`` (trial, pooled), ``label``, ``control`` and ``intervention``, risks, and
    ``n`` of both arms together. Raises InputError. metafor: ``labbe(rma(measure="RR", ai=, n1i=,
    ci=, n2i=), transf=exp)``, where nothing is added to empty cells.

    Source: L'Abbé, Detsky & O'Rourke 1987, Ann Intern Med 107, 224-233.

    >>> labbe([3, 12], [15, 461], [10, 32], [15, 481]).alt
    "L'Abbé plot of 2 trials: risk with Intervention against Control. In 2 the risk is lower with \
Intervention, in 0 with Control."
    """
    names = ("events_intervention", "n_intervention", "events_control", "n_control")
    given = (events_intervention, n_intervention, events_control, n_control)
    counts = [floats(name, values) for name, values in zip(names, given, strict=True)]
    events, n, events_control, n_control = in_one_shape("L'Abbé's plot", *counts)
    for happened, people in ((events, n), (events_control, n_control)):
        require(people > 0, people, "Each arm must have people in it")
        within = (happened >= 0) & (happened <= people)
        require(within, happened, "Events must lie between 0 and the number of people")
    if events.ndim > 1:
        raise InputError(
            f"plot.labbe draws one data set, but the counts have shape {events.shape}."
        )
    arms = both_arms(arms)
    curve = choose(CURVES, measure, "measure of risks")
    table = pd.DataFrame(
        {
            "part": "trial",
            "label": names_of(labels, events.size),
            "control": events_control / n_control,
            "intervention": events / n,
            "n": n + n_control,
        }
    )
    if result is not None:
        table = pd.concat((table, _pooled(result, curve)), ignore_index=True)
    with applied():
        ax = axes_or_new(ax)
        _draw(ax, table, arms)
    return Drawn(axes=ax, numbers=table, alt=_alt(table, arms, measure, result))


def _pooled(result: Result, curve: RiskFunction) -> pd.DataFrame:
    """Return the points of the pooled effect's line, as far as risks exist."""
    effect = getattr(result, "estimate", None)
    if effect is None or np.ndim(effect):
        raise InputError("result must be the pool of one data set, with one estimate.")
    risks = np.linspace(0.0, 1.0, POINTS)
    made = curve(np.asarray(effect), risks)
    exists = (made >= 0) & (made <= 1)
    return pd.DataFrame(
        {"part": "pooled", "label": "", "control": risks[exists], "intervention": made[exists]}
    )


def _draw(ax: Axes, table: pd.DataFrame, arms: tuple[str, str]) -> None:
    trials, line = (table[table.part == part] for part in ("trial", "pooled"))
    end = min(1.0, 1.1 * float(trials[["control", "intervention"]].to_numpy().max()) or 1.0)
    ends = -BELOW * end, end
    lay_out(ax, (f"Risk, {arms[1]}", ends), (f"Risk, {arms[0]}", ends))
    ax.plot([0, 1], [0, 1], color=INK, linewidth=RULE, zorder=1)
    dashed(ax, line.control.tolist(), line.intervention.tolist(), POOLED_COLOUR)
    areas = [bubble_area(float(share), len(trials)) for share in trials.n / trials.n.max()]
    bubbles(ax, trials.control.tolist(), trials.intervention.tolist(), areas, TRIAL_COLOUR)
    radii = np.sqrt(np.array(areas) / np.pi)
    name_marks(ax, (trials.control, trials.intervention), list(trials.label), radii, trials.n)


def _alt(table: pd.DataFrame, arms: tuple[str, str], measure: str, result: Result | None) -> str:
    trials = table[table.part == "trial"]
    lower = int((trials.intervention < trials.control).sum())
    higher = int((trials.intervention > trials.control).sum())
    sentences = (
        f"L'Abbé plot of {counted(len(trials), 'trial')}: risk with {arms[0]} against {arms[1]}. "
        f"In {lower} the risk is lower with {arms[0]}, in {higher} with {arms[1]}."
    )
    if result is None:
        return sentences
    scale = effect_scale(measure)
    effect = scale.text_of(result.estimate)  # type: ignore[attr-defined]
    return f"{sentences} The dashed line is the pooled {scale.measure.name}, {effect}."
