"""Names of the results of a review's trials, as readers know them."""

from dataclasses import dataclass
from functools import cached_property

from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Provenance
from liftproof.reviews.model.sourced_numbers import MarkedNumber
from liftproof.words.option_names import variant_name
from liftproof.words.text import outcome_names

Key = tuple[str, str, str, str]
OfResult = Provenance | Outcome | MarkedNumber
"""A row that belongs to a result of a trial, or to the trial as a whole."""


@dataclass(frozen=True, eq=False)
class ResultNames:
    """Names from what a review declares: the detail of a result, else the name of its outcome."""

    review: Review

    @cached_property
    def _details(self) -> dict[Key, str]:
        return {_key(row): row.detail for row in self.review.outcomes}

    def name(self, row: OfResult) -> str:
        """Return outcome, variant if not primary, and arm; "the trial" for a trial as a whole."""
        settings = self.review.settings
        named = settings.named
        what = self._details.get(_key(row)) or (named(row.outcome) if row.outcome else "")
        variant = "" if row.variant == PRIMARY else variant_name(row.variant, settings.names)
        parts = (what, variant, named(row.arm) if row.arm else "")
        return ", ".join(outcome_names(part) for part in parts if part) or "the trial"


def _key(row: OfResult) -> Key:
    return row.study, row.outcome, row.variant, row.arm
