"""A new project: settings, the example review and the claims on it, whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from liftproof.errors import ProjectError, WriteError
from liftproof.files import copy
from liftproof.project.shipped import EXAMPLE, shipped_files, template_files


def make_project(folder: Path) -> None:
    """Write a project of one example review to a folder that is new or empty.

    Raises ProjectError where the folder is neither, or cannot be written.
    """
    try:
        _require_empty(folder)
        _write_whole(folder.resolve())
    except WriteError as error:
        raise ProjectError(f"{folder}: cannot be made a project: {error.reason}") from error
    except OSError as error:
        cause = f"{error.strerror}: {error.filename}"
        raise ProjectError(f"{folder}: cannot be made a project: {cause}") from error


def sources() -> Mapping[str, Path]:
    """Return the files of a new project: path within it to the file that is copied there."""
    shipped, template = shipped_files(), template_files()
    review = f"data/reviews/{EXAMPLE}"
    return {
        "README.md": template / "README.md",
        ".gitignore": template / "gitignore",
        "data/claims.yaml": template / "claims.yaml",
        **{f"{review}/{path.name}": path for path in (shipped / review).iterdir()},
        "config/config.yaml": shipped / "config" / "config.yaml",
    }


def _require_empty(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise ProjectError(f"{folder}: is not empty; name a folder that is new or empty")
    if not folder.is_dir() and os.path.lexists(folder):
        raise ProjectError(f"{folder}: is a file; name a folder that is new or empty")


def _write_whole(folder: Path) -> None:
    """Write the project beside its place; it moves there when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".partial-{os.getpid()}-{folder.name}")
    try:
        for name, source in sources().items():
            copy(source, partial / name)
        _move(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _move(partial: Path, folder: Path) -> None:
    """Rename the project; by its parts into a folder that is there, maybe the current one."""
    if not folder.exists():
        partial.rename(folder)
        return
    for part in sorted(partial.iterdir()):
        part.rename(folder / part.name)
