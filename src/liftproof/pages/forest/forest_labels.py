"""What tells the lines of a forest plot apart where a trial has several, or nothing was counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from liftproof.rows.result_rows import EffectRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.text import outcome_names

UNKNOWN = "–"
Named = Callable[[str], str]
"""What readers read in place of a code."""


def labelled_apart(effects: Sequence[EffectRow], named: Named) -> list[EffectRow]:
    """Return the effects with arm and, where a trial has several outcomes, outcome in the label."""
    several = Counter(study for study, _ in {(row.study, row.outcome) for row in effects})
    return [
        replace(row, label=_label(row, named, has_several=several[row.study] > 1))
        for row in effects
    ]


def _label(row: EffectRow, named: Named, *, has_several: bool) -> str:
    what = row.detail or outcome_names(named(row.outcome))
    parts = (row.label, named(row.arm), what if has_several else "")
    return ", ".join(part for part in parts if part)


def has_events(effects: Sequence[EffectRow]) -> bool:
    """Say whether any trial counted events; the others are measured in everyone."""
    return any(
        count is not None
        for row in effects
        for count in (row.events_intervention, row.events_control, row.events)
    )


def participants_only(
    arms: tuple[str, ...], effects: Sequence[EffectRow], *, is_total: bool
) -> tuple[str, ...]:
    """Return the participants of cells such as "–/9"; none for a total that counts some twice."""
    if is_total and len({row.study for row in effects}) < len(effects):
        return ("",) * len(arms)
    return tuple(cell.removeprefix(f"{UNKNOWN}/") for cell in arms)


def is_of_one_group(row: EffectRow) -> bool:
    """Say whether an effect is of one group, without a control arm."""
    return row.measure in MEASURES and MEASURES[row.measure].is_of_one_group
