"""Trials that a review counts as a whole: how many, with how many results and people."""

from liftproof.analysis.arm_totals import ARMS, of_both, people
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.model.trial_total import TrialTotal
from liftproof.rows.result_rows import EstimateRow


def total_rows(review: Review) -> tuple[EstimateRow, ...]:
    """Return a row without an estimate for each of the review's ``totals``."""
    return tuple(_row(review, total) for total in review.settings.totals)


def _row(review: Review, total: TrialTotal) -> EstimateRow:
    measure = review.settings.measure
    let_in = Analysis(id=total.id, title=total.title, measure=measure, select=total.select)
    rows = [row for _, row in chosen(let_in, review.studies, review.outcomes) if is_complete(row)]
    return EstimateRow(
        review=review.name,
        analysis=total.id,
        title=total.title,
        measure=measure,
        k=len(rows),
        studies=len({row.study for row in rows}),
        participants=of_both([people(rows, arm) for arm in ARMS]),
    )
