"""What a table in metafor's names leaves open, in lines for the one who takes it over."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from liftproof.columns import columns
from liftproof.exchange.draft import DraftRow
from liftproof.exchange.imported_results import lacking_columns
from liftproof.exchange.metafor_names import NAMES
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.suggest import nearest
from liftproof.words.text import counted

EFFECT_OF_EXPORT = re.compile(r"[yv]i\..+")
_DECLARED = {*NAMES, *(item.name for table in (Outcome, Study) for item in columns(table))}


def notices(
    file: Path, header: tuple[str, ...], outcomes: Sequence[DraftRow], whole: Collection[int]
) -> Iterator[str]:
    """Yield what of a table is left out, and which rows have no whole result yet.

    ``header``: its columns; ``whole``: the lines of the rows with a result.
    """
    computed = [name for name in header if EFFECT_OF_EXPORT.fullmatch(name)]
    if computed:
        yield (
            f"{file}: {counted(len(computed), 'column')} of effects that an export computed, "
            f"{', '.join(computed)}"
        )
    begun = [row for row in outcomes if row.line not in whole]
    if begun:
        yield (
            f"{file}: {counted(len(begun), 'row')} without a complete result, which "
            f"{'awaits' if len(begun) == 1 else 'await'} data: {_without(file, header, begun)}"
        )


def _without(file: Path, header: tuple[str, ...], rows: Sequence[DraftRow]) -> str:
    """Return which columns rows lack, those that lack the same together."""
    studies = {row.line: row.cells["study"] for row in rows}
    together: dict[tuple[str, ...], list[str]] = {}
    for line, absent in lacking_columns(file, rows).items():
        together.setdefault(absent, []).append(f"{studies[line]} (line {line})")
    return "; ".join(
        f"{_named(absent, header)}{', '.join(named)}" for absent, named in together.items()
    )


def _named(absent: Sequence[str], header: tuple[str, ...]) -> str:
    shown = " and ".join(_as_named(name, header) for name in absent)
    return f"{shown} of " if shown else ""


def _as_named(column: str, header: tuple[str, ...]) -> str:
    """Return a column in metafor's name where the table uses such, and one that may be meant."""
    theirs = {ours: name for name, ours in NAMES.items()}
    is_theirs = any(name in NAMES for name in header)
    shown = theirs.get(column, column) if is_theirs else column
    strangers = [name for name in header if name not in _DECLARED]
    like = nearest(shown, strangers) if shown not in header else None
    return f"{shown} (is it {like}?)" if like else shown
