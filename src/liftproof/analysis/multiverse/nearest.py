"""The combination nearest to a printed result, told by its departures from the settled one."""

from dataclasses import dataclass

import numpy as np

from liftproof.analysis.multiverse.matches import Flags, distance, matching
from liftproof.analysis.multiverse.space import Digits, Space
from liftproof.analysis.multiverse.targets import Target
from liftproof.analysis.multiverse.universe import Universe
from liftproof.analysis.multiverse.ways import PooledCombinations, joined
from liftproof.statistics.checks import Array
from liftproof.vocabulary.models import THREE_LEVEL

AS_SETTLED = "as settled"
NEAR = 2
"""Departures up to which the surroundings of the settled combination are searched in full."""
FAR = 12
"""Departures up to which they are searched at all: a reader follows no more."""
WIDTH, WIDTH_THREE_LEVEL = 200, 5
"""Combinations from which the search goes on, those nearest to the print; fewer where pooling is
slow."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearest:
    """A combination, by its ``digits``. ``rounds``: whether it gives all that is printed.

    Estimate, limits and ``distance`` from what is printed are on the analysis scale.
    """

    digits: Digits
    departures: int
    rounds: bool
    distance: float
    estimate: float
    ci_low: float
    ci_high: float

    @property
    def order(self) -> tuple[float, ...]:
        """What is to be small: matches first, by departures; others by distance."""
        if self.rounds:
            return (0, self.departures, self.distance)
        return (1, self.distance, self.departures)


def nearest(
    digits: Digits, pooled: PooledCombinations, target: Target, *, scale: str
) -> Nearest | None:
    """Return the match with the fewest departures, ties by distance.

    Without a match: the combination at the smallest distance, ties by departures; None where
    nothing could be pooled.
    """
    far = distance(target, pooled, scale=scale)
    known = ~np.isnan(far)
    if not known.any():
        return None
    many = (digits != 0).sum(axis=1)
    matches = known & matching(target, pooled, scale=scale)
    place = _first(matches, many, far) if matches.any() else _first(known, far, many)
    return Nearest(
        digits=digits[place],
        departures=int(many[place]),
        rounds=bool(matches[place]),
        distance=float(far[place]),
        estimate=float(pooled.estimate[place]),
        ci_low=float(pooled.ci_low[place]),
        ci_high=float(pooled.ci_high[place]),
    )


def reached(world: Universe, target: Target, *, scale: str) -> tuple[Digits, PooledCombinations]:
    """Return the combinations that a search from the settled one goes through, and their pools.

    Every one of NEAR departures at most; from then on, a departure at a time up to FAR, those that
    lie around the nearest so far (a beam search). It ends where one gives all that is printed.
    """
    width = WIDTH_THREE_LEVEL if world.analysis.model == THREE_LEVEL else WIDTH
    digits = world.space.near(NEAR)
    pooled = world.pool(digits)
    every = [(digits, pooled)]
    for many in range(NEAR, FAR):
        last = np.flatnonzero((digits != 0).sum(axis=1) == many)
        if not last.size or matching(target, pooled, scale=scale).any():
            break
        order = np.argsort(distance(target, pooled, scale=scale)[last], kind="stable")
        digits = world.space.beyond(digits[last[order[:width]]])
        pooled = world.pool(digits)
        every.append((digits, pooled))
    return np.vstack([each for each, _ in every]), joined(*(each for _, each in every))


def descended(world: Universe, start: Nearest, target: Target, *, scale: str) -> Nearest:
    """Return what is reached from a combination by changing one choice at a time for the better."""
    around = world.space.around(start.digits)
    found = nearest(around, world.pool(around), target, scale=scale)
    if found is None or found.order >= start.order:
        return start
    return descended(world, found, target, scale=scale)


def departures(space: Space, row: Digits) -> str:
    """Return where a combination departs from the settled one, in words."""
    parts = [
        f"{choice.name}: {choice.options[digit]} for {choice.options[0]}"
        for choice, digit in zip(space.choices, row, strict=True)
        if digit
    ]
    return "; ".join(parts) or AS_SETTLED


def _first(among: Flags, key: Array, ties: Array) -> int:
    """Return the place of the smallest key among those flagged."""
    return int(np.lexsort((ties, key, ~among))[0])
