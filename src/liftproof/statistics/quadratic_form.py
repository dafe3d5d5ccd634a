"""The distribution of a generalised Q: a weighted sum of independent χ² with one degree of freedom.

Q = y'Py with P = A - AX(X'AX)⁻¹X'A for any weights A has, for independent normal effects of
variance d, the transform E[exp(-zQ)] = 1/√(Π(1 + 2zad) · det U'(I + 2zAD)⁻¹U), where U are
orthonormal columns that span √A X. No eigenvalue is needed: the weights of the χ² never appear.
"""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Fit, Projection

Complex = NDArray[np.complex128]

STEP, NODES = 0.1, 52
"""Of the trapezoidal rule. Half the step changes no probability by more than 6e-14, for 1 to 5000
degrees of freedom and weights of the χ² that span up to 10¹²; the last node adds 1e-25."""


def exceedance(fit: Projection, d: Array, q: Array) -> Array:
    """Return the probability that the generalised Q is larger than ``q``.

    ``fit``: P for the weights, of n data sets; ``d``, shape (k, n): the variances of the effects, 0
    for a trial that is left out; ``q`` (n,), positive. Returns (n,). Error bound: 1e-13, absolute.

    The transform over z is inverted along one branch of a hyperbola that meets the real axis at the
    saddle point of a scaled χ² with the same mean and variance, at a right angle, and bends there
    as the path of steepest descent does. Every singularity of the integrand lies on the real axis
    left of it, whatever the weights, so that the trapezoidal rule converges geometrically.

    Source: the distribution, Box 1954, Ann Math Stat 25, 290-302; contours, Weideman & Trefethen
    2007, Math Comp 76, 1341-1356. R: ``CompQuadForm::farebrother(q, lambda)$Qq``.

    >>> from liftproof.statistics.batches import side_by_side
    >>> from liftproof.statistics.projection import at_tau2
    >>> trials = side_by_side(np.array([[0.0, 2.0, 1.0]]), np.ones((1, 3)))
    >>> exceedance(at_tau2(trials, 0.0), trials.v, np.array([5.991464547])).round(9)
    array([0.05])
    """
    z, dz = _contour(fit.trace(d), 2 * fit.trace_of_product(d, d), q)
    integrand = np.exp(z * q + _log_transform(fit, d, z)) * dz / z
    integrand[0] /= 2
    return np.asarray(1 - STEP / np.pi * integrand.imag.sum(axis=0))


def _contour(mean: Array, variance: Array, q: Array) -> tuple[Complex, Complex]:
    """Return nodes of shape (nodes, n) on the upper half of the hyperbola, and its derivative.

    The exponent is f(z) = zq - ν/2 log(1 + 2gz) - log z for g χ²(ν), the last for the pole at 0.
    """
    g = variance / (2 * mean)
    half, product = (q - 2 * g - mean) / 2, 2 * g * q
    root = np.sqrt(half**2 + product)
    saddle = np.where(half > 0, 1 / (root + np.abs(half)), (root - half) / product)
    ratio = g / (1 + 2 * g * saddle)
    degrees = mean / g
    second = 2 * degrees * ratio**2 + 1 / saddle**2
    third = 8 * degrees * ratio**3 + 2 / saddle**3
    scale = 1 / np.sqrt(second)
    bend = third * scale**3 / 3
    u = STEP * np.arange(NODES)[:, None]
    z = saddle + scale * (bend * (1 - np.cosh(u)) + 1j * np.sinh(u))
    return z, scale * (1j * np.cosh(u) - bend * np.sinh(u))


def _log_transform(fit: Projection, d: Array, z: Complex) -> Complex:
    """Return log E[exp(-zQ)] at nodes of shape (nodes, n)."""
    factors = 1 + 2 * z * (fit.w * d)[:, None, :]
    # NumPy's logarithm of complex numbers takes ten times as long as that of both parts.
    log_product = np.log(np.abs(factors)).sum(axis=0) + 1j * np.angle(factors).sum(axis=0)
    whole = log_product + sum(np.log(p) for p in _pivots(fit, 1 / factors))
    return np.asarray(-whole / 2)


def _pivots(fit: Projection, inverse: Complex) -> list[Complex]:
    """Return the pivots of U'(I + 2zAD)⁻¹U, one a coefficient, by elimination.

    Each is a ratio of determinants whose roots interlace: its argument stays within (-π, π), so
    that the principal logarithm is the right one.
    """
    basis = fit.basis if isinstance(fit, Fit) else (np.sqrt(fit.w / fit.total),)
    rows = [[np.einsum("kn,kmn,kn->mn", a, inverse, b) for b in basis] for a in basis]
    pivots: list[Complex] = []
    for i, row in enumerate(rows):
        pivots.append(row[i])
        for below in rows[i + 1 :]:
            share = below[i] / row[i]
            below[i:] = [b - share * a for a, b in zip(row[i:], below[i:], strict=True)]
    return pivots
