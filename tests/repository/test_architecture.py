"""The page on the architecture has a row for every module and package, and for nothing else."""

from collections import Counter

from support.workflow_project import REPOSITORY

PACKAGE = REPOSITORY / "src" / "liftproof"
TEXT = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_table_has_every_module_and_package_once():
    rows = [line.split(" | ")[0] for line in TEXT.splitlines() if line.startswith("| `")]
    listed = Counter(name for row in rows for name in row.split("`")[1::2])
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert listed == Counter(packages | modules)


def test_the_drawing_has_every_package_that_numbers_go_through():
    drawing = "".join(line for line in TEXT.splitlines() if line.startswith("    "))
    through = ("vocabulary", "statistics", "reviews", "rows", "analysis", "words", "pages")
    assert all(name in drawing for name in through)
