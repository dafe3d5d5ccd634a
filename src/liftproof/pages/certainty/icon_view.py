"""The icon array of 1000 people before any drawing: how many have an event without and with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liftproof.pages.certainty.certainty_signs import baseline_marks, certainty_text
from liftproof.reviews.model.settings import Settings
from liftproof.rows.certainty_rows import FindingRow
from liftproof.words import numbers
from liftproof.words.text import capital

PEOPLE = 1000
UNKNOWN = "No risk without the intervention is known, so that nothing can be said of 1000 people."


@dataclass(frozen=True, slots=True, kw_only=True)
class IconBlock:
    """1000 people: ``events`` of them have one; ``change``: how many more or fewer than without."""

    name: str
    text: str
    events: int
    change: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IconView:
    """Everything drawn: the people without, those with, and the notes beneath."""

    key: str
    row: FindingRow
    title: str
    blocks: tuple[IconBlock, ...]
    notes: tuple[str, ...]


def icon_view(settings: Settings, row: FindingRow) -> IconView:
    """Return the icon array of an analysis whose certainty was judged."""
    return IconView(
        key=f"icons-{row.review}-{row.analysis}",
        row=row,
        title=f"Of {PEOPLE} people: {row.title}",
        blocks=tuple(_blocks(settings, row)),
        notes=tuple(_notes(settings, row)),
    )


def icon_alt_text(view: IconView) -> str:
    """Return what a reader takes from the figure at a glance."""
    said = "; ".join(f"{block.name}: {block.text}" for block in view.blocks)
    return f"Icon array. {said}." if said else f"Icon array. {UNKNOWN}"


def icon_caption(view: IconView) -> str:
    """Return the caption: what is drawn, how to read it."""
    return f"{view.title}. {' '.join(view.notes)}"


def _blocks(settings: Settings, row: FindingRow) -> Iterator[IconBlock]:
    if row.assumed is None or row.corresponding is None:
        return
    intervention, control = settings.arms(row.analysis)
    without, having = round(row.assumed), round(row.corresponding)
    yield IconBlock(
        name=capital(control),
        text=f"{without}{baseline_marks(row)} of {PEOPLE} have an event",
        events=without,
    )
    limits = [row.corresponding_low, row.corresponding_high]
    low, high = (f"{limit:.0f}" for limit in limits if limit is not None)
    yield IconBlock(
        name=capital(intervention),
        text=f"{having} ({low} to {high}) of {PEOPLE}",
        events=having,
        change=having - without,
    )


def _notes(settings: Settings, row: FindingRow) -> Iterator[str]:
    if row.assumed is None or row.corresponding is None:
        yield UNKNOWN
        return
    is_pale = round(row.corresponding) < round(row.assumed)
    pale = " Pale: had one without." * is_pale
    level = numbers.level(settings.level)
    yield f"A square a person. Filled: has an event.{pale} In brackets: {level} limits."
    yield row.effect_in_words
    yield f"Certainty by GRADE: {certainty_text(row)}. Baseline risk: {row.baseline_source}."


def first_finding(settings: Settings, rows: Sequence[FindingRow], ids: Sequence[str]) -> FindingRow:
    """Return the finding of the first of these analyses, in the order of the settings."""
    order = [one.id for one in settings.analyses if one.id in ids]
    return next(row for row in rows if row.analysis == order[0])
