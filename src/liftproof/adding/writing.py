"""Several files that change together: all of them, or none."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from liftproof.errors import WriteError
from liftproof.files import PARTIAL, aside


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
