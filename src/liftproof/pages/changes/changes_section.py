"""The section at the top of a review: what the trials that were added did, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liftproof.analysis.changes.trial_steps import MOST_STEPS
from liftproof.pages.changes.change_numbers import (
    both,
    certainty_shown,
    estimate_shown,
    numbers_of_row,
    prediction_shown,
    tau2_shown,
)
from liftproof.pages.changes.change_text import named
from liftproof.pages.changes.move_words import NOT_MOVED, is_first_pool, move_words, mover_words
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import PageTable, headings
from liftproof.rows.change_rows import BETWEEN, ChangeRow
from liftproof.vocabulary.levels import level_text
from liftproof.words.text import capital, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAdditions:
    """What was added on one date; ``table``: each analysis that a trial entered.

    ``title``: what was added, in a few words. ``lines``: one for each analysis of which the
    conclusion moved; of the first that was entered where none did.
    """

    date: str
    title: str
    lines: tuple[str, ...]
    has_moved: bool
    table: PageTable

    @property
    def headline(self) -> str:
        """What was added, what it did first, and how many more conclusions it moved."""
        first = self.lines[0] if self.lines else "No analysis takes any of them."
        return " ".join(filter(None, (f"{self.title}.", first, self.also or self.unmoved)))

    @property
    def unmoved(self) -> str:
        """That no conclusion moved; empty where one did."""
        return "" if self.has_moved else f"{capital(NOT_MOVED)}."

    @property
    def also(self) -> str:
        """How many more conclusions moved; empty for none."""
        more = len(self.lines) - 1
        return f"{counted(more, 'more conclusion')} moved." if more > 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesSection:
    """The additions of a review, the newest first."""

    dates: tuple[DatedAdditions, ...]


def changes_section(inputs: ReviewInputs) -> ChangesSection | None:
    """Return the additions of a review; None where every trial was there from the beginning."""
    rows = inputs.rows(ChangeRow)
    dates = sorted({row.added for row in rows}, reverse=True)
    if not dates:
        return None
    return ChangesSection(
        dates=tuple(
            _additions(inputs, date, [row for row in rows if row.added == date]) for date in dates
        )
    )


def latest_additions(inputs: ReviewInputs) -> str:
    """Return what the newest additions did, with their date; empty where nothing was added."""
    section = changes_section(inputs)
    return f"{section.dates[0].date}: {section.dates[0].headline}" if section else ""


def _additions(inputs: ReviewInputs, date: str, rows: Sequence[ChangeRow]) -> DatedAdditions:
    labels = {study.study: study.label for study in inputs.review.studies}
    added = [study.label for study in inputs.review.studies if study.added == date]
    title = f"{counted(len(added), 'trial')} added ({named(added)})"
    entered = [row for row in rows if row.trials]
    moved = [row for row in rows if row.moved]
    level = level_text(inputs.review.settings.level)
    return DatedAdditions(
        date=date,
        title=title,
        lines=tuple(_line(row, labels) for row in moved or entered[:1]),
        has_moved=bool(moved),
        table=PageTable(
            key=f"review-{inputs.review.name}-added-{date}",
            caption=f"Before and after {date}",
            headings=headings(
                *("Analysis", "# Effects", f"Estimate ({level} limits)", "τ²"),
                *(f"{level} prediction interval", "Certainty"),
            ),
            rows=tuple(_cells(row) for row in entered),
        ),
    )


def _line(row: ChangeRow, labels: Mapping[str, str]) -> str:
    """Return the estimate of an analysis before and after, and how its conclusion moved if so."""
    told = [both(estimate_shown, *numbers_of_row(row))]
    if row.moved:
        told.append(capital(_moved(row, labels)))
    return f"{row.title}: {'. '.join(told)}."


def _moved(row: ChangeRow, labels: Mapping[str, str]) -> str:
    before, after = numbers_of_row(row)
    how = move_words(row.moved.split(BETWEEN), row.measure, before, after)
    alone, needed, changed = (
        [labels[study] for study in cell.split(BETWEEN) if study]
        for cell in (row.moved_alone, row.moved_with, row.trials)
    )
    if len(changed) > MOST_STEPS or is_first_pool(before, after):
        return how
    return f"{how}: {mover_words(alone, needed, changed)}"


def _cells(row: ChangeRow) -> tuple[str, ...]:
    before, after = numbers_of_row(row)
    shown = (lambda of: str(of.k), estimate_shown, tau2_shown, prediction_shown, certainty_shown)
    return (row.title, *(both(show, before, after) for show in shown))
