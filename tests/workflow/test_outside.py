"""The workflow outside the repository: from a wheel, and as a module of another workflow."""

import shutil

import pytest

from support.wheel import liftproof_from, unpacked_wheel
from support.workflow_project import REPOSITORY, Project, files

pytestmark = pytest.mark.slow

CHANGED = "results/two/reproduction.csv"
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
    """A project made by a wheel, with the made-up review in place of the example, and its results.

    One table was changed by hand, and a record is broken.
    """
    site = unpacked_wheel(tmp_path / "wheel")
    assert liftproof_from(site, "init", str(tmp_path / "mine")).returncode == 0
    project = Project(tmp_path / "mine")
    shutil.rmtree(project.review.parent)
    (project.folder / "data" / "claims.yaml").unlink()
    shutil.copytree(finished.review, project.review)
    for part in ("results", ".snakemake"):
        shutil.copytree(finished.folder / part, project.folder / part, dirs_exist_ok=True)
    project.edit(CHANGED, "reproduced", "different")
    (project.results / ".digests" / "two" / "figures.json").write_bytes(b"\0\0")
    return site, project


def test_a_wheel_makes_the_same_pages_of_what_was_changed_by_hand_and_tells_bad_data(
    outside, finished
):
    site, project = outside
    results = [project.results / path for path in files(finished.results)]
    before = [path.stat().st_mtime_ns for path in results]
    done = liftproof_from(site, "report", str(project.folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"The report is {project.results / 'report.html'}\n"
    assert f"{CHANGED}: is not as the workflow wrote it: made anew" in done.stderr
    assert files(project.results) == files(finished.results)
    after = [path.stat().st_mtime_ns for path in results]
    assert all(new > old for new, old in zip(after, before, strict=True))
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
    rules = {"compute_two", "engines_two", "figures_two", "publish_two", "report", "manifest"}
    assert project.would_run() == {f"ours_{name}" for name in rules} | {"ours_all"}
    done = project.snakemake("results/two/estimates.csv")
    assert done.returncode == 0, done.stderr
    computed = (project.results / "two" / "estimates.csv").read_bytes()
    assert computed == (finished.results / "two" / "estimates.csv").read_bytes()
