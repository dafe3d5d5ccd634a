"""Where a long verb is: one line on standard error, nothing where that is no terminal."""

import sys
import time
from types import TracebackType

_CLEAR = "\r\x1b[K"
_MINUTE = 60.0


class ProgressLine:
    """A line that says how much is done, in share and time left, and goes when the work ends.

    ``things``: what is counted, in the plural. What is done at the first call was done before: the
    time left follows from what came after it. ``is_shown``: whether there is a terminal to show it.
    """

    def __init__(self, things: str) -> None:
        self.things = things
        self.done = self.total = 0
        self.is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._now = ""
        self._first: tuple[int, float] | None = None

    def told(self, done: int, total: int, now: str = "") -> None:
        """Take note of what is done of all, and of what is at work ``now``, and show it."""
        self.done, self.total, self._now = done, total, now
        self._first = self._first or (done, time.monotonic())
        self._show()

    def say(self, text: str) -> None:
        """Write a line that stays, above the line that goes."""
        if self.is_shown:
            sys.stderr.write(_CLEAR)
        sys.stderr.write(f"{text}\n")
        self._show()

    def _show(self) -> None:
        if not self.is_shown:
            return
        if self.total:
            share = f"{self.done} of {self.total} {self.things}, {100 * self.done // self.total} %"
            now = f": {self._now}" if self._now else ""
            sys.stderr.write(f"{_CLEAR}{share}{self._time_left()}{now}")
        sys.stderr.flush()

    def _time_left(self) -> str:
        if self._first is None or self.done in (self._first[0], self.total):
            return ""
        before, start = self._first
        pace = (time.monotonic() - start) / (self.done - before)
        return f", about {duration(pace * (self.total - self.done))} left"

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self.is_shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """Return a length of time in words, rounded up.

    >>> duration(0.2), duration(75), duration(5400)
    ('1 s', '2 min', '90 min')
    """
    if seconds <= _MINUTE:
        return f"{max(1, int(-(-seconds // 1)))} s"
    return f"{int(-(-seconds // _MINUTE))} min"
