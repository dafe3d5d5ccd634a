"""On which scale effects are drawn: ratios as such, on a log axis; others as they are pooled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.text import capital, minus

RATIO_ROOM = 1.05
"""Beside the outermost ratios."""
FARTHEST = 1e100
"""Ratios beyond have no axis."""
WIDE_RATIO = 5.0
"""Ratios that span more have 1, 2 and 5 in each decade below the axis, not even steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectScale:
    """The scale of a measure in a plot."""

    measure: Measure

    @property
    def label(self) -> str:
        """What stands beside the axis."""
        name = capital(self.measure.name)
        if self.measure.is_ratio:
            return f"{name}, log scale"
        return name if self.measure.scale == "none" else f"{name}, {self.measure.scale} scale"

    @property
    def none(self) -> float | None:
        """Where no effect is drawn; None for a measure that favours nobody."""
        return self.measure.no_effect if self.measure.has_null else None

    def drawn(self, values: ArrayLike) -> Array:
        """Return where effects on the analysis scale are drawn."""
        array = np.asarray(values, dtype=np.float64)
        with np.errstate(over="ignore"):  # limits may run out of sight
            return np.exp(array) if self.measure.is_ratio else array

    def axis(self, values: ArrayLike, limits: Sequence[tuple[float, float]] = ()) -> Axis:
        """Return an axis for drawn values, and for limits as far as they are worth the room."""
        values = self._within_reach(values)
        usual = "GEN" if self.measure.has_null else "MN"
        return axis_for(
            [float(value) for value in np.ravel(values)],
            [self._ends_in_reach(ends) for ends in limits],
            [],
            self.measure if self.measure.is_ratio else MEASURES[usual],
            left="",
            right="",
        )

    def near_axis(self, values: ArrayLike) -> Axis:
        """Return an axis for drawn values alone, no effect being on it only if it is among them."""
        values = self._within_reach(values)
        low, high = float(values.min()), float(values.max())
        if self.measure.is_ratio:
            low, high = low / RATIO_ROOM, high * RATIO_ROOM
        else:
            room = 0.04 * (high - low) or 0.1 * abs(low) or 1.0
            low, high = low - room, high + room
        if self.measure.is_ratio and high > WIDE_RATIO * low:
            return self.axis(values)
        ticks = MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(low, high)
        shown = tuple(round(float(tick), 10) + 0.0 for tick in ticks if low <= tick <= high)
        none = self.none if self.none in shown else None
        decimals = max(len(f"{tick:.10g}".partition(".")[2]) for tick in shown)
        return Axis(
            is_log=self.measure.is_ratio,
            low=low,
            high=high,
            ticks=shown,
            labels=tuple(minus(f"{tick:.{decimals}f}") for tick in shown),
            no_effect=none,
            left="",
            right="",
        )

    def _within_reach(self, values: ArrayLike) -> Array:
        """Return drawn values as an array, or raise InputError for ratios that no axis holds."""
        array = np.asarray(values, dtype=np.float64)
        if self.measure.is_ratio and not ((array >= 1 / FARTHEST) & (array <= FARTHEST)).all():
            raise InputError(
                f"A {self.measure.name} of more than {FARTHEST:g} to 1 cannot be drawn: effects of "
                'ratios are logarithms; others have measure="GEN".'
            )
        return array

    def _ends_in_reach(self, ends: tuple[float, float]) -> tuple[float, float]:
        if not self.measure.is_ratio:
            return ends
        low, high = (min(max(end, 1 / FARTHEST), FARTHEST) for end in ends)
        return low, high

    def text(self, value: float) -> str:
        """Return a drawn value as readers see it.

        >>> effect_scale("RR").text(0.3381)
        '0.34'
        """
        return minus(numbers.effect(float(value)))

    def text_of(self, effect: ArrayLike) -> str:
        """Return an effect on the analysis scale as readers see it."""
        return self.text(float(self.drawn(effect)))


def effect_scale(measure: str) -> EffectScale:
    """Return the scale of a measure by its code, or raise InputError with the nearest code."""
    return EffectScale(measure=choose(MEASURES, measure, "measure"))
