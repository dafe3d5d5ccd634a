"""Effects from what a paper printed: an estimate with limits, standard error or P value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, numbers, require
from liftproof.statistics.distributions import critical_value, size_of_statistic
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def from_interval(
    estimate: ArrayLike,
    ci_low: ArrayLike,
    ci_high: ArrayLike,
    level: float = 0.95,
    *,
    is_log: bool,
) -> Effect:
    """Return effects from estimates with Wald limits: v = ((high - low)/(2z))².

    ``estimate`` and limits are on the natural scale and broadcast; with ``is_log`` (RR, OR, HR,
    IRR) their logarithms are used. z belongs to ``level``. Raises InputError where the limits do
    not bracket the estimate, or where a ratio is not positive.

    Source: Cochrane Handbook 6.5, section 6.3.2. metafor: ``conv.wald(out=estimate, ci.lb=low,
    ci.ub=high, level=95, transf=log)``.

    >>> hr = from_interval(0.8, 0.5, 1.28, 0.95, is_log=True)
    >>> round(float(hr.y), 6), round(float(hr.v), 6)
    (-0.223144, 0.057505)
    """
    names = ("The estimate", "The lower limit", "The upper limit")
    values = [floats(*pair) for pair in zip(names, (estimate, ci_low, ci_high), strict=True)]
    centre, low, high = in_one_shape("Estimates and their limits", *values)
    require(low < high, low, "A lower limit must be below its upper limit")
    require((low <= centre) & (centre <= high), centre, "Limits must bracket their estimate")
    if is_log:
        require(low > 0, low, "The limits of a ratio must be positive")
        centre, low, high = np.log(centre), np.log(low), np.log(high)
    return Effect(y=centre, v=((high - low) / (2 * critical_value(level))) ** 2)


@of_one_index
def from_standard_error(estimate: ArrayLike, se: ArrayLike, *, is_log: bool) -> Effect:
    """Return effects from estimates with standard errors: v = se².

    ``estimate`` is on the natural scale, ``se`` on the analysis scale: of a ratio (``is_log``) it
    is that of its logarithm. Both broadcast. Raises InputError for a ratio or a standard error
    that is not positive.

    Source: Cochrane Handbook 6.5, section 6.3.2. metafor: ``rma(yi=log(estimate), sei=se)``.

    >>> hr = from_standard_error(0.5, 0.2, is_log=True)
    >>> round(float(hr.y), 6), round(float(hr.v), 6)
    (-0.693147, 0.04)
    """
    y, error = in_one_shape(
        "Estimates and their standard errors",
        _on_scale(estimate, is_log=is_log),
        floats("The standard error", se),
    )
    require(error > 0, error, "A standard error must be positive")
    return Effect(y=y, v=error**2)


@of_one_index
def from_p_value(
    estimate: ArrayLike,
    p_value: ArrayLike,
    sides: ArrayLike = 2,
    df: ArrayLike = np.inf,
    *,
    is_log: bool,
) -> Effect:
    """Return effects from estimates with P values: v = (y / z)².

    z is the size of the statistic that leaves ``p_value`` in one tail (``sides`` 1) or in both (2):
    of the normal distribution, or of t with ``df``. ``estimate`` is on the natural scale; arguments
    broadcast, and NaN in ``sides`` or ``df`` stands for 2 and for the normal distribution. Raises
    InputError where the estimate or the P value says "no difference", so that no
    standard error follows, and where the P value is not between 0 and 1.

    Source: Cochrane Handbook 6.5, sections 6.3.2 and 6.5.2.3. metafor: ``conv.wald(out=estimate,
    pval=p_value, transf=log)``.

    >>> rr = from_p_value(0.5, 0.03, is_log=True)
    >>> round(float(rr.y), 6), round(float(rr.v) ** 0.5, 6)
    (-0.693147, 0.319409)
    >>> md = from_p_value(3.8, 0.008, 2, 45, is_log=False)
    >>> round(float(md.v) ** 0.5, 3)
    1.369
    """
    y, p, tails, freedom = in_one_shape(
        "Estimates and their P values",
        _on_scale(estimate, is_log=is_log),
        floats("The P value", p_value),
        _or_usual("The sides of a P value", sides, 2),
        _or_usual("Degrees of freedom", df, np.inf),
    )
    require((p > 0) & (p < 1), p, "A P value must be between 0 and 1")
    require((tails == 1) | (tails == 2), tails, "A P value has 1 side or 2")  # noqa: PLR2004
    require(freedom > 0, freedom, "Degrees of freedom must be positive")
    size = size_of_statistic(p, tails, freedom)
    require(size > 0, p, "No standard error follows from a P value that puts the effect at none")
    return _over(y, size)


def _over(y: Array, size: Array) -> Effect:
    """Return effects whose statistic has a size: the standard error is |y| over it."""
    require(y != 0, y, "No standard error follows from an estimate of no difference")
    return Effect(y=y, v=(y / size) ** 2)


def _or_usual(name: str, values: ArrayLike, usual: float) -> Array:
    given = numbers(name, values)
    return np.where(np.isnan(given), usual, given)


def _on_scale(estimate: ArrayLike, *, is_log: bool) -> Array:
    centre = floats("The estimate", estimate)
    if is_log:
        require(centre > 0, centre, "A ratio must be positive")
    return np.log(centre) if is_log else centre


FROM_REPORTED: Mapping[str, Callable[..., Effect]] = {
    "standard_error": from_standard_error,
    "p_value": from_p_value,
}
"""By source without limits, the function that takes its columns; limits need a level as well."""
