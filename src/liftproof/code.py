"""Which files of the package stand behind a script, so that an edit reruns what depends on it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
_TEXT_SUFFIXES = (".mplstyle", ".css", ".j2", ".html")


def files_behind(script: Path) -> list[str]:
    """Return the package's files that a script imports, directly or through one another.

    Style sheets and templates beside an imported module count with it. Imports inside functions
    count as well. Paths are sorted, and relative to the current folder where they lie below it.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        for path in _imported(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting.append(path)
    beside = {
        path
        for module in found
        for path in module.parent.iterdir()
        if path.suffix in _TEXT_SUFFIXES
    }
    return sorted(_shown(path) for path in found | beside)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Return the package's files that one file imports, packages on the way included."""
    return tuple(dict.fromkeys(_found(path)))


def _found(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            yield from _files_of(name)


def _files_of(name: str) -> Iterator[Path]:
    """Yield the file of a module and the ``__init__`` files of the packages around it."""
    first, *rest = name.split(".")
    if first != PACKAGE.name:
        return
    folder = PACKAGE
    yield folder / "__init__.py"
    for part in rest:
        if (folder / part).is_dir():
            folder = folder / part
            yield folder / "__init__.py"
        elif (folder / f"{part}.py").is_file():
            yield folder / f"{part}.py"
