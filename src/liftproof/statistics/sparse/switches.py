"""metafor's switches for empty cells, once for effects and once for the pool."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.effects.two_arm_tables import FOR_EFFECTS, FOR_POOLING, ZeroCells

Additions = float | Sequence[float] | None
Where = str | Sequence[str] | None
LeftOut = bool | Sequence[bool] | None
"""One value, for the effects, or two, the second for the pool; None for the default."""
BOTH = 2


def both_rules(
    effects: ZeroCells | None,
    pooling: ZeroCells | None,
    add: Additions,
    to: Where,
    drop00: LeftOut,
) -> tuple[ZeroCells, ZeroCells]:
    """Return the rules for effects and for the pool, from rules or from metafor's switches.

    Raises InputError for rules beside switches, and for more than two values of a switch.

    Source: metafor's manual of ``rma.mh``: what is given once is for the effects.

    >>> rules = both_rules(None, None, (0.5, 0.5), "all", None)
    >>> [(rule.add, rule.to, rule.drop00) for rule in rules]
    [(0.5, 'all', True), (0.5, 'none', False)]
    """
    switches = {"add": add, "to": to, "drop00": drop00}
    given = [name for name, value in switches.items() if value is not None]
    if given and (effects is not None or pooling is not None):
        raise InputError(
            f"effects= and pooling= already say what is done about empty cells: leave "
            f"{', '.join(given)} out, or leave them out."
        )
    adds, places, drops = (
        _both("add", add, FOR_EFFECTS.add, FOR_POOLING.add),
        _both("to", to, FOR_EFFECTS.to, FOR_POOLING.to),
        _both("drop00", drop00, FOR_EFFECTS.drop00, FOR_POOLING.drop00),
    )
    of_effects, of_pool = (
        ZeroCells(add=one, to=place, drop00=drop)
        for one, place, drop in zip(adds, places, drops, strict=True)
    )
    return effects or of_effects, pooling or of_pool


def _both(name: str, given: Any, first: Any, second: Any) -> tuple[Any, Any]:
    """Return the values of a switch for the effects and for the pool."""
    if given is None:
        return first, second
    values = [given] if np.ndim(given) == 0 else list(given)
    if len(values) not in (1, BOTH):
        raise InputError(
            f"{name} takes one value, for the effects, or two, the second for the pool, not "
            f"{len(values)}."
        )
    return (values[0], second) if len(values) == 1 else (values[0], values[1])
