"""Doses that fall into two groups: the slope between them is a contrast of the groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from liftproof.rows.dose_rows import DoseTrialRow

HALF = 0.5
"""Of the range of doses: a gap wider than this splits them."""
FEATURES = ("design", "sport")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Trials below and above the gap, by label; ``apart``: features in which no two agree across.

    Each feature with its values below and above.
    """

    below: tuple[str, ...]
    above: tuple[str, ...]
    apart: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def gap_of(trials: Sequence[DoseTrialRow]) -> Gap | None:
    """Return the gap that takes more than half of the range of doses, None where there is none."""
    dosed = sorted((row for row in trials if row.amount is not None), key=_amount)
    if len(dosed) < 3:  # noqa: PLR2004 - two doses always have a gap
        return None
    gaps = [_amount(after) - _amount(row) for row, after in pairwise(dosed)]
    widest = max(gaps)
    if widest <= HALF * (_amount(dosed[-1]) - _amount(dosed[0])):
        return None
    place = gaps.index(widest) + 1
    below, above = dosed[:place], dosed[place:]
    return Gap(below=_labels(below), above=_labels(above), apart=_apart(below, above))


def _amount(row: DoseTrialRow) -> float:
    return row.amount or 0.0


def _labels(rows: Sequence[DoseTrialRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.label for row in rows))


def _apart(
    below: Sequence[DoseTrialRow], above: Sequence[DoseTrialRow]
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the features that every trial reports and that no value has on both sides."""
    values = {
        name: [tuple(dict.fromkeys(getattr(row, name) for row in rows)) for rows in (below, above)]
        for name in FEATURES
    }
    return tuple(
        (name, low, high)
        for name, (low, high) in values.items()
        if all((*low, *high)) and not set(low).intersection(high)
    )
