"""Prints that another review holds: they get that review's verdict, and are counted there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from liftproof.analysis.dose.dose_answers import dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.loading import load
from liftproof.reviews.model.review import Review
from liftproof.reviews.other_reviews import reviews_seen
from liftproof.rows.result_rows import ReproductionRow

Held = Mapping[tuple[str, str, str], ReproductionRow]
"""Printed numbers by review, target and quantity."""


def with_verdicts_elsewhere(
    review: Review, rows: Sequence[ReproductionRow]
) -> tuple[ReproductionRow, ...]:
    """Return the rows of a review, those that point elsewhere with what is found there.

    Reviews that are pointed to lie beside this one; of each only the results pointed to are pooled.
    A row stays as it is where the review that it names is not there; where that review has errors,
    the row says so.
    """
    wanted = {row.see for row in review.published if row.see}
    folders = [review.folder.parent / name for name in reviews_seen(review)]
    others = {folder.name: load(folder).review for folder in folders if folder.is_dir()}
    held: dict[tuple[str, str, str], ReproductionRow] = {}
    for other in others.values():
        held |= _held(other, wanted) if other else {}
    unusable = [name for name, other in others.items() if other is None]
    return tuple(_seen(row, held, unusable) if row.see else row for row in rows)


def _held(review: Review, wanted: Iterable[str]) -> Held:
    """Pool what the wanted targets of a review ask for, and return their rows."""
    targets = {see.partition("/")[2] for see in wanted if see.startswith(f"{review.name}/")}
    asked = tuple(row for row in review.published if row.target in targets)
    analyses = {row.analysis for row in asked}
    estimates = [
        pool_analysis(review, analysis).estimate
        for analysis in review.settings.analyses
        if analysis.id in analyses
    ]
    doses = tuple(row for row in review.settings.dose if row.target in targets)
    settings = replace(review.settings, dose=doses)
    narrow = replace(review, published=asked, settings=settings)
    slopes = slopes_of(dose_models(narrow)) if doses else {}
    return {
        (review.name, row.target, row.quantity): row for row in reproduce(narrow, estimates, slopes)
    }


def _seen(row: ReproductionRow, held: Held, unusable: Sequence[str]) -> ReproductionRow:
    """Return the row with number and verdict of the print that it points to.

    ``unusable``: reviews whose data have errors.
    """
    name, _, target = row.see.partition("/")
    if name in unusable:
        return replace(row, missing=f"the review that holds it, {row.see}, has errors in its data")
    found = held.get((name, target, row.quantity))
    if found is None:
        return row
    return replace(
        row,
        computed=found.computed,
        verdict=found.verdict,
        explained=f"see {row.see}",
        unverified=found.unverified,
        missing=found.missing,
        reprise=found.reprise,
        blocked_group=found.blocked_group,
        fitted=found.fitted,
    )
