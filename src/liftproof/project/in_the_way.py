"""What stands where a run writes its results, and is none: told before anything is made."""

from collections.abc import Iterable
from pathlib import Path

from liftproof.errors import ProjectError


def require_folders(folders: Iterable[Path]) -> None:
    """Raise ProjectError where something else has the name of a folder that a run writes to."""
    for path in folders:
        if (path.exists() or path.is_symlink()) and not path.is_dir():
            raise ProjectError(
                f"{path}: is no folder, and a run writes to one of this name; "
                "move it elsewhere and run again"
            )


def require_files(project: Path, paths: Iterable[Path]) -> None:
    """Make room for results: a folder in the place of one goes if it is empty.

    ``paths``: of results and records, within the project. Raises ProjectError for a folder that
    holds something.
    """
    for path in paths:
        place = project / path
        if place.is_dir():
            try:
                place.rmdir()
            except OSError as error:
                raise ProjectError(
                    f"{path}: is a folder that holds something, where a result belongs; "
                    "move it elsewhere and run again"
                ) from error
