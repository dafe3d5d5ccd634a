"""A three-level fit beside its likelihood with all matrices written out, in mpmath's digits."""

from collections.abc import Sequence

import mpmath as mp
import numpy as np

from liftproof.statistics.dependent.three_level import three_level

WAYS = [(1.5, 1), (0.6, 1), (1, 1.5), (1, 0.6), (1.3, 0.7), (0.7, 1.3)]
"""Factors of both components at points beside the end of a search."""


def dense_errors(y: np.ndarray, v: np.ndarray, study: np.ndarray, method: str) -> dict[str, float]:
    """Compare mean, standard error and log-likelihood, and the end of the search with the top."""
    found = three_level(y, v, study, method=method)
    end = (found.sigma2_study, found.sigma2_effect)
    dense = _Dense(y, v, study, is_restricted=method == "REML")
    top, floor = dense.at(*end), float(v.min()) / 10
    moved = [(end[0] * a + floor * (a > 1), end[1] * b + floor * (b > 1)) for a, b in WAYS]
    better = max(dense.at(*point).height for point in moved) - top.height
    se = float(top.se)
    return {
        "three-level, log-likelihood": abs(float(top.height) - found.log_likelihood),
        "three-level, mean, in se": abs(float(top.mean) - float(found.coefficients[0])) / se,
        "three-level, se, relative": abs(float(found.se[0]) / se - 1),
        "three-level, step at the end, of smallest v": float(top.step(end) / float(v.min())),
        "three-level, how much higher another point is": max(0.0, float(better)),
    }


class _Dense:
    """The likelihood of both components with all matrices written out."""

    def __init__(
        self, y: np.ndarray, v: np.ndarray, study: np.ndarray, *, is_restricted: bool
    ) -> None:
        self.k, self.is_restricted = len(y), is_restricted
        self.y = mp.matrix([mp.mpf(float(x)) for x in y])
        self.v = mp.diag([mp.mpf(float(x)) for x in v])
        same = [[mp.mpf(int(a == b)) for b in study] for a in study]
        self.parts = (mp.matrix(same), mp.eye(self.k))

    def at(self, between: float, within: float) -> "_At":
        return _At(self, self.v + self.parts[0] * mp.mpf(between) + self.parts[1] * mp.mpf(within))


class _At:
    """At one pair of components: height, mean and its standard error."""

    def __init__(self, of: _Dense, covariance: mp.matrix) -> None:
        self.of = of
        inverse, one = covariance**-1, mp.ones(of.k, 1)
        information = (one.T * inverse * one)[0]
        self.mean, self.se = (one.T * inverse * of.y)[0] / information, 1 / mp.sqrt(information)
        column = inverse * one
        self.mean_free = inverse - column * column.T / information
        residuals = of.y - one * self.mean
        q, k = (residuals.T * inverse * residuals)[0], of.k
        deviance = mp.log(mp.det(covariance)) + q + (k - of.is_restricted) * mp.log(2 * mp.pi)
        if of.is_restricted:
            deviance += mp.log(information) - mp.log(k)
        self.height = -deviance / 2
        self.inverse = self.mean_free if of.is_restricted else inverse

    def step(self, end: Sequence[float]) -> mp.mpf:
        """Return the longest Fisher step of components inside; of those at 0, the way up."""
        places = [place for place in (0, 1) if end[place] > 0]
        u = self.mean_free * self.of.y
        parts = self.of.parts
        slope = [(u.T * part * u)[0] / 2 - _trace(self.inverse * part) / 2 for part in parts]
        products = [self.inverse * part for part in parts]
        curve = mp.matrix(2)
        for i in (0, 1):
            for j in (0, 1):
                curve[i, j] = _trace(products[i] * products[j]) / 2
        up = [max(mp.mpf(0), slope[i]) / curve[i, i] for i in (0, 1) if i not in places]
        if len(places) == 1:
            up.append(abs(slope[places[0]]) / curve[places[0], places[0]])
        elif places:
            up += [abs(each) for each in mp.lu_solve(curve, mp.matrix(slope))]
        return max(up)


def _trace(matrix: mp.matrix) -> mp.mpf:
    return mp.fsum(matrix[i, i] for i in range(matrix.rows))
