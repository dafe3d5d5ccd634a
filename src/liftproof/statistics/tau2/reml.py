"""τ² by maximum likelihood, restricted and full."""

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED
from liftproof.statistics.tau2.maximum import highest_maximum


@batched
def restricted_maximum_likelihood(trials: Trials) -> Array:
    """Return the τ² >= 0 at which the restricted likelihood is largest, among all its maxima.

    ``y`` and ``v`` (..., k); returns (...). Error bound: see ``highest_maximum``. Raises
    InputError, and ConvergenceError where the bound is not reached.

    Source: Viechtbauer 2005, J Educ Behav Stat 30, 261-293; Harville 1977, J Am Stat Assoc 72,
    320-338. metafor: ``rma(yi, vi, method="REML", control=list(threshold=1e-15))$tau2``, which
    climbs from one starting value.

    >>> round(float(restricted_maximum_likelihood([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.003273
    """
    return highest_maximum(trials, RESTRICTED)


@batched
def maximum_likelihood(trials: Trials) -> Array:
    """Return the τ² >= 0 at which the likelihood is largest, among all its maxima.

    ``y`` and ``v`` (..., k); returns (...). Error bound: see ``highest_maximum``. Raises
    InputError, and ConvergenceError where the bound is not reached.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629. metafor:
    ``rma(yi, vi, method="ML", control=list(threshold=1e-15))$tau2``.

    >>> round(float(maximum_likelihood([0.0, 4.0], [1.0, 1.0])), 12)
    3.0
    """
    return highest_maximum(trials, FULL)
