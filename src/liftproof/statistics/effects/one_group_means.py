"""Effects from the mean and standard deviation of one group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.dispersion import hedges_factor
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import arm_of
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def mean(
    mean: ArrayLike, sd: ArrayLike, n: ArrayLike, *, vtype: Literal["LS", "HO"] = "LS"
) -> Effect:
    """Return means as they are: y = m, v = s²/n.

    ``vtype`` ``HO``: s² is the mean of all trials, weighted by n - 1. Arguments broadcast. Raises
    InputError.

    Source: Cochrane Handbook 6.5, section 6.5.2. metafor: ``escalc(measure="MN", mi=m, sdi=s,
    ni=n, vtype=)``.

    >>> found = mean(55, 47, 155)
    >>> float(found.y), round(float(found.v), 4)
    (55.0, 14.2516)
    """
    m, s, size = _group(mean, sd, n)
    return Effect(
        y=m,
        v=variance_of(
            "MN",
            vtype,
            {"LS": lambda: s**2 / size, "HO": lambda: mean_of_all(s**2, size - 1) / size},
        ),
    )


@of_one_index
def standardised_mean(
    mean: ArrayLike, sd: ArrayLike, n: ArrayLike, *, correct: bool = True
) -> Effect:
    """Return means in standard deviations: y = J m/s, v = 1/n + y²/(2n).

    J is Hedges' factor with n - 1 degrees of freedom; ``correct=False`` leaves it out. Arguments
    broadcast. Raises InputError.

    Source: Hedges 1981, J Educ Stat 6, 107-128. metafor: ``escalc(measure="SMN", mi=m, sdi=s,
    ni=n, correct=)``.

    >>> found = standardised_mean(55, 47, 155)
    >>> round(float(found.y), 6), round(float(found.v), 6)
    (1.164503, 0.010826)
    """
    m, s, size = _group(mean, sd, n)
    y = hedges_factor(size - 1, correct=correct) * m / s
    return Effect(y=y, v=1 / size + y**2 / (2 * size))


@of_one_index
def log_mean(mean: ArrayLike, sd: ArrayLike, n: ArrayLike) -> Effect:
    """Return log means: y = ln m, v = s²/(n m²).

    Means must be positive. Arguments broadcast. Raises InputError.

    Source: Hedges, Gurevitch & Curtis 1999, Ecology 80, 1150-1156. metafor: ``escalc(
    measure="MNLN", mi=m, sdi=s, ni=n)``.

    >>> found = log_mean(55, 47, 155)
    >>> round(float(found.y), 6), round(float(found.v), 6)
    (4.007333, 0.004711)
    """
    m, s, size = _positive("a log mean", mean, sd, n)
    return Effect(y=np.log(m), v=s**2 / (size * m**2))


@of_one_index
def log_sd(mean: ArrayLike, sd: ArrayLike, n: ArrayLike, *, correct: bool = True) -> Effect:
    """Return log standard deviations: y = ln s + 1/(2(n - 1)), v = 1/(2(n - 1)).

    The mean is not used. ``correct=False`` leaves the second term of y out. Arguments broadcast.
    Raises InputError.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6, 143-152. metafor: ``escalc(measure="SDLN",
    sdi=s, ni=n, correct=)``.

    >>> found = log_sd(55, 47, 155)
    >>> round(float(found.y), 6), round(float(found.v), 6)
    (3.853394, 0.003247)
    """
    _, s, size = _group(mean, sd, n)
    half = 1 / (2 * (size - 1))
    return Effect(y=np.log(s) + (half if correct else 0.0), v=half)


@of_one_index
def log_cv(mean: ArrayLike, sd: ArrayLike, n: ArrayLike, *, correct: bool = True) -> Effect:
    """Return log coefficients of variation: y = ln(s/m) + h, v = h + s²/(nm²).

    h = 1/(2(n - 1)). Means must be positive. ``correct=False`` leaves h out of y.
    Arguments broadcast. Raises InputError.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6, 143-152. metafor: ``escalc(measure="CVLN",
    mi=m, sdi=s, ni=n, correct=)``.

    >>> found = log_cv(55, 47, 155)
    >>> round(float(found.y), 6), round(float(found.v), 6)
    (-0.153939, 0.007958)
    """
    m, s, size = _positive("a coefficient of variation", mean, sd, n)
    half = 1 / (2 * (size - 1))
    return Effect(y=np.log(s / m) + (half if correct else 0.0), v=half + s**2 / (size * m**2))


FROM_GROUP_MEANS: dict[str, Callable[..., Effect]] = {
    "MN": mean,
    "SMN": standardised_mean,
    "MNLN": log_mean,
    "SDLN": log_sd,
    "CVLN": log_cv,
}


def _group(m: ArrayLike, s: ArrayLike, n: ArrayLike) -> tuple[Array, ...]:
    return in_one_shape("The numbers of a group", *arm_of(m, s, n))


def _positive(what: str, m: ArrayLike, s: ArrayLike, n: ArrayLike) -> tuple[Array, ...]:
    columns = _group(m, s, n)
    require(columns[0] > 0, columns[0], f"A mean must be positive for {what}")
    return columns
