"""The likelihood of three-level models, side by side, at many pairs of components at once.

M = diag(d + σ²effect) + σ²study zz' splits into rows within studies, with weights 1/(d +
σ²effect), and one row a study, its weighted mean, with weight 1/(1/c + σ²study), c = Σz²w. All
sums are sums of squares of such rows; nothing is subtracted.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.dependent.rotation import Rotated
from liftproof.statistics.products import einsum

BLOCK = 2**17
"""Numbers worked on at once: memory does not grow with the number of pairs."""
ALONE = np.zeros(1, dtype=np.intp)
"""Of which of several sets a point is, where there is one."""


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


def weighted_rows(model: Rotated, effect: Array, own: Places = ALONE) -> Rows:
    """Return the rows at values of the component within studies, (n,); ``own``: of which set."""
    z = _of_rows(model.z, own)
    data = np.ascontiguousarray(np.moveaxis(model.rows[..., :-1], -1, 0))
    w = 1 / (_of_rows(model.d, own) + effect[:, None])
    wz = w * z
    c = model.by_study(wz * z)
    data = data if len(model.d) == 1 else data[:, own]
    means = model.by_study(wz * data) / c
    within = data - z * means[..., model.study]
    return Rows(w=w, c=c, within=within, means=means)


def _of_rows(values: Array, own: Places) -> Array:
    """Return, of values (s, k), the row of each point's set; of one set (1, k), to be stretched."""
    return values if len(values) == 1 else values[own]


def likelihood(model: Rotated, sigma2: Array, own: Places = ALONE) -> Values:
    """Return -2 log-likelihood and what bounds it, at pairs of components of shape (2, n).

    ``own`` (n,): which of several models each pair is of; of one model it may be left out.
    """
    n, (k, columns) = sigma2.shape[1], model.rows.shape[1:]
    size = max(1, BLOCK // (k * (columns - 1)))
    own = np.zeros(n, dtype=np.intp) if len(model.d) == 1 else own
    values = _of_mean if model.is_mean else _of_columns
    parts = [
        values(model, sigma2[:, start : start + size], own[start : start + size])
        for start in range(0, n, size)
    ]
    if len(parts) == 1:
        return parts[0]
    return Values(
        determinant=np.concatenate([part.determinant for part in parts]),
        q=np.concatenate([part.q for part in parts]),
        slope=np.concatenate([part.slope for part in parts], axis=1),
    )


def _runs(effect: Array, own: Places) -> tuple[Places, Places]:
    """Return where pairs side by side that share a set and σ²effect begin, and which is whose."""
    is_new = np.ones(effect.size, dtype=bool)
    is_new[1:] = (effect[1:] != effect[:-1]) | (own[1:] != own[:-1])
    return is_new.nonzero()[0], is_new.cumsum() - 1


def _of_mean(model: Rotated, sigma2: Array, own: Places) -> Values:
    """Return the likelihood of a mean alone, which varies between studies only.

    What hangs on σ²effect is summed by study; pairs cost no more than the number of studies.
    """
    first, place = _runs(sigma2[1], own)
    z, y = _of_rows(model.z, own[first]), _of_rows(model.y, own[first])
    w = 1 / (_of_rows(model.d, own[first]) + sigma2[1, first][:, None])
    wz = w * z
    c = model.by_study(wz * z)
    means = model.by_study(wz * y) / c
    within = y - z * means[:, model.study]
    pulled = w * within
    of_effect = np.log(w).sum(axis=1), _squared(pulled, within), _squared(pulled, pulled)
    log_w, q_within, slope_within = (values[place] for values in of_effect)
    between = sigma2[0][:, None]
    share = 1 / (1 + c[place] * between)
    u = c[place] * share
    total = u.sum(axis=1)
    residual = means[place]
    residual -= (_squared(u, residual) / total)[:, None]
    pull, along = u * residual, share * residual
    rest = (2 * model.by_study(wz * pulled))[place] + model.by_study(wz * wz)[place] * along
    determinant = -np.log(share).sum(axis=1) - log_w
    if model.is_restricted:
        determinant += np.log(total / model.d.shape[1])
    return Values(
        determinant=determinant,
        q=q_within + _squared(pull, residual),
        slope=-np.array((_squared(pull, pull), slope_within + _squared(along, rest))),
    )


def _squared(a: Array, b: Array) -> Array:
    """Return sums of products along the rows of both, (n,)."""
    sums: Array = einsum("nk,nk->n", a, b)
    return sums


def _of_columns(model: Rotated, sigma2: Array, own: Places) -> Values:
    """Return the likelihood of any columns; rows are made once for a run of like σ²effect."""
    first, place = _runs(sigma2[1], own)
    rows = weighted_rows(model, sigma2[1, first], own[first])
    each = Rows(
        w=rows.w[place],
        c=rows.c[place],
        within=rows.within[:, place],
        means=rows.means[:, place],
    )
    u = each.of_studies(sigma2[0])
    within_studies = _products(rows.within, rows.w)[place]
    information, cross = _split(within_studies + _products(each.means, u))
    b = np.linalg.solve(information, cross)[..., 0].T[..., None]
    within = each.within[-1] - (b * each.within[:-1]).sum(axis=0)
    means = each.means[-1] - (b * each.means[:-1]).sum(axis=0)
    pulled, projected = u * means, each.w * within
    q = np.einsum("nk,nk->n", projected, within) + np.einsum("nm,nm->n", pulled, means)
    wz = rows.w * _of_rows(model.z, own[first])
    projected += wz[place] * (pulled / each.c)[:, model.study]
    slope = [-np.einsum("nm,nm->n", pulled, pulled), -np.einsum("nk,nk->n", projected, projected)]
    determinant = np.log(each.c / u).sum(axis=1) - np.log(rows.w).sum(axis=1)[place]
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
