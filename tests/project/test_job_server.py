"""Jobs that are handed to the server of a run go as if each had been started by itself."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from liftproof.project import hand_over
from liftproof.project.job_server import SERVED, job_server, shell_prefix

TELLS = """\
import os, sys
print(sys.argv, os.getcwd(), os.environ["MINE"], os.getpid())
print("said", file=sys.stderr)
"""
KILLS = """\
import os, signal
os.kill(os.getppid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / hand_over.PLACE).parent.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def served(folder):
    """A folder in which a server listens."""
    with job_server(folder, os.environ):
        wait_for(folder / hand_over.PLACE)
        wait_for(folder / hand_over.APART)
        yield folder


def wait_for(path):
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never appeared")


def started(folder, text, name="job.py"):
    """Start a script as the shell does in a run that has a server."""
    (folder / name).write_text(text, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-I", "-S", hand_over.__file__, sys.executable, name],
        cwd=folder,
        env={**os.environ, "MINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(folder, text, name="job.py"):
    """Return exit code and output of a script that was handed over."""
    with started(folder, text, name) as job:
        said = job.communicate(timeout=60)
    return job.returncode, *said


def test_a_job_has_its_arguments_folder_environment_and_output(served):
    code, out, err = ran(served, TELLS)
    *told, number = out.split()
    assert (code, told, err) == (0, ["['job.py']", str(served), "1"], "said\n")
    assert number != ran(served, TELLS)[1].split()[-1]


def test_what_a_job_needs_is_imported_once_for_all(served):
    asks = "import sys\nprint('liftproof.suggest' in sys.modules)\n"
    assert ran(served, asks)[1] == "False\n"
    assert ran(served, "from liftproof.suggest import did_you_mean\n")[0] == 0
    assert ran(served, asks)[1] == "True\n"


def test_what_jobs_that_ask_other_software_import_no_other_job_holds(served):
    asks = "import sys\nprint('liftproof.suggest' in sys.modules)\n"
    engines = ".snakemake.engines.py"
    assert ran(served, "from liftproof.suggest import did_you_mean\n", engines)[0] == 0
    assert ran(served, asks)[1] == "False\n"
    assert ran(served, asks, engines)[1] == "True\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("import sys\nsys.exit(3)\n", 3),
        ("raise ValueError('no')\n", 1),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", -signal.SIGKILL),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n", -signal.SIGTERM),
        ("from liftproof.no_such_module import nothing\n", 1),
        ("no python\n", 1),
    ],
)
def test_a_job_ends_as_it_would_by_itself_and_the_next_begins(served, text, code):
    assert ran(served, text)[0] == code
    assert ran(served, TELLS)[0] == 0


def test_who_is_ended_takes_the_job_along(served):
    waits = "os.rename('part', 'began')\ntime.sleep(60)\n"
    with started(
        served, f"import os, time\nopen('part', 'w').write(str(os.getpid()))\n{waits}"
    ) as job:
        wait_for(served / "began")
        job.kill()
    number = int((served / "began").read_text())
    end = time.monotonic() + 30
    while psutil.pid_exists(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not psutil.pid_exists(number)
    assert ran(served, TELLS)[0] == 0


def test_jobs_at_a_time_do_not_wait_for_one_another(served):
    waits = "while not os.path.exists('go'):\n    time.sleep(0.05)\n"
    with started(served, f"import os, time\n{waits}") as first:
        assert ran(served, "open('go', 'w').close()\n")[0] == 0
        assert first.wait(timeout=60) == 0


def test_without_a_server_a_job_is_started_as_it_stands(folder):
    code, out, err = ran(folder, TELLS)
    assert (code, out.split()[:3], err) == (0, ["['job.py']", str(folder), "1"], "said\n")
    assert ran(folder, "import sys\nsys.exit(3)\n")[0] == 3


def test_a_job_whose_server_is_killed_is_not_taken_for_done(folder):
    with job_server(folder, os.environ):
        wait_for(folder / hand_over.PLACE)
        with started(folder, KILLS) as job:
            assert job.wait(timeout=60) == -signal.SIGKILL


def test_the_shell_hands_over_in_runs_that_have_a_server_alone(monkeypatch):
    monkeypatch.delenv(SERVED, raising=False)
    assert shell_prefix() == ""
    monkeypatch.setenv(SERVED, "1")
    assert shell_prefix().split()[-1] == hand_over.__file__


def test_both_servers_end_with_the_run(folder):
    with job_server(folder, {**os.environ, "OF_THIS_RUN": str(folder)}):
        wait_for(folder / hand_over.APART)
        servers = own_servers(folder)
        assert len(servers) == 2
    _, left = psutil.wait_procs(servers, timeout=30)
    assert not left


def own_servers(folder):
    """Return the processes in whose environment the folder of the run is."""
    return [
        process
        for process in psutil.process_iter(["environ"])
        if (process.info["environ"] or {}).get("OF_THIS_RUN") == str(folder)
    ]
