"""Boundaries for a statistic that is looked at repeatedly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from liftproof.errors import InputError
from liftproof.statistics.accumulation.crossing import above, below, between, root, start
from liftproof.statistics.accumulation.information import errors
from liftproof.statistics.accumulation.spending import SPENDING
from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

SMALLEST_STEP = 1e-3
"""Between looks, of the whole information: less needs more nodes than it tells."""

LEAST_SPENT = 1e-290
"""An error below this is none: its boundary is infinite."""

REACH = 9.0
"""Standard deviations around its mean within which a statistic is followed."""

FARTHEST = 40.0
"""No boundary lies beyond this z: less than 1e-290 does."""

LEAST_DRIFT, MOST_DRIFT = 0.9, 2.0
"""Times the drift that a single look needs: more looks need more, but never four times the
information."""

FUTILITY = ("none", "non-binding")
TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boundaries(Result):
    """Boundaries of z at s looks. Arrays have shape (s,).

    ``sides``, ``alpha``, ``beta``, ``spending``, ``futility``: how they were computed. ``timing``:
    fraction of the whole information at each look; the last is 1. ``spent``: α spent so far,
    both sides together. ``upper`` and ``lower``: beyond these z the null hypothesis is rejected;
    infinite where next to nothing is spent; lower is NaN for one side. ``futility_upper``,
    ``futility_lower``: between these z (for one side: below the upper) the effect aimed at is
    given up; NaN where no futility boundary exists. ``drift``: of z at full information under the
    effect aimed at. ``inflation``: factor on the information that a single look needs for the
    same power.
    """

    sides: int
    alpha: float
    beta: float
    spending: str
    futility: str
    timing: Array
    spent: Array
    upper: Array
    lower: Array
    futility_upper: Array
    futility_lower: Array
    drift: float
    inflation: float


@of_one_index
def boundaries(
    timing: ArrayLike,
    *,
    alpha: float = 0.05,
    beta: float = 0.2,
    sides: int = 2,
    spending: str = "esOF",
    futility: str = "none",
    beta_spending: str = "esOF",
) -> Boundaries:
    """Return alpha-spending boundaries, and futility boundaries if asked for.

    ``timing``: rising fractions of the whole information in 0 to 1, at least 0.001 apart; 1 is
    added where it is not the last. ``spending``, ``beta_spending``: names in SPENDING.

    The upper boundary b of each look solves P0(not stopped before, z > b) = α spent at it, of
    ``alpha``/``sides``; for two sides the lower is its mirror image. Under the drift
    (z(1 - α/sides) + z(1 - β))√inflation, the power to cross the upper boundary is 1 - β.
    With ``futility="non-binding"`` the futility boundary a solves P(not stopped before, z < a) = β
    spent under that drift, the upper boundaries stay as they are, and the inflation is the one for
    which both meet at the last look. For two sides, looks at which a would be negative have no
    futility boundary; the next look spends their β.

    Error bound: probabilities are right to 1e-13 of what is spent at a look, boundaries to 1e-11.
    Raises InputError, and ConvergenceError where no inflation serves.

    Source: Lan & DeMets 1983, Biometrika 70, 659-663; Pampallona, Tsiatis & Kim 2001, Drug Inf J
    35, 1113-1121, for β. RTSA: ``boundaries(timing, alpha, beta, side, futility, es_alpha,
    es_beta)``, which spends nothing below 1e-15 and writes 20 for such a boundary.

    >>> found = boundaries([0.5, 1.0])
    >>> [round(float(x), 4) for x in found.upper]
    [2.9626, 1.9686]
    >>> round(found.inflation, 4)
    1.0037
    """
    times = _times(timing)
    spend, spend_beta = (
        choose(SPENDING, name, "spending function") for name in (spending, beta_spending)
    )
    choose(dict.fromkeys(FUTILITY), futility, "kind of futility")
    single = errors(alpha, beta, sides)
    spent = spend(alpha / sides, times)
    upper = _upper(times, np.diff(spent, prepend=0.0), sides)
    none = np.full_like(upper, np.nan)
    if futility == "none":
        drift, inner = _drift_for_power(times, upper, sides, beta, single), none
    else:
        drift, inner = _meeting(times, upper, lambda t: spend_beta(beta, t), sides, single)
    return Boundaries(
        sides=sides,
        alpha=alpha,
        beta=beta,
        spending=spending,
        futility=futility,
        timing=times,
        spent=sides * spent,
        upper=upper,
        lower=-upper if sides == TWO else none,
        futility_upper=inner,
        futility_lower=-inner if sides == TWO else none,
        drift=drift,
        inflation=(drift / single) ** 2,
    )


def _times(timing: ArrayLike) -> Array:
    """Return the looks, the last at 1, or raise InputError."""
    times = np.atleast_1d(floats("timing", timing)).copy()
    if times.ndim > 1 or not times.size:
        raise InputError(f"timing must hold one fraction a look, but has shape {times.shape}.")
    require((times > 0) & (times <= 1), times, "timing must lie in 0 to 1")
    times = times if times[-1] == 1 else np.append(times, 1.0)
    steps = np.diff(times, prepend=0.0)
    require(steps >= SMALLEST_STEP, steps, f"timing must rise by {SMALLEST_STEP:g} or more a look")
    return times


def _upper(times: Array, increments: Array, sides: int) -> Array:
    """Return the upper boundaries that spend the increments where there is no effect."""
    paths, upper = start(), np.full_like(times, np.inf)
    for look, (time, target) in enumerate(zip(times, increments, strict=True)):
        if target > LEAST_SPENT:
            upper[look] = _z_at(target, lambda z: above(paths, time, 0.0, z))  # noqa: B023 - called at once
        if look + 1 < times.size:
            low = -upper[look] if sides == TWO else -np.inf
            reach = max(REACH, 2 - float(ndtri(max(increments[look + 1], LEAST_SPENT))))
            paths = between(paths, time, 0.0, (low, upper[look]), times[look + 1] - time, reach)
    return upper


def _z_at(target: float, probability: Callable[[float], float]) -> float:
    """Return the z at which a probability, monotone in z, is the target."""
    least = LEAST_SPENT / 10
    return root(lambda z: float(np.log(max(probability(z), least) / target)), -FARTHEST, FARTHEST)


def _drift_for_power(times: Array, upper: Array, sides: int, beta: float, single: float) -> float:
    """Return the drift under which the upper boundary is crossed with probability 1 - β."""
    lower = -upper if sides == TWO else np.full_like(upper, -np.inf)

    def lack(drift: float) -> float:
        return 1 - beta - crossing_probability(times, upper, lower, drift)

    return root(lack, LEAST_DRIFT * single, MOST_DRIFT * single)


def crossing_probability(times: Array, upper: Array, lower: Array, drift: float) -> float:
    """Return the probability of crossing the upper boundary before the lower, all (s,) in z.

    >>> round(crossing_probability(np.array([1.0]), np.array([1.96]), np.array([-1.96]), 0.0), 4)
    0.025
    """
    paths, total = start(), 0.0
    for look, time in enumerate(times):
        total += above(paths, time, drift, upper[look])
        if look + 1 < times.size:
            step = times[look + 1] - time
            paths = between(paths, time, drift, (lower[look], upper[look]), step, REACH)
    return total


def _meeting(
    times: Array, upper: Array, spend: Callable[[Array], Array], sides: int, single: float
) -> tuple[float, Array]:
    """Return the drift at which both boundaries meet at the last look, and the futility ones."""
    first = 0
    while True:
        kept = np.where(np.arange(times.size) < first, 0.0, times)
        increments = np.diff(spend(kept), prepend=0.0)

        def gap(drift: float, increments: Array = increments) -> float:
            return float(_futility(times, upper, increments, drift)[-1] - upper[-1])

        drift = root(gap, LEAST_DRIFT * single, MOST_DRIFT * single)
        inner = _futility(times, upper, increments, drift)
        negative = int(np.sum(inner < 0)) if sides == TWO else 0
        if negative <= first:
            return drift, np.where(np.isfinite(inner), inner, np.nan)
        first = negative


def _futility(times: Array, upper: Array, increments: Array, drift: float) -> Array:
    """Return the futility boundaries that spend the increments under the drift.

    -inf where nothing is spent. Where the drift is so large that one meets the upper boundary
    before the last look, all from there on are FARTHEST.
    """
    paths, inner = start(), np.full_like(times, -np.inf)
    for look, (time, target) in enumerate(zip(times, increments, strict=True)):
        if paths.mass.sum() <= target:  # fewer paths are left than are to be given up
            inner[look:] = FARTHEST
            break
        if target > LEAST_SPENT:
            inner[look] = _z_at(target, lambda z: below(paths, time, drift, z))  # noqa: B023 - called at once
        if look + 1 < times.size:
            step = times[look + 1] - time
            paths = between(paths, time, drift, (inner[look], upper[look]), step, REACH)
    return inner
