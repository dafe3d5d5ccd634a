"""Which function computes a measure from which numbers of a trial, and which rules it takes."""

from collections.abc import Callable, Mapping
from functools import cache
from inspect import Parameter, signature
from typing import Any, Literal, get_args, get_origin, get_type_hints

from liftproof.errors import UsageError
from liftproof.statistics.effects.association import FROM_COUNTS_ASSOCIATION
from liftproof.statistics.effects.changes import FROM_CHANGES
from liftproof.statistics.effects.correlations import FROM_CORRELATIONS, FROM_PARTIAL_CORRELATIONS
from liftproof.statistics.effects.counts import FROM_COUNTS
from liftproof.statistics.effects.differences_from_odds import FROM_COUNTS_TO_DIFFERENCES
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.incidence import FROM_GROUP_RATES
from liftproof.statistics.effects.means import FROM_MEANS
from liftproof.statistics.effects.one_group_means import FROM_GROUP_MEANS
from liftproof.statistics.effects.paired import FROM_PAIRS
from liftproof.statistics.effects.proportions import FROM_GROUP_COUNTS
from liftproof.statistics.effects.rates import FROM_RATES
from liftproof.statistics.effects.split_variables import FROM_COUNTS_SPLIT, FROM_MEANS_SPLIT
from liftproof.statistics.effects.tetrachoric import FROM_COUNTS_TETRACHORIC
from liftproof.statistics.effects.unequal_sds import FROM_MEANS_UNEQUAL
from liftproof.statistics.effects.variability import FROM_MEANS_VARIABILITY

FROM: Mapping[str, Mapping[str, Callable[..., Effect]]] = {
    "counts": {
        **FROM_COUNTS,
        **FROM_COUNTS_ASSOCIATION,
        **FROM_COUNTS_TETRACHORIC,
        **FROM_COUNTS_TO_DIFFERENCES,
        **FROM_COUNTS_SPLIT,
    },
    "rates": FROM_RATES,
    "changes": FROM_CHANGES,
    "means": {
        **FROM_MEANS,
        **FROM_MEANS_UNEQUAL,
        **FROM_MEANS_VARIABILITY,
        **FROM_MEANS_SPLIT,
    },
    "group_counts": FROM_GROUP_COUNTS,
    "group_rates": FROM_GROUP_RATES,
    "group_means": FROM_GROUP_MEANS,
    "correlations": FROM_CORRELATIONS,
    "partial_correlations": FROM_PARTIAL_CORRELATIONS,
    "pairs": FROM_PAIRS,
}
"""By kind of raw numbers, the measures that can be computed from them.

Each mapping stands in the module of its functions. A function takes the columns of its source, in
their order, and as keywords the rules that it knows: ``zero_cells``, ``dispersion``, ``correct``,
``formula``, ``change_sd``, ``pre_post_correlation``, ``vtype``.
"""


def effect_function(source: str, measure: str) -> Callable[..., Effect]:
    """Return the function that computes a measure from a source, or raise UsageError.

    >>> effect_function("rates", "RD")
    Traceback (most recent call last):
    liftproof.errors.UsageError: RD cannot be computed from rates; it is computed from counts, \
and from rates are IRR, IRD, IRSD.
    """
    known = FROM.get(source, {})
    if measure in known:
        return known[measure]
    sources = [name for name, measures in FROM.items() if measure in measures]
    own = f"it is computed from {' or '.join(sources)}" if sources else "it has to be reported"
    others = f", and from {source} are {', '.join(known)}" if known else ""
    raise UsageError(f"{measure} cannot be computed from {source}; {own}{others}.")


def rules_of(source: str, measure: str) -> Mapping[str, tuple[Any, ...]]:
    """Return the rules that the function takes, each with the names it knows; empty for any value.

    Raises UsageError as :func:`effect_function`.

    >>> rules_of("means", "MD"), list(rules_of("counts", "RR"))
    ({'dispersion': ('separate', 'pooled')}, ['zero_cells', 'vtype'])
    """
    return keywords_of(effect_function(source, measure))


@cache
def keywords_of(function: Callable[..., Effect]) -> Mapping[str, tuple[Any, ...]]:
    """Return the rules that a measure's function takes, as :func:`rules_of`."""
    hints = get_type_hints(function)
    return {
        item.name: _names(hints.get(item.name))
        for item in signature(function).parameters.values()
        if item.kind is Parameter.KEYWORD_ONLY
    }


def _names(hint: Any) -> tuple[Any, ...]:
    """Return the names that a keyword takes, none where it takes any value of a type."""
    return get_args(hint) if get_origin(hint) is Literal else ()
