"""A selection model with moderators at its maximum, in the units in which it is searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.moderators import independent_columns
from liftproof.statistics.small_study.selection.climb import Summit
from liftproof.statistics.small_study.selection.line import SelectedLine, line_bounds
from liftproof.statistics.small_study.selection.line_search import line_maxima
from liftproof.statistics.small_study.selection.question import SelectionQuestion
from liftproof.statistics.small_study.selection.setup import (
    STEP_FUNCTION,
    SelectionSetup,
    set_up,
)

RISE = 1e-9
"""A weight that exceeds the one before by less is no higher: it is where a search ended."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Selected:
    """The model at its highest maximum. ``line`` with ``maxima``, the highest first; ``setup``.

    ``to_x`` (q, q): from the line's coefficients to those of x, in the unit of y and with its sign.
    ``fixed`` (n,): parameters that are not free. ``of`` (c - 1,): place among the line's δ of the
    weight of each interval that is asked for, -1 for one that is joined to the first. ``steps``,
    ``counts`` (c,): of the intervals that are asked for.
    """

    line: SelectedLine
    setup: SelectionSetup
    maxima: list[Summit]
    to_x: Array
    fixed: Array
    of: NDArray[np.intp]
    steps: Array
    counts: NDArray[np.intp]

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Which parameters at the highest maximum have a standard error, (n,)."""
        at_lowest = self.maxima[0].at <= line_bounds(self.line)[0]
        at_lowest[self.line.x.shape[1] + 1 :] &= self.line.model.selection.known_at_lowest
        return np.asarray(self.line.is_free & ~at_lowest)

    def weights(self, delta: Array, of_first: float) -> Array:
        """Return the line's δ, or their errors, as one an interval or parameter asked for."""
        return np.append(delta, of_first)[self.of]


def selected(question: SelectionQuestion) -> Selected:
    """Return the model at its highest maximum. Raises InputError and ConvergenceError."""
    return _falling(question) if question.is_decreasing else _fit(question)


def _fit(question: SelectionQuestion) -> Selected:
    """Return the model without a restriction, at its maxima."""
    unit, k = question.unit, len(question.y)
    setup = set_up(
        question.sign * question.y / np.sqrt(unit),
        question.v / unit,
        question.kind,
        question.alternative,
        question.steps,
        question.delta,
        is_random=question.tau2 is None,
    )
    design = independent_columns(question.x.T[:, :, None])
    scaled = np.column_stack([column[:, 0] for column in design.columns]) * np.sqrt(k)
    q = question.x.shape[1]
    line = SelectedLine(
        model=setup.model,
        x=scaled,
        is_free=np.concatenate((np.ones(q, dtype=np.bool_), setup.model.is_free[1:])),
    )
    fixed = np.concatenate((np.zeros(q), setup.start[1:]))
    fixed[q] = 0.0 if question.tau2 is None else question.tau2 / unit
    return Selected(
        line=line,
        setup=setup,
        maxima=line_maxima(line, fixed),
        to_x=question.sign * np.linalg.inv(design.triangle[:, :, 0]) * np.sqrt(k * unit),
        fixed=fixed,
        of=np.arange(len(setup.estimated), dtype=np.intp),
        steps=setup.steps,
        counts=setup.counts,
    )


def _falling(question: SelectionQuestion) -> Selected:
    """Return the highest maximum among weights that do not rise from one step to the next.

    It is a maximum of some step function with fewer steps, in which what would rise is joined. A
    function of fewer steps is never higher than one of more: the highest that is left is opened,
    by leaving out each of its steps, until it does not rise.
    """
    whole = _whole(question)
    edges, order = tuple(whole.steps), count()
    queue: list[tuple[float, int, tuple[float, ...], Selected, bool]] = []
    seen = set()

    def consider(kept: tuple[float, ...]) -> None:
        if kept not in seen:
            seen.add(kept)
            for found, falls in _ends(question, edges, kept):
                heappush(queue, (-found.maxima[0].value, next(order), kept, found, falls))

    consider(edges[:-1])
    while True:
        _, _, kept, found, falls = heappop(queue)
        if falls:
            return replace(found, steps=whole.steps, counts=whole.counts)
        for step in kept:
            consider(tuple(one for one in kept if one != step))


def _whole(question: SelectionQuestion) -> SelectionSetup:
    """Return the setup of all steps, or raise InputError for what cannot fall."""
    if question.kind != STEP_FUNCTION:
        raise InputError(
            f"decreasing= is for a step function: {question.kind} has no steps to restrict."
        )
    if question.delta is not None:
        raise InputError("With decreasing= all weights are estimated: leave delta= out.")
    return set_up(
        question.sign * question.y, question.v, STEP_FUNCTION, question.alternative,
        question.steps, None, is_random=True,
    )  # fmt: skip


def _ends(
    question: SelectionQuestion, edges: tuple[float, ...], kept: tuple[float, ...]
) -> Iterator[tuple[Selected, bool]]:
    """Yield the highest end of a search with these steps, and the highest that does not rise."""
    ones = np.ones(len(edges))
    found = _fit(
        replace(question, steps=kept) if kept else replace(question, steps=edges[:-1], delta=ones)
    )
    of = np.searchsorted([*kept, 1.0], edges[1:]) - 1 if kept else np.full(len(edges) - 1, -1)
    found = replace(found, of=of)
    q = found.line.x.shape[1]
    falls = [bool((np.diff(one.at[q + 1 :], prepend=1.0) <= RISE).all()) for one in found.maxima]
    yield found, falls[0]
    if any(falls[1:]) and not falls[0]:
        yield replace(found, maxima=found.maxima[falls.index(True) :]), True
