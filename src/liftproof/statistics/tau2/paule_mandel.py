"""τ² by the method of Paule and Mandel, under its names."""

from scipy.special import chdtri

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.generalised_q import at_q


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
