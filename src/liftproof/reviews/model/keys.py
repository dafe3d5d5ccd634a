"""What a key of a YAML file is: one declaration for reading, checking and the page of keys.

A record is a frozen dataclass whose fields are declared with :func:`key`. The reader
(:mod:`liftproof.reviews.files.key_reader`) converts values by ``kind`` and reports what is unknown,
missing or unsuitable; the page of keys prints ``meaning``. What a kind cannot say, such as that one
key rules another out, is checked where the file is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

NO_DEFAULT = MISSING
"""For a key whose value comes from elsewhere when it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind:
    """One value, as typed. ``holds`` says of what, for readers, as it does in other kinds."""

    holds: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdKind:
    """An id of a-z, 0-9 and _; ``example`` where nothing like what was typed can be proposed."""

    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKind:
    """One of a few codes.

    ``meanings``: what each stands for, in words, where the code does not say it. ``aliases``: other
    names that are accepted. ``refused``: names that exist but cannot be used here, and why.
    ``what``: what an unknown code is called; empty for the key's own name.
    """

    allowed: tuple[str, ...]
    meanings: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKind:
    """A decimal or a fraction such as 1/3 for which ``fits`` holds, else ``wrong`` is said.

    ``remedy``: what to do; ``unfit`` says it of a number that does not fit, where it depends on it.
    """

    holds: str
    fits: Callable[[float], bool]
    wrong: str
    remedy: str
    unfit: Callable[[float], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsKind:
    """A text of several parts, such as review/analysis; ``count`` of them, or any number if 0."""

    holds: str
    separator: str
    count: int = 0
    remedy: str = ""


SingleKind = TextKind | IdKind | CodeKind | NumberKind | PartsKind
"""Kinds of one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """A list of values, or one value if ``takes_one``.

    ``empty`` says what is wrong with an empty list, and what to do; None where it may be empty.
    """

    of: SingleKind
    takes_one: bool = True
    empty: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingKind:
    """ListKind by a name that is not known in advance; ``names`` says of what, for readers."""

    names: str
    of: "SingleKind | ListKind | RecordKind"
    empty: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """Keys of their own, those of ``table``; ``one`` says what each is if only one may be given."""

    table: type
    one: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsKind:
    """A list of records, each with an ``id``; ``singular`` and ``plural`` are for messages."""

    table: type
    singular: str
    plural: str
    needs_one: bool = False


Kind = SingleKind | ListKind | MappingKind | RecordKind | RecordsKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key. ``name``: as in the file; ``attribute``: as in the dataclass.

    ``otherwise``: what holds where the key is left out, in words, where the default does not say
    it. ``example``: a value, as YAML. ``is_rest``: whether it stands for every further key.
    """

    name: str
    attribute: str
    meaning: str
    kind: Kind
    required: bool
    default: Any
    otherwise: str
    example: str
    is_rest: bool


TEXT = TextKind()
_BY_KIND = object()


def key(
    meaning: str,
    kind: Kind = TEXT,
    *,
    example: str,
    name: str = "",
    required: bool = False,
    default: Any = _BY_KIND,
    otherwise: str = "",
    is_rest: bool = False,
) -> Any:
    """Declare a field as a key; where it is left out, text is empty, a number or record None."""
    metadata = {
        "name": name,
        "meaning": meaning,
        "kind": kind,
        "required": required,
        "otherwise": otherwise,
        "example": example,
        "is_rest": is_rest,
    }
    if isinstance(kind, MappingKind) and default is _BY_KIND:
        return field(default_factory=dict, metadata=metadata)
    usual = MISSING if required else empty(kind)
    return field(default=usual if default is _BY_KIND else default, metadata=metadata)


def keys(table: type) -> tuple[Key, ...]:
    """Return the keys of a record class in their order."""
    return tuple(
        Key(
            **{**item.metadata, "name": item.metadata["name"] or item.name},
            attribute=item.name,
            default=item.default,
        )
        for item in fields(table)
        if item.metadata
    )


def empty(kind: Kind) -> Any:
    """Return the value of a key that is left out: "", (), {} or None."""
    if isinstance(kind, NumberKind | RecordKind):
        return None
    if isinstance(kind, ListKind | RecordsKind | PartsKind):
        return ()
    return {} if isinstance(kind, MappingKind) else ""


def record_keys(table: type) -> tuple[tuple[Key, type], ...]:
    """Return the keys of a record class that hold records, each with the class of these."""
    found = []
    for item in keys(table):
        kind = item.kind.of if isinstance(item.kind, MappingKind) else item.kind
        if isinstance(kind, RecordKind | RecordsKind):
            found.append((item, kind.table))
    return tuple(found)


def declared(table: type, home: str = "") -> dict[str, tuple[str, Key]]:
    """Return every key of a file and below which key it stands, the outermost of several."""
    here = {item.name: (home, item) for item in keys(table) if not item.is_rest}
    below: dict[str, tuple[str, Key]] = {}
    for holder, nested in record_keys(table):
        below = {**declared(nested, holder.name), **below}
    return {**below, **here}
