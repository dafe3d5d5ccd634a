"""What the rows of a table that is taken over can be pooled from, as the review would read them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from liftproof.columns import columns
from liftproof.errors import UsageError
from liftproof.exchange.draft import DraftRow, refuse
from liftproof.exchange.new_settings import NewAnalysis, settings_of_new
from liftproof.reviews.checks.check_results import lacking
from liftproof.reviews.files.csv_file import CsvRecord, sheet_of_records
from liftproof.reviews.files.sheet_reading import rows_of
from liftproof.reviews.forms.usual_form import in_usual_form
from liftproof.reviews.model.effect_sources import GROUPS, complete_groups, source_of
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.measures import USUAL

GIVEN = "GEN"
"""The measure of effects that are given as such and do not say of what."""
OF_RATES = "IRR"
_DECLARED = {item.name for item in columns(Outcome)}


def whole_results(file: Path, rows: Sequence[DraftRow]) -> Mapping[int, Outcome]:
    """Return by line the rows that hold a whole result, or numbers from which one follows.

    Raises DataError with the cells that cannot be read.
    """
    return {line: row for line, row in _read(file, rows).items() if complete_groups(row)}


def lacking_columns(file: Path, rows: Sequence[DraftRow]) -> Mapping[int, tuple[str, ...]]:
    """Return by line the columns that rows lack for the nearest result, none if none is begun."""
    absent = {line: lacking(row) for line, row in _read(file, rows).items()}
    return {line: () if names == GROUPS["counts"] else names for line, names in absent.items()}


def _read(file: Path, rows: Sequence[DraftRow]) -> Mapping[int, Outcome]:
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells if name in _DECLARED))
    records = [
        CsvRecord(line=row.line, cells=tuple(row.cells.get(name, "") for name in names))
        for row in rows
    ]
    sheet = sheet_of_records(file, CsvRecord(line=1, cells=names), records)
    typed = rows_of(sheet, Outcome)
    refuse(each for each in typed.problems if not each.is_warning)
    rows_read = in_usual_form(typed).rows
    return {row.line: row.record for row in rows_read}


def settings_of_results(
    file: Path, rows: Sequence[DraftRow], whole: Mapping[int, Outcome], measure: str
) -> str:
    """Return the ``review.yaml`` of a new review: one analysis an outcome.

    ``whole``: the rows with a result; ``measure``: as the user names it, or empty. Raises
    UsageError where it has to be named.
    """
    measure = measure or _only_measure(file, tuple(whole.values()))
    named = dict.fromkeys(row.cells["outcome"] for row in rows)
    is_one = len(named) == 1
    analyses = [
        NewAnalysis(
            id="overall" if is_one else name,
            title="All trials" if is_one else name.replace("_", " "),
            select="" if is_one else name,
        )
        for name in named
    ]
    return settings_of_new(file.stem, measure, analyses)


def _only_measure(file: Path, results: Sequence[Outcome]) -> str:
    """Return the one measure that results can be pooled on, if there is no choice."""
    groups = [set(complete_groups(result)) for result in results]
    said = list(dict.fromkeys(result.measure for result in results if result.measure))
    if results and not said:
        for group, measure in (("given", GIVEN), ("rates", OF_RATES)):
            if all(group in each for each in groups):
                return measure
    unsaid = [result for result in results if not result.measure]
    able = dict.fromkeys((*_able(unsaid), *said)) or dict.fromkeys(USUAL)
    raise UsageError(
        f"{file} does not say what is pooled; name it by --measure, as {' or '.join(able)}"
    )


def _able(results: Sequence[Outcome]) -> list[str]:
    """Return the usual measures on which most results can be computed, none where none can."""
    able = {name: sum(bool(source_of(each, name)) for each in results) for name in USUAL}
    most = max(able.values())
    return [name for name in USUAL if able[name] == most] if most else []
