"""Names that grep finds once: modules by their file, public classes by their name.

Modules of ``statistics`` are left out: their topic is their folder, and each topic calls the same
step by the field's one word for it (``likelihood.py``, ``weights.py``).
"""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PACKAGE = Path(__file__).parents[2] / "src" / "liftproof"


def shared(named):
    """Return a sentence for each name that stands in several of the files given with it."""
    places = defaultdict(list)
    for name, path in named:
        places[name].append(path.as_posix())
    return [
        f"{name} is the name of several, in {', '.join(paths)}: rename all but one."
        for name, paths in places.items()
        if len(paths) > 1
    ]


def module_names(folder):
    """Yield the file name of each module outside the folder ``statistics``, with its place."""
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder)
        if path.name != "__init__.py" and place.parts[0] != "statistics":
            yield path.name, place


def class_names(folder):
    """Yield the name of each public class of every module, with its place."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path.relative_to(folder)


@pytest.mark.parametrize("names", [module_names, class_names])
def test_no_name_stands_twice(names):
    named = list(names(PACKAGE))
    assert len(named) > 100
    assert shared(named) == []


def test_a_name_that_stands_twice_is_told_with_its_places(tmp_path):
    for folder, text in (("a", "class Trial: ..."), ("b", "class Trial: ..."), ("statistics", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "fit.py").write_text(text, encoding="utf-8")
        (tmp_path / folder / "__init__.py").write_text("class _Own: ...", encoding="utf-8")
    places = "is the name of several, in a/fit.py, b/fit.py: rename all but one."
    assert shared(module_names(tmp_path)) == [f"fit.py {places}"]
    assert shared(class_names(tmp_path)) == [f"Trial {places}"]
