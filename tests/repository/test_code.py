"""The workflow knows which files stand behind a script."""

import ast
from pathlib import Path

import pytest

from liftproof.code import PACKAGE, digest_behind, files_behind, imported_names

SCRIPTS = Path(__file__).parents[2] / "workflow" / "scripts"


def names(script):
    return {str(path.relative_to(PACKAGE)) for path in files_behind(SCRIPTS / script)}


@pytest.mark.slow
def test_numbers_rest_on_statistics_and_not_on_drawing():
    behind = names("compute.py")
    assert {
        "statistics/pooling.py",
        "reviews/model/review_tables.py",
        "analysis/estimates.py",
    } <= behind
    assert not any(path.startswith(("drawing/", "report/", "engines/", "cli/")) for path in behind)


def test_figures_rest_on_drawing_and_not_on_what_is_pooled():
    """Of the statistics they have what reading a review takes: medians and tests to effects."""
    behind = names("figures.py")
    assert "pages/forest/forest_drawing.py" in behind
    assert "statistics/conversions/five_numbers.py" in behind
    pools = ("statistics/pooling.py", "statistics/tau2/", "statistics/regression/")
    assert not any(path.startswith((*pools, "report/", "engines/")) for path in behind)


def test_imports_for_type_checkers_do_not_count(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "if TYPE_CHECKING:\n    import liftproof.api\nelse:\n    import liftproof.errors\n"
    )
    assert {path.name for path in files_behind(script)} == {"__init__.py", "errors.py"}


def test_style_sheets_and_templates_count():
    assert any(path.endswith(".mplstyle") for path in names("figures.py"))
    assert any(path.endswith(".css") for path in names("report.py"))
    assert {"report/templates/frame.html.j2", "report/templates/report.html.j2"} <= set(
        names("report.py")
    )


def parsed(node):
    """Yield what a module imports when it runs, by the parser."""
    if isinstance(node, ast.ImportFrom):
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    for child in node.orelse if is_for_types else ast.iter_child_nodes(node):
        yield from parsed(child)


@pytest.mark.slow
def test_reading_imports_by_pattern_finds_what_the_parser_finds():
    modules = [*PACKAGE.rglob("*.py"), *SCRIPTS.glob("*.py")]
    assert len(modules) > 300
    for module in modules:
        text = module.read_text(encoding="utf-8")
        found, right = (
            {name for name in names if name.split(".")[0] == "liftproof"}
            for names in (imported_names(text), parsed(ast.parse(text)))
        )
        assert found == right, module


def test_the_digest_follows_the_script_itself_and_not_its_date(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import liftproof.errors\n")
    first = digest_behind(script)
    script.touch()
    assert digest_behind(script) == first
    script.write_text("import liftproof.errors\n\n")
    assert digest_behind(script) != first


def test_a_script_that_an_earlier_version_had_has_an_empty_digest(tmp_path):
    assert digest_behind(tmp_path / "pdf.py") == ""
