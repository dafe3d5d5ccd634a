"""Where the numbers of a review came from, and what it still waits for, in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liftproof.pages.sources.result_names import ResultNames
from liftproof.reviews.model.double_readings import DoubleReading
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS, Study
from liftproof.reviews.model.sourced_numbers import ProvenanceSummary
from liftproof.words.text import counted, outcome_names

KINDS = {
    "primary_fulltext": "read in the full text",
    "primary_abstract": "read in the abstract",
    "secondary": "read in another publication",
    "derived": "arithmetic on sourced numbers",
    "reconstructed": "solved from printed totals or ratios",
    "unverified": "seen in no source",
}
"""What each kind of number means to a reader, the firmest first."""


FIELDS = {
    "n": "people",
    "ci_low": "lower limit",
    "ci_high": "upper limit",
    "sd": "standard deviation",
    "se": "standard error",
    "icc": "intracluster correlation",
}
_ARM = re.compile(r"_(intervention|control)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """A trial, or one result of it, that waits for data; ``missing`` says for what."""

    label: str
    missing: str


def provenance_sentence(summary: ProvenanceSummary) -> str:
    """Return how many numbers the review holds, and how many of them carry a mark."""
    marks = [f"{summary.counts[kind]} {kind}" for kind in reversed(MARKED_KINDS)]
    return f"{counted(summary.total, 'number')} of trials, of which {' and '.join(marks)}."


def readings_sentence(readings: Sequence[DoubleReading]) -> str:
    """Return how many numbers several people read, and how often they differ; empty for none."""
    if not readings:
        return ""
    differ = sum(not reading.agrees for reading in readings)
    return (
        f"{counted(len(readings), 'number')} read by two people or more: in "
        f"{len(readings) - differ} they agree, in {differ} they do not."
    )


def field_name(field: str) -> str:
    """Return a column of the tables as readers know it.

    >>> field_name("events_control"), field_name("ci_low"), field_name("sd_intervention")
    ('events, control', 'lower limit', 'standard deviation, intervention')
    """
    stem, *arm = _ARM.split(field)
    return ", ".join(filter(None, [FIELDS.get(stem) or outcome_names(stem), *arm]))


def awaiting(review: Review) -> tuple[Awaiting, ...]:
    """Return the trials without any outcome, and the results that ``awaits`` marks as missing."""
    result_names = ResultNames(review)
    return tuple(
        found for study in review.studies for found in _awaiting(review, study, result_names)
    )


def _awaiting(review: Review, study: Study, result_names: ResultNames) -> Iterator[Awaiting]:
    outcomes = [row for row in review.outcomes if row.study == study.study]
    if not outcomes:
        yield Awaiting(label=study.label, missing="no outcome is recorded")
    for row in outcomes:
        if row.awaits:
            label = f"{study.label} ({result_names.name(row)})"
            yield Awaiting(label=label, missing=row.awaits)
