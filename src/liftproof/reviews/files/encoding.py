"""Bytes of a file to text: UTF-8, with or without a byte order mark; anything else is named."""

import codecs
from pathlib import Path

from liftproof.reviews.model.problems import Problem

_SIGNATURES = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (b"PK\x03\x04", "an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
)
_UTF16_NULS = 0.3
"""Text in UTF-16 without a mark is nearly half NUL bytes; a stray NUL is something else."""


def text_of(file: Path, shown: Path) -> str | Problem:
    """Return the text of ``file``, or the one problem that keeps it from being read."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        return _problem(shown, 1, "the file cannot be opened", reason, "check its permissions")
    if b"\0" in raw or raw.startswith(tuple(start for start, _ in _SIGNATURES)):
        name = _named(raw)
        return _problem(shown, 1, "the file is not text in UTF-8", name, _save_as(shown))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start, shown)


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
