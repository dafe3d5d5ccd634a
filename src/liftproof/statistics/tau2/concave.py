"""Two concave functions of τ² whose order is the sign of the score, and what they prove.

On contrasts of the effects that make the covariances diagonal, y'P²y = Σ z²/(λ + τ²)² and
tr P = Σ 1/(λ + τ²); tr W = Σ 1/(v + τ²). Power means with an exponent below 1 are concave (Hardy,
Littlewood & Pólya 1952, Inequalities, section 2.9), here those with -2 and -1, and so are

    f = (y'P²y)^(-1/2) and g = (tr A)^(-1/2), A as in ``likelihood``.

The likelihood rises where f < g. A concave function lies above its chord and below its tangents,
and its slope falls: values and slopes at both ends of an interval bound it inside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.division import Numbers, any_of, larger, over, smaller

Flags = NDArray[np.bool_]

FAR = 1e60
"""A ratio of g to f above this only tells that a root is far away; its square must not overflow."""

LEAST_STEP = 1e-30
"""Relative to τ² plus the smallest variance: shorter steps are taken as this long, so that an
infinite bound stays infinite."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concave:
    """f and g of n data sets, each at some τ², with their slopes: four arrays of shape (n,).

    Of one data set, four numbers, with which all is computed in a fraction of the time.
    ``rounding``: the share of f and of g that may be rounding.
    """

    f: Array
    f_slope: Array
    g: Array
    g_slope: Array
    rounding: float

    @property
    def is_rising(self) -> Flags:
        """Whether the likelihood rises, beyond what rounding explains."""
        rises: Flags = self.f * (1 + self.rounding) < self.g
        return rises

    @property
    def is_falling(self) -> Flags:
        """Whether the likelihood falls, beyond what rounding explains."""
        falls: Flags = self.g * (1 + self.rounding) < self.f
        return falls

    def take(self, places: NDArray[np.intp]) -> "Concave":
        """Return the numbers at these positions."""
        return Concave(
            f=self.f.take(places),
            f_slope=self.f_slope.take(places),
            g=self.g.take(places),
            g_slope=self.g_slope.take(places),
            rounding=self.rounding,
        )

    def followed_by(self, other: "Concave") -> "Concave":
        """Return the numbers of both."""
        return Concave(
            f=np.concatenate((self.f, other.f)),
            f_slope=np.concatenate((self.f_slope, other.f_slope)),
            g=np.concatenate((self.g, other.g)),
            g_slope=np.concatenate((self.g_slope, other.g_slope)),
            rounding=self.rounding,
        )

    def newton(self) -> Array:
        """Return Newton's step to f²/g² = 1, infinite where f/g does not rise.

        f²/g² is linear in τ² where all variances are equal, and nearly so elsewhere.
        """
        slope = 2 * (self.f_slope / self.f - self.g_slope / self.g)
        ratio = smaller(self.g / self.f, FAR)
        return over(ratio * ratio - 1, slope, slope > 0, np.inf)

    def error_after(self, step: Numbers, total: Numbers) -> Array:
        """Return a bound on the error that a short Newton step leaves; infinite if there is none.

        ``total``: the least v + τ², so that no 1/(λ + τ²) is above 1/total. With r = f'/f and
        q = 2g'/g follow 0 <= -r' <= 3r/total and 0 <= -q' <= 2q/total. h = f²/g² has h'/h = d,
        d = 2r - q, and h''/h = d² + 2r' - q'. Newton's error is step² h''/2h'; twice that is
        returned, as h'' is that of a place nearby.
        """
        r, q = self.f_slope / self.f, 2 * self.g_slope / self.g
        d = 2 * r - q
        bend = over(larger(6 * r, 2 * q), d, d > 0, np.inf)
        size = larger(abs(step), LEAST_STEP * total)
        bound: Array = size * (size / total) * (d * total + bend)
        return bound


def has_one_maximum_at_most(low: Concave, high: Concave) -> Flags:
    """Return whether f - g or f/g rises throughout: their sign changes once at most."""
    f, g = high.f_slope * (1 - low.rounding), low.g_slope * (1 + low.rounding)
    holds: Flags = (f > g) | (f / high.f > g / low.g)
    return holds


def has_no_maximum(low: Concave, high: Concave, width: Numbers) -> Flags:
    """Return whether f < g throughout, or f > g, or f - g or f/g falls."""
    f_slope, g_slope = low.f_slope * (1 + low.rounding), high.g_slope * (1 - low.rounding)
    falls = (g_slope > f_slope) | (g_slope / high.g > f_slope / low.f)
    f = _Ends(low=low.f, low_slope=low.f_slope, high=high.f, high_slope=high.f_slope)
    g = _Ends(low=low.g, low_slope=low.g_slope, high=high.g, high_slope=high.g_slope)
    below = f.is_below(g, width, low.rounding) | g.is_below(f, width, low.rounding)
    free: Flags = falls | below
    return free


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ends:
    """Values and slopes of a concave function at both ends of intervals."""

    low: Array
    low_slope: Array
    high: Array
    high_slope: Array

    def is_below(self, other: "_Ends", width: Numbers, rounding: float) -> Flags:
        """Return whether this function stays below the other: its tangents meet below a chord."""
        slack = 1 + rounding
        below: Flags = (self.low * slack < other.low) & (self.high * slack < other.high)
        if not any_of(below):
            return below
        bend = self.low_slope - self.high_slope
        place = over(self.high - self.low - self.high_slope * width, bend, bend > 0, 0.0)
        place = smaller(larger(place, 0.0), width)
        tangent = self.low + self.low_slope * place + rounding * self.high  # digits may cancel
        chord = other.low + (other.high - other.low) * (place / width)
        below &= tangent * slack < chord
        return below
