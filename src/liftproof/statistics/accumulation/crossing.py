"""Probabilities of first crossing a boundary, by recursive numerical integration.

A statistic looked at after fractions t1 < t2 < ... of the information is a Brownian motion with
drift: B(t) ~ N(drift t, t), with independent increments, and z = B/√t. The density of the paths
that have not stopped is carried from look to look (Armitage, McPherson & Rowe 1969, J R Stat Soc A
132, 235-244; Jennison & Turnbull 2000, Group Sequential Methods, chapter 19).

Between two boundaries the density is held at the nodes of Gauss-Legendre rules on panels no wider
than three standard deviations of the steps to and from the look. Sixteen nodes integrate a product
of two normal densities over such a panel to 1e-14. What lies beyond the reach (nine standard
deviations at least) is left out: 1e-18.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array

PANEL = 3.0
"""Width of a panel in standard deviations of the shorter step."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)

MAX_STEPS = 200
"""Each second step halves the bracket: 130 exhaust double precision."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """Paths that have not stopped after a fraction ``time`` of the information.

    ``place``: nodes on the scale of B, shape (n,). ``mass``: density times weight at the nodes, so
    that its sum is the probability of having got so far, (n,).
    """

    time: float
    place: Array
    mass: Array


def start() -> Paths:
    """Return all paths at time 0."""
    return Paths(time=0.0, place=np.zeros(1), mass=np.ones(1))


def above(paths: Paths, time: float, drift: float, z: float) -> float:
    """Return the probability of having got so far and of lying above ``z`` at ``time``."""
    return float(paths.mass @ ndtr(-_distance(paths, time, drift, z)))


def below(paths: Paths, time: float, drift: float, z: float) -> float:
    """Return the probability of having got so far and of lying below ``z`` at ``time``."""
    return float(paths.mass @ ndtr(_distance(paths, time, drift, z)))


def _distance(paths: Paths, time: float, drift: float, z: float) -> Array:
    """Return how far ``z`` is from the expected place, in standard deviations of the step."""
    step = time - paths.time
    distance: Array = (z * np.sqrt(time) - paths.place - drift * step) / np.sqrt(step)
    return distance


def between(
    paths: Paths, time: float, drift: float, limits: tuple[float, float], step: float, reach: float
) -> Paths:
    """Return the paths that lie between two values of z at ``time``.

    ``step``: how much information the next look adds. ``reach``: how many standard deviations
    around its mean the statistic is followed where a limit is infinite or farther out.
    """
    scale, mean = np.sqrt(time), drift * time
    low = max(limits[0] * scale, mean - reach * scale)
    high = min(limits[1] * scale, mean + reach * scale)
    sd = np.sqrt(time - paths.time)
    place, weight = _nodes(low, high, PANEL * min(sd, np.sqrt(step)))
    density = place[:, None] - (paths.place + drift * (time - paths.time))
    density /= sd
    np.square(density, out=density)
    density *= -0.5
    np.exp(density, out=density)
    return Paths(
        time=time,
        place=place,
        mass=weight * np.einsum("ij,j->i", density, paths.mass) / (sd * np.sqrt(2 * np.pi)),
    )


def _nodes(low: float, high: float, width: float) -> tuple[Array, Array]:
    """Return nodes and weights on panels of at most ``width``; none where low is not below high."""
    panels = max(0, int(np.ceil((high - low) / width)))
    if not panels:
        return np.empty(0), np.empty(0)
    edges = np.linspace(low, high, panels + 1)
    half = (high - low) / (2 * panels)
    place = (edges[:-1, None] + half * (1 + NODES)).ravel()
    return place, np.tile(half * WEIGHTS, panels)


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where ``function`` changes its sign between ``low`` and ``high``, to rounding.

    Secant steps through the ends of the bracket, every second step to its middle. Raises
    ConvergenceError where the signs at the ends are the same.

    >>> round(root(lambda x: x**2 - 2, 0.0, 2.0), 15)
    1.414213562373095
    """
    at_low, at_high = function(low), function(high)
    if at_low * at_high > 0:
        raise ConvergenceError(
            f"No boundary or inflation was found between {low:g} and {high:g}; change the errors, "
            "or leave out looks at little information."
        )
    for step in range(MAX_STEPS):
        middle = (low + high) / 2
        if at_low == 0 or at_high == 0 or not min(low, high) < middle < max(low, high):
            return low if abs(at_low) <= abs(at_high) else high
        secant = high - at_high * (high - low) / (at_high - at_low)
        is_inside = min(low, high) < secant < max(low, high)
        trial = secant if step % 2 and is_inside else middle
        at_trial = function(trial)
        if at_trial * at_low > 0:
            low, at_low = trial, at_trial
        else:
            high, at_high = trial, at_trial
    raise ConvergenceError(f"The search for a boundary did not end within {MAX_STEPS} steps.")
