"""What an analysis gave before trials were added: what a print of then is held against."""

from collections.abc import Iterable
from dataclasses import replace

from liftproof.analysis.changes.analysis_state import analysis_state
from liftproof.analysis.changes.trial_records import without_trials
from liftproof.analysis.dose.dose_answers import dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published, Study
from liftproof.rows.result_rows import EstimateRow


def earlier_estimate(
    review: Review, published: Published, added: Iterable[Study]
) -> EstimateRow | None:
    """Return the estimate, or the slope, of a print's analysis without trials added to it.

    It has no numbers where the others cannot be pooled; None where the review has no such analysis.
    """
    before = without_trials(review, {study.study for study in added})
    doses = tuple(row for row in review.settings.dose if row.target == published.target)
    if doses:
        asked = replace(before, settings=replace(before.settings, dose=doses))
        slope = slopes_of(dose_models(asked)).get(published.target)
        if slope is not None:
            return slope
    analysis = next((one for one in review.settings.analyses if one.id == published.analysis), None)
    return None if analysis is None else analysis_state(before, analysis).estimate
