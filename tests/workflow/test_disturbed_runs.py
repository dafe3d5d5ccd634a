"""One plain run after any end brings the results of an undisturbed run; kills.py tries many."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from liftproof.content import digest
from liftproof.job_records import RECORDS
from liftproof.manifest import MANIFEST
from support.disturbed_runs import (
    BIN,
    REPORT,
    Disturbance,
    change_data,
    disturb,
    environment_of,
    halves,
    report,
)
from support.workflow_project import files

pytestmark = pytest.mark.slow


def test_a_killed_run_is_made_good_by_the_next(finished, project, tmp_path):
    """Snakemake goes on when the process that began the run is killed.

    The record of a job that an earlier version had goes, whose script is no more.
    """
    expected = files(finished.results)
    shutil.rmtree(project.results)
    fault = Disturbance(command=REPORT, fault="first", at=200)
    assert disturb(project, fault, tmp_path / "a").where
    assert halves(project, {}, expected) == []
    shutil.copy2(finished.folder / RECORDS / "manifest.json", project.folder / RECORDS / "pdf.json")
    done = report(project, tmp_path / "b")
    assert (done.returncode, files(project.results) == expected) == (0, True), done.stderr


def test_what_the_run_before_made_and_this_one_does_not_goes(finished, project, tmp_path):
    extra = project.results / "two" / "figures" / "overall" / "additions.svg"
    extra.write_text("<svg/>")
    manifest = json.loads((project.folder / MANIFEST).read_text())
    manifest["files"][str(extra.relative_to(project.folder))] = digest(extra)
    (project.folder / MANIFEST).write_text(json.dumps(manifest))
    done = report(project, tmp_path / "plan")
    assert (done.returncode, extra.exists()) == (0, False), done.stderr
    assert files(project.results) == files(finished.results)


def test_a_review_that_is_no_more_is_told_in_a_line_and_its_results_go(finished, project, tmp_path):
    for top in (project.results, project.folder / RECORDS, project.results / "blog"):
        shutil.copytree(top / "two", top / "gone")
    for record in (project.folder / RECORDS / "gone").iterdir():
        record.write_text(record.read_text().replace("/two/", "/gone/"))
    line = (
        "results/gone: is of a review that is not in the report; delete it, "
        "results/blog/gone and results/.digests/gone\n"
    )
    assert project.liftproof("verify").stdout == line
    done = report(project, tmp_path / "plan")
    assert (done.returncode, files(project.results) == files(finished.results)) == (0, True)
    assert "The results of gone went: it is no more in data/reviews\n" in done.stderr


def test_a_signal_ends_a_run_in_a_sentence(project):
    change_data(project)
    locks = project.folder / ".snakemake" / "locks"
    _stop(project, locks / "0.input.lock")
    assert not locks.exists()
    assert list(project.results.rglob(".partial-*")) == []


def test_a_workflow_that_does_not_hear_the_signal_is_ended_too(project):
    """Snakemake is deaf to it when it comes in the moment in which its scheduler is locked."""
    deaf = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    rest = "open('deaf', 'w').close()\ntime.sleep(600)\n"
    (project.folder / "Snakefile").write_text(deaf + rest, encoding="utf-8")
    _stop(project, project.folder / "deaf")


def _stop(project, sign):
    """Send SIGTERM to a run once a file is there; it must end in time, and say so."""
    run = subprocess.Popen(
        [BIN / "liftproof", "report"],
        cwd=project.folder,
        env=environment_of(project),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    _wait_for(sign)
    os.kill(run.pid, signal.SIGTERM)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 128 + signal.SIGTERM
    assert "Stopped by SIGTERM; what is made is kept" in told


def _wait_for(path):
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} never appeared")


@pytest.mark.parametrize("name", [rb"a\new $HOME \xe9"])
def test_a_second_run_waits_does_nothing_and_tells_the_path_as_it_is(finished, tmp_path, name):
    folder = os.fsencode(tmp_path) + b"/" + name
    finished.copy(tmp_path / "plain").folder.rename(os.fsdecode(folder))
    results = Path(os.fsdecode(folder)) / "results"
    before = {path: path.stat().st_mtime_ns for path in results.rglob("*")}
    lock = Path(os.fsdecode(folder)) / ".snakemake" / "liftproof" / "lock"
    first = subprocess.Popen(["flock", lock, "sleep", "5"])
    _wait_for(lock)
    time.sleep(1)
    done = subprocess.run(
        [os.fsencode(BIN) + b"/liftproof", b"report"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(finished.folder / "src"), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert first.poll() == 0
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(b"Waiting for another run in this folder: ")
    assert done.stdout == b"The report is " + folder + b"/results/report.html\n"
    assert {path: path.stat().st_mtime_ns for path in results.rglob("*")} == before
