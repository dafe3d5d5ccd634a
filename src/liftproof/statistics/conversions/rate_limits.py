"""The standard error of a logarithm of a rate from the limits that are printed with the rate."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from liftproof.statistics.distributions import critical_value

Ends = tuple[float, float]
"""The smallest and the largest number that a paper prints alike."""
MOST_EVENTS = 20_000
"""Of more, exact limits and those on the log scale print alike in four digits."""
SLACK = 1e-9
"""Relative room for binary arithmetic where two bounds just touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateError:
    """``error``: standard error of ln(rate). ``events``: those that exact limits stand for, or 0.

    ``kind``: ``log``, ``natural`` or ``exact``, how the limits were made.
    """

    kind: str
    error: float
    events: int = 0


def error_of_rate(rate: Ends, low: Ends, high: Ends, level: float = 0.95) -> RateError | None:
    """Return the standard error of ln(rate), by the kind of limits that fits the rate.

    Limits about ln(rate) are r exp(±cs); about the rate r ± crs; exact ones of d events are
    r/d times quantiles of gamma distributions, and s = 1/√d, the error of ln(rate) that d events
    have. ``rate``, ``low``, ``high``: above 0, the lower limit may be 0. Where both of the first
    two fit, the one whose middle is nearer to the rate is taken; exact ones are tried where neither
    does. None where no kind fits whatever the rounding.

    Source: Cochrane Handbook 6.5, sections 6.3.2 and 6.7.1; exact limits: Garwood 1936,
    Biometrika 28, 437-442.

    >>> error_of_rate((3.95, 4.05), (1.995, 2.005), (7.95, 8.05)).kind
    'log'
    >>> found = error_of_rate((3.45, 3.55), (1.75, 1.85), (6.05, 6.15))
    >>> found.kind, found.events
    ('exact', 12)
    """
    c = float(critical_value(level))
    middle, lowest, highest = (sum(ends) / 2 for ends in (rate, low, high))
    fitting: list[tuple[float, RateError]] = []
    if low[0] > 0 and _meet(_power(rate), (low[0] * high[0], low[1] * high[1])):
        off = abs((lowest * highest) ** 0.5 - middle)
        error = float(np.log(highest / lowest)) / (2 * c)
        fitting.append((off, RateError(kind="log", error=error)))
    if _meet((2 * rate[0], 2 * rate[1]), (low[0] + high[0], low[1] + high[1])):
        off = abs((lowest + highest) / 2 - middle)
        error = (highest - lowest) / (2 * c * middle)
        fitting.append((off, RateError(kind="natural", error=error)))
    if fitting:
        return min(fitting, key=lambda one: one[0])[1]
    return _exact(rate, low, high, level)


def _exact(rate: Ends, low: Ends, high: Ends, level: float) -> RateError | None:
    """Return the error by the whole number of events whose exact limits print like this.

    Of several, by the one whose limits are nearest to the printed ones.
    """
    tail = (1 - level) / 2
    events = np.arange(1, MOST_EVENTS + 1, dtype=np.float64)
    below, above = gammaincinv(events, tail) / events, gammaincinv(events + 1, 1 - tail) / events
    middle, lowest, highest = (sum(ends) / 2 for ends in (rate, low, high))
    fits = np.ones(len(events), dtype=bool)
    for shares, limit in ((below, low), (above, high)):
        fits &= (shares * rate[0] <= limit[1]) & (shares * rate[1] >= limit[0])
    if not fits.any():
        return None
    apart = np.abs(below * middle - lowest) + np.abs(above * middle - highest)
    d = int(events[np.where(fits, apart, np.inf).argmin()])
    return RateError(kind="exact", error=d**-0.5, events=d)


def _power(ends: Ends) -> Ends:
    return ends[0] ** 2, ends[1] ** 2


def _meet(first: Ends, second: Ends) -> bool:
    room = SLACK * max(map(abs, (*first, *second)))
    return first[0] <= second[1] + room and second[0] <= first[1] + room
