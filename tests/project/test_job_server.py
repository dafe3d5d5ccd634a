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


def test_that_a_job_was_killed_is_told_with_a_remedy(served):
    code, _, said = ran(served, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert (code, said) == (-signal.SIGKILL, hand_over.KILLED)


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


def test_a_job_that_ends_as_who_waits_for_it_does_leaves_the_server_at_work(served):
    """The server sees both at once where it was busy meanwhile."""
    tells = "open('part', 'w').write(f'{os.getppid()} {os.getpid()}')\nos.rename('part', 'began')\n"
    waits = "while not os.path.exists('go'):\n    time.sleep(0.05)\n"
    with started(served, f"import os, time\n{tells}{waits}") as job:
        wait_for(served / "began")
        server, number = map(psutil.Process, map(int, (served / "began").read_text().split()))
        server.suspend()
        (served / "go").touch()
        while number.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.05)
        job.kill()
    server.resume()
    assert ran(served, "import os\nprint(os.getppid())\n")[1] == f"{server.pid}\n"


def test_a_folder_that_holds_no_socket_has_no_server_and_no_message(tmp_path):
    done = subprocess.run(
        [sys.executable, "-P", "-m", "liftproof.project.job_server"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert ran(tmp_path, "import sys\nsys.exit(3)\n")[0] == 3


def test_a_script_that_is_no_text_is_told_by_its_job(served):
    (served / "job.py").write_bytes(b"\xff\n")
    command = [sys.executable, "-I", "-S", hand_over.__file__, sys.executable, "job.py"]
    done = subprocess.run(command, cwd=served, capture_output=True, check=False)
    assert done.returncode == 1
    assert ran(served, TELLS)[0] == 0


def test_jobs_without_a_home_share_a_folder_and_the_server_takes_it_along(folder):
    """Matplotlib makes it as it is imported, and removes it at the end of a process."""
    shared = folder / "shared"
    shared.mkdir()
    homeless = {"HOME": "/proc/none", "XDG_CONFIG_HOME": "/proc/none", "TMPDIR": str(shared)}
    environment = {key: value for key, value in os.environ.items() if key != "MPLCONFIGDIR"}
    asks = "import sys\nimport liftproof.drawing.theme\nprint('matplotlib' in sys.modules)\n"
    with job_server(folder, {**environment, **homeless}):
        wait_for(folder / hand_over.PLACE)
        assert ran(folder, asks) == ran(folder, asks) == (0, "True\n", "")
        assert len(list(shared.iterdir())) == 1
    assert list(shared.iterdir()) == []


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


@pytest.fixture
def prefix(monkeypatch):
    """What stands before each command of a run that has a server, as bash reads it."""
    monkeypatch.setenv(SERVED, "1")
    return shell_prefix().replace("{{", "{").replace("}}", "}")


def test_the_shell_hands_over_in_runs_that_have_a_server_alone(served, prefix, monkeypatch):
    (served / "job.py").write_text("import os\nprint(os.getppid())\n", encoding="utf-8")
    asks = f"{sys.executable} job.py"
    parents = {of_bash(served, f"{prefix}{asks}").stdout for _ in range(2)}
    assert len(parents) == 1
    assert of_bash(served, f"set -e; {asks}").stdout not in parents
    monkeypatch.delenv(SERVED)
    assert shell_prefix() == ""


def test_a_python_that_no_function_can_be_named_by_is_not_handed_over(prefix, monkeypatch):
    assert prefix
    monkeypatch.setattr(sys, "executable", "/a folder/python")
    assert shell_prefix() == ""


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("X=1; cd / && pwd", 0, "/\n"),
        ("A=1 printenv A", 0, "1\n"),
        ("false | echo cut short", 1, "cut short\n"),
        ("echo $UNSET_HERE", 1, ""),
        ("(exit 3)", 3, ""),
        (f"{sys.executable} -c 'print(1)' && echo 2", 0, "1\n2\n"),
        (f"{sys.executable} -c 'raise SystemExit(4)'; echo 2", 4, ""),
    ],
)
def test_commands_of_a_projects_own_rules_go_as_without_a_server(
    folder, prefix, command, code, said
):
    """Snakemake's own prefix, which this one takes the place of, is the second."""
    for before in (prefix, "set -euo pipefail; "):
        done = of_bash(folder, f"{before}{command}")
        assert (done.returncode, done.stdout) == (code, said), done.stderr


def test_other_shells_take_the_prefix(folder, prefix):
    done = subprocess.run(
        ["sh", "-c", f"{prefix}cd / && pwd"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "/\n", "")


def of_bash(folder, command):
    """Run a command as Snakemake does."""
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )


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
