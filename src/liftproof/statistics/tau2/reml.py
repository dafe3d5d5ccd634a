"""τ² by maximum likelihood, restricted and full; standard errors from the expected information.

They are as rough as k is small, and say nothing where τ² is 0.
"""

from collections.abc import Mapping

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED
from liftproof.statistics.tau2.maximum import highest_maximum
from liftproof.statistics.tau2.quadratic_parts import Tau2Functions, ratio
from liftproof.statistics.weighting import dot


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


@batched
def of_maximum_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return √(2/Σw²), weights 1/(v + τ²). metafor: ``rma(method="ML")$se.tau2``.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629.

    >>> float(of_maximum_likelihood([0.0, 4.0], [1.0, 1.0], 3.0))
    4.0
    """
    w = at_tau2(trials, tau2).w
    return np.asarray(np.sqrt(2 / dot(w, w)))


@batched
def of_restricted_maximum_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return √(2/tr P²), weights 1/(v + τ²). metafor: ``rma(method="REML")$se.tau2``.

    Source: Viechtbauer 2005, J Educ Behav Stat 30, 261-293.

    >>> round(float(of_restricted_maximum_likelihood([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    return np.sqrt(ratio(2.0 + 0 * tau2, at_tau2(trials, tau2).trace_of_product()))


LIKELIHOODS: Mapping[str, Tau2Functions] = {
    "ML": Tau2Functions(estimate=maximum_likelihood, standard_error=of_maximum_likelihood),
    "REML": Tau2Functions(
        estimate=restricted_maximum_likelihood, standard_error=of_restricted_maximum_likelihood
    ),
}
