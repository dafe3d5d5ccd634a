"""τ² by the method of Paule and Mandel."""

from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.tau2.generalised_q import tau2_at_q


def paule_mandel(y: ArrayLike, v: ArrayLike) -> Array:
    """Return the τ² at which the generalised Q equals its expectation k - 1; 0 where Q(0) is less.

    ``y`` and ``v`` (..., k); returns (...). Error bound: see ``tau2_at_q``. Raises InputError and
    ConvergenceError.

    Source: Paule & Mandel 1982, J Res Natl Bur Stand 87, 377-385. metafor:
    ``rma(yi, vi, method="PM", control=list(tol=1e-15))$tau2``.

    >>> round(float(paule_mandel([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.019555
    """
    y, v = effects_and_variances(y, v)
    return tau2_at_q(y, v, y.shape[-1] - 1.0)
