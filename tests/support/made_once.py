"""What two workers of one run of the tests need is made by one of them."""

import fcntl
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first worker to ask has filled, while others wait for it.

    It lies in the temporary folder of this run, and is of no other.
    """
    base = folders.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    made = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = Path(tempfile.mkdtemp(dir=shared))
            make(begun)
            begun.rename(made)
    return made
