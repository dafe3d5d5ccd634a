"""What was edited in the files of a review, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from liftproof.reviews.checks.check_keys import UNIQUE
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.plain_yaml import PlainLoader
from liftproof.reviews.files.sheet_rows import Read
from liftproof.reviews.model.review_tables import TABLES
from liftproof.reviews.review_folder import SETTINGS, ReviewFolder, table_in

Cells = Mapping[str, str]
_TABLE_OF: Mapping[str, str] = {"checked.csv": "marks", "grade.csv": "grades"}
"""File to its name among the tables, where that is not the file's stem."""
ITEM = "id"
"""Key by which an item of a list in ``review.yaml`` is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One cell of a row that is in both states, or one value of ``review.yaml``.

    ``row``: what names the row, as ``petersen2011, injury``; empty in ``review.yaml``. ``column``:
    of a table, or the keys that lead to a value, as ``analyses/overall/tau2``.
    """

    file: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEdit:
    """A row that is in one state alone. ``is_added``: whether it is in the later one."""

    file: str
    row: str
    study: str
    is_added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DataEdits:
    """What differs between the files of two states of a review, in the order of the tables."""

    cells: tuple[CellEdit, ...]
    rows: tuple[RowEdit, ...]


def data_edits(before: Path, after: Path) -> DataEdits:
    """Return what differs between the files in two folders of a review."""
    cells: list[CellEdit] = [*_settings_edits(before, after)]
    rows: list[RowEdit] = []
    for file in TABLES:
        old, new = _rows(before, file), _rows(after, file)
        rows += [
            RowEdit(file=file, row=name, study=row.get("study", ""), is_added=name in new)
            for name, row in {**old, **new}.items()
            if (name in old) != (name in new)
        ]
        for name in (each for each in new if each in old):
            cells += _cell_edits(file, name, old[name], new[name])
    return DataEdits(cells=tuple(cells), rows=tuple(rows))


def _cell_edits(file: str, row: str, old: Cells, new: Cells) -> Iterator[CellEdit]:
    for column in {**old, **new}:
        before, after = old.get(column, ""), new.get(column, "")
        if before != after:
            yield CellEdit(file=file, row=row, column=column, before=before, after=after)


def _rows(folder: Path, file: str) -> dict[str, Cells]:
    """Return the cells of a table as typed, by what names each row."""
    place = ReviewFolder(folder=folder, shown=folder)
    key = UNIQUE[_TABLE_OF.get(file, file.removesuffix(".csv"))]
    read: Read[Any] = table_in(place, file, TABLES[file], has_trials=False)
    return {", ".join(filter(None, map(row.cell, key))): row.cells for row in read.rows}


def _settings_edits(before: Path, after: Path) -> Iterator[CellEdit]:
    yield from _cell_edits(SETTINGS, "", _settings(before), _settings(after))


def _settings(folder: Path) -> dict[str, str]:
    """Return the values of ``review.yaml`` by the keys that lead to them."""
    text = text_of(folder / SETTINGS, folder / SETTINGS)
    node = yaml.compose(text, Loader=PlainLoader) if isinstance(text, str) else None
    return dict(_values(node, "")) if node else {}


def _values(node: yaml.Node, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, f"{path}/{key.value}".removeprefix("/"))
    elif isinstance(node, yaml.SequenceNode) and _is_plain(node):
        yield path, ", ".join(str(item.value) for item in node.value)
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value, 1):
            yield from _values(item, f"{path}/{_name(item) or place}")
    elif isinstance(node, yaml.ScalarNode):
        yield path, str(node.value)


def _is_plain(node: yaml.SequenceNode) -> bool:
    return all(isinstance(item, yaml.ScalarNode) for item in node.value)


def _name(item: yaml.Node) -> str:
    """Return what names an item of a list, empty where nothing does."""
    pairs = item.value if isinstance(item, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == ITEM), "")
