"""The axis of a forest plot: how far it runs, and which numbers stand below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, exp, floor, log, log10
from statistics import median

from liftproof.vocabulary.measure import Measure

Limits = tuple[float, float]

_MOST_TICKS = 8
_STEPS = 5
"""A linear axis is divided into at most this many steps over the range that it must show."""
_RATIO_ROOM = log(4)
_ROOM_IN_HALF_WIDTHS = 1.5
"""An interval is cut where it leaves the estimates by more than 1.5 times the usual half width
(on ratios at least a factor of 4), so that one wide trial does not flatten the others."""
_SLACK = 1e-9
"""Relative: a number that left for the log scale and came back still stands on its tick."""
_NEAR_ONE = ((0.8, 0.9, 1.0, 1.1, 1.25), (0.5, 0.7, 1.0, 1.5, 2.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The horizontal axis, on the natural scale.

    ``ticks`` and ``labels`` run from ``low`` to ``high``, both ends included; ``no_effect`` is one
    of the ticks, None for a measure without such a value. ``left`` and ``right`` say whom an effect
    on that side favours; empty without one.
    """

    is_log: bool
    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    no_effect: float | None
    left: str
    right: str

    @property
    def first_label(self) -> int:
        """Which tick's label is written before others: that of no effect, else the lowest."""
        return 0 if self.no_effect is None else self.ticks.index(self.no_effect)


def share_along(axis: Axis, value: float) -> float:
    """Return where a value on the natural scale stands: 0 at the low end, 1 at the high one."""
    low, high, here = (
        log(number) if axis.is_log else number for number in (axis.low, axis.high, value)
    )
    return (here - low) / (high - low)


def axis_for(
    estimates: Sequence[float],
    trial_limits: Sequence[Limits],
    other_limits: Sequence[Limits],
    measure: Measure,
    *,
    left: str,
    right: str,
) -> Axis:
    """Return an axis that shows every estimate and, of the intervals, what is worth the room.

    ``trial_limits`` decide how wide an interval usually is; ``other_limits`` (of pooled estimates
    and predictions) are shown as far as that allows.
    """
    if not measure.has_null:
        return _plain_axis(estimates, trial_limits, other_limits)
    to_scale, to_natural = (log, exp) if measure.is_log else (float, float)
    limits = [(to_scale(low), to_scale(high)) for low, high in (*trial_limits, *other_limits)]
    half_widths = [(high - low) / 2 for low, high in limits[: len(trial_limits)]]
    core = [to_scale(value) for value in (*estimates, measure.no_effect)]
    low, high = _range(core, limits, half_widths, _RATIO_ROOM if measure.is_log else 0.0)
    if measure.is_log:
        ticks = _ratio_ticks(to_natural(low), to_natural(high))
        labels = tuple(f"{tick:.10f}".rstrip("0").rstrip(".") for tick in ticks)
    else:
        ticks, labels = _linear_ticks(low, high)
    return Axis(
        is_log=measure.is_log,
        low=ticks[0],
        high=ticks[-1],
        ticks=ticks,
        labels=labels,
        no_effect=measure.no_effect,
        left=left,
        right=right,
    )


def _plain_axis(
    estimates: Sequence[float], trial_limits: Sequence[Limits], other_limits: Sequence[Limits]
) -> Axis:
    """Return an axis of round numbers for values that favour nobody, on their own scale."""
    limits = [*trial_limits, *other_limits]
    half_widths = [(high - low) / 2 for low, high in trial_limits]
    if estimates:
        low, high = _room(estimates, limits, half_widths, 0.0)
    else:
        low, high = 0.0, 1.0
    ticks, labels = _linear_ticks(low, high, around_zero=False)
    return Axis(
        is_log=False,
        low=ticks[0],
        high=ticks[-1],
        ticks=ticks,
        labels=labels,
        no_effect=None,
        left="",
        right="",
    )


def _range(
    core: Sequence[float],
    limits: Sequence[Limits],
    half_widths: Sequence[float],
    least_room: float,
) -> Limits:
    """Return the range to show: all of ``core`` and 0, and limits that are not too far from it."""
    low, high = _room(core, limits, half_widths, least_room)
    return min(low, 0.0), max(high, 0.0)


def _room(
    core: Sequence[float],
    limits: Sequence[Limits],
    half_widths: Sequence[float],
    least_room: float,
) -> Limits:
    """Return the range of all of ``core``, and of limits that are not too far from it."""
    usual = median(half_widths) if half_widths else 0.0
    room = max(least_room, _ROOM_IN_HALF_WIDTHS * usual)
    low = max(min((low for low, _ in limits), default=min(core)), min(core) - room)
    high = min(max((high for _, high in limits), default=max(core)), max(core) + room)
    return min(low, *core), max(high, *core)


def _ratio_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round ratios around 1 that span the range, the finest set that stays readable."""
    low, high = low * (1 + _SLACK), high * (1 - _SLACK)
    for ticks in _NEAR_ONE:
        if ticks[0] <= low and high <= ticks[-1]:
            return ticks
    low, high = min(low, 0.5), max(high, 2.0)
    sets = (_spanning(low, high, digits, decades) for digits, decades in _grids())
    return next(ticks for ticks in sets if len(ticks) <= _MOST_TICKS)


def _grids() -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield 1-2-5 in every decade, then 1 in every decade, every second, every third ..."""
    yield (1, 2, 5), 1
    for decades in count(1):
        yield (1,), decades


def _spanning(low: float, high: float, digits: tuple[int, ...], decades: int) -> tuple[float, ...]:
    first = floor(log10(low) / decades) * decades
    last = ceil(log10(high) / decades) * decades
    grid = [
        float(f"{digit}e{power}")
        for power in range(first, last + decades, decades)
        for digit in digits
    ]
    start = max(tick for tick in grid if tick <= low)
    end = min(tick for tick in grid if tick >= high)
    return tuple(tick for tick in grid if start <= tick <= end)


def _linear_ticks(
    low: float, high: float, *, around_zero: bool = True
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return round numbers that span the range; ``around_zero``: at least one on either side."""
    if low == high:
        low, high = low - 1.0, high + 1.0
    raw = (high - low) / _STEPS
    power = floor(log10(raw))
    digit = next(
        digit for digit in (1, 2, 5, 10) if float(f"{digit}e{power}") >= raw * (1 - _SLACK)
    )
    step = float(f"{digit}e{power}")
    first, last = floor(low / step + _SLACK), ceil(high / step - _SLACK)
    if around_zero:
        first, last = min(floor(low / step), -1), max(ceil(high / step), 1)
    decimals = max(0, -floor(log10(step)))
    ticks = tuple(round(number * step, decimals) for number in range(first, last + 1))
    return ticks, tuple(f"{tick + 0.0:.{decimals}f}".replace("-", "−") for tick in ticks)
