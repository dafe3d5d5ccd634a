"""What the workflow does around its work: one thread a job, a log, a clear text on failure."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

from liftproof.errors import LiftproofError


def keep_to_one_thread() -> None:
    """Hold the linear algebra of every script started from here to one thread.

    The last digits of a large matrix product depend on how many there are.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


@contextmanager
def logged(log: str) -> Iterator[None]:
    """Send messages to the log file; end with the text of an error raised on purpose.

    That text goes to the terminal as well: it is meant for the person who ran the workflow.
    """
    path = Path(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream, redirect_stderr(stream):
        try:
            yield
        except LiftproofError as error:
            print(error, file=stream)
            print(error, file=sys.__stderr__, flush=True)
            sys.exit(1)
