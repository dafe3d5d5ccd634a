"""Credible intervals and modes of marginal posteriors."""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.bayes.distributions import FINE, Distribution, Heterogeneity, Mixture
from liftproof.statistics.checks import Array
from liftproof.statistics.roots import root

ROUGH = 1e-3
"""Candidates are compared after quantiles to this much of a standard deviation."""
CANDIDATES = 12
"""Places tried first, so that of several local solutions the best is refined."""
OUTERMOST = 1e-6
"""The share of the tails that a shortest interval of a distribution on the whole line leaves out on
one side, at least: the posterior's own tails are no lighter than normal."""
SMALL = 1e-10
"""Probability to which the tail of a shortest interval is found; below the error of the cdf the
ends of an interval move by less than the square root of it, relative to its length."""
STEP = 1e-4
"""Step in log τ of the slope of the density of τ; its square, 1e-8, is the mode's error bound."""
TIE = 1e-12
"""A logarithm of the density that is higher by no more than this is not higher than at 0."""

Interval = Callable[[Distribution, float, int, bool], tuple[Array, Array]]


def central(
    of: Distribution,
    level: float,
    sets: int,
    from_zero: bool,  # noqa: ARG001 - all kinds take the same
) -> tuple[Array, Array]:
    """Return the quantiles that leave (1 - level)/2 on each side, shape (n,).

    bayesmeta: ``interval.type="central"``.
    """
    tail = (1 - level) / 2
    low, high = of.quantile(np.repeat([[tail], [1 - tail]], sets, axis=1))
    return low, high


def shortest(of: Distribution, level: float, sets: int, from_zero: bool) -> tuple[Array, Array]:
    """Return the shortest interval that holds the probability ``level``, shape (n,).

    ``from_zero``: the distribution is on 0 and above, and its interval may start at 0. At the ends
    of a shortest interval the density is the same: the search is for the tail at which it is.

    Source: Röver 2020, J Stat Softw 93, number 6, section 2.6. bayesmeta:
    ``interval.type="shortest"``, its default.
    """
    outside = 1 - level

    def ends(tail: Array, fine: float = FINE) -> tuple[Array, Array]:
        low, high = np.split(of.quantile(np.concatenate((tail, tail + level)), fine), 2)
        return np.where(tail <= 0, 0.0, low) if from_zero else low, high

    def fall(tail: Array) -> Array:
        low, high = ends(tail)
        difference: Array = of.density(low) - of.density(high)
        return difference

    least = 0.0 if from_zero else OUTERMOST
    tails = outside * np.linspace(least, 1 - OUTERMOST, CANDIDATES)
    low, high = ends(np.repeat(tails[:, None], sets, axis=1), ROUGH)
    best = (high - low).argmin(axis=0)
    here = tails[best][None]
    is_falling = fall(here) > 0  # the length then rises with the tail: its minimum is before
    before = np.where(is_falling, tails[np.maximum(best - 1, 0)], here)
    after = np.where(is_falling, here, tails[np.minimum(best + 1, CANDIDATES - 1)])
    tail = root(fall, before, after, np.full((1, sets), SMALL))
    low, high = ends(np.where(is_falling & (best == 0), least, tail))
    return low[0], high[0]


INTERVALS: Mapping[str, Interval] = {"shortest": shortest, "central": central}
"""Kinds of credible interval, by bayesmeta's names."""


def mode_of_mixture(of: Mixture) -> Array:
    """Return the value of the highest density, shape (n,); error bound as for quantiles.

    Of several local maxima between the deciles the highest of those tried first is refined.
    """
    sets = of.weight.shape[1]
    low, high = of.quantile(np.repeat([[0.1], [0.9]], sets, axis=1))
    x = low + (high - low) * np.linspace(0, 1, 4 * CANDIDATES)[:, None]
    best = of.density(x).argmax(axis=0)
    before, after = (x[np.clip(best + by, 0, len(x) - 1), np.arange(sets)] for by in (-1, 1))
    tolerance = 1e-12 * (high - low)
    found: Array = root(of.slope, before[None], after[None], tolerance[None])[0]
    return found


def mode_of_tau(of: Heterogeneity) -> Array:
    """Return the τ of the highest density, 0 where the density falls from there; shape (n,).

    Error bound: 1e-8 of τ.
    """
    x = of.nodes.log_tau
    value = of.log_density(x)
    sets = np.arange(x.shape[1])
    best = value.argmax(axis=0)
    is_at_zero = value[best, sets] <= value[0] + TIE

    def slope(at: Array) -> Array:
        rise: Array = of.log_density(at + STEP) - of.log_density(at - STEP)
        return rise

    before, after = (x[np.clip(best + by, 0, len(x) - 1), sets] for by in (-1, 1))
    found = root(slope, before[None], after[None], np.full((1, len(sets)), 1e-13))[0]
    return np.where(is_at_zero, 0.0, np.exp(found))
