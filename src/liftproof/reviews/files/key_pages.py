"""The page of keys: all of ``review.yaml``, ``claims.yaml`` and ``config.yaml``, as declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING

from liftproof.reviews.model.claim import Claims
from liftproof.reviews.model.configuration import Configuration
from liftproof.reviews.model.keys import (
    CodeKind,
    IdKind,
    Key,
    Kind,
    ListKind,
    MappingKind,
    RecordKind,
    RecordsKind,
    SingleKind,
    keys,
    record_keys,
)
from liftproof.reviews.model.settings import Settings

FILES: Mapping[str, type] = {
    "review.yaml": Settings,
    "claims.yaml": Claims,
    "config.yaml": Configuration,
}
"""The files, and the record that each is."""
_HEAD = ("key", "meaning", "holds", "required", "left out", "example")


def key_dictionary() -> str:
    """Return a Markdown table of the keys of each record, and one of each list of codes."""
    return "\n\n".join(part for name in FILES for part in _file(name))


def _file(name: str) -> Iterator[str]:
    yield f"## {_heading(name)}"
    yield _keys_of(FILES[name], name)
    for key, table in _nested(FILES[name]):
        yield f"### {_heading(name, key)}"
        yield _keys_of(table, name)
    for key, kind in _codes(FILES[name]).items():
        yield f"### {_heading(name, key, codes=True)}"
        yield _codes_of(kind)


def _heading(name: str, key: str = "", *, codes: bool = False) -> str:
    if not key:
        return f"`{name}`"
    return f"Codes of `{key}`" if codes else f"`{name}`, below `{key}`"


def _link(text: str, heading: str) -> str:
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return f"[{text}](#{kept.replace(' ', '-')})"


def _nested(table: type) -> Iterator[tuple[str, type]]:
    """Yield the records below a record with their keys, in the order of the file."""
    for item, nested in record_keys(table):
        yield item.name, nested
        yield from _nested(nested)


def _codes(table: type) -> dict[str, CodeKind]:
    """Return the lists of codes that have meanings, by the first key that holds one."""
    found: dict[str, CodeKind] = {}
    for record in (table, *(nested for _, nested in _nested(table))):
        for item in keys(record):
            kind = item.kind.of if isinstance(item.kind, ListKind) else item.kind
            if isinstance(kind, CodeKind) and kind.meanings and kind not in found.values():
                found[item.name] = kind
    return found


def _keys_of(table: type, file: str) -> str:
    codes = _codes(FILES[file])
    return _table(_HEAD, [_row(item, file, codes) for item in keys(table)])


def _row(item: Key, file: str, codes: Mapping[str, CodeKind]) -> tuple[str, ...]:
    name = "any other key" if item.is_rest else f"`{item.name}`"
    example = item.example if item.is_rest else f"{item.name}: {item.example}"
    required = "yes" if item.required else ""
    holds = _holds(item, item.kind, file, codes)
    return name, item.meaning, holds, required, _left_out(item), f"`{example}`"


def _left_out(item: Key) -> str:
    """Return what holds where a key is left out: its default, or words."""
    if item.required:
        return ""
    is_shown = item.default is not MISSING and isinstance(item.default, str | float)
    typed = f"{item.default:g}" if isinstance(item.default, float) else str(item.default)
    return item.otherwise or (f"`{typed}`" if is_shown and typed else "")


def _holds(item: Key, kind: Kind, file: str, codes: Mapping[str, CodeKind]) -> str:
    if isinstance(kind, ListKind):
        how = "; one, or a list" if kind.takes_one else ", as a list"
        return f"{_holds(item, kind.of, file, codes)}{how}"
    if isinstance(kind, MappingKind):
        of = _holds(item, kind.of, file, codes)
        return of if item.is_rest else f"{kind.names}: {of}"
    if isinstance(kind, RecordKind):
        return _link("keys", _heading(file, item.name))
    if isinstance(kind, RecordsKind):
        return f"a list of {kind.plural}, each with {_link('keys', _heading(file, item.name))}"
    return _single(kind, codes)


def _single(kind: SingleKind, codes: Mapping[str, CodeKind]) -> str:
    if isinstance(kind, CodeKind):
        listed = ", ".join(f"`{code}`" for code in kind.allowed)
        key = next((name for name, other in codes.items() if other == kind), "")
        return f"{listed} ({_link('meaning', _heading('', key, codes=True))})" if key else listed
    return "an id of a-z, 0-9 and _" if isinstance(kind, IdKind) else kind.holds


def _codes_of(kind: CodeKind) -> str:
    head, rows = ["code", "means"], [[f"`{code}`", kind.meanings[code]] for code in kind.allowed]
    if kind.aliases:
        others = {code: f"`{alias}`" for alias, code in kind.aliases.items()}
        head.append("also accepted")
        rows = [[*row, others.get(code, "")] for row, code in zip(rows, kind.allowed, strict=True)]
    table = _table(head, rows)
    reasons: dict[str, list[str]] = {}
    for code, reason in kind.refused.items():
        reasons.setdefault(reason, []).append(f"`{code}`")
    refused = [f"Not accepted: {', '.join(names)}. {why}" for why, names in reasons.items()]
    return "\n\n".join((table, *refused))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [
        head,
        ["---"] * len(head),
        *([cell.replace("|", "\\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
