"""The workflow knows which files stand behind a script."""

from pathlib import Path

from liftproof.code import PACKAGE, files_behind

SCRIPTS = Path(__file__).parents[2] / "workflow" / "scripts"


def names(script):
    return {str(path.relative_to(PACKAGE)) for path in files_behind(SCRIPTS / script)}


def test_pooling_rests_on_statistics_and_not_on_drawing():
    behind = names("pool.py")
    assert {
        "statistics/pooling.py",
        "reviews/model/review_tables.py",
        "analysis/estimates.py",
    } <= behind
    assert not any(
        path.startswith(("pages/", "drawing/", "report/", "engines/", "cli/")) for path in behind
    )


def test_figures_rest_on_drawing_and_not_on_statistics():
    behind = names("figures.py")
    assert "pages/forest/forest_drawing.py" in behind
    assert not any(path.startswith(("statistics/", "report/", "engines/")) for path in behind)


def test_imports_for_type_checkers_do_not_count(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "if TYPE_CHECKING:\n    import liftproof.api\nelse:\n    import liftproof.errors\n"
    )
    assert {path.name for path in files_behind(script)} == {"__init__.py", "errors.py"}


def test_style_sheets_and_templates_count():
    assert any(path.endswith(".mplstyle") for path in names("figures.py"))
    assert any(path.endswith(".css") for path in names("report.py"))
