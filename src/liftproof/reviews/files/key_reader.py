"""The one reader of YAML files: records as their keys are declared, every problem at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, get_args

import yaml

from liftproof.reviews.files.cells import key_of
from liftproof.reviews.files.key_values import single_value
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
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
    declared,
    empty,
    keys,
)

T = TypeVar("T")
FILE = "file"
"""What problems call the top level of a file."""
MISSING_KEY = "a required key is missing"


def read_record(file: YamlFile, text: str, table: type[T]) -> YamlRecord[T]:
    """Read the text of a file as one record; wrong values are left at their defaults.

    What is wrong is added to the problems of ``file``.
    """
    root = file.root(text, [item.name for item in keys(table) if item.required])
    known = declared(table)
    homes = {name: home for name, (home, _) in known.items()}
    examples = {name: item.example for name, (_, item) in known.items()}
    reader = _Reader(file=file, homes=homes, examples=examples)
    if root is None:
        record = table(**_filled({}, table, 1))
    else:
        record = reader.record(Entry(key=FILE, line=1, node=root), table, ())
    return YamlRecord(path=file.path, line=1, lines=reader.lines, record=record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Walks the declarations. ``homes``: below which key each key of the file stands.

    ``examples``: a value of each key.
    """

    file: YamlFile
    homes: Mapping[str, str]
    examples: Mapping[str, str]
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def record(self, entry: Entry, table: type, place: KeyPath) -> Any:
        """Return a record; what cannot be read is left at its default, or empty."""
        return table(**_filled(self._fields(entry, table, place, ""), table, entry.line))

    def _fields(self, entry: Entry, table: type, place: KeyPath, within: str) -> dict[str, Any]:
        """Return the values that could be read, by attribute."""
        known = [item for item in keys(table) if not item.is_rest]
        rest = [item for item in keys(table) if item.is_rest]
        names = () if rest else tuple(item.name for item in known)
        entries = self._entries(entry, names)
        if not (isinstance(entry.node, yaml.MappingNode) or self._is_null(entry.node)):
            return {}
        self._require(entries, known, entry, within)
        found = {}
        for item in known:
            if item.name in entries:
                value = self._value(entries[item.name], item.kind, (*place, item.name), within)
                found[item.attribute] = value
        for item in rest:
            names = tuple(other.name for other in known)
            others = {name: each for name, each in entries.items() if name not in names}
            found[item.attribute] = self._named(others, item.kind, place, entry)
        return {attribute: value for attribute, value in found.items() if value is not None}

    def _entries(self, entry: Entry, names: Sequence[str]) -> dict[str, Entry]:
        if isinstance(entry.node, yaml.MappingNode):
            return self.file.entries(entry.node, names, entry.key, self.homes)
        if not self._is_null(entry.node):
            remedy = f"write key: value{self._such_as(entry)}"
            found, line = self.file.typed(entry.node), self.file.line(entry.node)
            self.file.report(entry.key, line, "keys with values are needed", found, remedy)
        return {}

    def _such_as(self, entry: Entry) -> str:
        """Return an example of a key, as the end of a remedy."""
        example = self.examples.get(entry.key)
        return f", such as {entry.key}: {example}" if example else ""

    def _require(
        self, entries: Mapping[str, Entry], known: Sequence[Key], holder: Entry, within: str
    ) -> None:
        """Report required keys that are missing or empty; of a nested record at its own key."""
        for item in known:
            entry = entries.get(item.name)
            is_empty = entry is not None and self._is_null(entry.node)
            if not item.required or (entry and not is_empty):
                continue
            if within:
                wrong, remedy = f"{item.name} is missing", f"add {item.name}: to {within}"
                self.file.report(within, holder.line, wrong, "", remedy)
            elif entry:
                remedy = f"fill it in, such as {item.name}: {item.example}"
                self.file.report(item.name, entry.line, "a required value is empty", "", remedy)
            else:
                remedy = f"add {item.name}:, such as {item.name}: {item.example}"
                self.file.report(item.name, holder.line, MISSING_KEY, "", remedy)

    def _value(self, entry: Entry, kind: Kind, place: KeyPath, within: str) -> Any:
        self.lines[place] = entry.line
        return _READERS[type(kind)](self, entry, kind, place, within)

    def _single(self, entry: Entry, kind: SingleKind, _: KeyPath, within: str) -> Any:
        if not isinstance(entry.node, yaml.ScalarNode):
            found, line = self.file.typed(entry.node), self.file.line(entry.node)
            remedy = f"write one value{self._such_as(entry)}"
            self.file.report(entry.key, line, "a single value is needed", found, remedy)
            return None
        typed = self.file.text(entry.node)
        return self._converted(entry, typed, kind, within) if typed else None

    def _converted(self, entry: Entry, typed: str, kind: SingleKind, within: str) -> Any:
        """Return a value, or report it; an id that is none counts as the one that is proposed."""
        called = (kind.what if isinstance(kind, CodeKind) else "") or entry.key
        value = single_value(typed, kind, f"{called} in {within}" if within else called)
        if not isinstance(value, Complaint):
            return value
        self.file.report(entry.key, entry.line, value.wrong, typed, value.remedy)
        return key_of(typed) if isinstance(kind, IdKind) else None

    def _values(self, entry: Entry, kind: ListKind, place: KeyPath, within: str) -> Any:
        """Read a list, or one value as a list of one; an empty text is a value of a column."""
        is_list = isinstance(entry.node, yaml.SequenceNode)
        if not (is_list or kind.takes_one):
            typed, remedy = self.file.typed(entry.node), f"write {entry.key}: [one, two]"
            self.file.report(entry.key, entry.line, "a list is needed", typed, remedy)
            return None
        if is_list and not entry.node.value:
            self._empty(entry, kind)
        found: dict[Any, int] = {}
        for node in entry.node.value if is_list else [entry.node]:
            line = self.file.line(node)
            if isinstance(node, yaml.ScalarNode):
                typed = self.file.text(node)
                self.lines.setdefault((*place, typed), line)
                one = Entry(key=entry.key, line=line, node=node)
                value = self._converted(one, typed, kind.of, within)
                if value in found and value is not None:
                    wrong = f"the same value twice, first on line {found[value]}"
                    self.file.report(entry.key, line, wrong, typed, "delete one of them")
                found.setdefault(value, line)
            else:
                wrong, remedy = "a value or a list of values is needed", "write [one, two]"
                self.file.report(entry.key, line, wrong, self.file.typed(node), remedy)
        return tuple(value for value in found if value is not None)

    def _named_entry(self, entry: Entry, kind: MappingKind, place: KeyPath, _: str) -> Any:
        before = len(self.file.problems)
        entries = self._entries(entry, ())
        is_reported = len(self.file.problems) > before
        return {} if is_reported and not entries else self._named(entries, kind, place, entry)

    def _named(self, entries: Mapping[str, Entry], kind: Any, place: KeyPath, holder: Entry) -> Any:
        """Read values by name; names without a value are left out."""
        if not entries:
            self._empty(holder, kind)
        found = {
            name: self._value(each, kind.of, (*place, name), "") for name, each in entries.items()
        }
        nothing = (None, ())
        return {name: value for name, value in found.items() if value not in nothing}

    def _record(self, entry: Entry, kind: RecordKind, place: KeyPath, _: str) -> Any:
        """Read a nested record; None where something required is not there."""
        before = len(self.file.problems)
        found = self._fields(entry, kind.table, place, entry.key)
        if kind.one:
            self._one(entry, kind, place, is_reported=len(self.file.problems) > before)
        required = {item.attribute for item in keys(kind.table) if item.required}
        if not required <= set(found) or (kind.one and not found):
            return None
        return kind.table(**found, **_line(kind.table, entry.line))

    def _one(self, entry: Entry, kind: RecordKind, place: KeyPath, *, is_reported: bool) -> None:
        given = [item.name for item in keys(kind.table) if (*place, item.name) in self.lines]
        if not given and not is_reported:
            first = keys(kind.table)[0]
            remedy = f"write such as {{{first.name}: {first.example}}}"
            self.file.report(entry.key, entry.line, f"no {kind.one}", "", remedy)
        if len(given) > 1:
            found, remedy = ", ".join(given), "keep one of them"
            self.file.report(entry.key, entry.line, f"two {kind.one}s", found, remedy)

    def _records(self, entry: Entry, kind: RecordsKind, place: KeyPath, _: str) -> Any:
        if not isinstance(entry.node, yaml.SequenceNode):
            self._no_list(entry, kind)
            return ()
        if kind.needs_one and not entry.node.value:
            wrong, remedy = f"no {kind.singular}", f"add one: - id: {_example_id(kind)}"
            self.file.report(entry.key, entry.line, wrong, "", remedy)
        found = []
        for index, node in enumerate(entry.node.value):
            item = Entry(key=entry.key, line=self.file.line(node), node=node)
            self.lines[(*place, str(index))] = item.line
            found.append(self.record(item, kind.table, (*place, str(index))))
        self._unique([record.id for record in found], kind, place)
        return tuple(found)

    def _no_list(self, entry: Entry, kind: RecordsKind) -> None:
        if not self._is_reported(entry):
            wrong = f"not a list of {kind.plural}"
            remedy = f"begin each {kind.singular} with - id: name"
            found = "" if self._is_null(entry.node) else self.file.typed(entry.node)
            self.file.report(entry.key, self.file.line(entry.node), wrong, found, remedy)

    def _unique(self, ids: Sequence[str], kind: RecordsKind, place: KeyPath) -> None:
        first: dict[str, int] = {}
        for index, name in enumerate(ids):
            item = (*place, str(index))
            line = self.lines.get((*item, "id"), self.lines[item])
            if name and name in first:
                wrong = f"two {kind.plural} have the same id, the first on line {first[name]}"
                self.file.report("id", line, wrong, name, "rename one of them")
            first.setdefault(name, line)

    def _empty(self, entry: Entry, kind: ListKind | MappingKind) -> None:
        if kind.empty:
            wrong, remedy = kind.empty
            self.file.report(entry.key, entry.line, wrong, "", remedy)

    def _is_reported(self, entry: Entry) -> bool:
        place = (entry.key, entry.line)
        return any((each.column, each.line) == place for each in self.file.problems)

    def _is_null(self, node: yaml.Node) -> bool:
        return isinstance(node, yaml.ScalarNode) and not self.file.text(node)


_READERS: Mapping[type, Callable[..., Any]] = {
    **dict.fromkeys(get_args(SingleKind), _Reader._single),
    ListKind: _Reader._values,
    MappingKind: _Reader._named_entry,
    RecordKind: _Reader._record,
    RecordsKind: _Reader._records,
}


def _filled(found: dict[str, Any], table: type, line: int) -> dict[str, Any]:
    """Return the values of a record, empty where one without a default could not be read."""
    needed = {item.attribute: empty(item.kind) for item in keys(table) if item.default is MISSING}
    return {**needed, **found, **_line(table, line)}


def _line(table: type, line: int) -> dict[str, int]:
    return {"line": line} if any(item.name == "line" for item in fields(table)) else {}


def _example_id(kind: RecordsKind) -> str:
    return next(item.example for item in keys(kind.table) if item.name == "id")
