"""``liftproof init`` and ``liftproof report`` on folders that are, and are not, projects."""

import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.project.shipped import EXAMPLE, template_files
from support.workflow_project import REPOSITORY

REVIEW = f"data/reviews/{EXAMPLE}"


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def contents(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_a_new_project_is_checked_and_pooled(tmp_path, monkeypatch):
    folder = tmp_path / "deep" / "mine"
    result = run("init", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"liftproof report {folder}" in result.stdout
    data = sorted(path.name for path in (REPOSITORY / REVIEW).iterdir())
    assert contents(folder) == sorted(
        [
            *(".gitignore", "README.md", "config/config.yaml", "data/claims.yaml"),
            *(f"{REVIEW}/{name}" for name in data),
        ]
    )
    assert names_in(folder.parent) == ["mine"]
    monkeypatch.chdir(folder)
    checked = run("check")
    assert (checked.exit_code, ": warning: " in checked.output) == (0, False)
    assert run("pool", EXAMPLE).stdout.splitlines()[1].startswith("overall")


def test_an_empty_folder_becomes_a_project_in_its_place(tmp_path, monkeypatch):
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("init", ".").exit_code == 0
    assert names_in(folder) == [".gitignore", "README.md", "config", "data"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("full", "is not empty; name a folder that is new or empty"),
        ("full/file", "is a file; name a folder that is new or empty"),
        ("full/file/below", "cannot be made a project: File exists: "),
    ],
)
def test_a_place_that_is_taken_is_left_alone(tmp_path, place, told):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    result = run("init", tmp_path / place)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{tmp_path / place}: {told}")
    assert contents(tmp_path) == ["full/file"]
    assert (tmp_path / "full" / "file").read_text() == "mine"


def test_a_failure_midway_leaves_nothing_behind(tmp_path):
    code = (
        "import resource, liftproof.cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "liftproof.cli.main(['init', 'mine'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mine: cannot be made a project: File too large")
    assert names_in(tmp_path) == []


def test_its_claims_are_those_of_the_repository_on_the_example():
    own, all_claims = (
        yaml.safe_load((folder / "claims.yaml").read_text(encoding="utf-8"))
        for folder in (template_files(), REPOSITORY / "data")
    )
    for listed in ("claims", "cautions"):
        assert [each for each in all_claims[listed] if each in own[listed]] == own[listed]
    for name, group in own["groups"].items():
        for key, values in all_claims["groups"][name].items():
            # A value that no trial of the example has would be held for a slip of the pen.
            assert group.pop(key) == (values if key != "outcome" else [values[0]])
        assert not group
    without = {"claims": [], "cautions": [], "groups": {}}
    assert {**own, **without} == {**all_claims, **without}
    assert list(own["groups"]) == list(all_claims["groups"])


def test_report_on_a_folder_that_is_no_project_says_what_to_do(tmp_path):
    result = run("report", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "config.yaml: not found" in result.stderr
    assert "liftproof init FOLDER" in result.stderr


def test_without_the_extra_report_says_what_to_install(tmp_path, monkeypatch):
    for name in ("snakemake", "jinja2"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("report", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "liftproof report needs jinja2, snakemake, not installed here; "
        "install with: pip install 'liftproof[report]'\n"
    )
