"""How much is known and what would change each conclusion, as lines for the terminal."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.diagnostics.diagnose import NOT_APPLICABLE, diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.stopping.stopping_sentences import METHODS as TOLD
from liftproof.pages.stopping.stopping_sentences import stopping_sentences
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis


def stopping_lines(review: Review, analyses: Sequence[Analysis]) -> Iterator[str]:
    """Yield each analysis with its sentences, or with the reasons why nothing can be told."""
    labels = {study.study: study.label for study in review.studies}
    for analysis in analyses:
        rows = diagnose(review, analysis, {method: METHODS[method] for method in TOLD})
        named = {row.study: labels[row.study.partition("/")[0]] for row in rows if row.study}
        estimate = pool_analysis(review, analysis).estimate
        sentences = stopping_sentences(estimate, rows, named)
        reasons = dict.fromkeys(row.note for row in rows if row.quantity == NOT_APPLICABLE)
        yield f"{analysis.id}: {analysis.title}"
        yield from (f"  {sentence}" for sentence in sentences or reasons)
