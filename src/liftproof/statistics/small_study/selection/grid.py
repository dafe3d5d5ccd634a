"""The log-likelihood of a selection model on a grid of (μ, τ², δ), from which its search starts."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import LOG_2PI, Model

BLOCK = 2**14
"""Numbers of B that a grid works on at once: they stay in cache, and their memory is used again."""
SMALLEST_OF_FOUR = 1e-75
"""The product of four smaller numbers may leave double precision."""


def on_grid(
    model: Model, means: Array, variances: Array, deltas: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Return the log-likelihood for all μ (m,), τ² (t,) and δ (g, d), shape (m, t, g).

    And which μ and τ², (m, t), could be the likeliest of the grid with any of its δ. It is computed
    of these and of their neighbours, and -inf elsewhere.
    """
    weights, observed = relative_weights(model, deltas)
    whole = _without_selection(model, means, variances)
    hopeful = _hopeful(model, whole, weights, observed, means, variances)
    places = np.nonzero(_with_neighbours(hopeful))
    mu, tau2 = means[places[0]], variances[places[1]]
    values = np.full((len(means), len(variances), len(deltas)), -np.inf)
    values[places] = whole[places][:, None] + _of_selection(model, mu, tau2, weights, observed)
    return values, hopeful


def _hopeful(
    model: Model,
    whole: Array,
    weights: Array,
    observed: Array,
    means: Array,
    variances: Array,
) -> NDArray[np.bool_]:
    """Return where the likelihood could be as high as where it is highest without selection.

    No normalising constant is below the smallest weight, which bounds what selection adds.
    """
    i, j = np.unravel_index(whole.argmax(), whole.shape)
    at_best = _of_selection(model, means[[i]], variances[[j]], weights, observed)
    with np.errstate(divide="ignore"):
        most = observed - len(model.y) * np.log(weights.min(axis=1))
    return np.asarray(whole + most.max() >= whole[i, j] + at_best.max())


def _with_neighbours(places: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return places of a grid with those beside them along either axis."""
    found = places.copy()
    found[1:] |= places[:-1]
    found[:-1] |= places[1:]
    found[:, 1:] |= places[:, :-1]
    found[:, :-1] |= places[:, 1:]
    return found


def _of_selection(model: Model, mu: Array, tau2: Array, weights: Array, observed: Array) -> Array:
    """Return what selection adds to the log-likelihood at ``mu``, ``tau2`` (n,), shape (n, g)."""
    v, counts = model.constants.v, model.constants.counts
    values = np.empty((len(mu), len(weights)))
    for block in blocks(len(mu), len(v) * len(model.columns.p)):
        b = model.columns.probabilities(v, mu[block, None], tau2[block])
        values[block] = observed - sums_of_logs(b, weights, counts)
    return values


def blocks(points: int, numbers: int) -> Iterator[slice]:
    """Yield the points to work on at once, of each of which B holds so many numbers."""
    size = max(1, BLOCK // numbers)
    for start in range(0, points, size):
        yield slice(start, start + size)


def sums_of_logs(b: Array, weights: Array, counts: Array) -> Array:
    """Return Σ log A over trials that stand for ``counts`` (n,) each, shape (points, g).

    From B (points, n, j + t) and weights (g, j + t). Where every trial stands for itself, as the
    logarithm of products of four: a product takes a tenth of a logarithm's time.
    """
    points, n, columns = b.shape
    a = (b.reshape(-1, columns) @ weights.T).reshape(points, n, len(weights))
    with np.errstate(divide="ignore"):
        if (counts != 1).any() or a.min(initial=1.0) < SMALLEST_OF_FOUR:
            return np.asarray((np.log(a) * counts[:, None]).sum(axis=1))
        fours = a[:, : n - n % 4].reshape(points, n // 4, 4, len(weights))
        pairs = fours[:, :, :2] * fours[:, :, 2:]
        logs = np.log(pairs[:, :, 0] * pairs[:, :, 1]).sum(axis=1)
        return np.asarray(logs + np.log(a[:, n - n % 4 :]).sum(axis=1))


def _without_selection(model: Model, means: Array, variances: Array) -> Array:
    """Return the log-likelihood of a normal model for all μ (m,) and τ² (t,), shape (m, t)."""
    s2 = model.v + variances[:, None]
    q = (model.y - means[:, None]) ** 2 @ (1 / s2).T
    return np.asarray(-(LOG_2PI * len(model.y) + np.log(s2).sum(axis=-1) + q) / 2)


def relative_weights(model: Model, deltas: Array) -> tuple[Array, Array]:
    """Return the weights of all columns over their largest, (g, j + t), and Σ log w(p) over it."""
    logs, count = model.selection.log_weight(model.p, deltas)[0], len(model.columns.p)
    largest = logs[:, :count].max(axis=-1, keepdims=True)
    return np.exp(logs[:, :count] - largest), (logs[:, count:] - largest) @ model.seen
