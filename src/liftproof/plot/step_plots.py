"""Forest plots of a pool in steps: trials put in one by one, or one left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.pages.forest.forest_rows import ForestRow, place_of
from liftproof.pages.forest.forest_view import pool_lines
from liftproof.pages.forest.step_view import (
    CUMULATIVE,
    LEAVE_ONE_OUT,
    StepKind,
    StepView,
    in_words,
    step_alt_text,
    step_row,
    whole_row,
)
from liftproof.plot.drawn import Drawn
from liftproof.plot.forest_plot import draw_view, head_of, numbers_of
from liftproof.plot.given import names_of, pool_given, require_result
from liftproof.plot.plain_view import Wishes, plain_view, wishes_of
from liftproof.plot.pooled_row import natural_of, pooled_row
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.accumulation.cumulative import Cumulative
from liftproof.statistics.influence.leave_one_out import LeaveOneOut
from liftproof.statistics.pooling import Pooled
from liftproof.words.text import counted


@naming_arguments
def cumulative(
    result: Cumulative,
    *,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    title: str = "",
    arms: tuple[str, str] = ("", ""),
    notes: bool | None = None,
    ax: Axes | None = None,
) -> Drawn:
    """Draw the pool after each trial that came in, and that of all beneath.

    ``result``: what ``cumulative(y, v, order)`` returns; ``labels``: names of the trials in the
    order in which they were passed. The other arguments and ``numbers``: see ``plot.forest``.
    Raises InputError. metafor: ``forest(cumul(rma(yi, vi), order=year))``.
    """
    cumul = require_result(
        "cumulative", result, Cumulative, "liftproof.cumulative(y, v)", field="estimate"
    )
    sizes = [int(size) for size in cumul.k]
    names = names_of(labels, sizes[-1], cumul.dropped)
    added = [names[place] for place in cumul.order]
    starts = [0, *sizes[:-1]]
    heads = [", ".join(added[start:end]) for start, end in zip(starts, sizes, strict=True)]
    wishes = wishes_of(measure, title, arms, has_notes=ax is None if notes is None else notes)
    whole = pooled_row(cumul, measure, wishes.title)
    steps = _steps(cumul, heads, sizes, measure)
    return _drawn(CUMULATIVE, steps, whole, cumul.level, wishes, ax)


@naming_arguments
def leave_one_out(
    result: LeaveOneOut,
    *,
    pooled: Pooled | None = None,
    labels: Sequence[str] = (),
    measure: str = "GEN",
    title: str = "",
    arms: tuple[str, str] = ("", ""),
    notes: bool | None = None,
    ax: Axes | None = None,
) -> Drawn:
    """Draw the pool without each trial, and, where ``pooled`` is given, that of all beneath.

    ``result``: what ``leave_one_out(y, v)`` returns; ``pooled``: what ``pool(y, v)`` does, with the
    same methods. The other arguments and ``numbers``: see ``plot.forest``. Raises InputError.
    metafor: ``forest(leave1out(rma(yi, vi))$estimate, ...)``.
    """
    made_by = "liftproof.leave_one_out(y, v)"
    without = require_result("leave_one_out", result, LeaveOneOut, made_by, field="estimate")
    k = without.estimate.size
    names = names_of(labels, k, without.dropped)
    wishes = wishes_of(measure, title, arms, has_notes=ax is None if notes is None else notes)
    whole = None
    if pooled is not None:
        pool_given("leave_one_out", pooled)
        own, asked = (
            (each.tau2_method, each.interval, each.level, size)
            for each, size in ((without, k), (pooled, pooled.k))
        )
        if own != asked:
            raise InputError(f"pooled is by {asked}, the pools without a trial by {own}.")
        whole = pooled_row(pooled, measure, title)
    steps = _steps(without, names, [k - 1] * k, measure)
    return _drawn(LEAVE_ONE_OUT, steps, whole, without.level, wishes, ax)


def _steps(
    result: Cumulative | LeaveOneOut, names: Sequence[str], sizes: Sequence[int], measure: str
) -> list[ForestRow]:
    """Return a row a step, on the natural scale."""
    natural = natural_of(measure)
    places = np.stack([result.estimate, result.ci_low, result.ci_high], axis=-1)
    return [
        in_words(step_row(name, [natural(x) for x in place], size), measure)
        for name, place, size in zip(names, places, sizes, strict=True)
    ]


def _drawn(
    kind: StepKind,
    steps: Sequence[ForestRow],
    whole: EstimateRow | None,
    level: float,
    wishes: Wishes,
    ax: Axes | None,
) -> Drawn:
    rows = [*steps]
    if whole is not None:
        rows.append(in_words(whole_row(whole, counted(whole.k, "trial")), wishes.code))
    view = plain_view(
        wishes,
        rows,
        whole or _nothing(wishes),
        level,
        (f"{kind.says}.", *(pool_lines(whole, level) if whole else ())),
        key=kind.stem,
        subtitle=head_of(wishes.title, kind.heading),
        size=counted(len(steps), "trial"),
        row_head=kind.head,
        weight_head="Trials",
        has_key=False,
    )
    weights = [float(place_of(float(row.weight))) for row in view.rows]
    table = numbers_of(view, weights).rename(columns={"weight": "trials"})
    return Drawn(
        axes=draw_view(view, ax),
        numbers=table.assign(part=["step"] * len(steps) + ["pooled"] * (len(rows) - len(steps))),
        alt=step_alt_text(StepView(kind=kind, forest=view)),
    )


def _nothing(wishes: Wishes) -> EstimateRow:
    """Return the row of a pool that is not shown."""
    return EstimateRow(review="", analysis="", title=wishes.title, measure=wishes.code, k=0)
