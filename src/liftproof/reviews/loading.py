"""Reading the folder of a review, with every problem at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from liftproof.columns import columns
from liftproof.errors import DataError
from liftproof.reviews.checks.check_analyses import check_analyses
from liftproof.reviews.checks.check_dose import check_doses
from liftproof.reviews.checks.check_grades import check_grades, check_population
from liftproof.reviews.checks.check_keys import (
    UNIQUE,
    Tables,
    check_known,
    check_primary,
    check_studies_used,
    check_unique,
)
from liftproof.reviews.checks.check_multiverse import check_multiverse
from liftproof.reviews.checks.check_numbers import (
    check_arms,
    check_clusters,
    check_clusters_total,
    check_events,
    check_limits,
)
from liftproof.reviews.checks.check_printed import check_printed
from liftproof.reviews.checks.check_provenance import check_provenance, check_sourced
from liftproof.reviews.checks.check_published import check_published
from liftproof.reviews.checks.check_results import check_result
from liftproof.reviews.checks.check_twins import check_twins
from liftproof.reviews.files.csv_file import sheet_of
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.settings_file import SettingsFile, settings_of
from liftproof.reviews.files.sheet_rows import Read, rows_of
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import (
    REQUIRED_TABLES,
    TABLES,
    Outcome,
    Provenance,
    Published,
    RiskOfBias,
    Study,
)
from liftproof.reviews.model.settings import Settings
from liftproof.suggest import nearest

T = TypeVar("T")

SETTINGS = "review.yaml"
PROVENANCE = "provenance.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """``review`` is None if any problem is an error; ``problems`` are sorted by place."""

    review: Review | None
    problems: tuple[Problem, ...]


def load(folder: Path | str, shown: Path | None = None) -> Loaded:
    """Read and check a review; whatever is wrong ends up in ``problems``, never in an exception.

    ``shown``: the folder as messages name it, by default relative to the current directory if it
    lies below.
    """
    folder = Path(folder)
    place = _Folder(folder=folder, shown=shown or _relative(folder))
    settings = _settings(place)
    files = (
        _table(place, "studies.csv", Study),
        _table(place, "outcomes.csv", Outcome),
        _table(place, PROVENANCE, Provenance),
        _table(place, "published.csv", Published),
        _table(place, "risk_of_bias.csv", RiskOfBias),
        _table(place, "grade.csv", Grade),
    )
    studies, outcomes, provenance, published, risk_of_bias, grades = files
    tables = Tables(
        studies=studies.rows,
        outcomes=outcomes.rows,
        provenance=provenance.rows,
        published=published.rows,
        risk_of_bias=risk_of_bias.rows,
        grades=grades.rows,
    )
    problems = [*settings.problems, *(each for file in files for each in file.problems)]
    problems += _within(tables, settings)
    if studies.is_whole and outcomes.is_whole:
        has_provenance = provenance.is_whole and (folder / PROVENANCE).exists()
        problems += _across(tables, settings, has_provenance=has_provenance)
    return _loaded(folder, settings.settings, tables, problems)


def read(folder: Path | str) -> Review:
    """Return a review free of errors; raises DataError, whose text lists every error."""
    loaded = load(folder)
    if loaded.review is None:
        raise DataError("\n".join(str(each) for each in loaded.problems if not each.is_warning))
    return loaded.review


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """A folder, and its name in messages."""

    folder: Path
    shown: Path


def _relative(folder: Path) -> Path:
    whole, here = folder.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder


def _settings(place: _Folder) -> SettingsFile:
    text = _text(place, SETTINGS, "create it with a title and analyses")
    if isinstance(text, Problem):
        settings = Settings(title="")
        return SettingsFile(path=place.shown / SETTINGS, settings=settings, problems=(text,))
    return settings_of(text, place.shown / SETTINGS)


def _text(place: _Folder, name: str, remedy: str) -> str | Problem:
    if (place.folder / name).exists():
        return text_of(place.folder / name, place.shown / name)
    like = _similar(place.folder, name)
    return Problem(
        path=place.shown / name,
        line=1,
        column="file",
        wrong="a required file is missing",
        found=like or "",
        remedy=f"rename {like} to {name}" if like else remedy,
    )


def _similar(folder: Path, name: str) -> str | None:
    """Return a file that is probably meant, such as Studies.csv."""
    ours = {SETTINGS, *TABLES}
    others = [path.name for path in folder.glob("*") if path.name not in ours]
    return nearest(name, others)


def _table(place: _Folder, name: str, table: type[T]) -> Read[T]:
    known = [item.name for item in columns(table)]
    if not (place.folder / name).exists() and name not in REQUIRED_TABLES:
        return Read(problems=_absent(place, name))
    text = _text(place, name, f"create it with the header {','.join(known[:4])},…")
    sheet = text if isinstance(text, Problem) else sheet_of(text, place.shown / name, known)
    if isinstance(sheet, Problem):
        return Read(problems=(sheet,), is_whole=False)
    return rows_of(sheet, table)


def _absent(place: _Folder, name: str) -> tuple[Problem, ...]:
    if name != PROVENANCE:
        return ()
    problem = Problem(
        path=place.shown / name,
        line=1,
        column="file",
        wrong="without this file every number counts as unverified",
        found="",
        remedy="create it with one row a number",
        is_warning=True,
    )
    return (problem,)


def _within(tables: Tables, settings: SettingsFile) -> Iterator[Problem]:
    """Yield the problems that one table shows by itself."""
    for name, key in UNIQUE.items():
        yield from check_unique(getattr(tables, name), key)
    for study in tables.studies:
        yield from check_limits(study)
        yield from check_clusters_total(study)
    for outcome in tables.outcomes:
        yield from check_limits(outcome)
        yield from check_events(outcome)
        yield from check_arms(outcome)
        yield from check_printed(outcome, settings.settings.measure)
        yield from check_result(outcome)
    analyses = [each.id for each in settings.settings.analyses]
    yield from check_published(tables.published, analyses)
    yield from check_grades(tables.grades, analyses)


def _across(tables: Tables, settings: SettingsFile, *, has_provenance: bool) -> Iterator[Problem]:
    """Yield the problems between the tables; those need them whole."""
    if tables.has_every_trial:
        yield from check_known(tables.outcomes, tables.studies)
        yield from check_known(tables.provenance, tables.studies)
        yield from check_known(tables.risk_of_bias, tables.studies)
    if tables.has_every_result:
        yield from check_studies_used(tables.studies, tables.outcomes)
        yield from check_primary(tables.outcomes)
        yield from check_twins(tables)
    studies = {row.record.study: row.record for row in tables.studies}
    for outcome in tables.outcomes:
        if outcome.record.study in studies:
            yield from check_clusters(outcome, studies[outcome.record.study])
    yield from check_analyses(settings, tables)
    yield from check_multiverse(settings, tables)
    yield from check_population(settings, tables)
    yield from check_doses(settings, tables)
    if has_provenance:
        yield from check_provenance(tables)
        yield from check_sourced(tables)


def _loaded(folder: Path, settings: Settings, tables: Tables, problems: list[Problem]) -> Loaded:
    found = tuple(sorted(problems, key=lambda each: (str(each.path), each.line, each.column)))
    if not all(each.is_warning for each in found):
        return Loaded(review=None, problems=found)
    review = Review(
        name=folder.absolute().name,
        folder=folder,
        settings=settings,
        studies=tuple(row.record for row in tables.studies),
        outcomes=tuple(_with_measure(row.record, settings.measure) for row in tables.outcomes),
        provenance=tuple(row.record for row in tables.provenance),
        published=tuple(row.record for row in tables.published),
        risk_of_bias=tuple(row.record for row in tables.risk_of_bias),
        grades=tuple(row.record for row in tables.grades),
        warnings=found,
    )
    return Loaded(review=review, problems=found)


def _with_measure(outcome: Outcome, review_measure: str) -> Outcome:
    """Say of a reported estimate without a measure that it is on the review's."""
    if outcome.estimate is None or outcome.measure:
        return outcome
    return replace(outcome, measure=review_measure)
