"""Whether figures can draw the names that they show: their fonts lack most scripts and emoji."""

from collections.abc import Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.characters import not_drawn

OF_TABLES = {
    "studies": ("label",),
    "outcomes": ("detail",),
    "prints": ("label", "topic", "population", "outcome", "note"),
}
"""Columns whose text stands in figures, beside those that analyses group by."""
OF_REVIEW = ("title", "intervention", "control")
OF_QUESTIONS = {"analyses": ("title",), "dose": ("title", "unit")}
WRONG = "no figure can draw it"


def check_drawn(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield names that figures would show as empty boxes."""
    groups = {each.subgroup for each in file.settings.analyses} - {""}
    for table, names in OF_TABLES.items():
        for row in getattr(tables, table):
            for name in (*names, *(groups - {*names})):
                bad = not_drawn(row.cell(name)) if name not in row.bad else ""
                if bad:
                    yield row.problem(name, f"{WRONG}: {bad}", _remedy(bad))
    for name in OF_REVIEW:
        yield from _value(file, (name,), getattr(file.settings, name))
    for key, records in (("analyses", file.analyses), ("dose", file.doses)):
        for place, record in enumerate(records):
            for name in OF_QUESTIONS[key]:
                where = (key, str(place), name)
                yield from _value(file, where, getattr(record.record, name, ""))


def _value(file: SettingsFile, place: tuple[str, ...], text: str) -> Iterator[Problem]:
    bad = not_drawn(text)
    if bad:
        yield Problem(
            path=file.path,
            line=file.lines.get(place, 1),
            column=place[-1],
            wrong=f"{WRONG}: {bad}",
            found=text,
            remedy=_remedy(bad),
        )


def _remedy(bad: str) -> str:
    codes = ", ".join(f"U+{ord(each):04X}" for each in bad[:3])
    return f"write it in Latin, Greek or Cyrillic letters ({codes})"
