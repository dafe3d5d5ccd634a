"""Found by every Python of a run that tests disturb: counts writes, and acts at a chosen one.

A write is an opening for writing, a renaming, a removal, a new folder; within one folder alone, and
not where it changes nothing, as making a folder that is there. The environment says what to do:
``FAULT_PLAN`` names a folder with the count, ``FAULT_BELOW`` the folder watched, ``FAULT_AT``
the number of the write, ``FAULT`` one of

snakemake   SIGKILL to the process of Snakemake
group       SIGKILL to that process, to the one that the test has started, and to their groups
first       SIGKILL to the process that the test has started
no_space    the write fails as on a full disk
"""

import errno
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PLAN = os.environ.get("FAULT_PLAN")


def _number() -> int:
    """Return which write of the run this is."""
    counter = os.open(f"{PLAN}/count", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(counter, b".")
    number = os.lseek(counter, 0, os.SEEK_CUR)
    os.close(counter)
    return number


def _act(path: str) -> None:
    fault = os.environ["FAULT"]
    if fault == "no_space":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    if fault != "group":
        os.kill(_pid(fault), signal.SIGKILL)
        return
    own = os.getpgrp()
    for name in ("first", "snakemake"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if _pid(name) != own:
                os.killpg(_pid(name), signal.SIGKILL)
    os.killpg(own, signal.SIGKILL)


def _pid(name: str) -> int:
    return int(Path(f"{PLAN}/{name}").read_text(encoding="utf-8"))


def _is_due(number: int) -> bool:
    """Say whether to act: at the chosen write, or later if the victim had not started by then."""
    fault, at = os.environ["FAULT"], int(os.environ["FAULT_AT"])
    if fault == "snakemake" and not Path(f"{PLAN}/snakemake").exists():
        return False
    return 0 < at <= number and not Path(f"{PLAN}/told").exists()


def _is_write(event: str, args: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(args[2], int) and bool(args[2] & _FOR_WRITING)
    return event in _CHANGES


def _changes_nothing(event: str, path: str) -> bool:
    is_there = Path(path).exists()
    return is_there if event == "os.mkdir" else event == "os.remove" and not is_there


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _is_write(event, args) or not isinstance(args[0], (str, bytes, os.PathLike)):
        return
    path = os.path.abspath(os.fsdecode(args[0]))  # noqa: PTH100  (follows no link)
    is_watched = path.startswith(os.environ["FAULT_BELOW"] + os.sep)
    if is_watched and not _changes_nothing(event, path) and _is_due(_number()):
        Path(f"{PLAN}/told").write_text(f"{event} {path}", encoding="utf-8")
        _act(path)


if PLAN:
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    if not Path(f"{PLAN}/first").exists():
        Path(f"{PLAN}/first").write_text(str(os.getpid()), encoding="utf-8")
    if "snakemake" in " ".join(sys.orig_argv[:5]).rpartition(os.sep)[2]:
        Path(f"{PLAN}/snakemake").write_text(str(os.getpid()), encoding="utf-8")
    sys.addaudithook(_hook)
