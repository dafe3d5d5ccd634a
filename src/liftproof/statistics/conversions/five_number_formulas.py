"""Formulas that take five numbers to a mean and a standard deviation, and the test of skewness.

``a``, ``q1``, ``m``, ``q3``, ``b``: minimum, quartiles, median and maximum; ``n``: people; arrays
of one shape, NaN where a number is not known. ``kind``: ``range`` (a and b), ``quartiles`` or
``both``.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.special import ndtri

from liftproof.statistics.checks import Array

Five = Sequence[Array]
Pair = tuple[Array, Array]
PLACES: Mapping[str, tuple[int, ...]] = {
    "range": (0, 2, 4),
    "quartiles": (1, 2, 3),
    "both": (0, 1, 2, 3, 4),
}
"""By kind, the places of its numbers among the five."""
Formula = Callable[[str, Five, Array], Pair]


def spread_of_range(n: Array) -> Array:
    """Return ξ(n) = 2Φ⁻¹((n - 0.375)/(n + 0.25)), the range in standard deviations.

    Source: Wan et al. 2014, equation 9.

    >>> round(float(spread_of_range(np.array(25.0))), 4)
    3.9284
    """
    return np.asarray(2 * ndtri((n - 0.375) / (n + 0.25)))


def spread_of_quartiles(n: Array) -> Array:
    """Return η(n) = 2Φ⁻¹((0.75n - 0.125)/(n + 0.25)), their distance in standard deviations.

    Source: Wan et al. 2014, equation 16.

    >>> round(float(spread_of_quartiles(np.array(25.0))), 4)
    1.2721
    """
    return np.asarray(2 * ndtri((0.75 * n - 0.125) / (n + 0.25)))


def skewness(kind: str, five: Five, n: Array) -> Pair:
    """Return the statistic of skewness and its critical value at 0.05.

    Source: Shi et al. 2023, Stat Methods Med Res 32, 1338-1360.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in skewness("quartiles", numbers, np.array(40.0))]
    [0.1111, 0.4153]
    """
    a, q1, m, q3, b = five
    of_range = np.abs((a + b - 2 * m) / (b - a))
    of_quartiles = np.abs((q1 + q3 - 2 * m) / (q3 - q1))
    if kind == "range":
        return of_range, 1 / np.log(n + 9) + 2.5 / (n + 1)
    if kind == "quartiles":
        return of_quartiles, 2.65 / np.sqrt(n) - 6 / n**2
    weighted = 2.65 * np.log(0.6 * n) / np.sqrt(n) * of_range
    return np.maximum(weighted, of_quartiles), 3 / np.sqrt(n) - 40 / n**3


def luo_wan_shi(kind: str, five: Five, n: Array) -> Pair:
    """Return Luo's mean and the standard deviation of Wan, of five numbers that of Shi.

    Source: Luo et al. 2018, equations 7, 11 and 15; Wan et al. 2014, equations 9 and 16; Shi et al.
    2020, Res Synth Methods 11, 641-654, equation 10.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in luo_wan_shi("both", numbers, np.array(40.0))]
    [20.4242, 6.094]
    """
    a, q1, m, q3, b = five
    ends, middle = (a + b) / 2, (q1 + q3) / 2
    if kind == "range":
        share = 4 / (4 + n**0.75)
        return share * ends + (1 - share) * m, (b - a) / spread_of_range(n)
    if kind == "quartiles":
        share = 0.7 + 0.39 / n
        return share * middle + (1 - share) * m, (q3 - q1) / spread_of_quartiles(n)
    outer, inner = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    share = 1 / (1 + 0.07 * n**0.6)
    mean = outer * ends + inner * middle + (1 - outer - inner) * m
    of_range, of_quartiles = (b - a) / spread_of_range(n), (q3 - q1) / spread_of_quartiles(n)
    return mean, share * of_range + (1 - share) * of_quartiles


def wan(kind: str, five: Five, n: Array) -> Pair:
    """Return means without weights for n, and Wan's standard deviations.

    Source: Wan et al. 2014; its means are those of Hozo, of Bland and (q₁ + m + q₃)/3.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in wan("both", numbers, np.array(40.0))]
    [20.5, 6.2427]
    """
    a, q1, m, q3, b = five
    of_range, of_quartiles = (b - a) / spread_of_range(n), (q3 - q1) / spread_of_quartiles(n)
    if kind == "range":
        return (a + 2 * m + b) / 4, of_range
    if kind == "quartiles":
        return (q1 + m + q3) / 3, of_quartiles
    return (a + 2 * q1 + 2 * m + 2 * q3 + b) / 8, (of_range + of_quartiles) / 2


def hozo(kind: str, five: Five, n: Array) -> Pair:
    """Return Hozo's mean and standard deviation of a range; NaN of quartiles, which it has not.

    Source: Hozo, Djulbegovic & Hozo 2005, BMC Med Res Methodol 5, 13.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in hozo("range", numbers, np.array(40.0))]
    [20.0, 6.0]
    """
    a, _, m, _, b = five
    if kind != "range":
        return np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    mean = np.where(n <= 25, (a + 2 * m + b) / 4, m)  # noqa: PLR2004 - the paper's sizes
    few = np.sqrt(((a - 2 * m + b) ** 2 / 4 + (b - a) ** 2) / 12)
    return mean, np.select([n <= 15, n <= 70], [few, (b - a) / 4], (b - a) / 6)  # noqa: PLR2004


def bland(kind: str, five: Five, n: Array) -> Pair:
    """Return Bland's mean and standard deviation of five numbers; NaN where two are missing.

    Source: Bland 2015, Int J Stat Med Res 4, 57-64.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in bland("both", numbers, np.array(40.0))]
    [20.5, 6.0519]
    """
    a, q1, m, q3, b = five
    if kind != "both":
        return np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    mean = (a + 2 * q1 + 2 * m + 2 * q3 + b) / 8
    squares = (a**2 + 2 * q1**2 + 2 * m**2 + 2 * q3**2 + b**2) / 16
    products = (a * q1 + q1 * m + m * q3 + q3 * b) / 8
    return mean, np.sqrt(squares + products - mean**2)


def log_normal(kind: str, five: Five, n: Array) -> Pair:
    """Return mean and standard deviation of numbers whose logarithms are ``five``.

    Source: Shi, Tong, Wang & Genton 2020, Stat Interface 13, 519-531. metafor:
    ``conv.fivenum(dist="lnorm")``.

    >>> logs = tuple(np.log(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in log_normal("both", logs, np.array(40.0))]
    [20.6145, 6.6069]
    """
    mean, sd = luo_wan_shi(kind, five, n)
    logarithm = np.log(n)
    excess, fourth, weights = {
        "range": (1.01 + 0.25 / logarithm**2, 1 + 2.23 / logarithm**2, (0.565, 0.37)),
        "quartiles": (1 + 1.58 / n, 1 + 19.2 / n**1.2, (0.57, 0.75)),
        "both": (1 + 0.28 / logarithm**2, 1 + 3.93 / n, (0.405, 0.315)),
    }[kind]
    variance, power = sd**2 / excess, sd**4 / fourth

    def bias(of_variance: float, of_power: float) -> Array:
        """Return the factor by which a plain estimate is too large."""
        linear, quadratic = weights
        return np.asarray(1 + (of_variance * linear * variance + of_power * quadratic * power) / n)

    square = np.exp(2 * mean + 2 * variance) / bias(4, 16)
    below = np.exp(2 * mean + variance) / bias(4, 4)
    return np.exp(mean + variance / 2) / bias(1, 1), np.sqrt(square - below)
