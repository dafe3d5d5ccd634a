"""What the numbers of a pooled row hide, said from the row alone."""

from collections.abc import Iterator

from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.models import INVERSE_VARIANCE
from liftproof.vocabulary.untold import NO_TAU2, NO_WIDTH
from liftproof.words.names import has_common_effect


def hidden_by_numbers(row: EstimateRow) -> Iterator[str]:
    """Yield a sentence for an interval without width, and one for a τ² without limits."""
    if row.estimate is None or row.k == 1:
        return
    if row.ci_low == row.ci_high:
        yield NO_WIDTH
    if row.model == INVERSE_VARIANCE and row.tau2_ci_high is None and not has_common_effect(row):
        yield NO_TAU2
