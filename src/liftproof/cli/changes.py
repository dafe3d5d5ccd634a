"""The verb ``changes``: what additions and edits did to estimates, verdicts and figures."""

import re
from datetime import date
from pathlib import Path

import click

from liftproof.errors import UsageError
from liftproof.pages.changes.change_text import review_lines
from liftproof.pages.changes.verdict_lines import claim_lines
from liftproof.project.comparison import ProjectChanges, since_date, since_folder
from liftproof.project.kept_data import data_before
from liftproof.project.revisions import data_at
from liftproof.reviews import find, named
from liftproof.reviews.files.finding import REVIEWS, names
from liftproof.suggest import nearest

LAST = "last"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NO_REPORT = (
    "No report was made here yet, so there is none to compare with; liftproof report makes one, or "
    "name a date, such as 2026-11-01, or a revision of git"
)


@click.command("changes")
@click.argument("review", metavar="[REVIEW]", default="")
@click.argument("since", metavar="[SINCE]", default="")
def command(review: str, since: str) -> None:
    """Say what additions and edits did to estimates, verdicts and figures.

    SINCE is a date (trials whose `added` is later are put in), a revision of git, or `last`, the
    last report; that is also what is taken when none is named. Of all reviews where none is named.
    """
    name, start = _told_apart(review, since)
    try:
        lines = changes_lines(name, start, Path())
    except UsageError as error:
        like = nearest(start, names(Path()))
        if name or like is None:
            raise
        raise UsageError(f"{error}; if a review is meant, did you mean {like}?") from error
    for line in lines:
        click.echo(line)


def _told_apart(first: str, second: str) -> tuple[str, str]:
    """Return review and SINCE: a single argument that names no review is the latter."""
    if second or not first:
        return first, second
    if first in names(Path()) or (Path(first).is_dir() and first != LAST):
        return first, ""
    return "", first


def changes_lines(review: str, since: str, root: Path) -> list[str]:
    """Return what changed, in lines. ``review``: empty for all; ``since``: empty for the last.

    Raises UsageError for an unknown review, date or revision, DataError for data with errors.
    """
    project = None if review and review not in names(root) else root
    folders = [find(review, root)] if review else [root / REVIEWS / n for n in named((), root)]
    if _DATE.fullmatch(since):
        found = since_date(folders, project, _date(since))
        changed = f"What the trials added after {since} changed:"
        return _lines(found, review, changed, f"No trial was added after {since}")
    if since and since != LAST:
        with data_at(since, folders[0] if project is None else project / "data") as past:
            was = past if project is None else past.parent
            found = since_folder(folders, project, was, is_every=not review)
            return _since(found, review, f"since {since}")
    kept = data_before(root) if project is not None else None
    if kept is None:
        return [NO_REPORT]
    found = since_folder(folders, project, kept.root, is_every=not review)
    return _since(found, review, kept.since)


def _since(found: ProjectChanges, review: str, since: str) -> list[str]:
    return _lines(found, review, f"What changed {since}:", f"Nothing changed {since}")


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{text} is no date: {error}; write one such as 2026-11-01") from error


def _lines(found: ProjectChanges, review: str, changed: str, unchanged: str) -> list[str]:
    """Return what differs, below ``changed``; ``unchanged`` where nothing does.

    ``review``: the one whose claims are told, empty for all.
    """
    lines = [line for one in found.reviews if not one.is_nothing for line in review_lines(one)]
    lines += found.others
    lines += claim_lines(one for one in found.claims if review in ("", one.row.review))
    return [changed if lines else unchanged, *lines, *found.notes]
