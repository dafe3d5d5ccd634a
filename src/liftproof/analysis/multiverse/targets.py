"""What a review printed of a pooled estimate, if anything.

The workflow asks for it while it starts: nothing here pools, or computes with arrays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liftproof.analysis.causes.question import decimals_of
from liftproof.reviews.model.printed_number import Printed, printed_number
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import COUNT_MODELS
from liftproof.vocabulary.quantities import ON_EFFECT, REDUCTIONS
from liftproof.vocabulary.smd_formulas import SMD_FORMULAS, USUAL_SMD

_OF_PERCENT = 2
"""Decimals that a percentage has more as a ratio."""
_DECIMALS = 12
"""Beyond these a ratio got from a percentage holds binary rounding alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A printed result. ``printed``: by quantity of ours, the number as printed.

    Without a name and a print where an analysis asks for its choices and nothing was printed of it.
    ``is_reduction``: printed as 100 (1 - ratio), in percent.
    """

    target: str
    analysis: str
    printed: Mapping[str, Printed]
    is_reduction: bool = False

    @property
    def has_limits(self) -> bool:
        """Whether limits matter: they are printed, or nothing is."""
        return len(self.printed) != 1

    @property
    def text(self) -> str:
        """The estimate with its limits, to the digits printed; a reduction as a ratio."""
        estimate, low, high = map(self._shown, ON_EFFECT)
        return f"{estimate} ({low} to {high})" if low and high else estimate

    def natural(self, quantity: str) -> float | None:
        """Return what is printed of a quantity as an estimate is shown, None where nothing is."""
        number = self.printed.get(quantity)
        if number is None:
            return None
        return round(1 - number.value / 100, _DECIMALS) if self.is_reduction else number.value

    def _shown(self, quantity: str) -> str:
        """Return one number as printed; empty where it is not."""
        value = self.natural(quantity)
        if value is None:
            return ""
        decimals = decimals_of(self.printed[quantity]) + (_OF_PERCENT if self.is_reduction else 0)
        return f"{value:.{decimals}f}"


def targets(review: Review) -> tuple[Target, ...]:
    """Return every printed estimate that names an analysis pooled from trials' effects.

    One without a print follows for each such analysis that has the key ``multiverse`` and no other.
    """
    analyses = {row.id: row for row in review.settings.analyses if is_of_effects(row)}
    found: dict[tuple[str, str], dict[str, Printed]] = {}
    for row in review.published:
        number = printed_number(row.printed)
        if number is not None and not number.bound:
            found.setdefault((row.target, row.analysis), {})[row.quantity] = number
    printed = tuple(
        target
        for (name, analysis), numbers in found.items()
        if analysis in analyses
        for target in _target(name, analyses[analysis], numbers)
    )
    named = {target.analysis for target in printed}
    asked = (row.id for row in analyses.values() if row.multiverse.is_asked)
    return printed + tuple(
        Target(target="", analysis=name, printed={}) for name in asked if name not in named
    )


def analyses_with_targets(review: Review) -> tuple[Analysis, ...]:
    """Return the analyses whose choices are gone through, in the order of the review."""
    named = {target.analysis for target in targets(review)}
    return tuple(row for row in review.settings.analyses if row.id in named)


def is_of_effects(analysis: Analysis) -> bool:
    """Say whether an analysis pools effects, each of which can be exchanged for another."""
    rests_on_all = SMD_FORMULAS[analysis.smd or USUAL_SMD].rests_on_all
    return analysis.model not in COUNT_MODELS and not rests_on_all


def _target(name: str, analysis: Analysis, printed: Mapping[str, Printed]) -> Iterator[Target]:
    if "estimate" in printed:
        own = {each: printed[each] for each in ON_EFFECT if each in printed}
        yield Target(target=name, analysis=analysis.id, printed=own)
    elif "reduction" in printed and MEASURES[analysis.measure].is_log:
        own = {ours: printed[each] for each, ours in REDUCTIONS.items() if each in printed}
        yield Target(target=name, analysis=analysis.id, printed=own, is_reduction=True)
