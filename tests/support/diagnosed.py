"""The diagnostics of a whole review, one analysis after the other."""

from liftproof.analysis.diagnostics import diagnose
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import DiagnosticRow


def diagnose_review(review: Review) -> tuple[DiagnosticRow, ...]:
    """Return the diagnostics of every analysis of a review."""
    return tuple(row for analysis in review.settings.analyses for row in diagnose(review, analysis))
