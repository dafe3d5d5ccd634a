"""Which rows of ``outcomes.csv`` enter an analysis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from liftproof.columns import columns
from liftproof.reviews.model.by_identity import kept_by_identity
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Analysis

Chosen = tuple[Study, Outcome]
ResultName = tuple[str, str, str]

_STUDY = frozenset(item.name for item in columns(Study))
_OUTCOME = frozenset(item.name for item in columns(Outcome))


@kept_by_identity
def chosen(
    analysis: Analysis, studies: Sequence[Study], outcomes: Sequence[Outcome]
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
        if analysis.variants and variant_of(outcome) == analysis.variants.get(outcome.study)
    }
    return tuple(
        row
        for row in let_in
        if variant_of(row[1])
        == (analysis.variants[row[1].study] if row[1].study in named else PRIMARY)
    )


def selected(
    analysis: Analysis, studies: Sequence[Study], outcomes: Sequence[Outcome]
) -> tuple[Chosen, ...]:
    """Return the rows that pass ``select`` and ``leave_out``, every variant of them."""
    by_study = by_trial(outcomes)
    every = ((study, outcome) for study in studies for outcome in by_study.get(study.study, ()))
    kept_to = [(column, Accepted(values)) for column, values in analysis.select.items()]
    kept_from = [(column, Accepted(values)) for column, values in analysis.leave_out.items()]
    if not (kept_to or kept_from):
        return tuple(every)
    return tuple(
        row
        for row in every
        if all(asked[value_of(column, *row)] for column, asked in kept_to)
        and not any(asked[value_of(column, *row)] for column, asked in kept_from)
    )


@kept_by_identity
def by_trial(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[Outcome]]:
    """Return the rows of each trial that has some, by its key."""
    rows: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.study, []).append(outcome)
    return rows


def value_of(column: str, study: Study, outcome: Outcome) -> str:
    """Return a cell of either table, or a moderator, as text; numbers in their shortest form.

    Where both tables have the column, the outcome's own value goes first.
    """
    is_own = column in _OUTCOME
    own = _as_text(getattr(outcome, column)) if is_own else outcome.moderators.get(column, "")
    if own or (is_own and column not in _STUDY):
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


class Accepted(dict[str, bool]):
    """Whether a cell holds one of the values asked for, by its text, each looked at once.

    >>> accepted = Accepted(("10", "strength"))
    >>> accepted["10.0"], accepted["Strength"]
    (True, False)
    """

    __slots__ = ("_wanted",)

    def __init__(self, wanted: Iterable[str]) -> None:
        super().__init__()
        self._wanted = tuple(wanted)

    def __missing__(self, cell: str) -> bool:
        """Compare a text that was not asked of before with every value."""
        found = self[cell] = any(same(value, cell) for value in self._wanted)
        return found


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


def _as_text(value: str | float | None) -> str:
    if value is None:
        return ""
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
