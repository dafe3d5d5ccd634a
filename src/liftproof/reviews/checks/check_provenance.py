"""Whether every number has a source, and every source its number."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from liftproof.columns import Column, columns
from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.checks.plain_sources import suspects_of
from liftproof.reviews.files.cells import value_of
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.choice import same, variant_of
from liftproof.reviews.model.column_records import column_of
from liftproof.reviews.model.double_readings import place_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import (
    OUTCOME_NUMBERS,
    SHARED,
    STUDY_NUMBERS,
    is_matched,
    matching,
    speaks_of,
)
from liftproof.reviews.model.review_tables import Outcome, Provenance, Study
from liftproof.reviews.model.sourced_numbers import numeric_moderators
from liftproof.suggest import did_you_mean

_PLACE = ("study", "field", "variant", "outcome", "arm")
_KEYS = frozenset(("study", "outcome", "variant", "arm"))
_STUDY = {item.name: item for item in columns(Study) if item.name not in _KEYS}
_OF_STUDIES, _OF_OUTCOMES = frozenset(STUDY_NUMBERS), frozenset(OUTCOME_NUMBERS)
_OUTCOME = {item.name: item for item in columns(Outcome) if item.name not in _KEYS}

Target = SheetRow[Study] | SheetRow[Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """The rows by trial, and provenance by trial and field, of trials that are looked at.

    ``is_whole`` is False if an outcome row belongs to no trial: then none is called missing.
    """

    studies: Mapping[str, SheetRow[Study]]
    outcomes: Mapping[str, list[SheetRow[Outcome]]]
    sources: Mapping[tuple[str, str], list[Provenance]]
    is_whole: bool


def check_provenance(tables: Tables) -> Iterator[Problem]:
    """Yield what is wrong with sources, and with what has none.

    That is: provenance rows without their number, and numbers unlike their provenance; numbers
    without a provenance row, which count as unverified.
    """
    looked_at = suspects_of(tables)
    sources = [tables.provenance[place] for place in looked_at.sources]
    studies = [tables.studies[place] for place in looked_at.studies]
    outcomes = [tables.outcomes[place] for place in looked_at.outcomes]
    index = _index(tables, {row.record.study for row in (*sources, *studies, *outcomes)})
    for row in sources:
        if not row.bad.intersection(_PLACE) and row.record.study in index.studies:
            yield from _check_row(row, index)
    for study in studies:
        yield from _unsourced(study, None, _OF_STUDIES, index)
    for outcome in outcomes:
        yield from _unsourced(outcome, outcome.record, _OF_OUTCOMES, index)


def _index(tables: Tables, trials: Collection[str]) -> _Index:
    outcomes: dict[str, list[SheetRow[Outcome]]] = {}
    for place, result in enumerate(tables.results):
        if result.study in trials:
            outcomes.setdefault(result.study, []).append(tables.outcomes[place])
    sources: dict[tuple[str, str], list[Provenance]] = {}
    rows = tables.provenance.records
    for place, study in enumerate(column_of(rows, "study") if trials else ()):
        if study in trials:
            source = rows[place]
            sources.setdefault((source.study, source.field), []).append(source)
    studies: dict[str, SheetRow[Study]] = {}
    for place, trial in enumerate(tables.trials):
        if trial.study and trial.study in trials:
            studies.setdefault(trial.study, tables.studies[place])
    return _Index(
        studies=studies, outcomes=outcomes, sources=sources, is_whole=tables.has_every_result
    )


def _unsourced(
    row: Target, outcome: Outcome | None, names: Collection[str], index: _Index
) -> Iterator[Problem]:
    if row.record.study not in index.studies:
        return
    further = numeric_moderators(row.record)
    for name, cell in row.cells.items():
        if cell and (name in names or name in further) and name not in row.bad:
            sources = index.sources.get((row.record.study, name), ())
            if not is_matched(sources, outcome):
                wrong = "the number has no provenance and counts as unverified"
                remedy = f"add a row to provenance.csv ({_place(row, name)})"
                yield row.problem(name, wrong, remedy, rule="unsourced")


def _check_row(row: SheetRow[Provenance], index: _Index) -> Iterator[Problem]:
    field, study = row.record.field, index.studies[row.record.study]
    outcomes = index.outcomes.get(study.record.study, ())
    if not (field in _STUDY or field in study.record.moderators or _is_of(field, outcomes)):
        known = [*_STUDY, *study.record.moderators, *_of_outcomes(outcomes)]
        yield row.problem("field", "neither table has such a column", did_you_mean(field, known))
        return
    meant = _meant(row.record, study, outcomes)
    if meant and _is_borne_out(row, meant):
        return
    filled = [target for target in meant if target.cell(field) or field in target.bad]
    if not meant:
        yield from [_no_result(row, index)] if index.is_whole else []
    elif not filled:
        wrong = f"an orphan: {meant[0].path.name} line {meant[0].line} has no {field}"
        yield row.problem("field", wrong, "fill in the number there, or delete this row")
    else:
        deciding = [target for target in filled if _decides(row, target, index)]
        yield from _differing(row, deciding, index.sources[row.record.study, field])


def _is_borne_out(row: SheetRow[Provenance], meant: Sequence[Target]) -> bool:
    """Say whether every number that a source can be about stands there as it has it."""
    field, value = row.record.field, row.cell("value")
    return bool(value) and all(
        target.cell(field) == value and field not in target.bad for target in meant
    )


def _is_of(field: str, outcomes: Iterable[SheetRow[Outcome]]) -> bool:
    """Say whether a column is one of outcomes.csv that can hold a number of the trial."""
    return field in _OUTCOME or any(field in row.record.moderators for row in outcomes)


def _of_outcomes(outcomes: Iterable[SheetRow[Outcome]]) -> dict[str, None]:
    """Return the columns of outcomes.csv that can hold a number of the trial."""
    return dict.fromkeys([*_OUTCOME, *(name for row in outcomes for name in row.record.moderators)])


def _meant(
    source: Provenance, study: SheetRow[Study], outcomes: Sequence[SheetRow[Outcome]]
) -> tuple[Target, ...]:
    """Return the rows whose number the source can be about."""
    in_outcomes = _is_of(source.field, outcomes)
    meant = tuple(row for row in outcomes if in_outcomes and speaks_of(source, row.record))
    if source.field in SHARED:
        return (*meant, *((study,) if matching([source], None) else ()))
    return meant if in_outcomes else (study,)


def _no_result(row: SheetRow[Provenance], index: _Index) -> Problem:
    """Say which of variant, outcome and arm no outcome row of the trial has."""
    source = row.record
    rows = [each.record for each in index.outcomes.get(source.study, ())]
    for name, have in (
        ("outcome", {each.outcome for each in rows}),
        ("variant", {variant_of(each) for each in rows}),
        ("arm", {each.arm for each in rows if each.arm}),
    ):
        wanted = getattr(source, name)
        if wanted and wanted not in have:
            wrong = f"an orphan: no outcome row of {source.study} has this {name}"
            remedy = did_you_mean(wanted, sorted(have)) if have else f"leave {name} empty"
            return row.problem(name, wrong, remedy, found=wanted)
    wrong = f"an orphan: no outcome row of {source.study} has this outcome, variant and arm"
    found = ", ".join(filter(None, (source.outcome, source.variant, source.arm)))
    return row.problem("variant", wrong, "correct them or delete this row", found=found)


def _decides(row: SheetRow[Provenance], target: Target, index: _Index) -> bool:
    """Say whether no more precise provenance row speaks of the same number."""
    record = target.record
    outcome = record if isinstance(record, Outcome) else None
    sources = index.sources[row.record.study, row.record.field]
    return any(source.line == row.line for source in matching(sources, outcome))


def _differing(
    row: SheetRow[Provenance], targets: list[Target], sources: Sequence[Provenance]
) -> Iterator[Problem]:
    """Compare a source with its numbers; in a shared column it belongs to those it equals.

    ``sources``: of the same trial and field. Where another person's reading is the one that is
    used, the difference is a warning.
    """
    field = row.record.field
    column = _OUTCOME.get(field) or _STUDY.get(field)
    if "value" in row.bad or any(field in target.bad for target in targets):
        return
    value = value_of(row.cell("value"), column) if column else None
    if isinstance(value, Complaint):
        yield row.problem("value", value.wrong, value.remedy)
        return
    unlike = [each for each in targets if not _equal(row.cell("value"), each.cell(field), column)]
    if unlike and not (field in SHARED and len(unlike) < len(targets)):
        other = unlike[0]
        used = _used_instead(row, other.cell(field), sources)
        if used:
            wrong = (
                f"two people read it differently: {other.path.name} line {other.line} has "
                f"{other.cell(field)}, as read by {used}, and {row.record.extractor} read another"
            )
            remedy = "look it up again, and correct the wrong one"
            yield row.problem("value", wrong, remedy, rule="read_differently")
            return
        wrong = f"{other.path.name} line {other.line} has another {field}, {other.cell(field)}"
        remedy = f"correct the wrong one ({_place(other, field)})"
        yield row.problem("value", wrong, remedy)


def _used_instead(row: SheetRow[Provenance], cell: str, sources: Sequence[Provenance]) -> str:
    """Return by whom the number in the table was read, if a row of somebody else has it."""
    record = row.record
    others = [
        other.extractor
        for other in sources
        if other.extractor not in ("", record.extractor)
        and place_of(other) == place_of(record)
        and same(other.value, cell)
    ]
    return ", ".join(others) if record.extractor else ""


def _equal(one: str, other: str, column: Column | None) -> bool:
    """Compare as decimals where the column holds numbers (0.480 is 0.48), else as text."""
    if column is None or column.kind not in ("count", "share", "number", "p"):
        return one == other
    if one == other:
        return True
    return one.startswith("<") == other.startswith("<") and _decimal(one) == _decimal(other)


def _decimal(text: str) -> Decimal:
    return Decimal(text.removeprefix("<").strip())


def _place(row: Target, field: str) -> str:
    """Name a number as a provenance row does."""
    record = row.record
    parts = [f"study {record.study}", f"field {field}"]
    if isinstance(record, Outcome):
        parts += [f"outcome {record.outcome}", f"variant {variant_of(record)}"]
        parts += [f"arm {record.arm}"] if record.arm else []
    return ", ".join(parts)
