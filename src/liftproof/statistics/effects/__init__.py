"""Effect sizes of trials. The registries name, for each measure, the function that computes it.

The arguments of a function are named after the columns of ``outcomes.csv`` it is computed from.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.effects.by_source import FROM
from liftproof.statistics.effects.changes import FROM_CHANGES
from liftproof.statistics.effects.counts import FROM_COUNTS
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import FROM_MEANS
from liftproof.statistics.effects.rates import FROM_RATES

EFFECTS: Mapping[str, Callable[..., Effect]] = {**FROM_COUNTS, **FROM_RATES, **FROM_MEANS}
"""Every measure that can be computed from the two arms' numbers after the intervention."""

__all__ = ["EFFECTS", "FROM", "FROM_CHANGES", "FROM_COUNTS", "FROM_MEANS", "FROM_RATES"]
