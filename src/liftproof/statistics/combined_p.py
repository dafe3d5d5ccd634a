"""One p value from several, where a paper prints nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import binom, chdtrc, gammaln, ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, numbers, positive_weights, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

MOST_SUMMED = 20
"""P values in Edgington's sum: beyond, its alternating terms cancel more digits than there are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CombinedP(Result):
    """Several p values as one. Arrays have shape (...).

    ``method``, ``sided``: how. ``statistic``: z of ``stouffer``, χ² of ``fisher``, the sum of
    ``edgington``. ``p_value``: one-sided in the direction of the p values, or two-sided.
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
) -> CombinedP:
    """Return one p value from k independent ones.

    ``p`` (..., k), between 0 and 1, both excluded. ``sided``: 1, all in one direction; 2, two-sided
    with ``signs`` (..., k) of the effects: they are made one-sided first, and the result is
    two-sided. A two-sided p value without its direction cannot be combined with others: it is
    refused. ``weights`` (k,): of Stouffer's z alone, such as √n. ``method``: one of METHODS_OF_P.
    Raises InputError.

    Source: Stouffer et al. 1949; Fisher 1932; Edgington 1972, J Psychol 80, 351-363. R: metap
    ``sumz()``, ``sumlog()``, ``sump()``.

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
    given = positive_weights(weights, values.shape[-1]) if weights is not None else np.ones(1)
    if sided == 1:
        if signs is not None:
            raise InputError("signs go with two-sided p values: sided=2.")
        statistic, p_value = combined(values, 1 - values, given)
    else:
        statistic, p_value = _two_sided(values, signs, given, combined, sided)
    return CombinedP(method=method, sided=sided, statistic=statistic, p_value=p_value)


def _two_sided(
    p: Array, signs: ArrayLike | None, weights: Array, combined: Combination, sided: int
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


def _stouffer(p: Array, other: Array, weights: Array) -> tuple[Array, Array]:
    w = np.broadcast_to(weights, p.shape)
    each = np.where(p < other, -ndtri(p), ndtri(other))
    z = (w * each).sum(axis=-1) / np.sqrt((w**2).sum(axis=-1))
    return z, np.asarray(ndtr(-z))


def _fisher(p: Array, other: Array, weights: Array) -> tuple[Array, Array]:
    del weights
    statistic = -2 * np.where(p < other, np.log(p), np.log1p(-np.minimum(other, 0.5))).sum(axis=-1)
    return statistic, np.asarray(chdtrc(2 * p.shape[-1], statistic))


def _edgington(p: Array, other: Array, weights: Array) -> tuple[Array, Array]:
    del other, weights
    k = p.shape[-1]
    if k > MOST_SUMMED:
        raise InputError(f"edgington takes up to {MOST_SUMMED} p values, not {k}: take stouffer.")
    total = p.sum(axis=-1)
    j = np.arange(k + 1)
    terms = (-1.0) ** j * binom(k, j) * np.maximum(total[..., None] - j, 0.0) ** k
    return total, np.clip(terms.sum(axis=-1) / np.exp(gammaln(k + 1)), 0.0, 1.0)


Combination = Callable[[Array, Array, Array], tuple[Array, Array]]
"""From p values, their complements, each exact where it is small, and weights."""
METHODS_OF_P: Mapping[str, Combination] = {
    "stouffer": _stouffer,
    "fisher": _fisher,
    "edgington": _edgington,
}
"""Ways to combine p values, each by its author's name."""
