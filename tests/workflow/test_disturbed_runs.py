"""One plain run after any end brings the results of an undisturbed run; kills.py tries many."""

import os
import shutil
import signal
import subprocess
import time

import pytest

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
    """Snakemake goes on when the process that began the run is killed."""
    expected = files(finished.results)
    shutil.rmtree(project.results)
    fault = Disturbance(command=REPORT, fault="first", at=200)
    assert disturb(project, fault, tmp_path / "a").where
    assert halves(project, {}, expected) == []
    done = report(project, tmp_path / "b")
    assert (done.returncode, files(project.results) == expected) == (0, True), done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_a_signal_ends_a_run_in_a_sentence(project, number):
    change_data(project)
    run = subprocess.Popen(
        [BIN / "liftproof", "report"],
        cwd=project.folder,
        env=environment_of(project),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    _wait_for(project.folder / ".snakemake" / "locks" / "0.input.lock")
    os.kill(run.pid, number)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 128 + number
    assert f"Stopped by {number.name}; what is made is kept" in told
    assert not (project.folder / ".snakemake" / "locks").exists()
    assert list(project.results.rglob(".partial-*")) == []


def _wait_for(path):
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} never appeared")


def test_a_second_run_waits_and_says_for_whom(finished, tmp_path):
    first = subprocess.Popen(
        ["flock", finished.folder / ".snakemake" / "liftproof" / "lock", "sleep", "5"]
    )
    _wait_for(finished.folder / ".snakemake" / "liftproof" / "lock")
    time.sleep(1)
    second = report(finished, tmp_path)
    assert first.poll() == 0
    assert second.returncode == 0
    assert second.stderr.startswith("Waiting for another run in this folder: ")


@pytest.mark.parametrize("name", [rb"a\new $HOME \xe9"])
def test_the_path_that_is_told_is_the_path(finished, tmp_path, name):
    folder = os.fsencode(tmp_path) + b"/" + name
    finished.copy(tmp_path / "plain").folder.rename(os.fsdecode(folder))
    done = subprocess.run(
        [os.fsencode(BIN) + b"/liftproof", b"report"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(finished.folder / "src"), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"The report is " + folder + b"/results/report.html\n"
