"""τ² by the method of Paule and Mandel, under its names.

The standard error is the variance of Q, 2(k - p), over its slope: as rough as k is small.
"""

from collections.abc import Mapping

import numpy as np
from scipy.special import chdtri

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.tau2.generalised_q import at_q
from liftproof.statistics.tau2.quadratic_parts import Tau2Functions, ratio


@batched
def paule_mandel(trials: Trials) -> Array:
    """Return the τ² at which the generalised Q equals its expectation k - p; 0 where Q(0) is less.

    ``y`` and ``v`` (..., k); returns (...). Error bound: see ``tau2_at_q``. Raises InputError and
    ConvergenceError.

    Source: Paule & Mandel 1982, J Res Natl Bur Stand 87, 377-385. metafor:
    ``rma(yi, vi, method="PM", control=list(tol=1e-15))$tau2``. Three iterations
    end at the same number: empirical Bayes (Morris 1983, J Am Stat Assoc 78, 47-55; ``EB``),
    DerSimonian and Laird's with weights 1/(v + τ²) (``DLIT``) and Sidik and Jonkman's (``SJIT``).

    >>> round(float(paule_mandel([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.019555
    """
    return at_q(trials, trials.df)


@batched
def paule_mandel_median(trials: Trials) -> Array:
    """Return the τ² at which the generalised Q equals the median of χ²(k - p): median-unbiased.

    Error bound: see ``tau2_at_q``.

    Source: Viechtbauer 2021, in Handbook of Meta-Analysis (Schmid, Stijnen & White), chapter 11.
    metafor: ``rma(yi, vi, method="PMM", control=list(tol=1e-15))$tau2``.

    >>> round(float(paule_mandel_median([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.051897
    """
    return at_q(trials, chdtri(trials.df, 0.5))


@batched
def of_paule_mandel(trials: Trials, tau2: Array) -> Array:
    """Return √(2 k²/(k - p))/Σw, weights 1/(v + τ²). metafor: ``rma(method="PM")$se.tau2``.

    Source: the delta method, Q being χ² with k - p; metafor's manual of ``rma.uni``.

    >>> round(float(of_paule_mandel([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    total = at_tau2(trials, tau2).w.sum(axis=0)
    return ratio(np.sqrt(2.0) * trials.count, np.sqrt(trials.df) * total)


_PAULE_MANDEL = Tau2Functions(estimate=paule_mandel, standard_error=of_paule_mandel)
ROOTS_OF_Q: Mapping[str, Tau2Functions] = {
    "EB": _PAULE_MANDEL,
    "PM": _PAULE_MANDEL,
    "PMM": Tau2Functions(estimate=paule_mandel_median, standard_error=of_paule_mandel),
    "DLIT": _PAULE_MANDEL,
    "SJIT": _PAULE_MANDEL,
}
