"""One p value from several, where a paper prints nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import binom, chdtrc, gammaln, ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, numbers, positive_weights, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

MOST_SUMMED = 20
"""P values in Edgington's sum: beyond, its alternating terms cancel more digits than there are."""


WITH_CORRELATION = ("stouffer", "fisher")
"""Ways that take dependent p values."""
KOST = (3.263, 0.710, 0.027)
"""cov(-2 ln p, -2 ln q) of one-sided p values is about 3.263ρ + 0.710ρ² + 0.027ρ³: 4 at ρ = 1."""
SINGULAR = 1e-9
"""An eigenvalue above minus this is not negative: p values of one statistic correlate by 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dependence:
    """``weights`` (..., k) of p values, ``correlation`` (k, k) of the statistics behind them."""

    weights: Array
    correlation: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CombinedP(Result):
    """Several p values as one. Arrays have shape (...).

    ``method``, ``sided``: how. ``statistic``: z of ``stouffer``, χ² of ``fisher`` (unscaled where
    the p values are dependent), the sum of ``edgington``. ``p_value``: one-sided in the direction
    of the p values, or two-sided.
    """

    method: str
    sided: int
    statistic: Array
    p_value: Array


@of_one_index
def combine_p_values(
    p: ArrayLike,
    *,
    method: str = "stouffer",
    sided: int = 1,
    signs: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    correlation: ArrayLike | None = None,
) -> CombinedP:
    """Return one p value from k independent ones, or with ``correlation`` from dependent ones.

    ``p`` (..., k), between 0 and 1, both excluded. ``sided``: 1, all in one direction; 2, two-sided
    with ``signs`` (..., k) of the effects: they are made one-sided first, and the result is
    two-sided. A two-sided p value without its direction cannot be combined with others: it is
    refused. ``weights`` (k,) or (..., k): of Stouffer's z, such as √n. ``correlation`` (k, k):
    of the normal statistics behind the p values where there is no effect, for ``stouffer``, whose z
    is divided by √(w'Rw), and for ``fisher``, whose χ² is scaled to the variance by Kost and
    McDermott's covariances (Brown's method). ``method``: one of METHODS_OF_P. Raises InputError.

    Source: Stouffer et al. 1949; Fisher 1932; Edgington 1972, J Psychol 80, 351-363; Brown 1975,
    Biometrics 31, 987-992; Kost & McDermott 2002, Stat Probab Lett 60, 183-190. R: metap
    ``sumz()``, ``sumlog()``, ``sump()``; PyMARE ``StoufferCombinationTest``,
    ``FisherCombinationTest`` with ``corr``.

    >>> found = combine_p_values([0.01, 0.2, 0.3])
    >>> round(float(found.statistic), 4), round(float(found.p_value), 5)
    (2.1318, 0.01651)
    """
    combined = choose(METHODS_OF_P, method, "method of combining p")
    values = numbers("p", p)
    if values.ndim == 0 or not values.shape[-1]:
        raise InputError("p must hold p values: give a list.")
    require((values > 0) & (values < 1), values, "p must lie between 0 and 1, both excluded")
    if weights is not None and method != "stouffer":
        raise InputError(f"{method} has no weights: take method='stouffer'.")
    k = values.shape[-1]
    given = Dependence(
        weights=_weights(weights, values.shape),
        correlation=np.eye(k) if correlation is None else _correlation(correlation, k, method),
    )
    if sided == 1:
        if signs is not None:
            raise InputError("signs go with two-sided p values: sided=2.")
        statistic, p_value = combined(values, 1 - values, given)
    else:
        statistic, p_value = _two_sided(values, signs, given, combined, sided)
    return CombinedP(method=method, sided=sided, statistic=statistic, p_value=p_value)


def _weights(weights: ArrayLike | None, shape: tuple[int, ...]) -> Array:
    """Return checked weights of p values of a shape, 1 where none are given, or InputError."""
    if weights is None:
        return np.ones(shape[-1])
    found = positive_weights(weights, shape[-1])
    if found.shape not in (shape[-1:], shape):
        raise InputError(f"weights must have shape {shape[-1:]} or {shape}, not {found.shape}.")
    return found


def _correlation(correlation: ArrayLike, k: int, method: str) -> Array:
    """Return a checked correlation matrix, or raise InputError."""
    if method not in WITH_CORRELATION:
        known = " or ".join(WITH_CORRELATION)
        raise InputError(f"{method} takes independent p values alone: take method={known}.")
    matrix = floats("correlation", correlation)
    if matrix.shape != (k, k):
        raise InputError(f"correlation must have shape ({k}, {k}), not {matrix.shape}.")
    is_one = np.allclose(matrix.diagonal(), 1) and np.allclose(matrix, matrix.T)
    if not is_one or np.linalg.eigvalsh(matrix)[0] < -SINGULAR:
        raise InputError(
            "correlation must be a correlation matrix: symmetric, semi-definite, 1 along it."
        )
    return matrix


def _two_sided(
    p: Array, signs: ArrayLike | None, weights: Dependence, combined: Combination, sided: int
) -> tuple[Array, Array]:
    if sided != 2 or signs is None:  # noqa: PLR2004 - sides
        raise InputError("sided must be 1, or 2 with the signs of the effects.")
    direction = numbers("signs", signs)
    if direction.shape != p.shape or not np.isin(direction, (-1, 1)).all():
        raise InputError("signs must be 1 or -1, one for each p value.")
    small, large = p / 2, 1 - p / 2
    up_tail, down_tail = np.where(direction > 0, (small, large), (large, small))
    statistic, up = combined(up_tail, down_tail, weights)
    _, down = combined(down_tail, up_tail, weights)
    return statistic, np.minimum(1.0, 2 * np.minimum(up, down))


def _stouffer(p: Array, other: Array, given: Dependence) -> tuple[Array, Array]:
    w = given.weights
    each = np.where(p < other, -ndtri(p), ndtri(other))
    variance = ((w @ given.correlation) * w).sum(axis=-1)
    if (variance <= SINGULAR * (w**2).sum(axis=-1)).any():
        raise InputError("correlation leaves the weighted sum of the statistics without variance.")
    z = (w * each).sum(axis=-1) / np.sqrt(variance)
    return z, np.asarray(ndtr(-z))


def _fisher(p: Array, other: Array, given: Dependence) -> tuple[Array, Array]:
    statistic = -2 * np.where(p < other, np.log(p), np.log1p(-np.minimum(other, 0.5))).sum(axis=-1)
    mean = 2.0 * p.shape[-1]
    r = given.correlation - np.eye(p.shape[-1])
    variance = 2 * mean + (r * (KOST[0] + r * (KOST[1] + r * KOST[2]))).sum()
    scale = variance / (2 * mean)
    return statistic, np.asarray(chdtrc(mean / scale, statistic / scale))


def _edgington(p: Array, other: Array, given: Dependence) -> tuple[Array, Array]:
    del other, given
    k = p.shape[-1]
    if k > MOST_SUMMED:
        raise InputError(f"edgington takes up to {MOST_SUMMED} p values, not {k}: take stouffer.")
    total = p.sum(axis=-1)
    j = np.arange(k + 1)
    terms = (-1.0) ** j * binom(k, j) * np.maximum(total[..., None] - j, 0.0) ** k
    return total, np.clip(terms.sum(axis=-1) / np.exp(gammaln(k + 1)), 0.0, 1.0)


Combination = Callable[[Array, Array, Dependence], tuple[Array, Array]]
"""From p values, their complements, each exact where it is small, weights and correlations."""
METHODS_OF_P: Mapping[str, Combination] = {
    "stouffer": _stouffer,
    "fisher": _fisher,
    "edgington": _edgington,
}
"""Ways to combine p values, each by its author's name."""
