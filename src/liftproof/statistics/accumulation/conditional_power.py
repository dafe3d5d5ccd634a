"""Conditional power: how likely a final look excludes no effect, given what was seen so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConditionalPower(Result):
    """Probabilities at the final look, given z so far. Arrays have one shape (...).

    ``fraction``: of the whole information that is there. ``drift``: mean of z at the whole of it,
    under which the rest is seen. ``critical``: what the final z is held against. ``above``,
    ``below``: probability that it lies above ``critical``, and below -``critical``.
    """

    fraction: Array
    drift: Array
    critical: Array
    above: Array
    below: Array


@of_one_index
def conditional_power(
    z: ArrayLike, fraction: ArrayLike, drift: ArrayLike, critical: ArrayLike
) -> ConditionalPower:
    """Return Φ((±(z√t + θ(1 - t)) - c)/√(1 - t)): the final z beyond c, and beyond -c.

    ``z``: so far; ``fraction``: t, between 0 and 1, of the whole information; ``drift``: θ, the
    mean of z at the whole of it; ``critical``: c. All of one shape, or single numbers. What is
    assumed of the rest is in θ, and decides: z/√t goes on with the trend so far,
    z(1 - α/2) + z(1 - β) takes the effect aimed at, 0 takes no effect. Looks in between are not
    counted. Raises InputError.

    Source: Lan & Wittes 1988, Biometrics 44, 579-585. gsDesign2:
    ``gs_cp_npe(theta, info, a = z, b = c)``.

    >>> found = conditional_power(1.5, 0.5, [1.5 / 0.5**0.5, 2.8016, 0.0], 1.96)
    >>> [round(float(x), 4) for x in found.above]
    [0.5902, 0.7609, 0.1017]
    """
    named = {"z": z, "fraction": fraction, "drift": drift, "critical": critical}
    seen, share, mean, limit = in_one_shape(
        "z, fraction, drift and critical", *(floats(*pair) for pair in named.items())
    )
    require((share > 0) & (share < 1), share, "fraction must lie between 0 and 1")
    require(limit > 0, limit, "critical must be positive")
    place, spread = seen * np.sqrt(share) + mean * (1 - share), np.sqrt(1 - share)
    return ConditionalPower(
        fraction=share,
        drift=mean,
        critical=limit,
        above=ndtr((place - limit) / spread),
        below=ndtr((-place - limit) / spread),
    )
