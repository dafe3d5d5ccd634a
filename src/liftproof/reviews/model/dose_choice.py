"""A dose question put to its analysis: the extractions, the methods, the dose of each result."""

from dataclasses import replace

from liftproof.reviews.model.choice import value_of
from liftproof.reviews.model.dose_question import INTERVALS, DoseQuestion
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis

DEFAULT_INTERVAL = "hksj_adhoc"


def asked_of(question: DoseQuestion, analysis: Analysis) -> Analysis:
    """Return the analysis with the extractions, τ² and interval that the question asks for.

    An interval that slopes do not have gives way to ``hksj_adhoc``; they have no prediction.
    """
    wanted = question.interval or analysis.interval
    suits = wanted in INTERVALS.get(analysis.model, ())
    return replace(
        analysis,
        variants={**analysis.variants, **question.variants},
        tau2=question.tau2 or analysis.tau2,
        interval=wanted if suits else DEFAULT_INTERVAL,
        prediction="",
    )


def dose_of(question: DoseQuestion, study: Study, outcome: Outcome) -> float | None:
    """Return the dose of one result, None where a column of it is empty."""
    cells = [value_of(column, study, outcome) for column in question.all_columns]
    if not all(cells):
        return None
    product = 1.0
    for cell in cells:
        product *= float(cell)
    return product / 100 if question.adjusted_by else product
