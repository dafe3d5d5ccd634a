"""What an outcome row can be pooled from: its complete groups of numbers, and the one used."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from operator import attrgetter

from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES, STAND_INS
from liftproof.vocabulary.printed_forms import forms_of
from liftproof.vocabulary.sources import OF_ESTIMATES, PREFERRED, SOURCES

GROUPS: Mapping[str, tuple[str, ...]] = {code: SOURCES[code].columns for code in PREFERRED}
"""Columns that make a result, in the order in which they are preferred."""


_NUMBERS = {group: attrgetter(*names) for group, names in GROUPS.items()}
_FIRST = attrgetter(*(names[0] for names in GROUPS.values()))
"""One number of each group: a row that lacks it lacks the group, as most rows lack most groups."""


def missing(outcome: Outcome, group: str) -> tuple[str, ...]:
    """Return the columns of a group that the row leaves empty, or gives as a bound such as <0.05.

    >>> missing(Outcome(study="a", outcome="o", estimate=0.5, p_value="<0.001"), "p_value")
    ('p_value',)
    """
    return tuple(name for name in GROUPS[group] if not is_number(getattr(outcome, name)))


def is_number(value: float | str | None) -> bool:
    """Say whether a cell holds a number to compute from: a bound on a P value is none."""
    is_text = isinstance(value, str)
    return value is not None and value != "" and not (is_text and str(value).startswith("<"))


def complete_groups(outcome: Outcome) -> tuple[str, ...]:
    """Return the groups of which the row has every number; it is asked of a row many times."""
    if outcome.groups is None:
        groups = _once(tuple(_complete_groups(outcome)))
        object.__setattr__(outcome, "groups", groups)  # an answer that is kept changes no row
        return groups
    return outcome.groups


@cache
def _once(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return groups as they were first met: most rows have the same."""
    return groups


def _complete_groups(outcome: Outcome) -> Iterator[str]:
    """Yield the same. A cell without a number is None or empty, whatever else is read of it."""
    for (group, numbers_of), first in zip(_NUMBERS.items(), _FIRST(outcome), strict=True):
        if first is None or first == "":
            continue
        values = numbers_of(outcome)
        if None in values or "" in values or not all(map(is_number, values)):
            continue
        if not (outcome.awaits and SOURCES[group].may_await):
            yield group


def is_complete(outcome: Outcome) -> bool:
    """Say whether the row has a result; if not, it awaits data."""
    return bool(complete_groups(outcome))


def source_in(outcome: Outcome, analysis: Analysis) -> str:
    """Return the group that a row's effect is computed from in an analysis; empty if none can."""
    return source_of(outcome, analysis.measure, analysis.pooled_with)


def source_of(outcome: Outcome, measure: str, pooled_with: tuple[str, ...] = ()) -> str:
    """Return the group that an effect on ``measure`` is computed from; empty if none can.

    ``pooled_with``: other ratios that the numbers of a row may be taken as, where none is of
    ``measure``.

    An effect as given goes before a reported estimate, and that before raw numbers: numbers
    beside them describe the arms. Changes from before to after go before means alone. A P value
    is used where nothing else is.
    """
    complete, able = complete_groups(outcome), _able(measure)
    own = (name for name in complete if name in able)
    others = (name for name in complete if STAND_INS.get(name) in pooled_with)
    return next(chain(own, others), "")


@cache
def _able(measure: str) -> frozenset[str]:
    """Return the groups that an effect on a measure is computed from."""
    record = MEASURES[measure]
    return frozenset((*record.sources, "given", *(OF_ESTIMATES if record.takes_estimates else ())))


def printed_as(outcome: Outcome, source: str) -> tuple[str, ...]:
    """Return the forms in which a paper prints what a group's numbers follow from, by code.

    >>> row = Outcome(study="a", outcome="o", derived_from={"se": ("t_value", "n_control")})
    >>> printed_as(row, "standard_error"), printed_as(row, "counts")
    (('t',), ())
    """
    names = GROUPS[source] if source and outcome.derived_from else ()
    return forms_of(origin for name in names for origin in outcome.derived_from.get(name, ()))
