"""Which files of the package stand behind a script, so that an edit reruns what depends on it."""

import os
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from liftproof.content import digest
from liftproof.software import versions

PACKAGE = Path(__file__).parent
_SUFFIXES = (".mplstyle", ".css", ".js", ".j2", ".html", ".typ", ".ttf", ".R")
_FOR_TYPE_CHECKERS = re.compile(
    r"^([ \t]*)if TYPE_CHECKING:\n(?:(?:\1[ \t]+\S.*)?\n)+", re.MULTILINE
)
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*)"
    r"|import[ \t]+(?P<modules>[^\n]*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#.*")
_NAME = re.compile(r"(?:^|,)\s*([\w.]+)")


def digest_behind(script: Path) -> str:
    """Return a digest of a script, the files behind it and the software: another after any edit.

    That of a script that an earlier version had is empty: no record of its job is of now.
    """
    if not script.exists():
        return ""
    lines = [
        f"{script.name} {digest(script)}",
        *(_digest_line(path) for path in files_behind(script)),
        *_software_lines(),
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def files_behind(script: Path) -> list[Path]:
    """Return the package's files that a script imports, directly or through one another, sorted.

    Style sheets, templates and fonts beside an imported module count with it, those in folders of
    their own below it too. Imports inside functions
    count as well; those for type checkers alone do not, as they never run.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        for path in _imported(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting.append(path)
    beside = {path for folder in {module.parent for module in found} for path in _others(folder)}
    return sorted(found | beside)


@cache
def _others(folder: Path) -> tuple[Path, ...]:
    """Return a folder's files of such kinds, and those of folders below that hold no module."""
    found: list[Path] = []
    for path in folder.iterdir():
        if path.suffix in _SUFFIXES:
            found.append(path)
        elif path.is_dir() and not any(path.glob("*.py")):
            found += _others(path)
    return tuple(found)


@cache
def _digest_line(path: Path) -> str:
    return f"{path.relative_to(PACKAGE)} {digest(path)}"


@cache
def _software_lines() -> tuple[str, ...]:
    return tuple(f"{name} {number}" for name, number in versions())


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Return the package's files that one file imports, packages on the way included."""
    names = imported_names(path.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(file for name in names for file in _files_of(name)))


def imported_names(text: str) -> Iterator[str]:
    """Yield the dotted names that the text of a module imports when it runs.

    Read by pattern: a parser takes twenty times as long, at the start of every run.
    """
    for found in _IMPORT.finditer(_FOR_TYPE_CHECKERS.sub("", _COMMENT.sub("", text))):
        module = found["module"]
        names = _NAME.findall((found["names"] if module else found["modules"]).strip("() \t\n"))
        if module:
            yield module
            yield from (f"{module}.{name}" for name in names)
        else:
            yield from names


@cache
def _files_of(name: str) -> tuple[Path, ...]:
    """Return the file of a module and the ``__init__`` files of the packages around it."""
    parts = name.split(".")
    around = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return tuple(_modules()[module] for module in around if module in _modules())


@cache
def _modules() -> dict[str, Path]:
    """Return the file of every module of the package by its dotted name."""
    found = {}
    for folder, _, names in os.walk(PACKAGE):
        package = ".".join([PACKAGE.name, *Path(folder).relative_to(PACKAGE).parts])
        for name in (name for name in names if name.endswith(".py")):
            module = package if name == "__init__.py" else f"{package}.{name[:-3]}"
            found[module] = Path(folder, name)
    return found
