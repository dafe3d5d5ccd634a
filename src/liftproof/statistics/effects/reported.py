"""Effects from what a paper printed: an estimate with its confidence limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import floats, in_one_shape, require
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.labelled import of_one_index


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
