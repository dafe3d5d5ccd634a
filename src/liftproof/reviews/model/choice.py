"""Which rows of ``outcomes.csv`` enter an analysis."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal, InvalidOperation

from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Analysis

Chosen = tuple[Study, Outcome]
ResultName = tuple[str, str, str]

_STUDY = frozenset(item.name for item in fields(Study)) - {"moderators", "line"}
_OUTCOME = frozenset(item.name for item in fields(Outcome)) - {"moderators", "line"}


def chosen(
    analysis: Analysis, studies: Iterable[Study], outcomes: Iterable[Outcome]
) -> tuple[Chosen, ...]:
    """Return the rows that an analysis pools, in the order of the tables, trials first.

    A row is let in if it passes ``select`` and ``leave_out``. Of the extractions of one result
    (same study, outcome and arm) one is used: the variant that ``analysis.variants`` names for the
    study, else ``primary``. Where some results of a named study have that variant, its others are
    left out; a result without the variant asked for is not used.

    Rows that await data are returned too: see
    :func:`liftproof.reviews.model.effect_sources.is_complete`.
    """
    let_in = selected(analysis, studies, outcomes)
    named = {
        outcome.study
        for _, outcome in let_in
        if variant_of(outcome) == analysis.variants.get(outcome.study)
    }
    return tuple(
        (study, outcome)
        for study, outcome in let_in
        if variant_of(outcome)
        == (analysis.variants[outcome.study] if outcome.study in named else PRIMARY)
    )


def selected(
    analysis: Analysis, studies: Iterable[Study], outcomes: Iterable[Outcome]
) -> tuple[Chosen, ...]:
    """Return the rows that pass ``select`` and ``leave_out``, every variant of them."""
    by_study: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_study.setdefault(outcome.study, []).append(outcome)
    takes_all = not (analysis.select or analysis.leave_out)
    return tuple(
        (study, outcome)
        for study in studies
        for outcome in by_study.get(study.study, ())
        if takes_all or _passes(analysis, study, outcome)
    )


def value_of(column: str, study: Study, outcome: Outcome) -> str:
    """Return a cell of either table, or a moderator, as text; numbers in their shortest form.

    Where both tables have the column, the outcome's own value goes first.
    """
    is_own = column in _OUTCOME
    own = _as_text(getattr(outcome, column)) if is_own else outcome.moderators.get(column, "")
    if own or column in _OUTCOME - _STUDY:
        return own
    if column in _STUDY:
        return _as_text(getattr(study, column))
    return study.moderators.get(column, "")


def columns_to_select(studies: Iterable[Study], outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the columns that ``select`` and ``subgroup`` may name."""
    yield from sorted(_STUDY | _OUTCOME)
    yield from sorted(
        {name for study in studies for name in study.moderators}
        | {name for outcome in outcomes for name in outcome.moderators}
    )


def same(wanted: str, cell: str) -> bool:
    """Compare a value of ``select`` with a cell: as text, or as numbers where both are.

    >>> same("10", "10.0"), same("strength", "Strength")
    (True, False)
    """
    if wanted == cell:
        return True
    try:
        return Decimal(wanted) == Decimal(cell)
    except InvalidOperation:
        return False


def group_of(outcome: Outcome) -> ResultName:
    """Return what the variants of one result share: study, outcome, arm."""
    return outcome.study, outcome.outcome, outcome.arm


def variant_of(outcome: Outcome) -> str:
    """Return the variant, which is ``primary`` where the cell is empty."""
    return outcome.variant or PRIMARY


def primary_results(outcomes: Iterable[Outcome], study: str, outcome: str) -> tuple[Outcome, ...]:
    """Return the primary extractions of an outcome of a trial, one an arm."""
    return tuple(
        row
        for row in outcomes
        if (row.study, row.outcome, variant_of(row)) == (study, outcome, PRIMARY)
    )


def _passes(analysis: Analysis, study: Study, outcome: Outcome) -> bool:
    def has(column: str, values: Iterable[str]) -> bool:
        return any(same(wanted, value_of(column, study, outcome)) for wanted in values)

    is_let_in = all(has(column, values) for column, values in analysis.select.items())
    return is_let_in and not any(
        has(column, values) for column, values in analysis.leave_out.items()
    )


def _as_text(value: str | float | None) -> str:
    if value is None:
        return ""
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
