"""The processes of a run: known by a mark in their environment, ended when the run has died."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

MARK = "LIFTPROOF_RUN"
"""Environment variable of every process of a run: whose it is, and in which folder."""
_MARK = re.compile(r"(\d+) (\d+\.\d+) (.*)", re.DOTALL)
"""Its value: number and time of start of the first process, and the folder."""
PATIENCE = 10.0
"""Seconds for a killed process to be gone: the system needs a moment."""


def mark_of(project: Path) -> str:
    """Return the mark of the run that this process begins in a project."""
    own = psutil.Process()
    return f"{own.pid} {own.create_time()} {project.resolve()}"


def end_orphans(project: Path) -> int:
    """End what is left of runs in a project whose first process has died; return how many."""
    where = str(project.resolve())
    return _end(
        process
        for process, mark in _marked()
        for found in [_MARK.fullmatch(mark)]
        if found and found[3] == where and not _lives(int(found[1]), float(found[2]))
    )


def end_marked(mark: str, but: int | None = None) -> int:
    """End every process of one run, but the one of that id; return how many."""
    return _end(process for process, found in _marked() if found == mark and process.pid != but)


def _marked() -> Iterator[tuple[psutil.Process, str]]:
    """Yield the processes with a mark, this one and those that it was started by excepted."""
    own = {os.getpid(), *(process.pid for process in psutil.Process().parents())}
    for process in psutil.process_iter(["environ"]):
        mark = (process.info["environ"] or {}).get(MARK)
        if mark and process.pid not in own:
            yield process, mark


def _lives(pid: int, started: float) -> bool:
    try:
        process = psutil.Process(pid)
        is_same: bool = process.create_time() == started
        return is_same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _end(processes: Iterable[psutil.Process]) -> int:
    ended = []
    for process in processes:
        try:
            process.kill()
            ended.append(process)
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(ended, timeout=PATIENCE)
    return len(ended)
