"""Writing files so that a failure never leaves half of one behind."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Yield a path beside ``path`` to write to; it is renamed to ``path`` if nothing fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".partial-{os.getpid()}-{path.name}")
    try:
        yield partial
        partial.replace(path)
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
