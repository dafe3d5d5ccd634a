"""A small review without problems, written afresh for each test, and ways to spoil it."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from liftproof.reviews import load
from liftproof.reviews.model.problems import Problem
from support.small_review import GOOD


@dataclass(frozen=True)
class Spoiled:
    """A review to spoil."""

    folder: Path

    def cell(self, file: str, line: int, column: str, value: str) -> None:
        """Replace one cell; ``line`` counts from 1, the header's."""
        rows = list(csv.reader(io.StringIO(self._text(file))))
        rows[line - 1][rows[0].index(column)] = value
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        self.write(file, out.getvalue())

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a part of a file that occurs in it."""
        assert old in self._text(file)
        self.write(file, self._text(file).replace(old, new))

    def append(self, file: str, text: str) -> None:
        """Add lines to the end of a file."""
        self.write(file, self._text(file) + text)

    def write(self, file: str, text: str) -> None:
        """Write a whole file."""
        (self.folder / file).write_bytes(text.encode())

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems of the review as it is now."""
        return load(self.folder, Path("r")).problems

    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that are no warnings."""
        return tuple(each for each in self.problems() if not each.is_warning)

    def warnings(self) -> tuple[Problem, ...]:
        """Return the warnings."""
        return tuple(each for each in self.problems() if each.is_warning)

    def _text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


@pytest.fixture
def review(tmp_path: Path) -> Spoiled:
    """Write the good review and return it for spoiling."""
    folder = tmp_path / "good"
    folder.mkdir()
    spoiled = Spoiled(folder)
    for file, text in GOOD.items():
        spoiled.write(file, text)
    return spoiled


@pytest.fixture
def only() -> Callable[..., None]:
    """Return a check that there is exactly one problem, at a place, saying certain words."""

    def check(
        problems: tuple[Problem, ...], file: str, line: int, column: str, *words: str
    ) -> None:
        assert [(str(each.path), each.line, each.column) for each in problems] == [
            (f"r/{file}", line, column)
        ], "\n".join(map(str, problems))
        missing = [word for word in words if word not in str(problems[0])]
        assert not missing, str(problems[0])

    return check
