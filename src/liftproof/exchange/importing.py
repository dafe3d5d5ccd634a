"""From a file of another program to a review below data/reviews/, whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liftproof.analysis.suspicion.total_rows import TOTAL_ROW
from liftproof.errors import UsageError
from liftproof.exchange.citing import CITATIONS, cite
from liftproof.exchange.draft import (
    PROVENANCE,
    Draft,
    one_problem,
    with_added,
    with_provenance,
)
from liftproof.exchange.metafor_import import read_metafor
from liftproof.exchange.review_reading import read_settings
from liftproof.exchange.review_writing import told, write_review
from liftproof.exchange.revman_import import read_revman
from liftproof.exchange.workbook_reading import read_workbook
from liftproof.extras import require_extra
from liftproof.progress import ProgressLine
from liftproof.reviews.files.finding import NAME, REVIEWS, find, names
from liftproof.reviews.loading import read
from liftproof.reviews.model.review import Review
from liftproof.reviews.review_folder import SETTINGS, relative
from liftproof.suggest import did_you_mean
from liftproof.words.text import counted, warnings_line

STEPS = 2
"""Of an import: reading, and checking with writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user says beside the file; texts are empty where nothing is said.

    ``added``: the date on which new trials are said to enter the review.
    """

    measure: str = ""
    source: str = ""
    added: str = ""
    dry_run: bool = False


def import_file(
    file: Path, review: str, root: Path, asked: Asked, line: ProgressLine
) -> Iterator[str]:
    """Take a file over; yield what was done and what could not be taken over, a line each.

    ``line`` says where it is.

    Raises UsageError for an ending or a review name that cannot be, DataError for what is wrong in
    the file.
    """
    ending = file.suffix.lower()
    if ending not in READERS and ending not in CITATIONS:
        remedy = did_you_mean(file.suffix, (*READERS, *CITATIONS))
        raise UsageError(f"{file}: unknown kind of file; {remedy}")
    folder = folder_of(review, root)
    if ending in CITATIONS:
        yield from _write(cite(file, folder), folder, asked, "filled in")
        return
    known = read(folder) if (folder / SETTINGS).exists() else None
    if known and asked.measure not in ("", known.settings.measure):
        raise UsageError(
            f"{relative(folder) / SETTINGS} pools {known.settings.measure}: --measure is for a new "
            "review; leave it out, or change it there"
        )
    line.told(0, STEPS, f"reading {file.name}")
    draft = READERS[ending](file, asked.measure, known)
    line.told(1, STEPS, "checking what was read")
    if asked.source and PROVENANCE not in draft.tables:
        draft = with_provenance(draft, asked.source)
    yield from _write(draft, folder, asked, "added")


def folder_of(review: str, root: Path) -> Path:
    """Return the folder of a review that is there, or of a new one.

    Raises UsageError for a new name that no folder of a review can have.
    """
    if review in names(root):
        return root / REVIEWS / review
    if NAME.fullmatch(review):
        return root / REVIEWS / review
    if Path(review).exists():
        return find(review, root)
    if "/" in review and NAME.fullmatch(Path(review).name):
        return Path(review)
    raise UsageError(f"{review!r} cannot be the name of a review: use letters, digits, _ and -")


def _write(draft: Draft, folder: Path, asked: Asked, done: str) -> Iterator[str]:
    dated = with_added(draft, asked.added)
    written = write_review(dated, folder, dry_run=asked.dry_run)
    shown = relative(folder)
    verb = f"would be {done}" if asked.dry_run else done
    yield f"{shown}: {', '.join(told(written.added)) or 'no rows'} {verb}"
    if any(written.already_there.values()):
        yield f"{shown}: {', '.join(told(written.already_there))} were there already"
    yield from (f"not taken over: {notice}" for notice in _notices(draft, folder))
    yield from (str(each) for each in written.warnings if each.rule == TOTAL_ROW)
    if written.warnings and asked.dry_run:
        yield f"{counted(len(written.warnings), 'warning')}, which check lists once it is written"
    elif written.warnings:
        yield warnings_line(len(written.warnings), folder.name)


def _notices(draft: Draft, folder: Path) -> Iterator[str]:
    yield from draft.notices
    has_settings = bool(draft.settings) and (folder / SETTINGS).exists()
    if has_settings and read_settings(folder) != draft.settings:
        yield f"{draft.settings_shown}: {relative(folder) / SETTINGS} stays as it is"


def _workbook(file: Path, measure: str, known: Review | None) -> Draft:
    del measure, known
    require_extra("exchange", "reading a workbook", ("openpyxl",))
    draft = read_workbook(file)
    if not any(table.rows for table in draft.tables.values()):
        wrong = "the workbook has no rows yet"
        remedy = "type a title in the sheet review, trials in studies, their results in outcomes"
        raise one_problem(file, wrong, "", remedy)
    return draft


def _revman(file: Path, measure: str, known: Review | None) -> Draft:
    del measure
    return read_revman(file, known.studies if known else ())


READERS: Mapping[str, Callable[[Path, str, Review | None], Draft]] = {
    ".xlsx": _workbook,
    ".csv": read_metafor,
    ".rm5": _revman,
    ".zip": _revman,
}
"""Ending of a file to what reads it, with the measure of a new review or the review there is."""
