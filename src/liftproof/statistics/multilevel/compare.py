"""Likelihood-ratio tests of multilevel models within each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.statistics.dependent.three_level import ThreeLevel
from liftproof.statistics.multilevel.fitted import Multilevel
from liftproof.statistics.multilevel.of_three_levels import as_multilevel
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NestedComparison(Result):
    """Likelihood-ratio test of a model within another.

    ``statistic``: twice the difference of the log-likelihoods, ``df`` parameters apart, ``p_value``
    by χ². Where the smaller model has a variance of 0 that p is too large, up to twofold for one.
    """

    statistic: float
    df: int
    p_value: float


@naming_arguments
def compare_multilevel(
    full: Multilevel | ThreeLevel, reduced: Multilevel | ThreeLevel
) -> NestedComparison:
    """Return the likelihood-ratio test of a model within another.

    Both must be of the same effects and method, for REML also of the same moderators. InputError.
    metafor: ``anova(full, reduced)``.

    Source: Self & Liang 1987, J Am Stat Assoc 82, 605-610, on variances of 0.

    >>> from liftproof.statistics.multilevel.fit import multilevel
    >>> y, study = [0.1, 0.3, 0.9, 0.7, 0.2], ["a", "a", "b", "b", "c"]
    >>> fit = multilevel(y, [0.02] * 5, "1 | study", data={"study": study})
    >>> test = compare_multilevel(fit, multilevel(y, [0.02] * 5))
    >>> round(test.statistic, 3), test.df, round(test.p_value, 4)
    (15.113, 1, 0.0001)
    """
    full, reduced = as_multilevel(full), as_multilevel(reduced)
    is_same = np.array_equal(full.model.y, reduced.model.y) and full.method == reduced.method
    if not is_same or not np.array_equal(full.model.v, reduced.model.v):
        raise InputError("The two fits must be of the same y, v and method.")
    if full.method == "REML" and not np.array_equal(full.model.x, reduced.model.x):
        raise InputError("REML compares models of the same moderators alone: take method='ML'.")
    df = full.parameters - reduced.parameters
    if df <= 0:
        raise InputError(
            f"The first fit must have more parameters than the second, not {full.parameters} "
            f"and {reduced.parameters}."
        )
    statistic = 2 * (full.log_likelihood - reduced.log_likelihood)
    return NestedComparison(
        statistic=statistic, df=df, p_value=float(chdtrc(df, max(statistic, 0.0)))
    )
