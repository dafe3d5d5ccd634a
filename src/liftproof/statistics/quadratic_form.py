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

CELLS = 2**16
"""Factors that are worked on at once: their temporaries stay in cache."""
TOGETHER = 32
"""Factors that are multiplied, or nearly twice as many: none is larger than 1e4."""


def exceedance(fit: Projection, d: Array, q: Array, step: float = STEP) -> Array:
    """Return the probability that the generalised Q is larger than ``q``.

    ``fit``: P for the weights, of n data sets; ``d``, shape (k, n): the variances of the effects, 0
    for a trial that is left out; ``q`` (n,), positive. Returns (n,). Error bound: 1e-13, absolute;
    of a rule with twice the ``step``, which takes half the time, 1e-7.

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
    mean, variance = fit.trace(d), 2 * fit.trace_of_product(d, d)
    z, dz = _contour(mean, variance, q, step)
    integrand = np.exp(z * q + _log_transform(fit, d, z)) * dz / z
    integrand[0] /= 2
    return np.asarray(1 - step / np.pi * integrand.imag.sum(axis=0))


def _contour(mean: Array, variance: Array, q: Array, step: float) -> tuple[Complex, Complex]:
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
    u = step * np.arange(round(STEP * NODES / step))[:, None]
    z = saddle + scale * (bend * (1 - np.cosh(u)) + 1j * np.sinh(u))
    return z, scale * (1j * np.cosh(u) - bend * np.sinh(u))


def _log_transform(fit: Projection, d: Array, z: Complex) -> Complex:
    """Return log E[exp(-zQ)] at nodes of shape (nodes, n).

    The factors 1 + 2zad are divided by a size, so that products of many neither grow nor vanish.
    """
    saddle = z[0].real
    weight = 2 * fit.w * d * saddle
    size = np.maximum(1.0, weight)
    basis = fit.basis if isinstance(fit, Fit) else (np.sqrt(fit.w / fit.total),)
    products = [[a * b / size for b in basis[: i + 1]] for i, a in enumerate(basis)]
    sets = max(1, CELLS // (len(d) * len(z)))
    parts = [
        _log_of_determinants(
            (1 / size)[:, block],
            (weight / size)[:, block],
            [[each[:, block] for each in row] for row in products],
            (z / saddle)[:, block],
        )
        for block in (slice(start, start + sets) for start in range(0, z.shape[1], sets))
    ]
    return np.asarray(-(np.concatenate(parts, axis=1) + np.log(size).sum(axis=0)) / 2)


def _log_of_determinants(
    constant: Array, slope: Array, products: list[list[Array]], z: Complex
) -> Complex:
    """Return log(Π f · det U'f⁻¹U) of factors f = ``constant`` + z ``slope``, (k, n) both.

    ``products`` (k, n): of each column of U with those up to it.
    """
    x, y = np.ascontiguousarray(z.real), np.ascontiguousarray(z.imag)
    re, im = slope[:, None] * x, slope[:, None] * y
    re += constant[:, None]
    whole = _log_of_product(re, im)
    square = re * re
    square += im * im
    re /= square
    im /= square
    lower = [[_summed(each, re) - 1j * _summed(each, im) for each in row] for row in products]
    rows = [[*row, *(below[i] for below in lower[i + 1 :])] for i, row in enumerate(lower)]
    for pivot in _pivots(rows):
        whole += np.log(np.abs(pivot)) + 1j * np.angle(pivot)
    return whole


def _summed(weights: Array, values: Array) -> Array:
    return np.asarray(np.einsum("kn,kmn->mn", weights, values), dtype=np.float64)


def _log_of_product(re: Array, im: Array) -> Complex:
    """Return the sum of the logarithms of factors (k, nodes, n) with arguments in [0, π).

    Pairs are multiplied until few are left, as logarithms and arguments take ten times as long as
    products. Beside each stands how often its argument went around: once more where both of a pair
    are below the real axis, and where one is and their product is not.
    """
    few, turns = max(1, len(re) // TOGETHER), np.zeros((len(re), 1, 1), dtype=np.int8)
    while len(re) > few:
        half = len(re) // 2
        first, second, rest = slice(half), slice(half, 2 * half), slice(2 * half, None)
        a, b = re[first] * re[second], re[first] * im[second]
        a -= im[first] * im[second]
        b += im[first] * re[second]
        around = turns[first] + turns[second]
        if turns.shape[1] == 1:  # arguments of the first products are sums of two below π
            around = np.zeros(b.shape, dtype=np.int8)
        else:
            one, other = im[first] < 0, im[second] < 0
            around += (one & other) | ((one != other) & (b >= 0))
        left = np.broadcast_to(turns[rest], (len(re) - 2 * half, *b.shape[1:]))
        turns = np.concatenate((around, left))
        re, im = np.concatenate((a, re[rest])), np.concatenate((b, im[rest]))
    argument = np.arctan2(im, re)
    argument = argument + 2 * np.pi * (turns + (argument < 0))
    return np.asarray((np.log(np.hypot(re, im)) + 1j * argument).sum(axis=0))


def _pivots(rows: list[list[Complex]]) -> list[Complex]:
    """Return the pivots of U'(I + 2zAD)⁻¹U, one a coefficient, by elimination.

    Each is a ratio of determinants whose roots interlace: its argument stays within (-π, π), so
    that the principal logarithm is the right one.
    """
    pivots: list[Complex] = []
    for i, row in enumerate(rows):
        pivots.append(row[i])
        for below in rows[i + 1 :]:
            share = below[i] / row[i]
            below[i:] = [b - share * a for a, b in zip(row[i:], below[i:], strict=True)]
    return pivots
