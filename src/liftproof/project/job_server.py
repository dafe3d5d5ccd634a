"""The process that runs the jobs of a run: it imports what they need once, and forks for each.

Starting Python and importing took a fifth of a run. Jobs share what was imported for any of them;
those that ask other software import the most, and have a server of their own. ``liftproof report``
starts both beside Snakemake, and ends them with the run; :mod:`liftproof.project.hand_over` stands
in for a job where Snakemake expects one: who ends that ends the job, and it ends as the job ends.
"""

import atexit
import gc
import json
import os
import re
import runpy
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from shutil import rmtree

from liftproof.code import imported_names
from liftproof.project import hand_over

SERVED = "LIFTPROOF_JOBS"
"""Environment variable of a run that has a server."""
_OF_EVERY_JOB = ("snakemake.io", "snakemake.iocontainers", "snakemake.logging")
"""What Snakemake puts before each script imports these."""
_WHERE_DRAWN = ("matplotlib.backends.backend_svg", "liftproof.pages.forest.forest_drawing")
"""What is imported as the first figure is drawn, not before."""
_HEADER = 8
_PATIENCE = 5.0
"""Seconds for the server to end when told: it takes along what it keeps in folders for a while."""
_NAME_OF_FUNCTION = re.compile(r"[\w./+-]+", re.ASCII)
"""Paths that bash takes for the name of a function. Of others each job starts by itself."""
_SILENT = "_silent"
"""How the name of a socket ends to which nobody listens yet."""


@contextmanager
def job_server(project: Path, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Run a server for the jobs of a run; yield the variables that tell the run of it."""
    _remove_sockets(project)
    command = [sys.executable, "-P", "-m", __name__]
    with subprocess.Popen(
        command, cwd=project, env={**environment}, stdin=subprocess.PIPE, process_group=0
    ) as server:
        try:
            yield {SERVED: "1"}
        finally:
            with suppress(subprocess.TimeoutExpired):
                server.communicate(timeout=_PATIENCE)
            server.kill()
            _remove_sockets(project)


def _remove_sockets(project: Path) -> None:
    for place in (hand_over.PLACE, hand_over.APART):
        for name in (place, f"{place}{_SILENT}"):
            (project / name).unlink(missing_ok=True)


def shell_prefix() -> str:
    """Return what stands before each command of a job in a run that has a server, else nothing.

    It hands over what this Python is to run, and leaves alone what else a command of a project's
    own rules does. Snakemake puts it in the place of its own, which is the same for each.
    """
    if SERVED not in os.environ or not _NAME_OF_FUNCTION.fullmatch(sys.executable):
        return ""
    hand = shlex.join([sys.executable, "-I", "-S", hand_over.__file__, sys.executable])
    function = shlex.quote(f'{sys.executable}() {{ command {hand} "$@"; }}')
    prefix = f'case "${{BASH-}}" in */bash) set -euo pipefail; eval {function};; esac; '
    return prefix.replace("{", "{{").replace("}", "}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedJob:
    """A job as it is handed over; ``client``: who waits for it; ``streams``: its 0, 1 and 2."""

    script: str
    folder: str
    environment: Mapping[str, str]
    client: socket.socket
    streams: tuple[int, ...]


def serve() -> str:
    """Fork for each job until standard input ends; return the script of a job in its process.

    A second server does so for the jobs that are handed over apart: what they import, no other
    job holds. Raises SystemExit in a server, once standard input and its jobs have ended.
    """
    listener = _own_listener()
    selector = DefaultSelector()
    selector.register(listener, EVENT_READ)
    selector.register(sys.stdin.fileno(), EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            if key not in selector.get_map().values():
                continue  # it went with what was seen at once with it
            if key.fileobj is listener:
                script = _began(listener, selector)
                if script:
                    return script
            elif key.data:
                _ended(key.data, selector, is_left=key.fileobj is key.data.client)
            else:
                selector.unregister(listener)
                selector.unregister(key.fileobj)
                listener.close()
    sys.exit()


def _own_listener() -> socket.socket:
    """Fork the second server; return the socket of each, which appears once it listens."""
    place = hand_over.PLACE if os.fork() else hand_over.APART
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(f"{place}{_SILENT}")
    except OSError:  # some folders can hold no socket: each job starts by itself
        sys.exit()
    listener.listen()
    Path(f"{place}{_SILENT}").rename(place)
    return listener


def _began(listener: socket.socket, selector: DefaultSelector) -> str:
    """Begin the job that a client asks for; return its script in the process of the job."""
    client, _ = listener.accept()
    asked = _asked(client)
    if asked is None:
        client.close()
        return ""
    _import_for(Path(asked.folder, asked.script))
    gc.freeze()
    end, held = os.pipe()
    pid = os.fork()
    if not pid:
        listener.close()
        selector.close()
        _become(asked)
        return asked.script
    os.close(held)
    for stream in asked.streams:
        os.close(stream)
    with suppress(OSError):
        client.send(hand_over.STARTED)
    job = _Job(pid=pid, end=end, client=client)
    selector.register(end, EVENT_READ, job)
    selector.register(client, EVENT_READ, job)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A job at work; ``end``: a pipe that ends with it, ``client``: who waits for it."""

    pid: int
    end: int
    client: socket.socket


def _asked(client: socket.socket) -> HandedJob | None:
    """Return what a client asks for; None if it has gone."""
    head, streams, _, _ = socket.recv_fds(client, _HEADER, 3)
    content = b""
    while head and len(content) < int(head, 16):
        more = client.recv(1 << 16)
        if not more:
            return None
        content += more
    return HandedJob(**json.loads(content), client=client, streams=tuple(streams)) if head else None


def _import_for(script: Path) -> None:
    """Import what a script does. What cannot be is told by the job itself, which tries again."""
    try:
        names = imported_names(script.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # who asked for it has gone, or it is no text
        return
    _import(*_OF_EVERY_JOB, *(name for name in names if name.startswith("liftproof.")))
    if "matplotlib" in sys.modules:
        _import(*_WHERE_DRAWN)


def _import(*names: str) -> None:
    for name in names:
        with suppress(Exception):
            import_module(name)


def _become(asked: HandedJob) -> None:
    """Make of a fork of the server the process of a job, as if it had been started for it."""
    for number, stream in enumerate(asked.streams):
        os.dup2(stream, number)
    asked.client.close()
    os.chdir(asked.folder)
    atexit.unregister(rmtree)  # of a folder that Matplotlib makes for the server where home is none
    os.environ.clear()
    os.environ.update(asked.environment)
    sys.argv = [asked.script]


def _ended(job: _Job, selector: DefaultSelector, *, is_left: bool) -> None:
    """Tell the client of a job how it ended; ``is_left``: the client has gone, and the job goes."""
    if is_left:
        os.kill(job.pid, signal.SIGKILL)
    _, status = os.waitpid(job.pid, 0)
    with suppress(OSError):
        job.client.send(str(os.waitstatus_to_exitcode(status)).encode())
    selector.unregister(job.end)
    selector.unregister(job.client)
    os.close(job.end)
    job.client.close()


if __name__ == "__main__":
    runpy.run_path(serve(), run_name="__main__")
