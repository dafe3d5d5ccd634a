"""Only one run at a time is in a folder, and who it is can be read."""

import subprocess
import sys

from liftproof.project.run_lock import LOCK, run_lock, share_lock

HOLDER = """\
import sys
from pathlib import Path
from liftproof.project.run_lock import run_lock

with run_lock(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_run_is_told_the_first_and_goes_on_when_that_has_died(tmp_path):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout.readline() == "held\n"
    assert share_lock(tmp_path) is None
    told = []

    def tell(text):
        told.append(text)
        first.kill()

    with run_lock(tmp_path, tell):
        pass
    first.communicate()
    (text,) = told
    assert text.startswith(f"Waiting for another run in this folder: process {first.pid} (")
    assert ", since 2" in text


def test_a_run_waits_for_snakemake_alone_of_which_there_may_be_several(tmp_path):
    alone = [share_lock(tmp_path), share_lock(tmp_path)]
    told = []

    def tell(text):
        told.append(text)
        for stream in alone:
            stream.close()

    with run_lock(tmp_path, tell):
        pass
    assert len(told) == 1


def test_a_lock_that_nobody_holds_is_empty_and_keeps_nobody(tmp_path):
    told = []
    for _ in range(2):
        with run_lock(tmp_path, told.append):
            assert (tmp_path / LOCK).read_text().startswith("process ")
    assert (told, (tmp_path / LOCK).read_text()) == ([], "")
