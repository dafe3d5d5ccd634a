"""One run at a time in a folder: a lock that the system lets go of when its holder dies."""

import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

FOLDER = Path(".snakemake") / "liftproof"
LOCK = FOLDER / "lock"


@contextmanager
def run_lock(project: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder; wait while another run holds it, and ``tell`` which."""
    path = project / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as stream:
        if not _lock(stream, fcntl.LOCK_EX):
            stream.seek(0)
            tell(f"Waiting for another run in this folder: {stream.read().strip()}")
            fcntl.flock(stream, fcntl.LOCK_EX)
        _sign(stream)
        yield
        stream.truncate(0)


def share_lock(project: Path) -> TextIO | None:
    """Hold the folder as a run of Snakemake alone, until this process ends; None if it is held.

    Several may do so: Snakemake's own locks keep them apart.
    """
    path = project / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = path.open("a+", encoding="utf-8")
    if not _lock(stream, fcntl.LOCK_SH):
        stream.close()
        return None
    _sign(stream)
    return stream


def _lock(stream: TextIO, kind: int) -> bool:
    try:
        fcntl.flock(stream, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(stream: TextIO) -> None:
    name = Path(sys.argv[0]).name
    stream.truncate(0)
    stream.write(f"process {os.getpid()} ({name}), since {datetime.now():%Y-%m-%d %H:%M:%S}\n")
    stream.flush()
