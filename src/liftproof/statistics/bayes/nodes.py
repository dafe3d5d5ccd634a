"""Quadrature over τ: equally spaced nodes in log τ, as many as the posterior needs.

The trapezoidal rule in x = log τ. The integrand f(x) = τ p(τ) L(τ) falls exponentially or faster
on both sides, and is analytic in a strip about the real line (its singularities are τ² = -v, at
x = log √v ± iπ/2), so the error of the rule falls geometrically with the number of nodes per unit
of x (Trefethen & Weideman 2014, SIAM Rev 56, 385-458), and so does that of the running integral by
Sinc functions (Stenger 1993, Numerical Methods Based on Sinc and Analytic Functions, section 3.6).

Error bound: a rule with step h has the error F(1/h), F the Fourier transform of f; the running
integral one of about F(1/2h). F(1/4h) is measured from the sums over every fourth node, and nodes
are added until it is below RIPPLE of the integral. As F falls geometrically, integrals are then
right to about RIPPLE⁴ and running integrals to RIPPLE², 1e-12, before rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import sici

from liftproof.errors import ConvergenceError
from liftproof.statistics.bayes.priors import FAR
from liftproof.statistics.checks import Array

LogIntegrand = Callable[[Array], Array]

RIPPLE = 1e-6
"""Largest F(1/4h) of the integral; see above."""
FEWEST, MOST = 129, 2**14 + 1
"""Nodes at first and at most, for each data set."""
MOST_STEPS = 60
"""Rounds of narrowing and doubling: each halves the range or the step."""
WIDEST = 300.0
"""Largest reach beyond the scales of the data in log τ: τ² may not overflow."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nodes:
    """Values of τ and their share of an integral.

    ``log_tau``, ``weight``: shape (m, n) for m nodes in each of n data sets; weights sum to 1.
    ``step``: between neighbours in log τ, shape (n,). ``log_integral``: of the integrand, (n,).
    """

    log_tau: Array
    weight: Array
    step: Array
    log_integral: Array


def nodes(
    log_integrand: LogIntegrand,
    low: Array,
    high: Array,
    *,
    allowance: float = 0.0,
    moments: int = 0,
) -> Nodes:
    """Return nodes for the integral of exp(log_integrand(x)) over x = log τ.

    ``low``, ``high``: x beyond which nothing counts, shape (n,). ``allowance``: how far the
    logarithm may bend within one unit of x. ``moments``: integrals of τ to this power are wanted
    as well. Raises ConvergenceError.

    >>> found = nodes(lambda x: 2 * x - np.exp(x), np.array([-30.0]), np.array([6.0]))
    >>> round(float(np.exp(found.log_integral[0])), 12)  # ∫ τ e^-τ dτ
    1.0
    """
    count = FEWEST
    for _ in range(MOST_STEPS):
        x = low + (high - low) * (np.arange(count) / (count - 1))[:, None]
        step = (high - low) / (count - 1)
        value = log_integrand(x)
        if np.all(_ripple(value) + _ripple(value + moments * x) <= RIPPLE):
            return _weighted(x, value, step)
        narrow_low, narrow_high = _worth_keeping(x, value, allowance * step**2, moments)
        if np.all(narrow_high - narrow_low > (high - low) / 2):
            count = 2 * count - 1
        if count > MOST:
            break
        low, high = narrow_low, narrow_high
    raise ConvergenceError(
        "The posterior of τ could not be integrated: effects, variances and prior differ by more "
        "orders of magnitude than double precision holds. Check their units, or use a prior whose "
        "scale is nearer to the spread of the effects."
    )


def running_integral(found: Nodes) -> Array:
    """Return the share of the integral below each node, shape (m, n).

    Σ weight (1/2 + Si(π(j - i))/π) over nodes i, at node j: a convolution, by the fast Fourier
    transform.

    >>> found = nodes(lambda x: 2 * x - np.exp(x), np.array([-30.0]), np.array([6.0]))
    >>> below, tau = running_integral(found)[:, 0], np.exp(found.log_tau[:, 0])
    >>> bool(np.allclose(below, 1 - (1 + tau) * np.exp(-tau), rtol=0, atol=1e-12))
    True
    """
    count = len(found.weight)
    kernel = 0.5 + sici(np.pi * np.arange(1 - count, count))[0] / np.pi
    length = 2 ** int(np.ceil(np.log2(3 * count)))
    product = np.fft.rfft(kernel, length)[:, None] * np.fft.rfft(found.weight, length, axis=0)
    below: Array = np.fft.irfft(product, length, axis=0)[count - 1 : 2 * count - 1]
    return below


def _weighted(x: Array, value: Array, step: Array) -> Nodes:
    top = value.max(axis=0)
    weight = np.exp(value - top)
    total = weight.sum(axis=0)
    return Nodes(
        log_tau=x,
        weight=weight / total,
        step=step,
        log_integral=top + np.log(total * step),
    )


def _ripple(value: Array) -> Array:
    """Return |F(1/4h)| relative to the integral: of the sums over every fourth node."""
    f = np.exp(value - value.max(axis=0))
    a, b, c, d = (f[start::4].sum(axis=0) for start in range(4))
    ripple: Array = np.hypot(a - c, b - d) / (a + b + c + d)
    return ripple


def _worth_keeping(x: Array, value: Array, slack: Array, moments: int) -> tuple[Array, Array]:
    """Return the ends of the range in which the integrand counts, two nodes added on each side.

    Between nodes the integrand may rise above both by exp(slack).
    """
    counts = np.zeros(value.shape, dtype=np.bool_)
    for power in {0, moments}:
        seen = value + power * x
        counts |= seen > seen.max(axis=0) - FAR - slack
    last = len(x) - 1
    first_kept = np.maximum(counts.argmax(axis=0) - 2, 0)
    last_kept = np.minimum(last - counts[::-1].argmax(axis=0) + 2, last)
    sets = np.arange(x.shape[1])
    return x[first_kept, sets], x[last_kept, sets]
