"""Writing files so that a failure never leaves half of one behind, nor some of several."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
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
    try:
        if path.exists() and not path.is_file():
            raise WriteError(path, "it is no file that could be replaced")
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        partial.replace(path)
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # it is not there, or its name is too long to be anywhere
            partial.unlink()


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with Unix line ends, whole or not at all."""
    with aside(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, whole or not at all."""
    with aside(path) as partial:
        partial.write_bytes(content)


def copy(source: Path, path: Path) -> None:
    """Copy a file, whole or not at all."""
    with aside(path) as partial:
        shutil.copyfile(source, partial)


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files in the order given; where one fails, those before it are as they were.

    Each is written aside first, and renamed when all are, so that none is ever half there. Raises
    WriteError.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    folders = [path.parent for path in files if not path.parent.exists()]
    partials = {path: path.with_name(f"{PARTIAL}new-{path.name}") for path in files}
    done: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partials[path].write_bytes(content)
        for path, partial in partials.items():
            partial.replace(path)
            done.append(path)
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)
        if len(done) < len(files):
            _restore({path: before[path] for path in reversed(done)}, folders)


def _restore(before: Mapping[Path, bytes | None], folders: Iterable[Path]) -> None:
    """Put files back as they were, and take away folders that were made for them."""
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            with aside(path) as partial:
                partial.write_bytes(content)
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
