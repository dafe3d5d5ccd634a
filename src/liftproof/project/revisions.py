"""Data as git has them at a revision, and which revision a folder is of."""

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from liftproof.errors import ProjectError, UsageError


@contextmanager
def data_at(revision: str, folder: Path) -> Iterator[Path]:
    """Yield a copy of a folder as it was at a revision; an empty place where it was not there yet.

    Raises UsageError for an unknown revision and for a folder in no repository, ProjectError where
    there is no git.
    """
    top = Path(_repository(folder))
    within = folder.resolve().relative_to(top.resolve())
    commit = _commit(top, revision)
    with TemporaryDirectory(prefix="liftproof-") as temporary:
        if _git(top, "ls-tree", commit, "--", str(within)):
            archive = _git(top, "archive", "--format=tar", commit, "--", str(within)) or b""
            with tarfile.open(fileobj=BytesIO(archive)) as tar:
                tar.extractall(temporary, filter="data")
        yield Path(temporary) / within


def revision_of(folder: Path, tracked: Path) -> tuple[str, bool] | None:
    """Return the commit that a folder is of, and whether nothing was edited since.

    None where git does not keep ``tracked``, a path within the folder. Raises ProjectError where
    there is no git.
    """
    if _git(folder, "ls-files", "--error-unmatch", "--", str(tracked)) is None:
        return None
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    edited = _git(folder, "status", "--porcelain")
    return None if commit is None else (commit.decode().strip(), edited == b"")


def _repository(folder: Path) -> str:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if not found:
        raise UsageError(
            f"{folder} lies in no repository of git: there are no revisions; name a date, such as "
            "2026-11-01, or last"
        )
    return found.decode().strip()


def _commit(top: Path, revision: str) -> str:
    asked = f"{revision}^{{commit}}"
    found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
    if not found:
        raise UsageError(
            f"{revision!r} is no revision of git here, no date such as 2026-11-01, and not last"
        )
    return found.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, None where it refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise ProjectError(
            "git is not installed, and without it there are no revisions; name a date, such as "
            "2026-11-01, or last"
        ) from error
    return done.stdout if done.returncode == 0 else None
