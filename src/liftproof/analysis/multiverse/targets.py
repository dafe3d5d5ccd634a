"""What a review printed of a pooled estimate, if anything, and which combinations round to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.causes.question import decimals_of
from liftproof.analysis.reproduction import HALF_A_DIGIT, Printed, printed_number
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import COUNT_MODELS
from liftproof.vocabulary.quantities import ON_EFFECT, REDUCTIONS

if TYPE_CHECKING:  # the workflow asks for the targets while it starts, without pooling
    from liftproof.analysis.multiverse.ways import PooledCombinations

Flags = NDArray[np.bool_]
_OF_PERCENT = 2
"""Decimals that a percentage has more as a ratio."""
_DECIMALS = 12
"""Beyond these a ratio got from a percentage holds binary rounding alone."""
_TIED = 9
"""Decimals of a distance; no print has as many."""


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
    analyses = {row.id: row for row in review.settings.analyses if row.model not in COUNT_MODELS}
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


def _target(name: str, analysis: Analysis, printed: Mapping[str, Printed]) -> Iterator[Target]:
    if "estimate" in printed:
        own = {each: printed[each] for each in ON_EFFECT if each in printed}
        yield Target(target=name, analysis=analysis.id, printed=own)
    elif "reduction" in printed and MEASURES[analysis.measure].is_log:
        own = {ours: printed[each] for each, ours in REDUCTIONS.items() if each in printed}
        yield Target(target=name, analysis=analysis.id, printed=own, is_reduction=True)


def rounding(target: Target, pooled: "PooledCombinations", *, is_log: bool) -> dict[str, Flags]:
    """Return for each printed quantity which combinations round to it."""
    return {
        quantity: _rounds(target, number, getattr(pooled, quantity), is_log=is_log)
        for quantity, number in target.printed.items()
    }


def matching(target: Target, pooled: "PooledCombinations", *, is_log: bool) -> Flags:
    """Return which combinations round to all that is printed; none where nothing is."""
    if not target.printed:
        return np.zeros(pooled.estimate.shape, dtype=bool)
    found: Flags = np.all(list(rounding(target, pooled, is_log=is_log).values()), axis=0)
    return found


def distance(target: Target, pooled: "PooledCombinations", *, is_log: bool) -> Array:
    """Return the root mean square distance from what is printed, analysis scale, shape (n,).

    A printed number that the scale does not have, such as a ratio of 0, is passed over. Rounded, so
    that combinations which differ by binary rounding alone are tied.
    """
    squares = []
    for quantity in target.printed:
        value = target.natural(quantity)
        if value is not None and (value > 0 or not is_log):
            ours = getattr(pooled, quantity)
            squares.append((ours - (np.log(value) if is_log else value)) ** 2)
    if not squares:
        return np.zeros_like(pooled.estimate)
    far: Array = np.sqrt(np.mean(squares, axis=0))
    return far.round(_TIED)


def _rounds(target: Target, number: Printed, values: Array, *, is_log: bool) -> Flags:
    with np.errstate(over="ignore"):  # the limit of an interval that knows nothing: infinite
        natural = np.exp(values) if is_log else values
    shown = 100 * (1 - natural) if target.is_reduction else natural
    near: Flags = np.abs(shown - number.value) <= HALF_A_DIGIT * number.unit
    return near
