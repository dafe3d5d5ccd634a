"""A trial put into a copy of its review and checked there, before anything is written."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from liftproof.adding.csv_rows import appended, header
from liftproof.adding.trial_entry import TrialEntry
from liftproof.analysis.review_pools import pools_of
from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.columns import columns
from liftproof.errors import DataError
from liftproof.files import write_together
from liftproof.reviews import Loaded, load, read
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import TABLES

BESIDE = ("review.yaml", "published.csv")
"""Files of the reviews beside one that its own may point to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A trial that can be added: the files with it, the review before and after.

    ``old``: what the files hold now. ``warnings``: those that the trial brings. ``widened``: by
    file, the columns that it gets.
    """

    entry: TrialEntry
    old: Mapping[Path, bytes]
    new: Mapping[Path, bytes]
    before: Review
    after: Review
    warnings: tuple[Problem, ...]
    widened: Mapping[str, tuple[str, ...]]

    def write(self) -> None:
        """Write the files, all or none; DataError where one changed since it was read."""
        for path, content in self.old.items():
            if (path.read_bytes() if path.exists() else b"") != content:
                raise DataError(f"{path}: was changed meanwhile; nothing was written, run again")
        write_together(self.new)


def headers_of(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of studies.csv and of outcomes.csv of a review that can be read."""
    studies, outcomes = ((folder / name).read_bytes() for name in ("studies.csv", "outcomes.csv"))
    return header(studies), header(outcomes)


def addition(folder: Path, entry: TrialEntry) -> Addition:
    """Put a trial into a copy of its review and check that.

    Raises DataError with every error that the review has, or would have.
    """
    before = read(folder)
    rows = {
        "studies.csv": (entry.study,),
        "outcomes.csv": (entry.outcome,),
        "provenance.csv": entry.provenance,
    }
    old = {folder / name: _bytes(folder / name) for name in rows}
    new = {
        folder / name: appended(old[folder / name] or _header(name), rows[name])
        for name in rows
        if rows[name]
    }
    loaded = _checked_copy(folder, new)
    errors = [each for each in loaded.problems if not each.is_warning]
    review = None if loaded.review is None else replace(loaded.review, folder=folder)
    pools = pools_of(review) if review else None
    errors += pools.refused if pools else ()
    if review is None or pools is None or errors:
        raise DataError("\n".join([*map(str, errors), "nothing was written"]))
    known = {_sense(each) for each in settled_review(before).warnings}
    after = settled_review(review, pools.pooled)
    return Addition(
        entry=entry,
        old=old,
        new=new,
        before=before,
        after=after,
        warnings=tuple(each for each in after.warnings if _sense(each) not in known),
        widened={
            path.name: header(content)[len(header(old[path])) :]
            for path, content in new.items()
            if old[path] and len(header(content)) > len(header(old[path]))
        },
    )


def _checked_copy(folder: Path, new: Mapping[Path, bytes]) -> Loaded:
    """Return the review as it would be, read from a copy beside what it may point to."""
    with TemporaryDirectory() as temporary:
        for sibling in folder.absolute().parent.iterdir():
            for name in BESIDE:
                if (sibling / name).is_file():
                    (Path(temporary) / sibling.name).mkdir(exist_ok=True)
                    shutil.copyfile(sibling / name, Path(temporary) / sibling.name / name)
        copy = Path(temporary) / folder.absolute().name
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        for path, content in new.items():
            (copy / path.name).write_bytes(content)
        return load(copy, shown=folder)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _header(name: str) -> bytes:
    return (",".join(item.name for item in columns(TABLES[name])) + "\n").encode()


def _sense(problem: Problem) -> tuple[str, str, str, str]:
    """Return what a warning says, without the line, which further rows may move."""
    return problem.path.name, problem.column, problem.wrong, problem.found
