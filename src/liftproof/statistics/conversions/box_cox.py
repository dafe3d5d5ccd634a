"""Mean and standard deviation by way of a Box-Cox transformation to symmetry."""

from collections.abc import Mapping, Sequence
from math import exp, expm1

import numpy as np
from scipy.integrate import quad

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.conversions.five_number_formulas import (
    PLACES,
    Five,
    Pair,
    luo_wan_shi,
    wan,
)
from liftproof.statistics.conversions.smallest import place_of_smallest

POWERS = (-2.0, 3.0)
"""Between which the power is searched for; one below 0 counts as 0, the logarithm."""
GRID = 101
"""Powers at which the search begins."""
SMALLEST_POWER = 1e-8
"""Nearer to 0 the transformation is the logarithm."""
REACH = 12.0
"""Standard deviations of the transformed numbers that are integrated over; beyond is nothing."""


def box_cox(kind: str, five: Five, n: Array) -> Pair:
    """Return mean and standard deviation by way of the power that makes each row symmetric.

    Luo's mean and Wan's standard deviation of the transforms are taken back. ``kind``: as in
    ``five_number_formulas``. Raises InputError for numbers that are not above 0, or do not
    ascend.

    Source: McGrath et al. 2020, Stat Methods Med Res 29, 2520-2537. R:
    ``estmeansd::bc.mean.sd(avoid.mc=TRUE)``; by default it draws random numbers instead of
    integrating.

    >>> numbers = tuple(np.array(x) for x in (9.0, 16.0, 20.0, 25.0, 33.0))
    >>> [round(float(x), 4) for x in box_cox("both", numbers, np.array(40.0))]
    [20.5089, 6.2729]
    """
    mean, sd = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    for place, people in np.ndenumerate(n):
        row = {each: float(five[each][place]) for each in PLACES[kind]}
        if not np.isnan(list(row.values())).any():
            mean[place], sd[place] = _of_row(kind, row, float(people))
    return mean, sd


def _of_row(kind: str, row: Mapping[int, float], people: float) -> tuple[float, float]:
    """Return mean and standard deviation of one row, its numbers by their places among the five."""
    median = row[2]
    sides = [(row[place], median, row[4 - place]) for place in (0, 1) if place in row]
    if not all(0 < low < middle < high for low, middle, high in sides):
        raise InputError(
            "The Box-Cox method needs numbers above 0, and a median apart from the others: use "
            "luo/wan/shi or qe."
        )
    power = symmetric_power(sides)
    five = [transformed(np.array(row.get(place, np.nan)) / median, power) for place in range(5)]
    location = float(luo_wan_shi(kind, five, np.array(people))[0])
    scale = float(wan(kind, five, np.array(people))[1])
    mean, sd = moments_back(location, scale, power)
    return mean * median, sd * median


def symmetric_power(sides: Sequence[tuple[float, float, float]]) -> float:
    """Return the power at which numbers are most symmetric about their median, 0 or above.

    ``sides``: of each pair of quantiles the lower, the median and the upper one, all above 0.

    Source: McGrath et al. 2020, Stat Methods Med Res 29, 2520-2537. R:
    ``estmeansd::bc.mean.sd``.

    >>> round(symmetric_power([(1.0, 4.0, 9.0)]), 6), symmetric_power([(1.0, 4.0, 16.0)])
    (0.5, 0.0)
    """

    relative = [np.array(side) / side[1] for side in sides]

    def off(power: float) -> float:
        values = (transformed(side, power) for side in relative)
        return float(sum(((high - m) / (m - low) - 1) ** 2 for low, m, high in values))

    place = place_of_smallest(off, *POWERS, grid=GRID)
    return place if place > SMALLEST_POWER else 0.0


def transformed(values: Array, power: float) -> Array:
    """Return (x^λ - 1)/λ, or ln x where λ is 0."""
    logs = np.log(values)
    return logs if abs(power) < SMALLEST_POWER else np.expm1(power * logs) / power


def moments_back(location: float, scale: float, power: float) -> tuple[float, float]:
    """Return mean and standard deviation of numbers whose transforms are normal.

    ``location``, ``scale``: mean and standard deviation of the transforms. Of a power above 0 no
    number is below 0: the normal distribution ends at -1/λ, and as far on the other side of its
    mean.

    >>> [round(value, 6) for value in moments_back(1.0, 0.5, 0.0)]
    [3.080217, 1.641572]
    >>> [round(value, 6) for value in moments_back(9.0, 2.0, 1.0)]
    [10.0, 1.999985]
    """
    if power < SMALLEST_POWER:
        mean = exp(location + scale**2 / 2)
        return mean, mean * expm1(scale**2) ** 0.5
    half = location + 1 / power
    if half <= 0:
        raise InputError("The Box-Cox transformation of these numbers has no way back.")
    reach = min(half, REACH * scale)

    def moment(order: int, about: float = 0.0) -> float:
        """Return a moment of the numbers, and by order 0 the mass of the distribution."""

        def density(t: float) -> float:
            x = (max(power * (location + t) + 1, 0.0)) ** (1 / power)
            return float(exp(-((t / scale) ** 2) / 2) * (x - about) ** order)

        return float(quad(density, -reach, reach, epsabs=0, epsrel=1e-11, limit=400, points=[0])[0])

    mass = moment(0)
    mean = moment(1) / mass
    return mean, (moment(2, mean) / mass) ** 0.5
