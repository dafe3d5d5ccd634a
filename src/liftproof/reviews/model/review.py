"""A review in memory, as read from its folder and found free of errors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.mark import CheckedWarning, Mark
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Provenance, Published, RiskOfBias, Study
from liftproof.reviews.model.settings import Settings

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
"""Of a publication, in its citation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review: its settings, its tables, and the warnings that its data raised.

    ``checked``: warnings that are marked as checked, by ``marks``, the rows of ``checked.csv``.
    """

    name: str
    folder: Path
    settings: Settings
    studies: tuple[Study, ...]
    outcomes: tuple[Outcome, ...]
    provenance: Sequence[Provenance] = ()
    published: tuple[Published, ...] = ()
    risk_of_bias: tuple[RiskOfBias, ...] = ()
    grades: tuple[Grade, ...] = ()
    prints: tuple[PrintedPool, ...] = ()
    warnings: tuple[Problem, ...] = ()
    checked: tuple[CheckedWarning, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def shows_prints_alone(self) -> bool:
        """Whether it sets out what other reviews printed, and pools no trials."""
        return bool(self.prints) and not self.settings.analyses

    @property
    def is_pooled_again(self) -> bool:
        """Whether it is of a review by others: one that is cited, or of which prints are held."""
        cited = self.settings.citation or self.settings.doi
        return bool(self.published or self.prints or cited)

    @property
    def is_by_others(self) -> bool:
        """Whether others wrote what is pooled again: a publication is cited, or its prints are held
        without any citation. A living review cites none, whatever prints are held beside it."""
        settings = self.settings
        if settings.citation or settings.doi:
            return bool(settings.doi or _YEAR.search(settings.citation))
        return bool(self.published)
