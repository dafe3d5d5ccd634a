"""Which files of the package stand behind a script, so that an edit reruns what depends on it."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
_TEXT_SUFFIXES = (".mplstyle", ".css", ".j2", ".html")


def digest_behind(script: Path) -> str:
    """Return a digest of the files behind a script: another one after any edit to them."""
    files = (f"{path.relative_to(PACKAGE)} {_digest(path)}" for path in files_behind(script))
    return sha256("\n".join(files).encode()).hexdigest()


def files_behind(script: Path) -> list[Path]:
    """Return the package's files that a script imports, directly or through one another, sorted.

    Style sheets and templates beside an imported module count with it. Imports inside functions
    count as well; those for type checkers alone do not, as they never run.
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
    return sorted(found | beside)


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Return the package's files that one file imports, packages on the way included."""
    return tuple(dict.fromkeys(_found(path)))


def _found(path: Path) -> Iterator[Path]:
    for node in _running(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            yield from _files_of(name)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and those within it, without what stands under ``if TYPE_CHECKING:``."""
    yield node
    for child in _parts(node):
        yield from _running(child)


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return node.orelse
    return ast.iter_child_nodes(node)


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
