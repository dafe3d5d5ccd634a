"""The two streams of the command line: signs that they cannot show, and writing that fails."""

import codecs
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any

LOOK_ALIKE = "liftproof.look_alike"
"""The name of :func:`look_alike` among Python's handlers of characters that an encoding lacks."""
ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u2018\u2019", "'"),
    **dict.fromkeys("\u201c\u201d", '"'),
    "\u2264": "<=",
    "\u2265": ">=",
    "\u221e": "inf",
    "\u2192": "->",
}
_GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (\w+)")


def in_plain(character: str) -> str:
    r"""Return what stands for a character on a terminal that lacks it.

    >>> [in_plain(character) for character in "τ−\u202fČ≥漢"]
    ['tau', '-', ' ', 'C', '>=', '\\u6f22']
    """
    greek = _GREEK.fullmatch(unicodedata.name(character, ""))
    if greek:
        return greek[1].lower()
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return ALIKE.get(character) or bare or ascii(character)[1:-1]


def look_alike(error: UnicodeError) -> tuple[str | bytes, int]:
    """Replace the first character that an encoding lacks; bytes of a path stay what they are."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    is_byte = "\udc80" <= character <= "\udcff"
    plain = character.encode("ascii", "surrogateescape") if is_byte else in_plain(character)
    return plain, error.start + 1


codecs.register_error(LOOK_ALIKE, look_alike)


class Messages:
    """Standard error; where it cannot be written, the exit code alone tells how a verb ended."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        try:
            return int(self._stream.write(text))
        except OSError:
            discard(self._stream)
            return len(text)

    def flush(self) -> None:
        """Write what was kept back, where that can be."""
        try:
            self._stream.flush()
        except OSError:
            discard(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def streams() -> Iterator[None]:
    """Let both streams take every character, and standard error fail without a word."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=LOOK_ALIKE)
    if sys.stderr is None:
        yield
        return
    with redirect_stderr(Messages(sys.stderr)):
        yield


def discard(stream: Any) -> None:
    """Send what a stream still holds nowhere, so that Python does not fail on it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_unicode(stream: Any) -> bool:
    """Say whether a stream has every character."""
    return codecs.lookup(getattr(stream, "encoding", None) or "ascii").name.startswith("utf")


def why_not(error: OSError) -> str:
    """Return the sentence on a file that cannot be used, or on output that cannot be written."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return f"The output cannot be written: {reason}; make room, or send it elsewhere"
    return f"{os.fsdecode(error.filename)}: {reason}; run again when that is mended"
