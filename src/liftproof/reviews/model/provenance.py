"""Where each number of a review came from, by ``provenance.csv``."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from liftproof.columns import columns
from liftproof.reviews.model.by_identity import kept_by_identity
from liftproof.reviews.model.choice import same, value_of, variant_of
from liftproof.reviews.model.column_records import column_of
from liftproof.reviews.model.effect_sources import GROUPS, complete_groups
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import (
    MARKED_KINDS,
    PRIMARY,
    SOURCED_KINDS,
    Outcome,
    Provenance,
    Study,
)

UNVERIFIED = "unverified"
KINDS = SOURCED_KINDS + MARKED_KINDS
"""Kinds of provenance, the firmest first."""

WITHOUT_SOURCE = ("year", "ci_level", "p_sides", "df", "rate_per", "median_method")
"""Columns that need no provenance: facts of the publication, not of the trial, and choices."""


def _numbers(table: type) -> tuple[str, ...]:
    return tuple(
        item.name
        for item in columns(table)
        if item.kind in ("count", "share", "number", "p") and item.name not in WITHOUT_SOURCE
    )


STUDY_NUMBERS = _numbers(Study)
OUTCOME_NUMBERS = _numbers(Outcome)
"""Columns whose numbers need a source, by table."""

NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
"""A plain number, as text."""

SHARED = frozenset(STUDY_NUMBERS).intersection(OUTCOME_NUMBERS)
"""Columns that both tables have."""


def kind_of(review: Review, study: str, outcome: Outcome | None, field: str) -> str:
    """Return the provenance kind of one number, the firmest if several sources give it.

    ``outcome`` is None for a number of ``studies.csv``. A number without provenance is
    ``unverified``. One that follows from others of its row is ``derived``, or as they are if that
    is less firm.
    """
    origins = origins_of(outcome, field)
    if origins:
        kinds = [kind_of(review, study, outcome, name) for name in origins]
        return max(("derived", *kinds), key=KINDS.index)
    rows = _index(review.provenance).get((study, field), ())
    if outcome and len(rows) == 1:  # as most numbers have: no row goes before another
        return rows[0].kind if speaks_of(rows[0], outcome) else UNVERIFIED
    used = in_use(review, study, outcome, field)
    return min((row.kind for row in used), key=KINDS.index, default=UNVERIFIED)


def in_use(
    review: Review, study: str, outcome: Outcome | None, field: str
) -> tuple[Provenance, ...]:
    """Return the provenance rows of one number, without readings by others that are not used.

    Those of a number that follows from others of its row are theirs.
    """
    origins = origins_of(outcome, field)
    if origins:
        return tuple(row for name in origins for row in in_use(review, study, outcome, name))
    rows = matching(_index(review.provenance).get((study, field), ()), outcome)
    if not any(row.extractor for row in rows):
        return rows
    trial = _trials(review.studies)[study]
    cell = value_of(field, trial, outcome or Outcome(study="", outcome=""))
    used = tuple(row for row in rows if not row.extractor or same(row.value, cell))
    return used or rows


def origins_of(outcome: Outcome | None, field: str) -> tuple[str, ...]:
    """Return the columns with a source that a number of a row follows from; empty if typed."""
    origins = outcome.derived_from.get(field, ()) if outcome and outcome.derived_from else ()
    if not origins:
        return ()
    return tuple(name for name in origins if name not in WITHOUT_SOURCE)


def matching(rows: Iterable[Provenance], outcome: Outcome | None) -> tuple[Provenance, ...]:
    """Return those of a field's provenance rows that speak of one outcome row.

    An empty ``outcome`` or ``arm`` stands for any, but rows that name them go first. ``outcome``
    None, a number of ``studies.csv``, is matched by every row, unless ``outcomes.csv`` has that
    column too: then by those that name no extraction.
    """
    if outcome is None:
        return tuple(row for row in rows if row.field not in SHARED or _is_general(row))
    fitting = [row for row in rows if speaks_of(row, outcome)]
    if len(fitting) < 2:  # noqa: PLR2004 - nothing goes before another
        return tuple(fitting)
    most = max((_precision(row) for row in fitting), default=0)
    return tuple(row for row in fitting if _precision(row) == most)


def is_matched(rows: Iterable[Provenance], outcome: Outcome | None) -> bool:
    """Say whether :func:`matching` finds any."""
    if outcome is None:
        return bool(matching(rows, None))
    return any(speaks_of(row, outcome) for row in rows)


def _precision(row: Provenance) -> int:
    return bool(row.outcome) + bool(row.arm)


def _is_general(row: Provenance) -> bool:
    return (row.variant or PRIMARY) == PRIMARY and not row.outcome and not row.arm


def speaks_of(row: Provenance, outcome: Outcome) -> bool:
    """Say whether a provenance row can mean an outcome row of its trial."""
    return (
        (row.variant or PRIMARY) == variant_of(outcome)
        and row.outcome in ("", outcome.outcome)
        and row.arm in ("", outcome.arm)
    )


def marks(review: Review, outcome: Outcome, fields: Iterable[str] | None = None) -> set[str]:
    """Return which of ``reconstructed`` and ``unverified`` a row's effect rests on.

    ``fields``: the numbers used, by default those of the result that is preferred in the row;
    of study-level ones (``icc``, ``design_effect``, clusters), the outcome's own value goes first.
    Empty cells count for nothing.
    """
    names = effect_fields(outcome) if fields is None else tuple(fields)
    (found,) = marks_of_each(review, [(outcome, names)])
    return set(found)


def marks_of_each(
    review: Review, rows: Iterable[tuple[Outcome, tuple[str, ...]]]
) -> list[Collection[str]]:
    """Return :func:`marks` of very many rows, each with the numbers used of it."""
    firm = _firm(review.provenance)
    return [
        ()
        if not outcome.derived_from
        and firm.get((outcome.study, variant_of(outcome), outcome.outcome), _NONE).issuperset(names)
        else _marks(review, outcome, names)
        for outcome, names in rows
    ]


_NONE: frozenset[str] = frozenset()


def _marks(review: Review, outcome: Outcome, names: tuple[str, ...]) -> set[str]:
    study = _trials(review.studies).get(outcome.study)
    kinds = {_kind_used(review, study, outcome, name) for name in names}
    return kinds.intersection(MARKED_KINDS)


def effect_fields(outcome: Outcome) -> tuple[str, ...]:
    """Return the columns of the result that a row prefers: y and v, an estimate, raw numbers."""
    groups = complete_groups(outcome)
    return GROUPS[groups[0]] if groups else ()


def _kind_used(review: Review, study: Study | None, outcome: Outcome, field: str) -> str:
    if getattr(outcome, field, None) not in (None, ""):
        return kind_of(review, outcome.study, outcome, field)
    if study and getattr(study, field, None) not in (None, ""):
        return kind_of(review, outcome.study, None, field)
    return ""


@kept_by_identity
def _index(rows: Sequence[Provenance]) -> Mapping[tuple[str, str], tuple[Provenance, ...]]:
    """Return the rows by trial and field."""
    index: dict[tuple[str, str], list[Provenance]] = {}
    for row in rows:
        index.setdefault((row.study, row.field), []).append(row)
    return {key: tuple(found) for key, found in index.items()}


@kept_by_identity
def _firm(rows: Sequence[Provenance]) -> Mapping[tuple[str, str, str], frozenset[str]]:
    """Return by trial, variant and outcome the numbers whose only source is a firm one.

    A source that goes for several results, and what studies.csv may have too, are not among them.
    Most results have the same columns: a set of them is kept once.
    """
    shared = _with_several(rows)
    firm: dict[tuple[str, str, str], frozenset[str]] = {}
    once: dict[tuple[frozenset[str], str], frozenset[str]] = {}
    names = ("study", "variant", "outcome", "arm", "kind", "field")
    for study, variant, outcome, arm, kind, field in zip(
        *(column_of(rows, name) for name in names), strict=True
    ):
        is_only = (study, field) not in shared
        if is_only and not arm and kind not in MARKED_KINDS and field not in SHARED:
            result = study, variant or PRIMARY, outcome
            step = firm.get(result, _NONE), field
            if step not in once:
                once[step] = step[0] | {field}
            firm[result] = once[step]
    return firm


def _with_several(rows: Sequence[Provenance]) -> Collection[tuple[str, str]]:
    """Return the trials and fields that several rows give."""
    seen: dict[str, set[str]] = {}
    several: set[tuple[str, str]] = set()
    for study, field in zip(column_of(rows, "study"), column_of(rows, "field"), strict=True):
        studies = seen.setdefault(field, set())
        if study in studies:
            several.add((study, field))
        studies.add(study)
    return several


@kept_by_identity
def _trials(rows: tuple[Study, ...]) -> Mapping[str, Study]:
    """Return the trials by key."""
    return {row.study: row for row in rows}
