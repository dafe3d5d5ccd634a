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
    """Weights and rows at n pairs of components.

    ``w``: weights within studies, (n, k). ``c``: their sums, ``u``: weights of studies, (n, m).
    ``within``: columns and effects less their study's mean, (p + 1, n, k); ``means``: those
    means, (p + 1, n, m).
    """

    w: Array
    c: Array
    u: Array
    within: Array
    means: Array


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


def weighted_rows(model: Rotated, sigma2: Array) -> Rows:
    """Return the rows at pairs of components, shape (2, n)."""
    w = 1 / (model.d + sigma2[1][:, None])
    wz = w * model.z
    c = model.by_study(wz * model.z)
    data = np.vstack((model.x.T, model.y))[:, None, :]
    means = model.by_study(wz * data) / c
    return Rows(
        w=w,
        c=c,
        u=1 / (1 / c + sigma2[0][:, None]),
        within=data - model.z * means[..., model.study],
        means=means,
    )


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
    rows = weighted_rows(model, sigma2)
    information, cross = _normal_equations(rows)
    b = np.linalg.solve(information, cross)[..., 0].T[..., None]
    within = rows.within[-1] - (b * rows.within[:-1]).sum(axis=0)
    means = rows.means[-1] - (b * rows.means[:-1]).sum(axis=0)
    pulled, projected = rows.u * means, rows.w * within
    q = np.einsum("nk,nk->n", projected, within) + np.einsum("nm,nm->n", pulled, means)
    projected += rows.w * model.z * (pulled / rows.c)[:, model.study]
    slope = [-np.einsum("nm,nm->n", pulled, pulled), -np.einsum("nk,nk->n", projected, projected)]
    determinant = np.log(rows.c / rows.u).sum(axis=1) - np.log(rows.w).sum(axis=1)
    if model.is_restricted:
        determinant += np.linalg.slogdet(information)[1]
    return Values(determinant=determinant, q=q, slope=np.stack(slope))


def _normal_equations(rows: Rows) -> tuple[Array, Array]:
    """Return X'M⁻¹X, shape (n, p, p), and X'M⁻¹y, shape (n, p, 1)."""
    within, means = np.moveaxis(rows.within, 0, 1), np.moveaxis(rows.means, 0, 1)
    left = within[:, :-1] * rows.w[:, None], means[:, :-1] * rows.u[:, None]
    gram = left[0] @ np.swapaxes(within, 1, 2) + left[1] @ np.swapaxes(means, 1, 2)
    return gram[..., :-1], gram[..., -1:]
