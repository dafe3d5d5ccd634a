"""How much of the spread of a multiverse each choice explains."""

from dataclasses import dataclass

import numpy as np

from liftproof.analysis.multiverse.space import SEED, Digits
from liftproof.analysis.multiverse.universe import Universe
from liftproof.statistics.checks import Array
from liftproof.statistics.decomposition import (
    first_order_of_sample,
    shares_of_grid,
    total_of_sample,
)

ALL, BY_SAMPLE = "Sobol, all combinations", "Sobol, sample"
VARIED = 200
"""Combinations of a sample in which each choice is varied by itself."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shares:
    """First-order and total share of each choice, in the order of the space, and the method."""

    first_order: Array
    total: Array
    method: str


def shares(world: Universe, digits: Digits, estimates: Array) -> Shares:
    """Decompose the variance of the estimates, analysis scale, by choice.

    Exact where ``digits`` are all combinations, else estimated from them.
    """
    if len(digits) == world.space.size:
        first, total = shares_of_grid(estimates.reshape(world.space.radices))
        return Shares(first_order=first, total=total, method=ALL)
    bases = np.random.default_rng(SEED).choice(digits, min(VARIED, len(digits)), replace=False)
    varied = [_varied(world, bases, place) for place in range(digits.shape[1])]
    return Shares(
        first_order=first_order_of_sample(estimates, digits),
        total=total_of_sample(estimates, varied),
        method=BY_SAMPLE,
    )


def _varied(world: Universe, bases: Digits, place: int) -> Array:
    """Return the estimates of each base with one choice at every option, (bases, options)."""
    options = world.space.radices[place]
    rows = np.repeat(bases, options, axis=0)
    rows[:, place] = np.tile(np.arange(options, dtype=np.uint8), len(bases))
    return world.pool(rows).estimate.reshape(-1, options)
