"""Effect sizes of trials. The registries name, for each measure, the function that computes it.

The arguments of a function are named after the columns of ``outcomes.csv`` it is computed from.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.effects.by_source import FROM
from liftproof.statistics.effects.effect import Effect

EFFECTS: Mapping[str, Callable[..., Effect]] = {
    measure: function
    for source, functions in FROM.items()
    if source != "changes"
    for measure, function in functions.items()
}
"""Every measure, but for those of changes: each of these is computed from one kind of numbers."""

__all__ = ["EFFECTS", "FROM"]
