"""What each trial says by itself: its standard error, test and limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, effects_and_variances, level_of_confidence
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result, along


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrialLimits(Result):
    """Effects of trials one by one, on the analysis scale; arrays (..., k).

    ``y`` and its ``se``, ``statistic`` y/se, two-sided ``p_value`` by the normal distribution,
    ``ci_low`` and ``ci_high`` at ``level``.
    """

    per_trial = along("y", "se", "statistic", "p_value", "ci_low", "ci_high")

    level: float
    y: Array
    se: Array
    statistic: Array
    p_value: Array
    ci_low: Array
    ci_high: Array


@of_one_index
@dropping_missing("y", "v")
def trial_limits(
    y: ArrayLike,
    v: ArrayLike,
    *,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> TrialLimits:
    """Return standard error, test and limits of each trial: y -+ z√v.

    ``y`` and ``v`` (..., k) on the analysis scale; ``natural`` takes limits to the readers' scale.
    Raises InputError. ``missing``: see ``statistics.missing``.

    Source: Cochrane Handbook 6.5, section 6.3. metafor: ``summary(escalc(...))``.

    >>> each = trial_limits([-0.889311], [0.325585])
    >>> each.se.round(4).tolist(), each.ci_low.round(4).tolist(), each.ci_high.round(4).tolist()
    ([0.5706], [-2.0077], [0.229])
    """
    y, v = effects_and_variances(y, v)
    level = level_of_confidence(level)
    se = np.sqrt(v)
    low, high = limits(y, se, level, np.inf)
    return TrialLimits(
        level=level,
        y=y.copy(),
        se=se,
        statistic=y / se,
        p_value=two_sided_p(y / se),
        ci_low=low,
        ci_high=high,
    )
