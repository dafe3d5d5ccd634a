"""The terms of score and slope for one data set in vectors, as plain numbers.

The same operations in the same order as :mod:`~liftproof.statistics.projection` and
:mod:`~liftproof.statistics.tau2.likelihood` on many data sets, so that every bit is the same; what
holds a projection for later questions is left out, which takes longer than a sum over trials.
"""

from math import sqrt

import numpy as np

from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import NEARLY_ALL, power_sums, traces_of_shares
from liftproof.statistics.weighting import dot

Numbers = tuple[float, float, float, float]


def terms_about_mean(trials: Trials, tau2: float, *, is_restricted: bool) -> Numbers:
    """Return tr A, y'P²y, tr A² and y'P³y at τ², A being P where ``is_restricted``, else W."""
    w = trials.v + tau2
    np.divide(1.0, w, out=w)
    total = float(np.add.reduce(w))
    py = w * (trials.y - float(dot(w, trials.y)) / total)
    rest, deviation = w[1:], py[1:] - py[0]
    along = float(dot(rest, deviation))
    cubic = float(dot(rest * deviation, deviation)) - along * along / total
    if not is_restricted:
        return total, float(dot(py, py)), float(dot(w, w)), cubic
    sums = map(float, power_sums(rest / total))
    trace, square = traces_of_shares(total, float(w[0]) / total, *sums)
    return trace, float(dot(py, py)), square, cubic


def terms_about_line(trials: Trials, tau2: float, *, is_restricted: bool) -> Numbers | None:
    """Return the same about a line; None where a trial has nearly all leverage, told otherwise."""
    assert trials.moderators is not None
    w = trials.v + tau2
    np.divide(1.0, w, out=w)
    root = np.sqrt(w)
    basis = _orthonormal([root * column for column in trials.moderators.columns])
    py = root * _without(basis, root * trials.y)
    twice = _without(basis, root * py)
    quadratic, cubic = float(dot(py, py)), float(dot(twice, twice))
    np.multiply(root, root, out=w)
    if not is_restricted:
        return float(np.add.reduce(w)), quadratic, float(dot(w, w)), cubic
    leverage = basis[0] * basis[0]
    for column in basis[1:]:
        leverage += column * column
    if leverage.max() > NEARLY_ALL:
        return None
    left = np.maximum(0.0, 1 - leverage)
    return float(np.add.reduce(w * left)), quadratic, _square(basis, w, leverage), cubic


def unweighted_squares(trials: Trials) -> float:
    """Return the sum of squared residuals about the mean, or the line, by weights of 1."""
    if trials.moderators is None:
        residuals = trials.y - float(dot(np.ones(len(trials.y)), trials.y)) / len(trials.y)
        return float(dot(residuals, residuals))
    rest = _without(_orthonormal(list(trials.moderators.columns)), trials.y)
    return float(dot(rest, rest))


def _orthonormal(columns: list[Array]) -> list[Array]:
    """Return orthonormal columns that span the same, by modified Gram-Schmidt."""
    done: list[Array] = []
    for column in columns:
        rest = _without(done, column)
        done.append(rest / sqrt(dot(rest, rest)))
    return done


def _without(basis: list[Array], rest: Array) -> Array:
    """Return what is left of a column once its parts along the basis are taken out."""
    for column in basis:
        rest = rest - column * dot(column, rest)
    return rest


def _square(basis: list[Array], w: Array, leverage: Array) -> float:
    """Return tr P², not below 0: rounding, where one trial outweighs all others."""
    crossed = float(dot(w * w, 1 - 2 * leverage))
    for i, a in enumerate(basis):
        weighted = w * a
        crossed += float(dot(weighted, a)) ** 2
        for b in basis[:i]:
            crossed += 2 * float(dot(weighted, b)) ** 2
    return max(0.0, crossed)
