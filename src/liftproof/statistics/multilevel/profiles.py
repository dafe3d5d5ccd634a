"""Profile likelihood limits of the components of a multilevel model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import chdtri

from liftproof.metafors_names import naming_arguments
from liftproof.statistics.checks import Array, level_of_confidence
from liftproof.statistics.dependent.three_level import ThreeLevel
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.model import MultilevelModel, with_terms
from liftproof.statistics.multilevel.of_three_levels import as_multilevel
from liftproof.statistics.multilevel.search import climbed_out
from liftproof.statistics.multilevel.structures import from_covariance
from liftproof.statistics.multilevel.surface import SearchEnd, deviance
from liftproof.statistics.result import Result

EXACT = 1e-9
"""Of a limit, in parameters of the order 1."""
FARTHEST = 1e6
"""Standard deviations of the effects: a variance without a limit below its square has none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProfileLimits(Result):
    """Limits of each number that was estimated of the random effects, in the order of the fit.

    ``term``: its name. ``quantity``: ``variance`` or ``correlation``. ``index``: place among those
    of the term. ``estimate``, ``ci_low``, ``ci_high`` as in the fit; NaN for a correlation that the
    fit does not tell, infinite where no limit was found. ``level``: of confidence.
    """

    level: float
    term: NDArray[np.str_]
    quantity: NDArray[np.str_]
    index: NDArray[np.intp]
    estimate: Array
    ci_low: Array
    ci_high: Array


@naming_arguments
def multilevel_limits(fit: Multilevel | ThreeLevel, level: float | None = None) -> ProfileLimits:
    """Return profile likelihood limits of all variances and correlations of a fit.

    A limit is the value nearest to the estimate at which -2 log-likelihood, with all else at its
    best, exceeds its minimum by χ²(1)'s quantile; the end of the range where none does. ``level``:
    that of the fit if None. metafor: ``confint(rma.mv())``.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7], [1, 1, 2, 2]
    >>> fit = multilevel(y, [0.02] * 4, "1 | study/effect", data={"study": study, "effect": y})
    >>> limits = multilevel_limits(fit)
    >>> limits.estimate.round(4).tolist(), limits.ci_high.round(2).tolist()
    ([0.17, 0.0], [22.61, 0.33])
    """
    fit = as_multilevel(fit)
    level = fit.level if level is None else level
    extra = float(chdtri(1, 1 - level_of_confidence(level)))
    rows = []
    for i, (term, component) in enumerate(zip(fit.model.terms, fit.components, strict=True)):
        quantities = {"variance": component.variance, "correlation": component.correlation}
        for quantity, values in quantities.items():
            for index, estimate in enumerate(values):
                low, high = (
                    _limits(fit, i, quantity, index, extra)
                    if np.isfinite(estimate)
                    else (np.nan, np.nan)
                )
                rows.append((term.name, quantity, index, float(estimate), low, high))
    columns = [[row[i] for row in rows] for i in range(6)]
    return ProfileLimits(
        level=level,
        term=np.array(columns[0], dtype=str),
        quantity=np.array(columns[1], dtype=str),
        index=np.array(columns[2], dtype=np.intp),
        estimate=np.array(columns[3], dtype=float),
        ci_low=np.array(columns[4], dtype=float),
        ci_high=np.array(columns[5], dtype=float),
    )


def _limits(
    fit: Multilevel, i: int, quantity: str, index: int, extra: float
) -> tuple[float, float]:
    model, at, place, natural = _first(fit, i, quantity, index)
    profile = _Profile(model=model, at=at, place=place, height=deviance(model, at) + extra)
    ends = (0.0, np.inf) if quantity == "variance" else (-np.pi / 2, np.pi / 2)
    low, high = (profile.crossing(end) for end in ends)
    return natural(low), natural(high)


def _first(
    fit: Multilevel, i: int, quantity: str, index: int
) -> tuple[MultilevelModel, Array, int, Callable[[float], float]]:
    """Return a model in which the quantity is a parameter, its parameters, the place among them,
    and the function from that parameter to the quantity."""
    model, at = fit.model, fit.at
    term = model.terms[i]
    begin = sum(one.structure.count(one.levels) for one in model.terms[:i])
    n = term.structure.variances(term.levels)
    if quantity == "variance":
        return model, at, begin + index, lambda s: (model.unit * s) ** 2
    if term.code == "UN":
        model, own = _reordered(
            model, i, at[begin : begin + term.structure.count(term.levels)], index
        )
        at = np.concatenate([at[:begin], own, at[begin + own.size :]])
        return model, at, begin + n, np.sin
    numbers = term.structure.correlation.numbers
    return model, at, begin + n, lambda t: float(numbers(np.array([t]), term.levels)[0])


def _reordered(
    model: MultilevelModel, i: int, own: Array, index: int
) -> tuple[MultilevelModel, Array]:
    """Return the model with the levels of a pair first in a term, and the term's parameters."""
    term, size = model.terms[i], model.terms[i].levels.size
    above = np.triu_indices(size, 1)
    pair = [int(above[0][index]), int(above[1][index])]
    order = np.array(pair + [level for level in range(size) if level not in pair])
    place = np.empty_like(order)
    place[order] = np.arange(size)
    moved = replace(term, inner=place[term.inner], labels=term.labels[order])
    g = term.structure.covariance(own, term.levels)[np.ix_(order, order)]
    terms = (*model.terms[:i], moved, *model.terms[i + 1 :])
    return with_terms(model, terms), from_covariance(g)


@dataclass(slots=True, kw_only=True, eq=False)
class _Profile:
    """The deviance along one parameter, with the others at their best."""

    model: MultilevelModel
    at: Array
    place: int
    height: float

    def excess(self, value: float) -> float:
        """Return how far the profile lies above the height at a value."""
        return self._end(value).deviance - self.height

    def _end(self, value: float) -> SearchEnd:
        start = self.at.copy()
        start[self.place] = value
        free = np.ones(start.size, dtype=bool)
        free[self.place] = False
        return climbed_out(self.model, start, free)

    def crossing(self, end: float) -> float:
        """Return the value between the estimate and an end of the range that meets the height."""
        best = float(self.at[self.place])
        if np.isinf(end):
            step, end = max(best, 0.1), best + max(best, 0.1)
            while self.excess(end) <= 0:
                step *= 2
                end += step
                if end > FARTHEST:
                    return np.inf
        elif best == end or self.excess(end) <= 0:
            return end
        low, high = sorted((best, end))
        crossed = brentq(self.excess, low, high, xtol=EXACT)  # type: ignore[no-untyped-call]
        return float(crossed)
