"""Processes of a run are known by their mark, and no others."""

import os
import subprocess
import sys

import psutil
import pytest

from liftproof.project.run_processes import MARK, end_orphans

SLEEPS = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"]


def begun(mark):
    process = subprocess.Popen(SLEEPS, env={**os.environ, MARK: mark}, stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


@pytest.mark.parametrize("mark", ["1", "yes", "a b c", "1 x {folder}"])
def test_a_value_that_is_no_mark_is_nobodys(tmp_path, mark):
    with begun(mark.format(folder=tmp_path)) as process:
        assert end_orphans(tmp_path) == 0
        assert process.poll() is None
        process.kill()


def test_a_process_of_a_run_that_has_died_is_ended(tmp_path):
    own = psutil.Process().create_time()
    with begun(f"{os.getpid()} {own} {tmp_path}") as kept:
        with begun(f"{os.getpid()} {own - 1} {tmp_path}") as left:
            assert end_orphans(tmp_path) == 1
            assert not psutil.pid_exists(left.pid)
        assert kept.poll() is None
        kept.kill()
