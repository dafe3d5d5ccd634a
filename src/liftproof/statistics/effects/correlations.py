"""Effects from correlations: raw, unbiased, and by Fisher's z; of two variables or partial.

Correlations of exactly 1 or -1 and trials too small for a variance are refused, by trial: such a
trial would have the variance 0, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import hyp2f1

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape

_LEAST_OF_Z = 3
_LEAST_OF_UNBIASED = 4


@of_one_index
def correlation(r: ArrayLike, n: ArrayLike, *, vtype: Literal["LS", "UB", "AV"] = "LS") -> Effect:
    """Return correlations as they are: y = r, v = (1 - r²)²/(n - 1).

    ``vtype``: ``LS``; ``AV``, with the mean r of all trials, weighted by n, in its place; ``UB``,
    r² - 1 + (n - 3)/(n - 2) (1 - r²) ₂F₁(1, 1; n/2; 1 - r²), from n = 5. Arguments broadcast;
    n above 3. Raises InputError.

    Source: Hedges 1989, J Appl Psychol 74, 469-477. metafor: ``escalc(measure="COR", ri=r,
    ni=n, vtype=)``; it has ``UB`` for ``UCOR`` alone.

    >>> cor = correlation(0.3, 103)
    >>> float(cor.y), round(float(cor.v), 6)
    (0.3, 0.008119)
    """
    r, n = _correlations(r, n)
    return Effect(y=r, v=_raw_variance("COR", vtype, r, r, n))


@of_one_index
def unbiased_correlation(
    r: ArrayLike, n: ArrayLike, *, vtype: Literal["LS", "UB", "AV"] = "LS"
) -> Effect:
    """Return unbiased correlations: y = r ₂F₁(1/2, 1/2; (n - 2)/2; 1 - r²), v = (1 - y²)²/(n - 1).

    ``vtype``: ``LS``; ``AV`` with the mean y of all trials; ``UB``, y² - 1 + (n - 3)/(n - 2)
    (1 - r²) ₂F₁(1, 1; n/2; 1 - r²). Arguments broadcast; n above 4. Raises InputError.

    Source: Olkin & Pratt 1958, Ann Math Stat 29, 201-211; Hedges 1989, J Appl Psychol 74, 469-477.
    metafor: ``escalc(measure="UCOR", ri=r, ni=n, vtype=)``.

    >>> ucor = unbiased_correlation(0.3, 23)
    >>> round(float(ucor.y), 6), round(float(ucor.v), 6)
    (0.307191, 0.037281)
    """
    r, n = _correlations(r, n, least=_LEAST_OF_UNBIASED)
    y = unbiased(r, n)
    return Effect(y=y, v=_raw_variance("UCOR", vtype, y, r, n))


def unbiased(r: Array, n: Array) -> Array:
    """Return r ₂F₁(1/2, 1/2; (n - 2)/2; 1 - r²), the unbiased correlation; n above 4."""
    return np.asarray(r * hyp2f1(0.5, 0.5, (n - 2) / 2, 1 - r**2))


@of_one_index
def fishers_z(r: ArrayLike, n: ArrayLike) -> Effect:
    """Return Fisher's z: y = artanh r, v = 1/(n - 3).

    Arguments broadcast; n above 3. Raises InputError. tanh takes a z back to a correlation.

    Source: Fisher 1921, Metron 1, 3-32. metafor: ``escalc(measure="ZCOR", ri=r, ni=n)``.

    >>> z = fishers_z(0.3, 103)
    >>> round(float(z.y), 6), float(z.v)
    (0.30952, 0.01)
    """
    r, n = _correlations(r, n)
    return Effect(y=np.arctanh(r), v=1 / (n - 3))


@of_one_index
def partial_correlation(
    r: ArrayLike, n: ArrayLike, predictors: ArrayLike, *, vtype: Literal["LS", "AV"] = "LS"
) -> Effect:
    """Return partial correlations as they are: y = r, v = (1 - r²)²/(n - m).

    ``predictors``: m, the predictors of the regression model that r is from, itself among them.
    ``vtype``: ``LS``; ``AV`` with the mean r of all trials, weighted by n. Arguments broadcast; n
    above m + 1. metafor before version 5 has n - m - 1 for n - m. Raises InputError.

    Source: Aloe & Thompson 2013, J Soc Social Work Res 4, 390-405. metafor:
    ``escalc(measure="PCOR", ri=r, ni=n, mi=m, vtype=)``.

    >>> partial = partial_correlation(0.3, 103, 3)
    >>> float(partial.y), round(float(partial.v), 6)
    (0.3, 0.008281)
    """
    r, n, m = _partial(r, n, predictors, least=1)
    return Effect(
        y=r,
        v=variance_of(
            "PCOR",
            vtype,
            {
                "LS": lambda: (1 - r**2) ** 2 / (n - m),
                "AV": lambda: (1 - mean_of_all(r, n) ** 2) ** 2 / (n - m),
            },
        ),
    )


@of_one_index
def fishers_z_of_partial(r: ArrayLike, n: ArrayLike, predictors: ArrayLike) -> Effect:
    """Return Fisher's z of partial correlations: y = artanh r, v = 1/(n - m - 2).

    ``predictors``: m as in :func:`partial_correlation`; n above m + 2. Raises InputError.

    Source: Fisher 1924, Metron 3, 329-332. metafor: ``escalc(measure="ZPCOR", ri=r, ni=n, mi=m)``.

    >>> z = fishers_z_of_partial(0.3, 105, 3)
    >>> round(float(z.y), 6), float(z.v)
    (0.30952, 0.01)
    """
    r, n, m = _partial(r, n, predictors, least=2)
    return Effect(y=np.arctanh(r), v=1 / (n - m - 2))


FROM_CORRELATIONS: dict[str, Callable[..., Effect]] = {
    "COR": correlation,
    "UCOR": unbiased_correlation,
    "ZCOR": fishers_z,
}
FROM_PARTIAL_CORRELATIONS: dict[str, Callable[..., Effect]] = {
    "PCOR": partial_correlation,
    "ZPCOR": fishers_z_of_partial,
}


def unbiased_variance(y: Array, r: Array, n: Array) -> Array:
    """Return y² - 1 + (n - 3)/(n - 2) (1 - r²) ₂F₁(1, 1; n/2; 1 - r²), n above 4."""
    square = 1 - r**2
    return np.asarray(y**2 - (1 - (n - 3) / (n - 2) * square * hyp2f1(1, 1, n / 2, square)))


def _raw_variance(measure: str, vtype: str, y: Array, r: Array, n: Array) -> Array:
    if vtype == "UB":
        require(n > _LEAST_OF_UNBIASED, n, "n must be above 4 for vtype UB")
    return variance_of(
        measure,
        vtype,
        {
            "LS": lambda: (1 - y**2) ** 2 / (n - 1),
            "UB": lambda: unbiased_variance(y, r, n),
            "AV": lambda: (1 - mean_of_all(y, n) ** 2) ** 2 / (n - 1),
        },
    )


def _correlations(r: ArrayLike, n: ArrayLike, *, least: int = _LEAST_OF_Z) -> tuple[Array, Array]:
    """Return checked correlations and numbers of participants, or raise InputError."""
    r, n = in_one_shape("Correlations and n", floats("Correlations", r), floats("n", n))
    require(np.abs(r) < 1, r, "A correlation must lie between -1 and 1, both left out")
    require(n > least, n, f"n must be above {least} for a correlation's variance")
    return r, n


def _partial(
    r: ArrayLike, n: ArrayLike, predictors: ArrayLike, *, least: int
) -> tuple[Array, Array, Array]:
    """Return checked partial correlations, participants and predictors, or raise InputError."""
    r, n, m = in_one_shape(
        "Partial correlations, n and predictors",
        floats("Correlations", r),
        floats("n", n),
        floats("Predictors", predictors),
    )
    require(np.abs(r) < 1, r, "A correlation must lie between -1 and 1, both left out")
    require(m >= 1, m, "There must be 1 predictor or more")
    require(n > m + least, n, f"n must be above the predictors by more than {least}")
    return r, n, m
