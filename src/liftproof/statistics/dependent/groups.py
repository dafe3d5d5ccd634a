"""Effects in groups: the order that brings the members of a group together, and their blocks."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import LARGEST, SMALLEST, Array, floats, is_missing, require

Places = NDArray[np.intp]

WHOLE = "biu"
"""Kinds of array none of whose labels can be missing."""

ASYMMETRY = 1e-10
"""A covariance may differ from its mirror image by this, relative to the variances: rounding."""
CLEARLY = 1e-8
"""An eigenvalue of correlations above this is above 0 whatever the rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Which of k effects belong together.

    ``labels``: one label a group, in order of first appearance, shape (m,). ``number``: the
    group of each effect, 0 to m - 1, shape (k,). ``order``: places of the effects, group after
    group, shape (k,). ``starts``: where each group begins in that order, shape (m,). ``sizes``:
    members of each group, shape (m,).
    """

    labels: NDArray[np.generic]
    number: Places
    order: Places
    starts: Places
    sizes: Places

    def blocks(self) -> tuple[tuple[Places, Places], ...]:
        """Return, for each size that occurs, the groups of that size and their members' places.

        The places have shape (groups, size) and count in the order given, not group after group.
        """
        return self._blocks

    @cached_property
    def _blocks(self) -> tuple[tuple[Places, Places], ...]:
        """The blocks, which are asked for several times."""
        chosen = (np.flatnonzero(self.sizes == n) for n in np.flatnonzero(np.bincount(self.sizes)))
        return tuple((each, self.order[self.rows(each)]) for each in chosen)

    def rows(self, chosen: Places) -> Places:
        """Return the rows of groups of one size, (groups, size), counted group after group."""
        return np.asarray(self.starts[chosen][:, None] + np.arange(self.sizes[chosen[0]]))


def grouped(labels: ArrayLike, k: int, what: str) -> Groups:
    """Return the groups that ``labels`` name, one label an effect; InputError for other shapes.

    >>> groups = grouped(["b", "a", "b"], 3, "study")
    >>> groups.labels.tolist(), groups.number.tolist(), groups.sizes.tolist()
    (['b', 'a'], [0, 1, 0], [2, 1])
    """
    try:
        names = np.asarray(labels)
    except ValueError as error:
        raise InputError(f"{what} must be a list with one label an effect.") from error
    if k == 0:
        raise InputError(f"There is no effect to be of a {what} (k = 0).")
    if names.shape != (k,):
        raise InputError(f"{what} must name one group for each of {k} effects, not {names.shape}.")
    missing = [] if names.dtype.kind in WHOLE else [is_missing(name) for name in names.tolist()]
    if any(missing):
        raise InputError(
            f"{what} must not be missing for any effect, but is for effect {missing.index(True)} "
            "(counted from 0): name it, or leave the effect out."
        )
    names = names.astype(str) if names.dtype.kind == "O" else names
    _, first, inverse = np.unique(names, return_index=True, return_inverse=True)
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(first.size)
    number = rank[inverse]
    sizes = np.bincount(number)
    return Groups(
        labels=names[np.sort(first)],
        number=number,
        order=np.argsort(number, kind="stable"),
        starts=np.cumsum(sizes) - sizes,
        sizes=sizes,
    )


def covariance_within(v: ArrayLike, groups: Groups, what: str) -> Array:
    """Return the checked sampling variances (k,), or covariance (k, k) that is 0 between groups.

    Raises InputError where it is not symmetric, not positive definite, or reaches beyond a group.
    """
    covariance = floats("v", v)
    blocks = _checked_blocks(covariance, groups, what)
    if covariance.ndim == 1:
        return covariance
    is_symmetric = all((each == each.swapaxes(-1, -2)).all() for each in blocks)
    return covariance.copy() if is_symmetric else np.asarray((covariance + covariance.T) / 2)


def blocks_within(v: ArrayLike, groups: Groups, what: str) -> list[Array]:
    """Return of the same the covariances of the groups of each size, (groups, size, size).

    In the order of ``groups.blocks()``.
    """
    blocks = _checked_blocks(floats("v", v), groups, what)
    return [(each + each.swapaxes(-1, -2)) / 2 for each in blocks]


def _checked_blocks(covariance: Array, groups: Groups, what: str) -> list[Array]:
    """Return the covariances of the groups of each size, or raise InputError."""
    k = groups.number.size
    if covariance.shape == (k,):
        _require_variances(covariance)
        return [block(covariance, places) for _, places in groups.blocks()]
    if covariance.shape != (k, k):
        raise InputError(f"v must have shape ({k},) or ({k}, {k}), not {covariance.shape}.")
    _require_variances(covariance.diagonal())
    blocks = [block(covariance, places) for _, places in groups.blocks()]
    if np.count_nonzero(covariance) != sum(map(np.count_nonzero, blocks)):
        _require_symmetric(covariance)
        raise InputError(f"v must be 0 between effects of unlike {what}.")
    for each in blocks:
        size = _require_symmetric(each)
        if not _are_definite((each + each.swapaxes(-1, -2)) / (2 * size)):
            raise InputError(f"v must be positive definite within each {what}.")
    return blocks


def _are_definite(correlations: Array) -> bool:
    """Return whether all eigenvalues of matrices (..., n, n) are above 0, beyond their rounding.

    What is definite less CLEARLY times the identity is so for certain, at a third of the time.
    """
    n = correlations.shape[-1]
    try:
        np.linalg.cholesky(correlations - CLEARLY * np.eye(n))
    except np.linalg.LinAlgError:
        lowest = np.linalg.eigvalsh(correlations)[..., 0]
        return bool((lowest > n * np.finfo(float).eps).all())
    return True


def _require_symmetric(covariance: Array) -> Array:
    """Return √(v v') of covariances (..., k, k), or raise InputError: they must be symmetric."""
    variances = np.diagonal(covariance, axis1=-2, axis2=-1)
    size: Array = np.sqrt(variances[..., :, None] * variances[..., None, :])
    apart = np.abs(covariance - covariance.swapaxes(-1, -2))
    _require_all(apart <= ASYMMETRY * size, "v must be symmetric.")
    return size


def block(covariance: Array, places: Places) -> Array:
    """Return the covariances of groups of one size, shape (groups, size, size)."""
    if covariance.ndim == 1:
        return covariance[places][:, :, None] * np.eye(places.shape[1])
    return covariance[places[:, :, None], places[:, None, :]]


def _require_variances(v: Array) -> None:
    require(v > 0, v, "Variances must be positive")
    require((v >= SMALLEST) & (v <= LARGEST), v, f"v must lie in {SMALLEST:g} to {LARGEST:g}")


def _require_all(holds: NDArray[np.bool_], sentence: str) -> None:
    if not holds.all():
        raise InputError(sentence)
