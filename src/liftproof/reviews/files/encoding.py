"""Bytes of a file to text: UTF-8, with or without a byte order mark; anything else is named."""

import codecs
import stat
from pathlib import Path

from liftproof.reviews.limits import FIRST_BYTES, LARGEST_YAML
from liftproof.reviews.model.problems import Problem

_SIGNATURES = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (b"PK\x03\x04", "an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
)
MEGABYTES = 10_000_000
"""Bytes from which a size is told in whole megabytes."""
_UTF16_NULS = 0.3
"""Text in UTF-16 without a mark is nearly half NUL bytes; a stray NUL is something else."""


def text_of(file: Path, shown: Path, most: int = LARGEST_YAML) -> str | Problem:
    """Return the text of ``file``, or the one problem that keeps it from being read.

    ``most``: how many bytes it may have.
    """
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            wrong, remedy = "the file cannot be opened", "write a file with the table there"
            return _problem(shown, 1, wrong, "no ordinary file", remedy)
        if about.st_size > most:
            return too_large(shown, about.st_size, most)
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return _problem(
            shown, 1, "the file cannot be opened", reason, "check its name and permissions"
        )
    if b"\0" in raw or raw.startswith(tuple(start for start, _ in _SIGNATURES)):
        name = _named(raw)
        return _problem(shown, 1, "the file is not text in UTF-8", name, _save_as(shown))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start, shown)


def too_large(shown: Path, size: int, most: int) -> Problem:
    """Return the problem of a file that has more bytes than are read."""
    wrong = f"the file is too large: at most {_bytes(most)} are read"
    return _problem(shown, 1, wrong, _bytes(size), "divide the review, or leave out what repeats")


def _bytes(size: int) -> str:
    return f"{size / 1e6:.{0 if size >= MEGABYTES else 1}f} MB"


def first_text(file: Path) -> str:
    """Return the first whole lines of a file, characters that are not UTF-8 replaced."""
    with file.open("rb") as stream:
        raw = stream.read(FIRST_BYTES)
    return raw[: raw.rfind(b"\n") + 1].decode("utf-8-sig", "replace")


def _named(raw: bytes) -> str:
    for start, name in _SIGNATURES:
        if raw.startswith(start):
            return name
    return "UTF-16" if raw.count(0) > _UTF16_NULS * len(raw) else "a NUL byte"


def _not_utf8(raw: bytes, position: int, shown: Path) -> Problem:
    """Show the first odd character as Windows-1252 would: nearly always what it was."""
    before = raw[:position].decode("utf-8", "replace")
    line = len((before + "x").splitlines())
    start = max(raw.rfind(b"\n", 0, position), position - 12) + 1
    around = raw[start : position + 12].decode("cp1252", "replace")
    wrong = "the file is not in UTF-8 but probably in Latin-1 (Windows-1252)"
    return _problem(shown, line, wrong, around.splitlines()[0], _save_as(shown))


def _save_as(shown: Path) -> str:
    if shown.suffix == ".csv":
        return "save it as UTF-8 (in Excel: CSV UTF-8, comma delimited)"
    return "save it as UTF-8"


def _problem(shown: Path, line: int, wrong: str, found: str, remedy: str) -> Problem:
    return Problem(path=shown, line=line, column="file", wrong=wrong, found=found, remedy=remedy)
