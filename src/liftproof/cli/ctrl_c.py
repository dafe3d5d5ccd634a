"""Ctrl-C between two steps of long work, where all that is done is kept."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from liftproof.simulation.study_run import Told


@contextmanager
def told_until_ctrl_c(told: Told) -> Iterator[Told]:
    """Yield what tells of steps and ends the work at the first after Ctrl-C; a second ends at once.

    Python raises KeyboardInterrupt wherever it happens to be, and it is lost where that is code
    whose errors are passed over, such as what runs when an object goes.
    """
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def note(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    def told_or_ended(done: int, total: int) -> None:
        told(done, total)
        if asked.is_set():
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield told_or_ended
    finally:
        signal.signal(signal.SIGINT, before)
