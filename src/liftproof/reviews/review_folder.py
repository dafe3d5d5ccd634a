"""The files in the folder of one review, read as rows; and those of the reviews beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from liftproof.columns import columns
from liftproof.reviews.checks.check_pointers import Siblings
from liftproof.reviews.files.csv_file import Sheet, sheet_of
from liftproof.reviews.files.encoding import first_text, text_of
from liftproof.reviews.files.settings_file import SettingsFile, settings_of
from liftproof.reviews.files.sheet_reading import rows_of
from liftproof.reviews.files.sheet_rows import Read
from liftproof.reviews.limits import (
    FIRST_BYTES,
    LARGEST_TABLE,
    LARGEST_YAML,
    MOST_ROWS,
    MOST_TRIALS,
)
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import REQUIRED_TABLES, TABLES, Published, Study
from liftproof.reviews.model.settings import Settings
from liftproof.suggest import nearest

T = TypeVar("T")

SETTINGS = "review.yaml"
PROVENANCE = "provenance.csv"
PUBLISHED = "published.csv"
PRINTS = "prints.csv"
MARKS = "checked.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFolder:
    """A folder, and its name in messages."""

    folder: Path
    shown: Path


def relative(folder: Path) -> Path:
    """Return a folder as messages name it: from the current directory if it lies below."""
    whole, here = folder.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder


def name_of(folder: Path) -> str:
    """Return the name of the review in a folder."""
    return folder.absolute().name


def siblings_of(folder: Path, pointers: Iterable[str]) -> Siblings:
    """Read what the reviews beside this one printed, of those that its own prints point to.

    ``pointers``: cells such as "review/target", empty ones among them.
    """
    wanted = {pointer.partition("/")[0] for pointer in pointers if pointer}
    if not wanted:
        return Siblings(names=(), published={})
    beside = folder.absolute().parent
    every = sorted(path.parent.name for path in beside.glob(f"*/{SETTINGS}"))
    names = tuple(name for name in every if name != name_of(folder))
    tables = {
        name: table_in(
            ReviewFolder(folder=beside / name, shown=beside / name), PUBLISHED, Published
        )
        for name in names
        if name in wanted
    }
    published = {
        name: tuple(row.record for row in table.rows)
        for name, table in tables.items()
        if table.is_whole
    }
    return Siblings(names=names, published=published)


def settings_in(place: ReviewFolder) -> SettingsFile:
    """Read ``review.yaml`` of a folder."""
    text = _text(place, SETTINGS, "create it with a title and analyses", LARGEST_YAML)
    if isinstance(text, Problem):
        settings = Settings(title="")
        return SettingsFile(path=place.shown / SETTINGS, settings=settings, problems=(text,))
    return settings_of(text, place.shown / SETTINGS)


def _text(place: ReviewFolder, name: str, remedy: str, most: int) -> str | Problem:
    if (place.folder / name).exists():
        return text_of(place.folder / name, place.shown / name, most)
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


def table_in(place: ReviewFolder, name: str, table: type[T], *, has_trials: bool = True) -> Read[T]:
    """Read a table of a folder; one that need not be there has no rows where it is not.

    ``has_trials``: whether the review is of trials, which need their tables.
    """
    known = [item.name for item in columns(table)]
    if not (place.folder / name).exists() and not (has_trials and name in REQUIRED_TABLES):
        return Read(problems=_absent(place, name) if has_trials else ())
    sheet = _sheet(place, name, known, MOST_TRIALS if table is Study else MOST_ROWS)
    if isinstance(sheet, Problem):
        return _beginning(place, name, table, sheet)
    return rows_of(sheet, table)


def _sheet(place: ReviewFolder, name: str, known: Sequence[str], most: int) -> Sheet | Problem:
    """Split a file into cells; its text is not kept beside them."""
    remedy = f"create it with the header {','.join(known[:4])},…"
    text = _text(place, name, remedy, LARGEST_TABLE)
    return text if isinstance(text, Problem) else sheet_of(text, place.shown / name, known, most)


def _beginning(place: ReviewFolder, name: str, table: type[T], problem: Problem) -> Read[T]:
    """Return what is wrong with the first rows of a file that is too large, beside that it is."""
    file = place.folder / name
    if not file.is_file() or file.stat().st_size <= LARGEST_TABLE:
        return Read(problems=(problem,), is_whole=False)
    sheet = sheet_of(first_text(file), place.shown / name, [item.name for item in columns(table)])
    if isinstance(sheet, Problem):
        return Read(problems=(problem, sheet), is_whole=False)
    rows = rows_of(sheet, table)
    looked_at = f"{problem.wrong}; of its rows those of the first {FIRST_BYTES // 1000} kB were"
    problems = (replace(problem, wrong=looked_at), *rows.problems)
    return replace(rows, problems=problems, is_whole=False)


def _absent(place: ReviewFolder, name: str) -> tuple[Problem, ...]:
    if name != PROVENANCE:
        return ()
    problem = Problem(
        path=place.shown / name,
        line=1,
        column="file",
        wrong="without this file every number counts as unverified",
        found="",
        remedy="create it with one row a number",
        rule="no_provenance",
    )
    return (problem,)
