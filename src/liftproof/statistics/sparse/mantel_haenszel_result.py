"""What every Mantel-Haenszel estimate reports."""

from dataclasses import dataclass

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.sparse.common_effect import CommonEffect, with_tests
from liftproof.statistics.sparse.homogeneity import q_about


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MantelHaenszel(CommonEffect):
    """Estimates by Mantel and Haenszel's method, see :class:`CommonEffect`.

    Q is that of the trials' effects about the estimate; a trial without one does not enter it.
    """


def pooled_result(
    measure: str, estimate: Array, variance: Array, weights: Array, single: Effects, level: float
) -> MantelHaenszel:
    """Return the result with its test, its limits and Q about the estimate."""
    require(variance > 0, variance, f"The variance of the pooled {measure} must be positive")
    about = q_about(estimate, single)
    return with_tests(MantelHaenszel, measure, estimate, variance, weights, about, level)


def require_trials(weights: Array) -> None:
    """Raise InputError where a data set has no trial left."""
    total = weights.sum(axis=-1)
    require(total > 0, total, "A data set must keep a trial, whose weights sum to more than 0")


def require_both_sides(r: Array, s: Array, name: str) -> None:
    """Raise InputError where the numerator or the denominator of a ratio is 0."""
    for part, arm in ((r, "intervention"), (s, "control")):
        total = part.sum(axis=-1)
        require(
            total > 0,
            total,
            f"The pooled {name} has no finite estimate unless some trial with participants at risk "
            f"in both arms counts for the {arm} arm: the sum of its terms must be positive",
        )
