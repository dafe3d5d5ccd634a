"""What every script of the workflow does around its work: log, and fail with a clear text."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

from liftproof.errors import LiftproofError


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
