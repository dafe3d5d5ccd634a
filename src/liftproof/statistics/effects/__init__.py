"""Effect sizes of trials. The registries name, for each measure, the function that computes it.

The arguments of a function are named after the columns of ``outcomes.csv`` it is computed from.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.effects.changes import standardised_difference_of_changes
from liftproof.statistics.effects.counts import odds_ratio, risk_difference, risk_ratio
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import (
    mean_difference,
    ratio_of_means,
    standardised_mean_difference,
)
from liftproof.statistics.effects.rates import rate_ratio

FROM_COUNTS: Mapping[str, Callable[..., Effect]] = {
    "RR": risk_ratio,
    "OR": odds_ratio,
    "RD": risk_difference,
}
FROM_RATES: Mapping[str, Callable[..., Effect]] = {"IRR": rate_ratio}
FROM_MEANS: Mapping[str, Callable[..., Effect]] = {
    "SMD": standardised_mean_difference,
    "MD": mean_difference,
    "ROM": ratio_of_means,
}
FROM_CHANGES: Mapping[str, Callable[..., Effect]] = {"SMD": standardised_difference_of_changes}
FROM: Mapping[str, Mapping[str, Callable[..., Effect]]] = {
    "counts": FROM_COUNTS,
    "rates": FROM_RATES,
    "changes": FROM_CHANGES,
    "means": FROM_MEANS,
}
"""By kind of raw numbers, the measures that can be computed from them."""
EFFECTS: Mapping[str, Callable[..., Effect]] = {**FROM_COUNTS, **FROM_RATES, **FROM_MEANS}
"""Every measure that can be computed from the two arms' numbers after the intervention."""
