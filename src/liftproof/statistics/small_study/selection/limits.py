"""Profile likelihood limits of a selection model's τ² and of its parameters of selection."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtri

from liftproof.statistics.checks import Array, level_of_confidence
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.selection.line import SelectedLine, line_bounds
from liftproof.statistics.small_study.selection.line_search import highest_from
from liftproof.statistics.small_study.selection.question import asked
from liftproof.statistics.small_study.selection.selected import Selected, selected
from liftproof.statistics.small_study.selection.setup import STEP_FUNCTION

EXACT = 1e-10
"""Of a limit, relative to the larger of 1 and the limit, in units of the typical variance."""
FARTHEST = 1e8
"""Typical variances: a τ² without a limit below has none."""
IMPOSSIBLE = 1e6
"""Twice a loss of log-likelihood that stands for any: no trial could have been seen."""
APART = 1e-3
"""Ends of climbs are one maximum where no parameter differs by more, relative to 1 or itself."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectionLimits(Result):
    """Limits at ``level`` of what was estimated, on the analysis scale; NaN for what was not.

    ``tau2`` with ``tau2_ci_low`` and ``tau2_ci_high``; ``delta``, ``delta_ci_low`` and
    ``delta_ci_high`` (d,), of a step function the first weight, 1, among them. A limit is the end
    of the range where the likelihood falls too little before it, and infinite where it has none.
    """

    level: float
    tau2: float
    tau2_ci_low: float
    tau2_ci_high: float
    delta: Array
    delta_ci_low: Array
    delta_ci_high: Array


@of_one_index
@dropping_missing("y", "v", "x")
@by_metafors_names_or_given
def selection_limits(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    kind: str = STEP_FUNCTION,
    alternative: str = "greater",
    steps: ArrayLike | None = None,
    delta: ArrayLike | None = None,
    tau2: str | float = "ML",
    level: float = 0.95,
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> SelectionLimits:
    """Return profile likelihood limits of τ² and δ of a selection model.

    Called as ``selection_model``, or with ``x`` as ``selection_regression``. A limit is where twice
    the log-likelihood, all else at its best, falls by χ²(1)'s quantile below its maximum; on either
    side of each maximum that was found climbs start anew. There is no ``decreasing``: where weights
    are kept from rising that loss is not χ²(1), and such limits would not hold their level. Raises
    InputError and ConvergenceError. metafor: ``confint(selmodel())``.
    ``missing``: see ``statistics.missing``.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629.

    >>> y, v = [1.2, 1.0, 0.9, 0.3, 0.2, 0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    >>> found = selection_limits(y, v, steps=[0.025])
    >>> found.delta.round(3).tolist(), found.delta_ci_high.round(2).tolist()
    ([1.0, 0.054], [nan, 0.73])
    """
    level = level_of_confidence(level)
    question, _ = asked(
        y, v, x, kind, alternative, steps, delta, tau2, decreasing=False, intercept=intercept
    )
    found = selected(question)
    profile = _Profile.of(found, float(chdtri(1, 1 - level)))
    at, q = found.maxima[0].at, found.line.x.shape[1]
    is_asked = np.concatenate(([found.line.is_free[q]], found.setup.estimated))
    low, high = np.array(
        [
            profile.limits(q + i) if is_estimated else (np.nan, np.nan)
            for i, is_estimated in enumerate(is_asked)
        ]
    ).T
    first = 1 if kind == STEP_FUNCTION else 0
    return SelectionLimits(
        level=level,
        tau2=float(at[q] * question.unit),
        tau2_ci_low=float(low[0] * question.unit),
        tau2_ci_high=float(high[0] * question.unit),
        delta=np.concatenate((np.ones(first), at[q + 1 :])),
        delta_ci_low=np.concatenate((np.full(first, np.nan), low[1:])),
        delta_ci_high=np.concatenate((np.full(first, np.nan), high[1:])),
    )


@dataclass(slots=True, kw_only=True, eq=False)
class _Profile:
    """The log-likelihood along one parameter, with the others at their best.

    ``ends``: maxima that differ, the highest first; ``drop``: twice the loss at a limit.
    """

    line: SelectedLine
    ends: list[Array]
    value: float
    drop: float

    @classmethod
    def of(cls, found: Selected, drop: float) -> _Profile:
        ends: list[Array] = []
        for at in (one.at for one in found.maxima):
            apart = [
                (np.abs(at - one) > APART * np.maximum(1.0, np.abs(one))).any() for one in ends
            ]
            if all(apart):
                ends.append(at)
        return cls(line=found.line, ends=ends, value=found.maxima[0].value, drop=drop)

    def limits(self, place: int) -> tuple[float, float]:
        """Return both limits of the parameter at this place."""
        lowest, highest = (float(each[place]) for each in line_bounds(self.line))
        return self._crossing(place, lowest), self._crossing(place, highest)

    def _excess(self, place: int, value: float, starts: list[Array]) -> float:
        """Return how much more than the drop is lost at a value; ``starts`` gains the best end."""
        is_free = self.line.is_free.copy()
        is_free[place] = False
        fixed = replace(self.line, is_free=is_free)
        moved = np.stack(starts)
        moved[:, place] = value
        highest = highest_from(fixed, moved)
        if highest is None:
            return IMPOSSIBLE
        starts[len(self.ends) :] = [highest.at]
        return min(2 * (self.value - highest.value) - self.drop, IMPOSSIBLE)

    def _crossing(self, place: int, end: float) -> float:
        """Return the value between the estimate and an end of the range that meets the drop."""
        best, starts = float(self.ends[0][place]), list(self.ends)
        if best == end:
            return end
        sign = 1.0 if end > best else -1.0
        inner, step = best, max(abs(best) / 4, 0.05)
        known = {inner: -self.drop}  # anew, from other starts, it might come out higher or lower

        def excess(value: float) -> float:
            if value not in known:
                known[value] = self._excess(place, value, starts)
            return known[value]

        while True:
            outer = best + sign * step
            is_last = not np.isinf(end) and sign * (end - outer) <= 0
            outer = end if is_last else outer
            if excess(outer) > 0:
                break
            if is_last:
                return end
            if step > FARTHEST:
                return np.inf
            inner, step = outer, 2 * step
        xtol = EXACT * max(1.0, abs(outer))
        met = brentq(excess, inner, outer, xtol=xtol, rtol=EXACT)  # type: ignore[no-untyped-call]
        return float(met)
