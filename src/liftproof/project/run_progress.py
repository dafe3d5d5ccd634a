"""What the engine of the workflow says, read as it comes: to a file, and what matters to people."""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from liftproof.progress import ProgressLine

LOG = Path("logs") / "workflow.log"
QUIET = ("--quiet", "reason", "host")
"""What the engine leaves out where it is read: it then tells each job that begins."""
_STARTS = re.compile(r"(?:local)?rule (\w+):$")
_STEPS = re.compile(r"(\d+) of (\d+) steps \(\d+%\) done$")
_TOTAL = re.compile(r"total +(\d+)$")
_CHATTER = re.compile(
    r"$|\[|job +count|-|\w+ +\d+$|Finished jobid|Select jobs|Execute \d|Using |Assuming |"
    r"Building |Provided |Rules claiming|Conda |Job stats|Complete log|Elapsed |Nothing to be done"
)
"""How lines begin that say how the engine works, as Snakemake 9.27 writes them."""


def follow(lines: Iterable[str], log: TextIO | None, progress: ProgressLine) -> None:
    """Read what the engine and its jobs say until they end: all to the log, the rest as it is.

    Shown is every line that is not known as the engine's own talk, and what is indented below it; a
    new version of the engine may so say more than it should, and never less. A log that cannot be
    written does not stop the run.
    """
    done = total = 0
    is_shown = False
    for text in lines:
        line = text.rstrip("\n")
        if log is not None:
            with suppress(OSError):
                log.write(f"{line}\n")
                log.flush()
        starts, steps, of_all = (one.match(line) for one in (_STARTS, _STEPS, _TOTAL))
        if steps:
            done, total = int(steps[1]), int(steps[2])
        elif of_all:
            total = int(of_all[1])
        if starts or steps or of_all:
            progress.told(done, total, starts[1].replace("_", " ") if starts else "")
            is_shown = False
            continue
        if not line.startswith(" "):
            is_shown = not _CHATTER.match(line)
        if is_shown:
            progress.say(line)


def open_log(folder: Path) -> TextIO | None:
    """Return the log of a run, emptied; None where it cannot be written."""
    path = folder / LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8")
    except OSError:
        return None
