"""Effects from people with an event in one group: proportions and their transformations.

Where nobody, or everybody, has an event, 1/2 is added to both cells of that trial (``add=1/2,
to="only0"``, metafor's default) unless a measure says otherwise; ``zero_cells`` takes another rule,
and a trial whose effect does not exist without an addition is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import normal_density
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.one_group_tables import (
    People,
    known,
    people_of,
    where_counted,
)
from liftproof.statistics.effects.two_arm_tables import AS_COUNTED, OF_SINGLE_TRIALS, ZeroCells
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index


@of_one_index
def proportion(
    events: ArrayLike,
    n: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
    vtype: Literal["LS", "UB", "AV"] = "LS",
) -> Effect:
    """Return proportions as they are: y = p = x/n, v = p(1 - p)/n.

    ``vtype``: ``UB``, n - 1 for n; ``AV``, the mean p of all trials, weighted by n, for p. Limits
    may lie below 0 or above 1. Arguments broadcast. Raises InputError.

    Source: Agresti 2013, Categorical Data Analysis, section 1.3. metafor: ``escalc(measure="PR",
    xi=x, ni=n, add=1/2, to="only0", vtype=)``.

    >>> pr = proportion(11, 29)
    >>> round(float(pr.y), 6), round(float(pr.v), 6)
    (0.37931, 0.008118)
    """
    group = people_of(events, n, zero_cells)
    p, size, mean = group.p, group.n, _mean(group)
    variances = {
        "LS": lambda: p * (1 - p) / size,
        "UB": lambda: p * (1 - p) / np.where(size > 1, size - 1, np.nan),
        "AV": lambda: mean * (1 - mean) / size,
    }
    return known(p, variance_of("PR", vtype, variances), np.ones(p.shape, dtype=np.bool_))


@of_one_index
def log_proportion(
    events: ArrayLike,
    n: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
    vtype: Literal["LS", "AV"] = "LS",
) -> Effect:
    """Return log proportions: y = ln p, v = 1/x - 1/n.

    ``vtype`` ``AV``: np̄ for x, p̄ the mean of all trials, weighted by n. Arguments broadcast. Raises
    InputError.

    Source: Agresti 2013, Categorical Data Analysis, section 3.1. metafor: ``escalc(measure="PLN",
    xi=x, ni=n, add=1/2, to="only0", vtype=)``.

    >>> pln = log_proportion(11, 29)
    >>> round(float(pln.y), 6), round(float(pln.v), 6)
    (-0.969401, 0.056426)
    """
    group = people_of(events, n, zero_cells)
    usable, (x, size) = where_counted(group.x, group.n)
    mean = _mean(group)
    variances = {
        "LS": lambda: 1 / x - 1 / size,
        "AV": lambda: 1 / (mean * size) - 1 / size,
    }
    return known(np.log(x / size), variance_of("PLN", vtype, variances), usable)


@of_one_index
def log_odds(
    events: ArrayLike,
    n: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
    vtype: Literal["LS", "AV"] = "LS",
) -> Effect:
    """Return log odds: y = ln(x/(n - x)), v = 1/x + 1/(n - x).

    ``vtype`` ``AV``: np̄ for x, p̄ the mean of all trials, weighted by n. Arguments broadcast. Raises
    InputError.

    Source: Agresti 2013, Categorical Data Analysis, section 3.1. metafor: ``escalc(measure="PLO",
    xi=x, ni=n, add=1/2, to="only0", vtype=)``.

    >>> plo = log_odds(11, 29)
    >>> round(float(plo.y), 6), round(float(plo.v), 6)
    (-0.492476, 0.146465)
    """
    group = people_of(events, n, zero_cells)
    usable, (x, rest) = where_counted(group.x, group.rest)
    mean = _mean(group)
    variances = {
        "LS": lambda: 1 / x + 1 / rest,
        "AV": lambda: 1 / (mean * group.n) + 1 / ((1 - mean) * group.n),
    }
    return known(np.log(x / rest), variance_of("PLO", vtype, variances), usable)


@of_one_index
def probit_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = OF_SINGLE_TRIALS
) -> Effect:
    """Return probits: y = z, the normal quantile of p, v = p(1 - p)/(nφ(z)²).

    Arguments broadcast. Raises InputError.

    Source: Rosenthal 1994, Handbook of Research Synthesis, 231-244. metafor (version 5): ``escalc(
    measure="PRZ", xi=x, ni=n, add=1/2, to="only0")``; the way back is ``pnorm``.

    >>> prz = probit_proportion(11, 29)
    >>> round(float(prz.y), 6), round(float(prz.v), 6)
    (-0.307293, 0.056061)
    """
    group = people_of(events, n, zero_cells)
    usable, (x, rest) = where_counted(group.x, group.rest)
    size = x + rest
    y = ndtri(x / size)
    return known(y, x * rest / (size**3 * normal_density(y) ** 2), usable)


@of_one_index
def arcsine_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = AS_COUNTED
) -> Effect:
    """Return arcsines of the root: y = asin √p, v = 1/(4n).

    Nothing is added to an empty cell as a rule. Arguments broadcast. Raises InputError.

    Source: Rücker, Schwarzer, Carpenter & Olkin 2009, Stat Med 28, 721-738. metafor: ``escalc(
    measure="PAS", xi=x, ni=n)``.

    >>> pas = arcsine_proportion(11, 29)
    >>> round(float(pas.y), 6), round(float(pas.v), 6)
    (0.663505, 0.008621)
    """
    group = people_of(events, n, zero_cells)
    y = np.arcsin(np.sqrt(group.p))
    return known(y, 1 / (4 * group.n), np.ones(y.shape, dtype=np.bool_))


@of_one_index
def double_arcsine_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = AS_COUNTED
) -> Effect:
    """Return Freeman and Tukey's: y = (asin √(x/(n + 1)) + asin √((x + 1)/(n + 1)))/2.

    v = 1/(4n + 2). Nothing is added to an empty cell as a rule. Which way back a pooled y takes is
    a choice: :func:`~liftproof.statistics.effects.way_back.proportions_from_double_arcsine`.
    Arguments broadcast. Raises InputError.

    Source: Freeman & Tukey 1950, Ann Math Stat 21, 607-611. metafor: ``escalc(measure="PFT", xi=x,
    ni=n)``.

    >>> pft = double_arcsine_proportion(11, 29)
    >>> round(float(pft.y), 6), round(float(pft.v), 6)
    (0.667575, 0.008475)
    """
    group = people_of(events, n, zero_cells)
    x, size = group.x, group.n
    roots = np.sqrt(x / (size + 1)), np.sqrt((x + 1) / (size + 1))
    y = (np.arcsin(roots[0]) + np.arcsin(roots[1])) / 2
    return known(y, 1 / (4 * size + 2), np.ones(y.shape, dtype=np.bool_))


def _mean(group: People) -> Array:
    """Return the mean proportion of all trials, weighted by participants."""
    return mean_of_all(group.p, group.n)


FROM_GROUP_COUNTS: dict[str, Callable[..., Effect]] = {
    "PR": proportion,
    "PLN": log_proportion,
    "PLO": log_odds,
    "PRZ": probit_proportion,
    "PAS": arcsine_proportion,
    "PFT": double_arcsine_proportion,
}
