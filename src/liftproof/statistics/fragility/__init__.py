"""Fragility of a pool: how few people of other outcome, in which trials, change its conclusion."""

from liftproof.statistics.fragility.of_counts import fragility
from liftproof.statistics.fragility.search import Fragility, PoolChoices, fewest_moves

__all__ = ["Fragility", "PoolChoices", "fewest_moves", "fragility"]
