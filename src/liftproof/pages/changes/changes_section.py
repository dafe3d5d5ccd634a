"""The section at the top of a review: what the trials that were added did, the newest first."""

from collections.abc import Sequence
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
from liftproof.pages.changes.move_words import NOT_MOVED, move_words, mover_words
from liftproof.pages.changes.twin_analyses import same_words
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import PageTable, headings
from liftproof.rows.change_rows import BETWEEN, ChangeRow
from liftproof.vocabulary.levels import level_text
from liftproof.words.text import capital, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAdditions:
    """What was added on one date, in a sentence; ``table``: each analysis that a trial entered.

    ``title``: what was added, in a few words.
    """

    date: str
    title: str
    sentence: str
    table: PageTable


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
    return f"{section.dates[0].date}: {section.dates[0].sentence}" if section else ""


def _additions(inputs: ReviewInputs, date: str, rows: Sequence[ChangeRow]) -> DatedAdditions:
    labels = {study.study: study.label for study in inputs.review.studies}
    added = [study.label for study in inputs.review.studies if study.added == date]
    title = f"{counted(len(added), 'trial')} added ({named(added)})"
    entered = [row for row in rows if row.trials]
    level = level_text(inputs.review.settings.level)
    return DatedAdditions(
        date=date,
        title=title,
        sentence=f"{title}. {_first(entered)} {_conclusions(rows, labels)}",
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


def _first(entered: Sequence[ChangeRow]) -> str:
    """Return the first estimate that an addition enters, before and after."""
    if not entered:
        return "No analysis takes any of them."
    row = entered[0]
    estimates = both(estimate_shown, *numbers_of_row(row))
    return f"{row.title}: {estimates}."


def _conclusions(rows: Sequence[ChangeRow], labels: dict[str, str]) -> str:
    told = same_words((row.title, _moved(row, labels)) for row in rows if row.moved)
    return (
        " ".join(f"{'; '.join(titles)}: {how}." for titles, how in told) or f"{capital(NOT_MOVED)}."
    )


def _moved(row: ChangeRow, labels: dict[str, str]) -> str:
    before, after = numbers_of_row(row)
    how = move_words(row.moved.split(BETWEEN), row.measure, before, after)
    alone, needed, changed = (
        [labels[study] for study in cell.split(BETWEEN) if study]
        for cell in (row.moved_alone, row.moved_with, row.trials)
    )
    if len(changed) > MOST_STEPS:
        return how
    return f"{how}: {mover_words(alone, needed, changed)}"


def _cells(row: ChangeRow) -> tuple[str, ...]:
    before, after = numbers_of_row(row)
    shown = (lambda of: str(of.k), estimate_shown, tau2_shown, prediction_shown, certainty_shown)
    return (row.title, *(both(show, before, after) for show in shown))
