"""What the kinds of cluster-robust variance share, with weights of their own or without."""

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array

SINGULAR = 1e-10
"""An eigenvalue below this, relative to what it is without columns, is 0: they explain it fully."""
NO_VARIANCE = (
    "One cluster alone decides a coefficient: CR2, CR3 and CR4 have no variance for it. Leave out "
    "the moderator that marks it, or that cluster."
)
NO_JACKKNIFE = (
    "One cluster alone decides part of a coefficient: without it there is none, so that CR3 has no "
    "variance for it. CR2 has one, or leave out the moderator that marks that cluster."
)


def require_clusters(m: int, p: int) -> None:
    """Raise InputError where there are no more clusters ``m`` than coefficients ``p``."""
    if m <= p:
        raise InputError(
            f"{m} clusters are too few for a robust variance of {p} coefficients: there must be "
            "more of them. Leave out moderators, or report the variance of the model itself."
        )


def factor_of(kind: str, m: int, k: int, p: int) -> float:
    """Return by what the variance of ``m`` clusters, ``k`` effects, ``p`` coefficients grows.

    1 for kinds that adjust each cluster by itself.

    >>> factor_of("CR1", 10, 30, 2), factor_of("CR1m", 10, 30, 2), factor_of("CR2", 10, 30, 2)
    (1.25, 1.1111111111111112, 1.0)
    """
    if kind in ("CR1", "CR1p"):
        return m / (m - p)
    if kind == "CR1m":
        return m / (m - 1)
    return m * (k - 1) / ((m - 1) * (k - p)) if kind == "CR1S" else 1.0


def inverse_root(matrices: Array, largest: Array) -> Array:
    """Return the symmetric pseudo-inverse square roots of matrices, (..., n, n).

    ``largest``: (...), what their eigenvalues are measured against.
    """
    values, vectors = np.linalg.eigh(matrices)
    kept = values > SINGULAR * largest[..., None]
    roots = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return np.asarray((vectors * roots[..., None, :]) @ np.swapaxes(vectors, -1, -2))


def unbiased_root(own: Array, seen: Array) -> Array:
    """Return E with E C E' = ``own`` for C = ``seen``, (..., p, p): F'(FCF')^(+1/2)F, F'F = own.

    Which root F is makes no difference.
    """
    values, vectors = np.linalg.eigh(own)
    root = np.sqrt(np.maximum(values, 0.0))[..., None] * np.swapaxes(vectors, -1, -2)
    across = np.swapaxes(root, -1, -2)
    return np.asarray(across @ inverse_root(root @ seen @ across, values[..., -1] ** 2) @ root)
