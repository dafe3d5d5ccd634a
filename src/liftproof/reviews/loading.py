"""Reading the folder of a review, with every problem at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

from liftproof.errors import DataError
from liftproof.reviews.checked_marks import settle, unused_marks
from liftproof.reviews.checks.check_keys import (
    Tables,
    check_many,
)
from liftproof.reviews.checks.every_check import across, beside, within
from liftproof.reviews.files.key_reader import MISSING_KEY
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import Read, SheetRow
from liftproof.reviews.forms.usual_form import in_usual_form
from liftproof.reviews.limits import MOST_RESULTS, MOST_SHOWN, MOST_SOURCES
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.mark import Mark
from liftproof.reviews.model.printed_number import with_zeros
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import (
    Outcome,
    Provenance,
    Published,
    RiskOfBias,
    Study,
)
from liftproof.reviews.model.settings import Settings
from liftproof.reviews.review_folder import (
    MARKS,
    PRINTS,
    PROVENANCE,
    PUBLISHED,
    ReviewFolder,
    name_of,
    relative,
    settings_in,
    table_in,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """``review`` is None if any problem is an error; ``problems`` are sorted by place.

    Warnings that are marked as checked are none of them; the review has them.
    """

    review: Review | None
    problems: tuple[Problem, ...]


def load(folder: Path | str, shown: Path | None = None) -> Loaded:
    """Read and check a review; whatever is wrong ends up in ``problems``, never in an exception.

    ``shown``: the folder as messages name it, by default relative to the current directory if it
    lies below.
    """
    folder = Path(folder)
    place = ReviewFolder(folder=folder, shown=shown or relative(folder))
    prints = table_in(place, PRINTS, PrintedPool)
    settings = _settings(place, prints)
    has_trials = bool(settings.settings.analyses) or not prints.rows
    files = (
        table_in(place, "studies.csv", Study, has_trials=has_trials),
        in_usual_form(table_in(place, "outcomes.csv", Outcome, has_trials=has_trials)),
        table_in(place, PROVENANCE, Provenance, has_trials=has_trials),
        table_in(place, PUBLISHED, Published),
        table_in(place, "risk_of_bias.csv", RiskOfBias),
        table_in(place, "grade.csv", Grade),
        table_in(place, MARKS, Mark),
    )
    studies, outcomes, provenance, published, risk_of_bias, grades, marks = files
    tables = Tables(
        studies=studies.rows,
        outcomes=outcomes.rows,
        provenance=provenance.rows,
        published=published.rows,
        risk_of_bias=risk_of_bias.rows,
        grades=grades.rows,
        prints=prints.rows,
        marks=marks.rows,
    )
    problems = [*settings.problems, *(each for file in (*files, prints) for each in file.problems)]
    problems += within(tables, settings)
    problems += beside(tables, folder)
    many = [
        *check_many(outcomes.rows, MOST_RESULTS),
        *check_many(provenance.rows, MOST_SOURCES),
    ]
    problems += many
    if studies.is_whole and outcomes.is_whole and not many:
        has_provenance = provenance.is_whole and (folder / PROVENANCE).exists()
        problems += across(tables, settings, has_provenance=has_provenance)
    return _loaded(place, settings.settings, tables, problems)


def read(folder: Path | str) -> Review:
    """Return a review free of errors; raises DataError, whose text lists every error."""
    loaded = load(folder)
    if loaded.review is None:
        raise DataError(listed([each for each in loaded.problems if not each.is_warning]))
    return loaded.review


def listed(problems: Sequence[Problem]) -> str:
    """Return problems a line each; the last line counts those beyond what anybody reads."""
    lines = [str(each) for each in problems[:MOST_SHOWN]]
    more = len(problems) - len(lines)
    return "\n".join([*lines, *([f"and {more} more problems"] if more else [])])


def _settings(place: ReviewFolder, prints: Read[PrintedPool]) -> SettingsFile:
    """Read ``review.yaml``; where there are prints, it need not have analyses."""
    file = settings_in(place)
    if not prints.rows:
        return file
    kept = (
        each for each in file.problems if (each.column, each.wrong) != ("analyses", MISSING_KEY)
    )
    return replace(file, problems=tuple(kept))


def _loaded(
    place: ReviewFolder, settings: Settings, tables: Tables, problems: list[Problem]
) -> Loaded:
    marks = tuple(tables.marks.records)
    outcomes = tuple(_with_measure(_with_digits(row), settings.measure) for row in tables.outcomes)
    settled = settle(problems, marks)
    if not all(each.is_warning for each in settled.problems):
        return Loaded(review=None, problems=by_place(settled.problems))
    unused = unused_marks(problems, marks, place.shown / MARKS, by_pools=False)
    found = by_place((*settled.problems, *unused))
    review = Review(
        name=name_of(place.folder),
        folder=place.folder,
        settings=settings,
        studies=tables.trials,
        outcomes=tables.results if all(map(is_, outcomes, tables.results)) else outcomes,
        provenance=tables.provenance.records,
        published=tuple(map(_as_printed, tables.published.records)),
        risk_of_bias=tuple(tables.risk_of_bias.records),
        grades=tuple(tables.grades.records),
        prints=tuple(tables.prints.records),
        warnings=found,
        checked=settled.checked,
        marks=marks,
    )
    return Loaded(review=review, problems=found)


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order in which they are listed."""
    return tuple(sorted(problems, key=lambda each: (str(each.path), each.line, each.column)))


def _as_printed(published: Published) -> Published:
    """Return a printed number with the zeros that its stated decimals say it has lost."""
    if published.decimals is None:
        return published
    return replace(published, printed=with_zeros(published.printed, published.decimals))


def _with_digits(row: SheetRow[Outcome]) -> Outcome:
    """Return a result with its means as typed where they are of whole numbers."""
    if row.record.whole_numbers in ("", "no"):
        return row.record
    typed = {name: cell for name, cell in row.cells.items() if name.startswith(("mean_", "sd_"))}
    return replace(row.record, typed=typed)


def _with_measure(outcome: Outcome, review_measure: str) -> Outcome:
    """Say of a reported estimate without a measure that it is on the review's."""
    if outcome.estimate is None or outcome.measure:
        return outcome
    return replace(outcome, measure=review_measure)
