"""Contrasts of independent estimates: one against another, and whether several differ.

The estimates, such as pools of different trials, share no trial and no group of people: their
covariance is taken as 0. Each keeps its own τ² and its own standard error.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contrast(Result):
    """The first estimate minus the second, on the analysis scale (log for ratios). Arrays (...).

    ``estimate`` = first - second: of ratios, the logarithm of the ratio of the two; ``se`` of it;
    ``ci_low``, ``ci_high``: limits of the normal distribution at ``level``; ``statistic``: z =
    estimate/se; ``p_value`` of no difference, two-sided.
    """

    level: float
    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array
    statistic: Array
    p_value: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IndependentContrasts(Result):
    """Whether g independent estimates differ, and each pair of them; m = g(g - 1)/2 pairs.

    ``q``, ``q_df`` = g - 1 and ``q_p`` (...): Cochran's Q of the estimates, χ². ``first`` and
    ``second`` (m,): positions of each pair's estimates, in their order. ``pairs``: their contrasts,
    arrays (..., m). ``holm_p`` (..., m): the p values adjusted for m tests.
    """

    q: Array
    q_df: int
    q_p: Array
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    pairs: Contrast
    holm_p: Array


@of_one_index
def independent_contrast(
    first: ArrayLike,
    first_se: ArrayLike,
    second: ArrayLike,
    second_se: ArrayLike,
    *,
    level: float = 0.95,
) -> Contrast:
    """Return the difference of two independent estimates: first - second, z and limits.

    Estimates on the analysis scale (log for ratios) with their standard errors; arguments
    broadcast. se² is the sum of both squares: it holds only where no trial and no group of people
    stands behind both. Raises InputError.

    Source: Altman & Bland 2003, BMJ 326, 219; Cochrane Handbook 6.5, section 10.11.3.
    metafor: ``rma(c(first, second), sei=c(first_se, second_se), mods = ~ c(1, 0), method="FE")``.

    >>> contrast = independent_contrast(np.log(0.5), 0.3, np.log(0.8), 0.4)
    >>> round(float(np.exp(contrast.estimate)), 6), round(float(contrast.p_value), 6)
    (0.625, 0.347214)
    """
    columns = in_one_shape(
        "The estimates and their standard errors",
        *(floats(name, value) for name, value in (("first", first), ("second", second))),
        *(
            _positive(name, value)
            for name, value in (("first_se", first_se), ("second_se", second_se))
        ),
    )
    difference, se = columns[0] - columns[1], np.hypot(columns[2], columns[3])
    ci_low, ci_high = limits(difference, se, level)
    statistic = quotient(difference, se)
    return Contrast(
        level=level,
        estimate=difference[()],
        se=se[()],
        ci_low=ci_low,
        ci_high=ci_high,
        statistic=statistic,
        p_value=two_sided_p(statistic),
    )


@of_one_index
def independent_contrasts(
    estimates: ArrayLike, se: ArrayLike, *, level: float = 0.95
) -> IndependentContrasts:
    """Test whether independent estimates differ, all at once by χ² and pair by pair.

    ``estimates`` and ``se`` (..., g), g of two or more, on the analysis scale. Q is that of
    :func:`subgroups` with separate τ². Raises InputError.

    Source: Borenstein & Higgins 2013, Prev Sci 14, 134-143; Holm 1979, Scand J Stat 6, 65-70.
    metafor: ``rma(estimates, sei=se, method="FE")$QE``; meta: ``metagen(subgroup=)$Q.b.random``; of
    the pairs ``p.adjust(p, "holm")``.

    >>> contrasts = independent_contrasts(np.log([0.4, 0.5, 0.9]), [0.2, 0.2, 0.1])
    >>> round(float(contrasts.q), 4), contrasts.q_df, round(float(contrasts.q_p), 6)
    (16.9258, 2, 0.000211)
    >>> contrasts.holm_p.round(6).tolist()
    [0.430152, 0.000862, 0.017144]
    """
    means, errors = in_one_shape(
        "estimates and se", floats("estimates", estimates), _positive("se", se)
    )
    if means.ndim == 0 or means.shape[-1] < 2:  # noqa: PLR2004 - a contrast is between two
        raise InputError("A contrast needs two estimates or more.")
    g = means.shape[-1]
    first, second = np.array(list(combinations(range(g), 2)), dtype=np.intp).T
    pairs = independent_contrast(
        means[..., first], errors[..., first], means[..., second], errors[..., second], level=level
    )
    q = heterogeneity.cochran_q(means, errors**2)
    return IndependentContrasts(
        q=q,
        q_df=g - 1,
        q_p=heterogeneity.q_p_value(q, g - 1),
        first=first,
        second=second,
        pairs=pairs,
        holm_p=holm(pairs.p_value),
    )


def holm(p: ArrayLike) -> Array:
    """Return p values (..., m) adjusted for m tests by Holm's method; none may be missing.

    The i-th smallest is multiplied by m - i + 1; none is below a smaller one's, none above 1.

    Source: Holm 1979, Scand J Stat 6, 65-70. R: ``p.adjust(p, "holm")``.

    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    p = floats("p", p)
    require((p >= 0) & (p <= 1), p, "p must lie between 0 and 1")
    order = np.argsort(p, axis=-1, kind="stable")
    factors = np.arange(p.shape[-1], 0, -1)
    stepped = np.maximum.accumulate(factors * np.take_along_axis(p, order, axis=-1), axis=-1)
    adjusted = np.empty_like(stepped)
    np.put_along_axis(adjusted, order, np.minimum(stepped, 1.0), axis=-1)
    return adjusted


def _positive(name: str, values: ArrayLike) -> Array:
    """Return standard errors, or raise InputError for one that is not above 0."""
    array = floats(name, values)
    require(array > 0, array, f"{name} must be positive")
    return array
