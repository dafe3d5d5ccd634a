"""Content decides what is made anew, not dates; what is not as it was written is found."""

import json
import os
import shutil
from hashlib import sha256
from zipfile import ZipFile

import pytest

from support.workflow_project import REPOSITORY, files, make_project

pytestmark = pytest.mark.slow

LONG_AGO = (10**9, 10**9)
ALL_JOBS = {"compute_two", "engines_two", "figures_two", "publish_two", "report", "manifest"}
ESTIMATES = "results/two/estimates.csv"
OUTCOMES = "data/reviews/two/outcomes.csv"
CLAIMS_ON_A_DOSE = """\
claims:
  - id: more
    claimed: More is better.
    where: A page
    analysis: lauersen2018/overall
    dose: repetitions
cautions:
  - id: fell
    text: In one trial {number} were injured.
    numbers: {number: lauersen2018/petersen2011/hamstring_injury/events_control}
    source: A trial
"""
"""Claims that wait for the doses of a review, and a caution for which its page waits."""


def test_data_restored_with_an_older_date_are_seen(project):
    project.edit(OUTCOMES, "injury,5,", "injury,6,")
    os.utime(project.folder / OUTCOMES, LONG_AGO)
    assert project.would_run() == ALL_JOBS


def test_a_new_date_alone_makes_nothing_anew(project):
    for folder in ("data", "workflow", "config", "src"):
        for path in (project.folder / folder).rglob("*"):
            path.touch()
    (project.folder / ESTIMATES).touch()
    assert project.would_run() == set()


@pytest.mark.parametrize(
    ("path", "jobs"),
    [
        (ESTIMATES, ALL_JOBS),
        (
            "results/two/figures/overall/forest.png",
            {"figures_two", "publish_two", "report", "manifest"},
        ),
    ],
)
def test_a_deleted_result_comes_back(project, path, jobs):
    (project.folder / path).unlink()
    assert project.would_run() == jobs


def test_where_there_are_many_reviews_another_job_makes_the_first_page(project):
    project.edit("workflow/rules/common.smk", "MOST_TOGETHER = 20", "MOST_TOGETHER = 0")
    assert project.would_run() == {"index", "manifest"}


def test_a_review_may_wait_for_claims_that_wait_for_its_doses(tmp_path):
    """Stages of a review are one group, which must not wait for what waits for it."""
    project = make_project(tmp_path)
    review = REPOSITORY / "data" / "reviews" / "lauersen2018"
    shutil.copytree(review, project.review.with_name(review.name))
    (project.folder / "data" / "claims.yaml").write_text(CLAIMS_ON_A_DOSE, encoding="utf-8")
    project.edit("workflow/rules/common.smk", "MOST_TOGETHER = 20", "MOST_TOGETHER = 0")
    assert project.would_run() >= {"compute_lauersen2018", "claims", "publish_lauersen2018"}


def test_the_manifest_lists_every_result_and_all_data_by_content(finished):
    manifest = json.loads((finished.results / "manifest.json").read_text(encoding="utf-8"))
    found = {
        path: sha256(content).hexdigest()
        for path, content in files(finished.folder).items()
        if path.startswith(("results/", "data/"))
    }
    own = [path for path in found if ".digests" in path] + [
        "results/manifest.json",
        "results/report.zip",
        "results/ro-crate-metadata.json",
    ]
    assert manifest["files"] | manifest["data"] == {
        path: value for path, value in found.items() if path not in own
    }
    assert manifest["left_out"] == {}


def test_one_file_holds_every_result_the_data_and_the_manifest(finished):
    manifest = json.loads((finished.results / "manifest.json").read_text(encoding="utf-8"))
    with ZipFile(finished.results / "report.zip") as archive:
        held = {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    del held["results/manifest.json"], held["results/ro-crate-metadata.json"]
    assert held == manifest["files"] | manifest["data"]


def test_untouched_results_are_verified(finished):
    done = finished.liftproof("verify")
    assert (done.returncode, done.stderr) == (0, "")


WAYS_TO_BE_WRONG = [
    (ESTIMATES, "two,", "too,", f"{ESTIMATES}: is not as the workflow wrote it"),
    (OUTCOMES, ",5,100", ",6,100", f"{OUTCOMES}: is not what the results were made from"),
    (
        "src/liftproof/pages/forest/forest_drawing.py",
        '"""',
        '"""\n',
        "workflow/scripts/figures.py: it, the code behind it or the software is not what made",
    ),
    (
        "workflow/scripts/compute.py",
        '"""',
        '"""\n',
        "workflow/scripts/compute.py: it, the code behind it or the software is not what made",
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "told"), WAYS_TO_BE_WRONG)
def test_an_edited_file_is_named(project, path, old, new, told):
    project.edit(path, old, new)
    done = project.liftproof("verify")
    assert done.returncode == 1
    assert told in done.stdout


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("results/two/mine.csv", "was not written by the workflow; move it elsewhere"),
        ("data/reviews/two/grade.csv", "is not in the results yet"),
        ("data/claims.yaml", "is not in the results yet"),
    ],
)
def test_an_added_file_is_named(project, path, told):
    (project.folder / path).write_text("mine\n", encoding="utf-8")
    done = project.liftproof("verify")
    assert (done.returncode, done.stdout) == (1, f"{path}: {told}\n")


def test_a_link_to_nothing_is_named_as_a_file_is(project):
    (project.results / "mine").symlink_to(project.folder / "gone")
    told = "results/mine: was not written by the workflow; move it elsewhere\n"
    assert project.liftproof("verify").stdout == told


def test_a_missing_result_is_named(project):
    (project.folder / ESTIMATES).unlink()
    done = project.liftproof("verify")
    assert (done.returncode, done.stdout) == (1, f"{ESTIMATES}: is missing\n")


def test_a_manifest_of_other_results_is_named_and_made_anew(project, tmp_path):
    """A run of Snakemake alone may end before it, or be asked for less."""
    project.edit(OUTCOMES, "injury,5,", "injury,6,")
    fresh = project.copy(tmp_path / "fresh")
    done = project.snakemake("results/report.html", "blog")
    assert done.returncode == 0, done.stderr
    for path in project.results.rglob("*"):
        os.utime(path, LONG_AGO)
    told = "results/manifest.json: is not of the results that are here"
    verified = project.liftproof("verify")
    assert (verified.returncode, verified.stdout.startswith(told)) == (1, True)
    for one in (project, fresh):
        assert one.liftproof("report").returncode == 0
    assert files(project.results) == files(fresh.results)
    assert project.liftproof("verify").returncode == 0


def test_nothing_built_is_not_verified(project):
    (project.results / "manifest.json").unlink()
    done = project.liftproof("verify")
    assert done.returncode == 1
    assert done.stdout.startswith("results/manifest.json: is missing")


def test_a_job_takes_no_result_that_was_changed_by_hand(project):
    project.edit(ESTIMATES, "0.36", "0.35")
    done = project.snakemake("results/two/engines.csv")
    assert done.returncode == 1
    assert f"{ESTIMATES}: is not as the workflow wrote it; make report" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_repository_reports_by_the_same_command():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "report: $(INSTALLED)\n\t@$(BIN)/liftproof report\n" in makefile
