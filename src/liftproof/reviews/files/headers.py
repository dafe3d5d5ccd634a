"""The header of a table: which columns are there, unknown, missing, named twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from liftproof.columns import columns
from liftproof.reviews.files.csv_file import Sheet
from liftproof.reviews.files.text_marks import text_complaint
from liftproof.reviews.files.usual_headings import column_of, meant_by
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import TABLES, Outcome, Study
from liftproof.suggest import did_you_mean, nearest

MISSPELT = 0.8
"""How alike a further column and a known one are before the further one looks misspelt."""

SUMMARIES = ("median", "q1", "q3", "min", "max")
ALMOST = 0.9
"""The same for NEAR_MODERATORS, whose names are near to those of moderators, as se is to dose."""
NEAR_MODERATORS = (
    *("ci_kind", "se", "p_sides", "df", "percent_intervention", "percent_control"),
    *("rate_intervention", "rate_control", "rate_per", "whole_numbers"),
    *(f"{name}_{arm}" for name in SUMMARIES for arm in ("intervention", "control")),
    *("t_value", "f_value", "chi2_value", "chi2_correction", "events_total", "higher_arm"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """``names``: one a column of the sheet, empty where it is not read, a misspelt one as meant."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...] = field(default=())


def header_of(sheet: Sheet, table: type) -> Header:
    """Match the header of ``sheet`` with the columns of ``table``.

    Further columns of studies.csv and outcomes.csv are moderators, but in outcomes.csv none that
    looks like a known column; elsewhere they are errors.
    """
    typed = [name.strip() for name in sheet.header.cells]
    names = [name if name not in typed[:place] else "" for place, name in enumerate(typed)]
    return Header(
        names=tuple(names) if table is Study else _as_meant(names, table),
        problems=(
            *_twice(sheet, typed),
            *_nameless(sheet, typed),
            *_marked(sheet, names),
            *_unknown(sheet, names, table),
            *_missing(sheet, names, table),
        ),
    )


def _as_meant(names: list[str], table: type) -> tuple[str, ...]:
    """Return the names with a misspelt one put right: one problem is told once, at the header."""
    known = [item.name for item in columns(table)]
    meant = list(names)
    for place, name in enumerate(names):
        like = _like(name, known) if name and name not in known else None
        if like and like not in meant:
            meant[place] = like
    return tuple(meant)


def _like(name: str, known: list[str]) -> str | None:
    """Return the known column that a further one looks like, None where it is one of its own."""
    loosely = nearest(name, [item for item in known if item not in NEAR_MODERATORS])
    closely = [item for item in known if item in NEAR_MODERATORS]
    return loosely or next(iter(get_close_matches(name.lower(), closely, 1, ALMOST)), None)


def _twice(sheet: Sheet, typed: list[str]) -> Iterator[Problem]:
    for place, name in enumerate(typed):
        if name and name in typed[:place]:
            wrong = "two columns have the same name"
            found = f"columns {typed.index(name) + 1} and {place + 1}"
            yield _problem(sheet, name, wrong, found, "keep one of them")


def _nameless(sheet: Sheet, typed: list[str]) -> Iterator[Problem]:
    """Pass over the empty columns that spreadsheets append."""
    for place, name in enumerate(typed):
        if name:
            continue
        cells = (
            *sheet.columns[place],
            *(row[place] for row in sheet.ragged.values() if place < len(row)),
        )
        if any(map(str.strip, cells)):
            wrong = f"column {place + 1} has no name but holds values"
            yield _problem(sheet, "file", wrong, "", "name the column or empty it")


def _marked(sheet: Sheet, names: list[str]) -> Iterator[Problem]:
    """Yield names with characters that nobody sees: a known column is not meant by them."""
    for name in names:
        complaint = text_complaint(name, name)
        if complaint:
            yield _problem(sheet, name, complaint.wrong, name, complaint.remedy)


def _unknown(sheet: Sheet, names: list[str], table: type) -> Iterator[Problem]:
    known = [item.name for item in columns(table)]
    absent = [each.name for each in columns(table) if each.name not in names and not each.required]
    for name in names:
        if not name or name in known:
            continue
        home = _home(name) if table in (Study, Outcome) else None
        if home:
            wrong, remedy = "a column of another table", f"move it to {home}"
            yield _problem(sheet, name, wrong, name, remedy)
        elif table is Outcome and not _like(name, known):
            continue
        elif table is not Study:
            like = _like(name, known)
            wrong = "the table has no such column"
            usual = meant_by(name, known) or did_you_mean(name, known)
            remedy = f"did you mean {like}?" if like else usual
            yield _problem(sheet, name, wrong, name, remedy)
        else:
            yield from _misspelt(sheet, name, absent)


def _home(name: str) -> str | None:
    """Return the one of the two tables of trials that has the column."""
    for file in ("studies.csv", "outcomes.csv"):
        if name in {item.name for item in columns(TABLES[file])}:
            return file
    return None


def _misspelt(sheet: Sheet, name: str, absent: list[str]) -> Iterator[Problem]:
    """Warn of a moderator that looks like a known column which is not there."""
    own = {item.name for item in columns(Study)}.union(NEAR_MODERATORS)
    of_results = [item.name for item in columns(Outcome) if item.name not in own]
    by_lower = {item.lower(): item for item in (*of_results, *absent)}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=MISSPELT)
    if close:
        wrong = "read as a moderator, but it looks like a known column"
        meant = by_lower[close[0]]
        remedy = f"did you mean {meant}{'' if meant in absent else ' of outcomes.csv'}?"
        yield _problem(sheet, name, wrong, name, remedy, rule="column_misspelt")


def _missing(sheet: Sheet, names: list[str], table: type) -> Iterator[Problem]:
    known = {item.name for item in columns(table)}
    for item in columns(table):
        if item.required and item.name not in names:
            strange = [name for name in names if name and name not in known]
            usual = (name for name in strange if column_of(name) == item.name)
            like = nearest(item.name, strange) or next(usual, None)
            remedy = f"rename {like} to {item.name}" if like else "add it"
            wrong = "a required column is missing"
            yield _problem(sheet, item.name, wrong, like or "", remedy)


def _problem(
    sheet: Sheet, column: str, wrong: str, found: str, remedy: str, *, rule: str = ""
) -> Problem:
    return Problem(
        path=sheet.path,
        line=sheet.header.line,
        column=column,
        wrong=wrong,
        found=found,
        remedy=remedy,
        rule=rule,
    )
