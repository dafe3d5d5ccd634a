"""The likelihood of a three-level model at many pairs of components at once.

M = diag(d + σ²effect) + σ²study zz' splits into rows within studies, with weights 1/(d +
σ²effect), and one row a study, its weighted mean, with weight 1/(1/c + σ²study), c = Σz²w. All
sums are sums of squares of such rows; nothing is subtracted.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.rotation import Rotated

BLOCK = 2**17
"""Numbers worked on at once: memory does not grow with the number of pairs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Weights and rows at n values of the component within studies.

    ``w``: weights within studies, (n, k). ``c``: their sums, (n, m). ``within``: columns and
    effects less their study's mean, (p + 1, n, k); ``means``: those means, (p + 1, n, m).
    """

    w: Array
    c: Array
    within: Array
    means: Array

    def of_studies(self, between: Array) -> Array:
        """Return the weights of studies, (n, m), for a component between studies (n,)."""
        return np.asarray(1 / (1 / self.c + between[:, None]))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Values:
    """-2 log-likelihood = ``determinant`` + ``q``, without its constant, at n pairs.

    ``determinant``: log|M|, and log|X'M⁻¹X| where restricted, (n,). ``q``: the weighted sum of
    squared residuals, (n,). ``slope``: derivatives of q by both components, (2, n).
    """

    determinant: Array
    q: Array
    slope: Array

    @property
    def deviance(self) -> Array:
        """-2 log-likelihood."""
        return self.determinant + self.q


def weighted_rows(model: Rotated, effect: Array) -> Rows:
    """Return the rows at values of the component within studies, (n,)."""
    w = 1 / (model.d + effect[:, None])
    wz = w * model.z
    c = model.by_study(wz * model.z)
    data = np.vstack((model.x.T, model.y))[:, None, :]
    means = model.by_study(wz * data) / c
    within = data - model.z * means[..., model.study]
    return Rows(w=w, c=c, within=within, means=means)


def likelihood(model: Rotated, sigma2: Array) -> Values:
    """Return -2 log-likelihood and what bounds it, at pairs of components of shape (2, n)."""
    size = max(1, BLOCK // (model.d.size * (model.x.shape[1] + 1)))
    blocks = (sigma2[:, start : start + size] for start in range(0, sigma2.shape[1], size))
    parts = [_likelihood(model, part) for part in blocks]
    return Values(
        determinant=np.concatenate([part.determinant for part in parts]),
        q=np.concatenate([part.q for part in parts]),
        slope=np.concatenate([part.slope for part in parts], axis=1),
    )


def _likelihood(model: Rotated, sigma2: Array) -> Values:
    """Return the same for a block of pairs; rows are made once for pairs of like σ²effect."""
    effect, place = np.unique(sigma2[1], return_inverse=True)
    rows = weighted_rows(model, effect)
    own = Rows(
        w=rows.w[place],
        c=rows.c[place],
        within=rows.within[:, place],
        means=rows.means[:, place],
    )
    u = own.of_studies(sigma2[0])
    within_studies = _products(rows.within, rows.w)[place]
    information, cross = _split(within_studies + _products(own.means, u))
    b = np.linalg.solve(information, cross)[..., 0].T[..., None]
    within = own.within[-1] - (b * own.within[:-1]).sum(axis=0)
    means = own.means[-1] - (b * own.means[:-1]).sum(axis=0)
    pulled, projected = u * means, own.w * within
    q = np.einsum("nk,nk->n", projected, within) + np.einsum("nm,nm->n", pulled, means)
    projected += (rows.w * model.z)[place] * (pulled / own.c)[:, model.study]
    slope = [-np.einsum("nm,nm->n", pulled, pulled), -np.einsum("nk,nk->n", projected, projected)]
    determinant = np.log(own.c / u).sum(axis=1) - np.log(rows.w).sum(axis=1)[place]
    if model.is_restricted:
        determinant += np.linalg.slogdet(information)[1]
    return Values(determinant=determinant, q=q, slope=np.stack(slope))


def _products(rows: Array, weights: Array) -> Array:
    """Return weighted sums of products of columns (p + 1, n, k) with each other: (n, p, p + 1)."""
    by_point = np.moveaxis(rows, 0, 1)
    return np.asarray((by_point[:, :-1] * weights[:, None]) @ np.swapaxes(by_point, 1, 2))


def _split(products: Array) -> tuple[Array, Array]:
    """Return X'M⁻¹X, shape (n, p, p), and X'M⁻¹y, shape (n, p, 1)."""
    return products[..., :-1], products[..., -1:]
