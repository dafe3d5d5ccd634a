"""Effects from coefficients alpha of a scale: as they are, and by two transformations.

Alphas of 1 and trials too small for a variance are refused, by trial.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape

_LEAST_ITEMS = 2
_LEAST_PEOPLE = 3


@of_one_index
def coefficient_alpha(alpha: ArrayLike, items: ArrayLike, n: ArrayLike) -> Effect:
    """Return alphas as they are: y = α, v = 2m(1 - α)²/((m - 1)(n - 2)).

    ``items``: m items, or parts, of the scale, 2 or more; ``n`` people, 3 or more. Arguments
    broadcast. Raises InputError.

    Source: Bonett 2002, J Educ Behav Stat 27, 335-340; 2010, Psychol Methods 15, 368-385. metafor:
    ``escalc(measure="ARAW", ai=alpha, mi=items, ni=n)``.

    >>> effect = coefficient_alpha(0.9, 10, 50)
    >>> float(effect.y), round(float(effect.v), 8)
    (0.9, 0.00046296)
    """
    alpha, m, n = _alphas(alpha, items, n)
    return Effect(y=alpha, v=2 * m * (1 - alpha) ** 2 / ((m - 1) * (n - 2)))


@of_one_index
def alpha_by_cube_root(alpha: ArrayLike, items: ArrayLike, n: ArrayLike) -> Effect:
    """Return y = 1 - ∛(1 - α), v = 18m(n - 1)(1 - α)^⅔/((m - 1)(9n - 11)²).

    Arguments as in :func:`coefficient_alpha`. Raises InputError.

    Source: Hakstian & Whalen 1976, Psychometrika 41, 219-231. metafor: ``escalc(measure="AHW",
    ai=alpha, mi=items, ni=n)``; the way back is ``transf.iahw``.

    >>> effect = alpha_by_cube_root(0.9, 10, 50)
    >>> round(float(effect.y), 6), round(float(effect.v), 8)
    (0.535841, 0.00109555)
    """
    alpha, m, n = _alphas(alpha, items, n)
    root = np.cbrt(1 - alpha)
    return Effect(y=1 - root, v=18 * m * (n - 1) * root**2 / ((m - 1) * (9 * n - 11) ** 2))


@of_one_index
def alpha_by_logarithm(alpha: ArrayLike, items: ArrayLike, n: ArrayLike) -> Effect:
    """Return y = -ln(1 - α), v = 2m/((m - 1)(n - 2)).

    Arguments as in :func:`coefficient_alpha`. Raises InputError.

    Source: Bonett 2002, J Educ Behav Stat 27, 335-340. metafor: ``escalc(measure="ABT", ai=alpha,
    mi=items, ni=n)``; the way back is ``transf.iabt``.

    >>> effect = alpha_by_logarithm(0.9, 10, 50)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (2.302585, 0.046296)
    """
    alpha, m, n = _alphas(alpha, items, n)
    return Effect(y=-np.log1p(-alpha), v=2 * m / ((m - 1) * (n - 2)))


FROM_ALPHAS: dict[str, Callable[..., Effect]] = {
    "ARAW": coefficient_alpha,
    "AHW": alpha_by_cube_root,
    "ABT": alpha_by_logarithm,
}


def _alphas(alpha: ArrayLike, items: ArrayLike, n: ArrayLike) -> tuple[Array, Array, Array]:
    """Return checked alphas, numbers of items and of people, or raise InputError."""
    alphas, m, people = in_one_shape(
        "Alphas, items and n", floats("Alphas", alpha), floats("Items", items), floats("n", n)
    )
    require(alphas < 1, alphas, "An alpha must be below 1")
    require(m >= _LEAST_ITEMS, m, "There must be 2 items or more")
    require(people >= _LEAST_PEOPLE, people, "n must be 3 or more")
    return alphas, m, people
