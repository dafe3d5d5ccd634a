"""Numbers that cannot be, each looked at within its own row."""

from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter

from liftproof.columns import columns
from liftproof.reviews.checks.number_limits import ARMS, LIMITS, Limit
from liftproof.reviews.files.sheet_rows import SheetRow, SheetRows
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.total_clusters import CLUSTERS_TOTAL, clusters_of_arms, total_clusters
from liftproof.vocabulary.levels import remedy_of_level

SMALLEST_ARM = 2
"""A standard deviation needs two participants."""
SPREAD = ("mean_intervention", "mean_control", "sd", "sd_before")
"""Columns without any of which a row has no standard deviation to need them."""


def check_limits(rows: SheetRows[Study] | SheetRows[Outcome], table: type) -> Iterator[Problem]:
    """Yield the numbers of rows of a table that are impossible by themselves."""
    limits = _limits_of(table)
    beyond = {
        place
        for name in rows.typed.keys() & limits.keys()
        for place, value in enumerate(map(attrgetter(name), rows.records))
        if value is not None and not limits[name].holds(value)
    }
    for place in sorted(rows.derived | beyond):
        yield from _beyond(rows[place], limits)


def _beyond(
    row: SheetRow[Study] | SheetRow[Outcome], limits: Mapping[str, Limit]
) -> Iterator[Problem]:
    derived = row.record.derived_from if isinstance(row.record, Outcome) else {}
    for name in filter(limits.__contains__, {**row.typed, **derived}):
        limit, value = limits[name], getattr(row.record, name)
        if value is not None and name not in row.bad and not limit.holds(value):
            yield row.problem(name, limit.wrong, _remedy(name, limit, value))


@cache
def _limits_of(table: type) -> Mapping[str, Limit]:
    """Return the limits of a table's columns."""
    return {item.name: LIMITS[item.name] for item in columns(table) if item.name in LIMITS}


def check_events(row: SheetRow[Outcome]) -> Iterator[Problem]:
    """Yield arms with more events than participants.

    With person-time, events are injuries and not injured people: there may be more of them.
    """
    for arm in ARMS:
        events, people = getattr(row.record, f"events_{arm}"), getattr(row.record, f"n_{arm}")
        if getattr(row.record, f"person_time_{arm}") is not None or not people:
            continue
        if events is not None and events > people:
            wrong = f"more events than the {people} participants of the arm"
            remedy = f"correct it or n_{arm}; count people injured, or give person-time"
            yield row.problem(f"events_{arm}", wrong, remedy)
    record = row.record
    if record.person_time is None and record.n and (record.events or 0) > record.n:
        wrong = f"more events than the {record.n} participants of the group"
        yield row.problem("events", wrong, "correct it or n; count people, or give person-time")


def check_arms(row: SheetRow[Outcome]) -> Iterator[Problem]:
    """Yield arms with a mean and a standard deviation of a single participant."""
    for arm in ARMS:
        people = getattr(row.record, f"n_{arm}")
        has_mean = getattr(row.record, f"mean_{arm}") is not None
        if has_mean and people is not None and 0 < people < SMALLEST_ARM:
            wrong = "a standard deviation needs 2 participants or more"
            yield row.problem(f"n_{arm}", wrong, "correct it, or the arm's standard deviation")
    n, has_sd = row.record.n, row.record.sd is not None or row.record.sd_before is not None
    if has_sd and n is not None and 0 < n < SMALLEST_ARM:
        wrong = "a standard deviation needs 2 participants or more"
        yield row.problem("n", wrong, "correct it, or the standard deviation")


def check_clusters(row: SheetRow[Outcome], study: Study) -> Iterator[Problem]:
    """Yield arms with more clusters than participants."""
    for arm in ARMS:
        people = getattr(row.record, f"n_{arm}")
        clusters = getattr(study, f"clusters_{arm}")
        if people and clusters and clusters > people:
            wrong = f"fewer participants than the {clusters} clusters of the arm in studies.csv"
            yield row.problem(f"n_{arm}", wrong, f"correct it or clusters_{arm}")


def check_clusters_total(row: SheetRow[Study]) -> Iterator[Problem]:
    """Yield a number of clusters in all that is no plain number, or not the sum of both arms."""
    text = row.record.moderators.get(CLUSTERS_TOTAL, "").strip()
    if text and not total_clusters(row.record):
        wrong, remedy = "not a plain number above 0", "write only digits, as in 24, or empty it"
        yield row.problem(CLUSTERS_TOTAL, wrong, remedy)
    arms, total = clusters_of_arms(row.record), total_clusters(row.record)
    if arms and total and arms != total:
        wrong = f"the clusters of both arms add up to {arms:g}"
        remedy = "correct the wrong one, or say in a note why"
        yield row.problem(
            CLUSTERS_TOTAL, wrong, remedy, rule="clusters_differ", numbers=f"{text}; {arms:g}"
        )


def _remedy(column: str, limit: Limit, value: float) -> str:
    """Return what to do; a level of 95, or of 0.05, is taken for what it means."""
    return remedy_of_level(value) if column == "ci_level" else limit.remedy
