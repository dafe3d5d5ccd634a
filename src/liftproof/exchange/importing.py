"""From a file of another program to a review below data/reviews/, whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from liftproof.analysis.suspicion.total_rows import TOTAL_ROW
from liftproof.errors import UsageError
from liftproof.exchange.citing import CITATIONS, cite
from liftproof.exchange.draft import (
    PROVENANCE,
    SECONDARY,
    STUDIES,
    Draft,
    one_problem,
    rows_in,
    with_added,
    with_provenance,
)
from liftproof.exchange.metafor_import import read_metafor
from liftproof.exchange.new_settings import with_measure
from liftproof.exchange.review_reading import read_settings
from liftproof.exchange.review_writing import ADDED, told, write_review
from liftproof.exchange.revman_import import read_revman
from liftproof.exchange.workbook_reading import read_workbook
from liftproof.extras import require_extra
from liftproof.progress import ProgressLine
from liftproof.reviews.files.finding import NAME, REVIEWS, find, names
from liftproof.reviews.loading import read
from liftproof.reviews.model.provenance import KINDS
from liftproof.reviews.model.review import Review
from liftproof.reviews.review_folder import SETTINGS, relative
from liftproof.suggest import did_you_mean
from liftproof.words.text import counted, warnings_line

STEPS = 2
"""Of an import: reading, and checking with writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user says beside the file; texts are empty where nothing is said.

    ``kind``: how the numbers from ``source`` are known, SECONDARY where it is empty. ``added``: the
    date on which new trials are said to enter the review. ``untouched``: the ``review.yaml`` that a
    new review has, in which nobody has settled anything.
    """

    measure: str = ""
    source: str = ""
    kind: str = ""
    added: str = ""
    untouched: str = ""
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
    if asked.kind and not asked.source:
        raise UsageError("--kind says how the numbers of --source are known: give --source as well")
    folder = folder_of(review, root)
    if ending in CITATIONS:
        yield from _write(cite(file, folder), folder, asked, "filled in")
        return
    known = read(folder) if (folder / SETTINGS).exists() else None
    is_other = known is not None and asked.measure not in ("", known.settings.measure)
    if known and known.studies and is_other:
        raise UsageError(
            f"{relative(folder) / SETTINGS} pools {known.settings.measure}: --measure is for a "
            "review without trials; leave it out, or change it there"
        )
    line.told(0, STEPS, f"reading {file.name}")
    draft = READERS[ending](file, asked.measure, known)
    line.told(1, STEPS, "checking what was read")
    if known and not known.studies:
        draft = _with_settings(draft, folder, asked, is_other=is_other)
    is_sourced = PROVENANCE in draft.tables
    if asked.source and not is_sourced:
        draft = with_provenance(draft, asked.source, asked.kind or SECONDARY)
    yield from _write(draft, folder, asked, "added")
    yield from _kind_lines(folder, asked, is_sourced=is_sourced)


def _kind_lines(folder: Path, asked: Asked, *, is_sourced: bool) -> Iterator[str]:
    """Yield of which kind the sources were said to be, and how to say another."""
    if not asked.source:
        return
    shown = relative(folder) / PROVENANCE
    if is_sourced:
        yield f"{shown}: it is that of the file; --source and --kind are not used"
    elif asked.kind:
        yield f"{shown}: kind is {asked.kind}"
    else:
        others = ", ".join(kind for kind in KINDS if kind != SECONDARY)
        yield (
            f"{shown}: kind is {SECONDARY}, read in another publication than the trials' own; "
            f"--kind says another: {others}"
        )


def _with_settings(draft: Draft, folder: Path, asked: Asked, *, is_other: bool) -> Draft:
    """Return a draft with what it makes of the ``review.yaml`` of a review without trials.

    One that is as ``liftproof new`` wrote it gives way to that of the file; in another,
    ``--measure`` is written. ``is_other``: whether that is another measure than the review's.
    """
    settings = read_settings(folder)
    if draft.settings and settings == asked.untouched:
        return replace(draft, replaces_settings=True)
    if not is_other:
        return draft
    shown = relative(folder) / SETTINGS
    settings = with_measure(settings, asked.measure)
    return replace(draft, settings=settings, settings_shown=shown, replaces_settings=True)


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
    if draft.replaces_settings and draft.settings_shown == shown / SETTINGS:
        yield f"{shown / SETTINGS}: measure is {asked.measure}"
    elif draft.replaces_settings:
        yield f"{shown / SETTINGS}: it was untouched, and is that of {draft.settings_shown}"
    if any(written.already_there.values()):
        yield f"{shown}: {', '.join(told(written.already_there))} were there already"
    if _is_dated(draft, asked) and written.added.get(STUDIES):
        left = "where the file has none; --added '' leaves it open"
        yield f"{shown / STUDIES}: added is {asked.added} {left}"
    yield from (f"not taken over: {notice}" for notice in _notices(draft, folder))
    yield from (str(each) for each in written.warnings if each.rule == TOTAL_ROW)
    if written.warnings and asked.dry_run:
        yield f"{counted(len(written.warnings), 'warning')}, which check lists once it is written"
    elif written.warnings:
        yield warnings_line(len(written.warnings), folder.name)


def _is_dated(draft: Draft, asked: Asked) -> bool:
    """Say whether trials get a date that their file has a column for, and leaves open."""
    has_column = STUDIES in draft.tables and ADDED in draft.tables[STUDIES].columns
    is_open = not all(row.cells.get(ADDED) for row in rows_in(draft, STUDIES))
    return bool(asked.added) and has_column and is_open and not draft.replaces


def _notices(draft: Draft, folder: Path) -> Iterator[str]:
    yield from draft.notices
    is_kept = not draft.replaces_settings and (folder / SETTINGS).exists()
    if draft.settings and is_kept and read_settings(folder) != draft.settings:
        yield f"{draft.settings_shown}: {relative(folder) / SETTINGS} stays as it is"


def _workbook(file: Path, measure: str, known: Review | None) -> Draft:
    del known
    require_extra("exchange", "reading a workbook", ("openpyxl",))
    draft = read_workbook(file)
    if not any(table.rows for table in draft.tables.values()):
        wrong = "the workbook has no rows yet"
        remedy = "type a title in the sheet review, trials in studies, their results in outcomes"
        raise one_problem(file, wrong, "", remedy)
    if not (measure and draft.settings):
        return draft
    return replace(draft, settings=with_measure(draft.settings, measure))


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
