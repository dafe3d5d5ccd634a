"""A problem found in a review: where, what is wrong, what was found, what to do."""

from dataclasses import dataclass
from pathlib import Path

from liftproof.vocabulary.characters import in_one_line

LONGEST_FOUND = 80
"""Characters of a found value that a message shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: an error, or a warning, which stops no analysis and names its ``rule``.

    Sorted by file, line and column in every listing. ``column`` is "file" or "row" where no
    single cell is to blame; ``line`` counts from 1. ``key``: what names the row or the analysis
    whatever its line; ``numbers``: what a warning is about, ``found`` where it is empty. As text, a
    problem is always one line, with hidden characters as their escapes.
    """

    path: Path
    line: int
    column: str
    wrong: str
    found: str
    remedy: str
    rule: str = ""
    key: str = ""
    numbers: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether it stops no analysis."""
        return bool(self.rule)

    def __str__(self) -> str:
        severity = "warning: " if self.is_warning else ""
        rule = f" [{self.rule}]" if self.rule else ""
        place = f"{self.path}:{self.line}: {self.column}"
        text = f"{place}: {severity}{self.wrong}, found {_shown(self.found)}, {self.remedy}{rule}"
        return in_one_line(text)


def _shown(found: str) -> str:
    """Quote a value so that invisible characters show: they are often the accident itself."""
    if not found:
        return "nothing"
    return repr(found if len(found) <= LONGEST_FOUND else found[: LONGEST_FOUND - 1] + "…")
