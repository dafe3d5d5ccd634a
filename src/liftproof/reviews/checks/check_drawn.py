"""Whether figures can draw the names that they show: their fonts lack most scripts and emoji."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.shown_columns import MADE_COLUMNS
from liftproof.vocabulary.characters import not_drawn

OF_TABLES = {
    "studies": ("label",),
    "outcomes": ("detail",),
    "prints": ("label", "topic", "population", "outcome", "note"),
}
"""Columns whose text stands in figures, beside those that analyses group by or show."""
OF_REVIEW = ("title", "intervention", "control")
OF_QUESTIONS = ("title", "unit")
WRONG = "no figure can draw it"


def check_drawn(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield names that figures would show as empty boxes."""
    analyses = file.settings.analyses
    shown = {name for each in analyses for name in (each.subgroup, *each.columns)}
    groups = sorted(shown - {"", *MADE_COLUMNS})
    for table, names in OF_TABLES.items():
        rows: Iterable[SheetRow[Any]] = getattr(tables, table)
        for row in rows:
            for name in dict.fromkeys((*names, *groups)):
                bad = not_drawn(row.cell(name)) if name not in row.bad else ""
                if bad:
                    yield row.problem(name, f"{WRONG}: {bad}", _remedy(bad))
    for name in OF_REVIEW:
        yield from _value(file, name, getattr(file.settings, name))
    questions: Sequence[YamlRecord[Any]] = (*file.analyses, *file.doses)
    for asked in questions:
        for name in OF_QUESTIONS:
            text = getattr(asked.record, name, "")
            bad = not_drawn(text)
            if bad:
                yield asked.problem((name,), f"{WRONG}: {bad}", _remedy(bad), found=text)


def _value(file: SettingsFile, name: str, text: str) -> Iterator[Problem]:
    bad = not_drawn(text)
    if bad:
        yield Problem(
            path=file.path,
            line=file.lines.get((name,), 1),
            column=name,
            wrong=f"{WRONG}: {bad}",
            found=text,
            remedy=_remedy(bad),
        )


def _remedy(bad: str) -> str:
    codes = ", ".join(f"U+{ord(each):04X}" for each in bad[:3])
    return f"write it in Latin, Greek or Cyrillic letters ({codes})"
