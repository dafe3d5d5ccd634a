"""Generalised linear mixed models of trials: their marginal likelihood by Gauss-Hermite quadrature.

The linear predictor of arm j of trial i is η = Xψ + Σ s·c·z: fixed effects ψ by their design X,
and for each random effect its standard deviation s, its code c in that arm, and a standard normal
z of the trial. The first fixed effect may be each trial's own. Parameters of a trial, one after
the other: fixed effects, standard deviations. A fixed effect θ may hang on moderators, θ = xβ.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.families import Family

MAX_STEPS = 100
"""Newton's method takes some 8; halved steps included, 30."""
TOLERANCE = 1e-7
"""Of the last step to a mode, in standard deviations of the random effect. Newton's steps square
the error, so that what remains after it is some 1e-14."""
AT_ONCE = 2**16
"""Numbers held at once: of arms in all trials, at all nodes; some twenty temporaries of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixedModel:
    """A model of one data set.

    ``family``: distribution of the counts. ``fixed``: design X, shape (arms, fixed effects).
    ``codes``: shape (deviations, arms, random effects); the deviations are the standard deviations
    of the random effects, and ``is_correlated`` says that a last one of any sign makes the second
    random effect depend on the first. ``has_own``: whether the first fixed effect is each trial's
    own. ``nodes``: of the quadrature, per random effect; 1 is Laplace's approximation.
    ``moderators``: (k, p), of the first fixed effect that trials share; None where all have one.
    """

    family: Family
    fixed: Array
    codes: Array
    has_own: bool
    nodes: int
    moderators: Array | None
    is_correlated: bool = False

    def predictor(self, parameters: Array) -> tuple[Array, Array]:
        """Return Xψ, shape (..., k, arms), and loadings s·c, shape (..., k, arms, random)."""
        count = self.fixed.shape[1]
        psi, deviations = parameters[..., :count], parameters[..., count:]
        return psi @ self.fixed.T, np.einsum("...d,dar->...ar", deviations, self.codes)

    def log_likelihood(self, parameters: Array) -> Array:
        """Return the marginal log-likelihood of each trial, with all constants; (..., k).

        Adaptive: the nodes are moved to the mode of each trial's integrand and scaled by the
        curvature there (Liu & Pierce 1994, Biometrika 81, 624-629).
        """
        *leading, k, count = parameters.shape
        flat = parameters.reshape(-1, k, count)
        numbers = k * self.fixed.shape[0] * self.nodes ** self.codes.shape[2]
        rows = max(1, AT_ONCE // numbers)
        parts = [self._marginal(flat[i : i + rows]) for i in range(0, max(1, len(flat)), rows)]
        return np.concatenate(parts).reshape(*leading, k)

    def _marginal(self, parameters: Array) -> Array:
        """Return the log-likelihoods of a block of parameters (n, k, parameters), shape (n, k)."""
        centre, loadings = self.predictor(parameters)
        _, logs, scale = self.integrand(centre, loadings)
        largest = logs.max(axis=0)
        return np.asarray(largest + np.log(np.exp(logs - largest).sum(axis=0)) + scale)

    def integrand(self, centre: Array, loadings: Array) -> tuple[Array, Array, Array]:
        """Return nodes (nodes, ..., k, random), ln of what each adds, and ln of their scale.

        Without random effects that is one node, at which the likelihood is the density.
        """
        if not loadings.shape[-1]:
            logs = self.family.log_density(centre).sum(axis=-1)
            return loadings[None, ..., 0, :], logs[None], np.zeros(())
        modes, curvature = self.modes(centre, loadings)
        root = inverse_root(curvature)
        offsets, log_weights = hermite(self.nodes, loadings.shape[-1])
        z = modes + np.einsum("...ba,qb->q...a", root, offsets)
        logs = self.joint(centre, loadings, z)
        logs += log_weights.reshape(-1, *([1] * (logs.ndim - 1)))
        return z, logs, np.log(np.einsum("...aa->...a", root)).sum(axis=-1)

    def log_density_at_modes(self, parameters: Array) -> float:
        """Return ln P(counts | the likeliest random effects), summed over trials."""
        centre, loadings = self.predictor(parameters)
        if loadings.shape[-1]:
            modes, _ = self.modes(centre, loadings)
            centre = centre + product(loadings, modes)
        return float(self.family.log_density(centre).sum())

    def joint(self, centre: Array, loadings: Array, z: Array) -> Array:
        """Return ln P(counts | z) - z'z/2."""
        eta = centre + product(loadings, z)
        return np.asarray(self.family.log_density(eta).sum(axis=-1) - (z * z).sum(axis=-1) / 2)

    def modes(self, centre: Array, loadings: Array) -> tuple[Array, Array]:
        """Return the z at which the integrand is largest, (..., k, random), and its curvature.

        The integrand is log-concave: Newton's steps, halved where they would make its slope
        steeper, reach its one maximum, to some 1e-14 of a standard deviation.
        """
        random = loadings.shape[-1]
        z = np.zeros((*np.broadcast_shapes(centre.shape[:-1], loadings.shape[:-2]), random))
        slope, curvature, steepness = self._slopes(centre, loadings, z)
        for _ in range(MAX_STEPS):
            step = solved(curvature, slope)
            if np.abs(step).max(initial=0.0) <= TOLERANCE:
                return z + step, self._slopes(centre, loadings, z + step)[1]
            before = steepness
            slope, curvature, steepness = self._slopes(centre, loadings, z + step)
            worse = ~(steepness <= before)
            while worse.any() and np.abs(step).max() > TOLERANCE:
                step = np.where(worse[..., None], step / 2, step)
                slope, curvature, steepness = self._slopes(centre, loadings, z + step)
                worse = ~(steepness <= before)
            z = z + step
        raise ConvergenceError("The mode of a trial's random effect was not found.")

    def _slopes(self, centre: Array, loadings: Array, z: Array) -> tuple[Array, Array, Array]:
        """Return the log integrand's slope at z, (..., k, random), curvature, and slope squared."""
        slope, information = self.family.slopes(centre + product(loadings, z))
        gradient: Array = np.einsum("...ar,...a->...r", loadings, slope) - z
        curvature = squared(loadings, information) + unit(loadings.shape[-1])
        return gradient, curvature, np.vecdot(gradient, gradient)


def product(matrices: Array, vectors: Array) -> Array:
    """Return matrices (..., m, n) by vectors (..., n): for a single column a plain product.

    >>> product(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 0.5])).tolist()
    [2.0, 5.0]
    """
    if matrices.shape[-1] == 1:
        return np.asarray(matrices[..., 0] * vectors)
    return np.asarray((matrices @ vectors[..., None])[..., 0])


@cache
def unit(n: int) -> Array:
    """Return the unit matrix."""
    return np.eye(n)


def squared(matrices: Array, weights: Array) -> Array:
    """Return the sums of weighted products of columns, (..., m, n) and (..., m) to (..., n, n).

    >>> squared(np.array([[1.0, 2.0]]), np.array([3.0])).tolist()
    [[3.0, 6.0], [6.0, 12.0]]
    """
    if matrices.shape[-1] == 1:
        column = matrices[..., 0]
        return np.asarray(np.vecdot(column, weights * column))[..., None, None]
    return np.asarray(np.swapaxes(matrices, -1, -2) @ (weights[..., None] * matrices))


def inverse_root(matrices: Array) -> Array:
    """Return R (..., n, n), R'R being the inverse of a matrix.

    >>> inverse_root(np.array([[4.0]])).tolist()
    [[0.5]]
    """
    if matrices.shape[-1] == 1:
        return np.asarray(1 / np.sqrt(matrices))
    return np.asarray(np.linalg.inv(np.linalg.cholesky(matrices)))


def solved(matrices: Array, vectors: Array) -> Array:
    """Return the solutions of linear equations, (..., n, n) and (..., n)."""
    if matrices.shape[-1] == 1:
        return np.asarray(vectors / matrices[..., 0])
    return np.asarray(np.linalg.solve(matrices, vectors[..., None]))[..., 0]


def independent(codes: Array) -> Array:
    """Return codes (arms, random effects) as those of effects with a deviation each.

    >>> independent(np.array([[1.0, 0.5]])).tolist()
    [[[1.0, 0.0]], [[0.0, 0.5]]]
    """
    return np.asarray(np.eye(codes.shape[1])[:, None, :] * codes)


@cache
def hermite(nodes: int, dimensions: int) -> tuple[Array, Array]:
    """Return nodes x, shape (nodes^d, d), and ln of weights for ∫ exp(f(x)) dx/(2π)^(d/2).

    The weights hold exp(x²/2), to be met by a density.
    """
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    log_w = np.log(w / np.sqrt(2 * np.pi)) + x**2 / 2
    points = np.stack(np.meshgrid(*[x] * dimensions, indexing="ij"), axis=-1)
    weights: Array = np.sum(np.meshgrid(*[log_w] * dimensions, indexing="ij"), axis=0)
    return np.asarray(points.reshape(-1, dimensions)), np.reshape(weights, -1)
