"""A record of a YAML file, and the line on which each of its parts stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from liftproof.reviews.model.problems import Problem

T = TypeVar("T")
U = TypeVar("U")
KeyPath = tuple[str, ...]
"""Keys from the record down, such as ("select",), ("select", column) or ("variants", study)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlRecord(Generic[T]):
    """What was read, and where. ``lines``: by place; values of a list are places too."""

    path: Path
    line: int
    lines: Mapping[KeyPath, int]
    record: T

    def items(self, key: str, records: Sequence[U]) -> tuple["YamlRecord[U]", ...]:
        """Return the records listed below a key, each with its own lines."""
        found: list[dict[KeyPath, int]] = [{} for _ in records]
        for place, line in self.lines.items():
            if place[0] == key and len(place) > 1:
                found[int(place[1])][place[2:]] = line
        return tuple(
            YamlRecord(path=self.path, line=lines.pop(()), lines=lines, record=record)
            for record, lines in zip(records, found, strict=True)
        )

    def problem(
        self,
        place: KeyPath,
        wrong: str,
        remedy: str,
        *,
        found: str,
        column: str = "",
        rule: str = "",
    ) -> Problem:
        """Return a problem at the line of a place, or of the record where it is not written.

        ``column``: the key that is to blame, by default the first of the place.
        """
        return Problem(
            path=self.path,
            line=self.lines.get(place, self.line),
            column=column or place[0],
            wrong=wrong,
            found=found,
            remedy=remedy,
            rule=rule,
            key=getattr(self.record, "id", ""),
        )
