"""``review.yaml`` as rows of key and value, and back: what lies below a key stays as typed."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import yaml

from liftproof.reviews.model.keys import CodeKind, NumberKind, TextKind
from liftproof.reviews.model.settings import Settings

LONGEST_CELL = 32_000
"""Characters; a cell of a workbook holds 32,767 of them."""
_KEY = re.compile(r"^(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?P<rest>.*)$")
_PLAIN = re.compile(r"[A-Za-z0-9(][^:#\n'\"]*[^:#\s'\"]|[A-Za-z0-9]")
"""Text that YAML reads as it stands, whatever its place in a line."""
SCALARS = frozenset(
    item.name
    for item in fields(Settings)
    if isinstance(item.metadata.get("kind"), TextKind | CodeKind | NumberKind)
)
"""Keys with one value, which a sheet shows without YAML's quotation marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRow:
    """A key and its value; the key is empty where the value goes on from the row above."""

    key: str
    value: str


def settings_rows(text: str) -> tuple[SettingsRow, ...]:
    """Return the rows of a ``review.yaml``; comments above its first key have an empty key.

    >>> [(row.key, row.value) for row in settings_rows("# ours\\ntitle: 'A: b'\\ndoi: 10.1/2")]
    [('', '# ours'), ('title', 'A: b'), ('doi', '10.1/2')]
    """
    return tuple(row for key, value in _blocks(text) for row in _cut(key, value))


def settings_text(rows: Iterable[SettingsRow]) -> str:
    """Return the text of the ``review.yaml`` that the rows stand for.

    >>> print(settings_text([SettingsRow(key="title", value="A: b")]), end="")
    title: "A: b"
    """
    values: dict[str, list[str]] = {}
    last = ""
    for row in rows:
        last = row.key or last
        values.setdefault(last, []).append(row.value)
    return "".join(_entry(key, "\n".join(parts)) for key, parts in values.items())


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    blocks: list[tuple[str, list[str]]] = [("", [""])]
    for line in text.splitlines():
        match = _KEY.match(line)
        if match:
            blocks.append((match["key"], [match["rest"].strip()]))
        else:
            blocks[-1][1].append(line)
    for key, lines in blocks:
        value = _value(key, lines)
        if key or value.strip():
            yield key, value


def _value(key: str, lines: list[str]) -> str:
    """Return the value of a key: its text where it has one, else the YAML below it.

    Blank lines below it stay.
    """
    text, blank = _without_blank("\n".join(lines if lines[0] else lines[1:]))
    below = text.rstrip()
    if key not in SCALARS or "\n" in below:
        return below + blank
    node = yaml.compose(below, Loader=yaml.SafeLoader)
    return (node.value if isinstance(node, yaml.ScalarNode) else below) + blank


def _without_blank(value: str) -> tuple[str, str]:
    """Return a value without the blank lines at its end, and these."""
    text = value.rstrip("\n")
    return text, value[len(text) :]


def _cut(key: str, value: str) -> Iterator[SettingsRow]:
    """Yield one row, or several where a cell cannot hold the value; lines stay whole."""
    part: list[str] = []
    length = 0
    for line in value.split("\n"):
        if part and length + len(line) > LONGEST_CELL:
            yield SettingsRow(key=key, value="\n".join(part))
            key, part, length = "", [], 0
        part.append(line)
        length += len(line) + 1
    yield SettingsRow(key=key, value="\n".join(part))


def _entry(key: str, value: str) -> str:
    if not value.strip():
        return ""
    value, blank = _without_blank(value)
    end = f"\n{blank}"
    if not key:
        return f"{value}{end}"
    if key in SCALARS and "\n" not in value:
        is_plain = _PLAIN.fullmatch(value.strip()) is not None
        text = value.strip() if is_plain else json.dumps(value, ensure_ascii=False)
        return f"{key}: {text}{end}"
    is_flow = "\n" not in value and value.lstrip()[0] in "[{|>'\""
    begins_below = value[0] == " " or (not is_flow and value.lstrip()[0] in "-#")
    return f"{key}:\n{value}{end}" if begins_below else f"{key}: {value}{end}"
