"""Slopes of a mixed model's likelihood in closed form, from the nodes of its quadrature.

With random effects z known, a trial's log-likelihood would have score s and information J in its
parameters. By Fisher's identity the score of the marginal likelihood is the mean of s over what
the counts tell of z, and its information is the mean of J less the variance of s (Louis 1982, J R
Stat Soc B 44, 226-233). Without random effects that is exact; else as good as the quadrature.
"""

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.mixed_model import MixedModel, product, squared


def expected_slopes(model: MixedModel, local: Array, count: int) -> tuple[Array, Array, Array]:
    """Return each trial's log-likelihood, and its gradient and Hessian by its first parameters.

    ``local``: parameters (n, k, parameters), of which the first ``count`` are asked for. Shapes
    (n, k), (n, k, count) and (n, k, count, count).
    """
    centre, loadings = model.predictor(local)
    z, logs, scale = model.integrand(centre, loadings)
    largest = logs.max(axis=0)
    shares = np.exp(logs - largest)
    total = shares.sum(axis=0)
    shares /= total
    slope, information = model.family.slopes(centre + product(loadings, z))
    moves = _moves(model, z)[..., :count]
    score = _nodes_last(np.einsum("...a,...ap->...p", slope, moves))
    by_node = shares.transpose(1, 2, 0)[..., None]
    weighted = by_node * score
    gradient = weighted.sum(axis=-2)
    moment = np.swapaxes(score, -1, -2) @ weighted - gradient[..., :, None] * gradient[..., None, :]
    weights = _nodes_last(shares[..., None] * information)
    arms = moves.transpose(1, 2, 0, 3, 4).reshape(*weights.shape[:-2], -1, count)
    complete = squared(arms, weights.reshape(*weights.shape[:-2], -1))
    return largest + np.log(total) + scale, gradient, moment - complete


def _nodes_last(values: Array) -> Array:
    """Return values (nodes, n, k, m) as (n, k, nodes, m)."""
    return values.transpose(1, 2, 0, 3)


def _moves(model: MixedModel, z: Array) -> Array:
    """Return the change of each arm's predictor by each parameter, (nodes, n, k, arms, p)."""
    arms, fixed = model.fixed.shape
    found = np.empty((*z.shape[:-1], arms, fixed + len(model.codes)))
    found[..., :fixed] = model.fixed
    np.einsum("...r,dar->...ad", z, model.codes, out=found[..., fixed:])
    return found
