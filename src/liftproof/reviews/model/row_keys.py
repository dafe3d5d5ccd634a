"""The columns that name a row of a table, whatever its line."""

from collections.abc import Mapping
from typing import Any

from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.mark import Mark
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.review_tables import Outcome, Provenance, Published, RiskOfBias, Study

ROW_KEYS: Mapping[type, tuple[str, ...]] = {
    Study: ("study",),
    Outcome: ("study", "outcome", "variant", "arm"),
    Provenance: ("study", "field", "variant", "outcome", "arm"),
    Published: ("target", "quantity"),
    RiskOfBias: ("study", "tool", "domain"),
    Grade: ("analysis", "domain"),
    PrintedPool: ("target",),
    Mark: ("file", "key", "field", "rule", "numbers"),
}


def key_of_row(record: Any) -> str:
    """Return the cells that name a row, with slashes between them; empty ones are left out.

    >>> key_of_row(Outcome(study="bee", outcome="injury", variant="primary"))
    'bee/injury/primary'
    """
    names = ROW_KEYS.get(type(record), ())
    return "/".join(text for name in names for text in [getattr(record, name)] if text)
