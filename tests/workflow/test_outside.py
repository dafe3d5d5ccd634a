"""The workflow outside the repository: from a wheel, and as a module of another workflow."""

import shutil

import pytest

from support.wheel import liftproof_from, unpacked_wheel
from support.workflow_project import REPOSITORY, Project, files

pytestmark = pytest.mark.slow

MODULE = """\
configfile: "config/config.yaml"


module liftproof:
    snakefile:
        "{repository}/workflow/Snakefile"
    config:
        config


use rule * from liftproof as ours_*
"""


@pytest.fixture
def outside(tmp_path, finished):
    """A project made by a wheel, with the made-up review in place of the example."""
    site = unpacked_wheel(tmp_path / "wheel")
    assert liftproof_from(site, "init", str(tmp_path / "mine")).returncode == 0
    project = Project(tmp_path / "mine")
    shutil.rmtree(project.review.parent)
    (project.folder / "data" / "claims.yaml").unlink()
    shutil.copytree(finished.review, project.review)
    return site, project


def test_a_wheel_writes_the_same_pages_and_tells_bad_data(outside, finished):
    site, project = outside
    done = liftproof_from(site, "report", str(project.folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"The report is {project.results / 'report.html'}\n"
    assert files(project.results) == files(finished.results)
    project.edit("data/reviews/two/outcomes.csv", "injury,5,100", "injury,105,100")
    failed = liftproof_from(site, "report", str(project.folder))
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "outcomes.csv:2: events_intervention" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_the_workflow_is_a_module_of_another(tmp_path, finished):
    project = Project(tmp_path)
    for part in ("config", "src"):
        shutil.copytree(finished.folder / part, project.folder / part)
    shutil.copytree(finished.review, project.review)
    text = MODULE.format(repository=REPOSITORY)
    (tmp_path / "Snakefile").write_text(text, encoding="utf-8")
    rules = {"compute_two", "engines", "figures_two", "blog", "report", "pdf", "manifest"}
    assert project.would_run() == {f"ours_{name}" for name in rules} | {"ours_all"}
    done = project.snakemake("results/two/estimates.csv")
    assert done.returncode == 0, done.stderr
    computed = (project.results / "two" / "estimates.csv").read_bytes()
    assert computed == (finished.results / "two" / "estimates.csv").read_bytes()
