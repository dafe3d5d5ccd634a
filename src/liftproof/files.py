"""Writing files so that a failure never leaves half of one behind."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liftproof.errors import WriteError

PARTIAL = ".partial-"
"""How the name of a file begins that is not whole yet."""


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Yield a path beside ``path`` to write to; it is renamed to ``path`` if nothing fails.

    Raises WriteError with the path and the system's reason where writing fails, and for a device
    or a folder, which renaming would put out of the way. Nothing waits for
    the disk: a file that a power failure left half differs from its record in
    :mod:`liftproof.job_records`.
    """
    partial = path.with_name(f"{PARTIAL}{os.getpid()}-{path.name}")
    if path.exists() and not path.is_file():
        raise WriteError(path, "it is no file that could be replaced")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        partial.replace(path)
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with Unix line ends, whole or not at all."""
    with aside(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def copy(source: Path, path: Path) -> None:
    """Copy a file, whole or not at all."""
    with aside(path) as partial:
        shutil.copyfile(source, partial)
