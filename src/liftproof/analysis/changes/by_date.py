"""What the additions of each date did: a function of the data alone, with no clock and no history.

A trial whose ``added`` is empty was there from the beginning.
"""

from collections.abc import Iterator

from liftproof.analysis.changes.analysis_changes import AnalysisChange, analysis_changes
from liftproof.analysis.changes.analysis_state import AnalysisState
from liftproof.analysis.changes.trial_records import without_trials
from liftproof.reviews.model.review import Review
from liftproof.rows.change_rows import BETWEEN, ChangeRow


def dates_of(review: Review) -> tuple[str, ...]:
    """Return the dates on which trials were added, the first one first."""
    return tuple(sorted({study.added for study in review.studies if study.added}))


def as_of(review: Review, date: str) -> Review:
    """Return a review without the trials that were added after a date."""
    return without_trials(review, {row.study for row in review.studies if row.added > date})


def change_rows(review: Review) -> tuple[ChangeRow, ...]:
    """Return a row for every date of addition and analysis, the first date first."""
    return tuple(_rows(review))


def _rows(review: Review) -> Iterator[ChangeRow]:
    dates = dates_of(review)
    states = [as_of(review, ""), *(as_of(review, date) for date in dates)]
    for date, before, after in zip(dates, states, states[1:], strict=False):
        for change in analysis_changes(before, after, is_brief=True):
            if change.before and change.after:
                yield _row(review.name, date, change, change.before, change.after)


def _row(
    review: str, date: str, change: AnalysisChange, before: AnalysisState, after: AnalysisState
) -> ChangeRow:
    was, now = before.estimate, after.estimate
    return ChangeRow(
        review=review,
        analysis=change.analysis,
        title=change.title,
        measure=now.measure,
        added=date,
        trials=BETWEEN.join(change.trials),
        k_before=was.k,
        k_after=now.k,
        estimate_before=was.estimate,
        estimate_after=now.estimate,
        ci_low_before=was.ci_low,
        ci_low_after=now.ci_low,
        ci_high_before=was.ci_high,
        ci_high_after=now.ci_high,
        tau2_before=was.tau2,
        tau2_after=now.tau2,
        pi_low_before=was.pi_low,
        pi_low_after=now.pi_low,
        pi_high_before=was.pi_high,
        pi_high_after=now.pi_high,
        certainty_before=before.certainty,
        certainty_after=after.certainty,
        moved=BETWEEN.join(change.moved),
        moved_alone=BETWEEN.join(step.study for step in change.moved_alone),
        moved_with=BETWEEN.join(step.study for step in change.moved_with),
    )
