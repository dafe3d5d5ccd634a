"""The covariance Ψ of trials' true coefficients, by method. BETWEEN names them.

Each takes :class:`Observations` and returns Ψ (p, p) in scaled coefficients. With one coefficient
they are the estimators of τ² of the same name, on each trial's slope.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dose.observations import Observations
from liftproof.statistics.dose.search import maximum
from liftproof.statistics.tau2 import TAU2


def fixed(data: Observations) -> Array:
    """Return 0: all trials have one curve. dosresmeta: ``method="fixed"``."""
    return np.zeros((data.size, data.size))


def moments(data: Observations) -> Array:
    """Return the Ψ at which Σ Wᵢrᵢrᵢ' is what it is expected to be, rᵢ = bᵢ - b.

    bᵢ are the trials' coefficients, Wᵢ = Cᵢ⁻¹ the inverse of their covariance, T = ΣWᵢ, b their
    weighted mean. The expectation is (m - 1)I + (T - ΣWᵢT⁻¹Wᵢ)Ψ; the solution is made symmetric
    and its negative eigenvalues are set to 0. For one coefficient it is DerSimonian and Laird's.

    Source: Jackson, White & Riley 2013, Biom J 55, 231-245. dosresmeta: ``method="mm"``, which sets
    them to 1.5e-8.
    """
    # in the coefficients of the form: what is cut depends on the units of the columns
    back = np.linalg.inv(data.scale)
    rows = data.rows @ back
    slopes = np.linalg.solve(rows, data.values[..., None])[..., 0]
    weights = np.swapaxes(rows, 1, 2) @ rows
    total = weights.sum(axis=0)
    mean = np.linalg.solve(total, np.einsum("mij,mj->i", weights, slopes))
    residuals = slopes - mean
    found = np.einsum("mij,mj,mk->ik", weights, residuals, residuals)
    rest = total - (weights @ np.linalg.solve(total, weights)).sum(axis=0)
    psi = np.linalg.solve(rest, found - (len(weights) - 1) * np.eye(data.size))
    values, vectors = np.linalg.eigh((psi + psi.T) / 2)
    return np.asarray(back @ (vectors * np.maximum(values, 0.0)) @ vectors.T @ back.T)


def restricted_maximum_likelihood(data: Observations) -> Array:
    """Return the REML estimate. dosresmeta: ``method="reml"``, which climbs from one start."""
    return _likeliest(data, "REML")


def maximum_likelihood(data: Observations) -> Array:
    """Return the ML estimate. dosresmeta: ``method="ml"``, which climbs from one start."""
    return _likeliest(data, "ML")


BETWEEN: Mapping[str, Callable[[Observations], Array]] = {
    "FE": fixed,
    "DL": moments,
    "ML": maximum_likelihood,
    "REML": restricted_maximum_likelihood,
}


def _likeliest(data: Observations, method: str) -> Array:
    """Return Ψ of the highest (restricted) likelihood; a single slope's is searched in full."""
    if data.size == 1:
        rows = data.rows[:, 0, 0]
        return np.asarray(TAU2[method](data.values[:, 0] / rows, 1 / rows**2)).reshape(1, 1)
    return maximum(data, is_restricted=method == "REML")
