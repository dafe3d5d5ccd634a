"""The trials of a review with their publications, and where each of their numbers was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.table import PageTable, headings, in_words, shown
from liftproof.reviews.model.review_tables import PRIMARY, Provenance
from liftproof.words.marks import MARKS
from liftproof.words.text import minus

SIGNS = dict(MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSource:
    """One trial; ``anchor`` is the id of its entry, ``numbers`` has a row an origin."""

    anchor: str
    label: str
    citation: str
    doi: str
    numbers: PageTable


def trial_anchor(review: str, study: str) -> str:
    """Return the id of a trial's entry.

    >>> trial_anchor("nordic", "askling2003")
    'review-nordic-trial-askling2003'
    """
    return f"review-{review}-trial-{study}"


def trial_sources(inputs: ReviewInputs) -> tuple[TrialSource, ...]:
    """Return every trial of a review, also those that await data, in the order of its table."""
    by_trial: dict[str, list[Provenance]] = {study.study: [] for study in inputs.review.studies}
    for row in inputs.review.provenance:
        by_trial.setdefault(row.study, []).append(row)
    return tuple(
        TrialSource(
            anchor=trial_anchor(inputs.review.name, study.study),
            label=study.label,
            citation=study.citation,
            doi=study.doi,
            numbers=_numbers(
                f"{trial_anchor(inputs.review.name, study.study)}-numbers",
                study.label,
                by_trial[study.study],
            ),
        )
        for study in inputs.review.studies
    )


def _numbers(key: str, label: str, rows: Sequence[Provenance]) -> PageTable:
    """Return where a trial's numbers were found; those of one origin share a row."""
    origins: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        origin = (row.kind, shown(row.source), shown(row.location), shown(row.note))
        origins.setdefault((_result(row), *origin), []).append(
            f"{in_words(row.field)} {minus(in_words(row.value))}"
        )
    return PageTable(
        key=key,
        caption=f"Where each number of {label} was found.",
        headings=headings(
            *("Result", "¶ Numbers", "Known how", "¶ Source", "Where in it", "¶ Remark")
        ),
        rows=tuple(
            (result, "; ".join(found), f"{KINDS[kind]}{SIGNS.get(kind, '')}", *rest)
            for (result, kind, *rest), found in origins.items()
        ),
    )


def _result(row: Provenance) -> str:
    """Name the extraction that a number belongs to, or the trial as a whole."""
    variant = "" if row.variant == PRIMARY else row.variant
    named = [in_words(name) for name in (row.outcome, variant, row.arm) if name]
    return ", ".join(named) or "the trial"
