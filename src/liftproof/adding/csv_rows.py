"""Rows appended to a CSV file whose bytes stay as they are."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

BOM = "﻿".encode()


def appended(raw: bytes, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a CSV file with rows at its end, in its own columns, quoting and line ends.

    A row's column that the file lacks is added at the right, empty in the rows above: all other
    bytes are as they were. ``raw`` is UTF-8 with a header.

    >>> appended(b"study,year\\n", [{"study": "one", "weeks": "8"}])
    b'study,year,weeks\\none,,8\\n'
    """
    text = raw.removeprefix(BOM).decode("utf-8")
    end = line_end(text)
    names = header(raw)
    new = list(dict.fromkeys(name for row in rows for name in row if name not in names))
    text = _widened(text, new) if new else text
    out = StringIO(newline="")
    is_quoted = text.lstrip().startswith('"')
    writer = csv.writer(
        out, lineterminator=end, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    )
    for row in rows:
        writer.writerow(_cells(row, (*names, *new)))
    start = BOM if raw.startswith(BOM) else b""
    separator = "" if text.endswith(("\n", "\r")) else end
    return start + f"{text}{separator}{out.getvalue()}".encode()


def header(raw: bytes) -> tuple[str, ...]:
    """Return the names of the columns of a CSV file."""
    text = raw.removeprefix(BOM).decode("utf-8")
    filled = (row for row in csv.reader(StringIO(text, newline="")) if any(map(str.strip, row)))
    return tuple(name.strip() for name in next(filled, []))


def line_end(text: str) -> str:
    """Return the line end of a text, that of its first line; a newline where it has none."""
    first = next(iter(StringIO(text, newline="")), "")
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _cells(row: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Return the cells of a row; a name that stands twice in the header is filled once."""
    return [row.get(name, "") if name not in names[:at] else "" for at, name in enumerate(names)]


def _widened(text: str, new: Sequence[str]) -> str:
    """Return a CSV text with further columns, named in its first record, empty in the others."""
    lines = list(StringIO(text, newline=""))
    reader, start, out = csv.reader(lines), 0, []
    has_header = False
    for record in reader:
        typed = "".join(lines[start : reader.line_num])
        start = reader.line_num
        body = typed.rstrip("\r\n")
        if any(cell.strip() for cell in record):
            more = "," + ",".join(new) if not has_header else "," * len(new)
            typed, has_header = f"{body}{more}{typed[len(body) :]}", True
        out.append(typed)
    return "".join(out)
