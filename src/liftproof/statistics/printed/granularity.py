"""Means, standard deviations and percentages that no whole numbers give."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array

SLACK = 1e-9
"""Relative room for binary arithmetic where a bound just touches a whole number."""
MOST_TOTALS = 10_000
"""Totals of one mean that are tried for its standard deviation; more of them allow any."""


def whole_totals(mean: ArrayLike, unit: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """Return the least and the largest whole total whose mean over ``n`` rounds to ``mean``.

    There is none where the first is larger. ``unit``: place of the last digit printed; arguments
    broadcast. Half a unit either way is let in, whichever way halves were rounded.

    Source: the GRIM test, Brown & Heathers 2017, Soc Psychol Personal Sci 8, 363-369.

    >>> [float(x) for x in whole_totals(3.45, 0.01, 20)]
    [69.0, 69.0]
    >>> [float(x) for x in whole_totals(3.48, 0.01, 20)]
    [70.0, 69.0]
    """
    centre, half = np.asarray(mean, dtype=np.float64), np.asarray(unit, dtype=np.float64) / 2
    size = np.asarray(n, dtype=np.float64)
    room = SLACK * np.maximum(1.0, np.abs(centre * size))
    return np.ceil((centre - half) * size - room), np.floor((centre + half) * size + room)


def is_possible_mean(mean: ArrayLike, unit: ArrayLike, n: ArrayLike) -> NDArray[np.bool_]:
    """Say whether whole numbers of ``n`` people can have the mean: see :func:`whole_totals`.

    >>> is_possible_mean([3.45, 3.48], 0.01, 20).tolist()
    [True, False]
    """
    least, largest = whole_totals(mean, unit, n)
    return np.asarray(least <= largest)


def is_possible_percentage(
    percentage: ArrayLike, unit: ArrayLike, n: ArrayLike
) -> NDArray[np.bool_]:
    """Say whether some count of ``n`` people rounds to the percentage.

    >>> is_possible_percentage([33.3, 35.0], 0.1, 15).tolist()
    [True, False]
    """
    share, step = np.asarray(percentage, dtype=np.float64), np.asarray(unit, dtype=np.float64)
    least, largest = whole_totals(share / 100, step / 100, n)
    inside = np.maximum(least, 0) <= np.minimum(largest, np.asarray(n))
    return np.asarray(inside)


def is_possible_binary_sd(mean: float, mean_unit: float, sd: float, sd_unit: float, n: int) -> bool:
    """Say whether ``n`` zeros and ones can have this mean and standard deviation.

    Of t ones, the mean is p = t/n and the deviation √(p(1 - p)n/(n - 1)); every t whose mean rounds
    to the printed one is tried.

    Source: the DEBIT test, Heathers & Brown 2019, OSF; metafor has none.

    >>> is_possible_binary_sd(0.35, 0.01, 0.49, 0.01, 20)
    True
    >>> is_possible_binary_sd(0.35, 0.01, 0.46, 0.01, 20)
    False
    """
    least, largest = (float(end) for end in whole_totals(mean, mean_unit, n))
    least, largest = max(least, 0.0), min(largest, float(n))
    if largest - least > MOST_TOTALS:
        return True
    p = np.arange(least, largest + 1) / n
    sds = np.sqrt(p * (1 - p) * n / (n - 1)) if n > 1 else np.zeros_like(p)
    room = sd_unit / 2 * (1 + SLACK) + SLACK
    return bool((np.abs(sds - sd) <= room).any())


def is_possible_sd(mean: float, mean_unit: float, sd: float, sd_unit: float, n: int) -> bool:
    """Say whether whole numbers of ``n`` people can have this mean and standard deviation.

    Of a total S that rounds to the mean, the sum of squares is a whole number, odd where S is, and
    at least S²/n; divisor of the variance n - 1. True where the mean is impossible by itself, or
    coarse.

    Source: the GRIMMER test, Anaya 2016, PeerJ Preprints 4, e2400v1.

    >>> is_possible_sd(3.45, 0.01, 1.05, 0.01, 20), is_possible_sd(3.44, 0.01, 2.47, 0.01, 18)
    (True, False)
    """
    least, largest = (float(end) for end in whole_totals(mean, mean_unit, n))
    if largest < least or largest - least > MOST_TOTALS:
        return True
    totals = np.arange(least, largest + 1)
    about = totals**2 / n
    low, high = max(sd - sd_unit / 2, 0.0), sd + sd_unit / 2
    room = SLACK * (1 + about + (n - 1) * high**2)
    first = np.ceil(about + (n - 1) * low**2 - room)
    last = np.floor(about + (n - 1) * high**2 + room)
    first += (first - totals) % 2
    return bool((first <= last).any())
