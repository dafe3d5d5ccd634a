"""The files with data of a project, and their digests, each asked for once while a run starts."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from liftproof.content import digest, digest_of_lines
from liftproof.reviews.files.finding import REVIEWS


def data_of(names: Iterable[str]) -> list[str]:
    """Return every file with data of some reviews."""
    return [path for name in names for path in _files_of(name)]


def digest_of(paths: Iterable[str]) -> str:
    """Return one digest of several files: of their names and of what each holds."""
    return digest_of_lines(map(_line_of, paths))


@cache
def _files_of(name: str) -> tuple[str, ...]:
    return tuple(map(str, sorted((REVIEWS / name).glob("*.[cy]*"))))


@cache
def _line_of(path: str) -> str:
    return f"{path} {digest(Path(path))}"
