"""Values of the columns that analyses select by, where one looks like another misspelt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liftproof.columns import columns
from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.membership import ALIKE
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Settings
from liftproof.suggest import nearest

UNASKED = ("study", "arm", "variant", "label")
"""Columns of names: two may be as like as they please."""
_NUMBERS = ("count", "share", "number", "date", "p")
_TYPED = frozenset(
    item.name for table in (Study, Outcome) for item in columns(table) if item.kind in _NUMBERS
)


def check_values(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Warn of a value that no analysis takes and that looks like one which an analysis takes.

    A value that several trials have is a group of its own, however like another it looks; not so
    one that capitals alone tell from another.
    """
    rows: Sequence[SheetRow[Any]] = (*tables.studies, *tables.outcomes)
    for column, taken in taken_values(file.settings).items():
        if column in UNASKED or column in _TYPED:
            continue
        holders: dict[str, set[str]] = {}
        for row in rows:
            holders.setdefault(row.cell(column), set()).add(row.record.study)
        alike = {value: _like(value, taken) for value in holders}
        for row in rows:
            value = row.cell(column)
            like = alike[value]
            if like and (len(holders[value]) == 1 or like.lower() == value.lower()):
                wrong = f"no analysis takes this value of {column}"
                remedy = f"did you mean {like}?"
                yield row.problem(column, wrong, remedy, rule="value_misspelt")


def taken_values(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return by column the values by which analyses select, leave out, or let trials stand beside.

    >>> from liftproof.reviews.model.settings import Analysis
    >>> one = Analysis(id="a", title="A", measure="RR", select={"outcome": ("injury",)})
    >>> dict(taken_values(Settings(title="Ours", analyses=(one,))))
    {'outcome': ('injury',)}
    """
    found: dict[str, dict[str, None]] = {}
    keys = [(each.select, each.leave_out, each.population) for each in settings.analyses]
    for key in (settings.beside, *(each for of_analysis in keys for each in of_analysis)):
        for column, values in key.items():
            found.setdefault(column, {}).update(dict.fromkeys(value for value in values if value))
    return {column: tuple(values) for column, values in found.items()}


def _like(value: str, taken: Sequence[str]) -> str:
    """Return the value that is taken and that one which is not looks like; empty for none.

    >>> [_like(value, ("strength", "yes")) for value in ("Strenght", "YES", "yes", "balance")]
    ['strength', 'yes', '', '']
    """
    if not value or value in taken:
        return ""
    return nearest(value, taken, ALIKE) or ""
