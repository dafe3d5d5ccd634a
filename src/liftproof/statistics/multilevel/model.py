"""A multilevel model over its blocks: effects that no term and no covariance connects are apart.

Blocks of like size stand together in arrays, padded with effects of variance 1 and value 0, which
add nothing to a likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from liftproof.errors import InputError
from liftproof.statistics.checks import LARGEST, Array, floats, require
from liftproof.statistics.dependent.design import design_matrix, has_constant
from liftproof.statistics.dependent.groups import Groups, Places, covariance_within, grouped
from liftproof.statistics.multilevel.terms import RandomEffectsTerm

LARGEST_BLOCK = 3000
"""Effects in one block: its covariance takes 72 MB, and each step of a search some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TermCells:
    """One term in a bundle: ``cells`` of the flat covariances, and their ``pairs`` of levels,
    counted through G row by row."""

    cells: Places
    pairs: Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bundle:
    """Blocks of like size n, padded.

    ``places``: of the effects in the data, (m, n), -1 for padding. ``v``: sampling covariance
    (m, n, n). ``columns``: design and outcome side by side, (m, n, p + 1). ``parts``: one a term.
    """

    places: Places
    v: Array
    columns: Array
    parts: tuple[TermCells, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MultilevelModel:
    """Checked data, in units in which effects vary by about 1.

    ``y`` (k,), ``x`` (k, p), ``v`` (k,) or (k, k) as given. ``basis`` (k, p): orthonormal columns,
    x = basis @ triangle. ``start`` (p,): least squares coefficients, ``unit``: what the residuals
    from them were divided by. ``has_intercept``: whether the first
    column is one.
    """

    y: Array
    x: Array
    v: Array
    basis: Array
    triangle: Array
    start: Array
    unit: float
    terms: tuple[RandomEffectsTerm, ...]
    bundles: tuple[Bundle, ...]
    is_restricted: bool
    has_intercept: bool

    @property
    def free(self) -> int:
        """Return how many effects the likelihood counts."""
        k, p = self.x.shape
        return int(k - p if self.is_restricted else k)


def model_of(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None,
    terms: tuple[RandomEffectsTerm, ...],
    *,
    intercept: bool,
    is_restricted: bool,
) -> MultilevelModel:
    """Return the checked model; InputError for what cannot be fitted."""
    effects = effects_of(y)
    k = effects.size
    block = _blocks(k, v, terms)
    covariance = covariance_within(v, block, "block")
    columns = design_matrix(x, k, intercept=intercept)
    if is_restricted and columns.shape[1] == k:
        raise InputError(
            f"Restricted likelihood needs more effects than coefficients, but both are {k}: leave "
            'out moderators, or take method="ML".'
        )
    basis, triangle = np.linalg.qr(columns)
    along = basis.T @ effects
    rest = effects - basis @ along
    unit = _unit(rest, covariance)
    return MultilevelModel(
        y=effects,
        x=columns,
        v=covariance.copy(),
        basis=basis,
        triangle=triangle,
        start=np.linalg.solve(triangle, along),
        unit=unit,
        terms=terms,
        bundles=tuple(
            _bundle(places, covariance / unit**2, np.column_stack([basis, rest / unit]), terms)
            for places in _bundled(block)
        ),
        is_restricted=is_restricted,
        has_intercept=has_constant(x, intercept),
    )


def with_terms(model: MultilevelModel, terms: tuple[RandomEffectsTerm, ...]) -> MultilevelModel:
    """Return the model with other terms that connect the same effects."""
    bundles = tuple(replace(bundle, parts=_parts(terms, bundle.places)) for bundle in model.bundles)
    return replace(model, terms=terms, bundles=bundles)


def effects_of(y: ArrayLike) -> Array:
    """Return the effects of one data set, or raise InputError."""
    effects = floats("y", y).copy()  # what follows a fit reads it again
    if effects.ndim != 1 or effects.size == 0:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    require(np.abs(effects) <= LARGEST, effects, f"y must lie within ±{LARGEST:g}")
    return effects


def _unit(rest: Array, covariance: Array) -> float:
    variances = covariance if covariance.ndim == 1 else covariance.diagonal()
    return float(np.sqrt(np.mean(rest**2) + np.exp(np.mean(np.log(variances)))))


def _blocks(k: int, v: ArrayLike, terms: Sequence[RandomEffectsTerm]) -> Groups:
    """Return which effects are connected by a group of a term, or by a sampling covariance."""
    links = [np.stack([np.arange(k), np.arange(k)])]
    for term in terms:
        _, first, number = np.unique(term.outer, return_index=True, return_inverse=True)
        links.append(np.stack([np.arange(k), first[number]]))
    covariance = np.asarray(v)
    if covariance.shape == (k, k):
        links.append(np.stack(np.nonzero(covariance)))
    one, other = np.concatenate(links, axis=1)
    graph = coo_array(  # type: ignore[no-untyped-call]
        (np.ones(one.size), (one, other)), shape=(k, k)
    )
    block = grouped(connected_components(graph, directed=False)[1], k, "block")
    largest = int(block.sizes.max())
    if largest > LARGEST_BLOCK:
        raise InputError(
            f"{largest} effects are connected with each other; {LARGEST_BLOCK} can be: a term "
            "that connects fewer, or a random effect less."
        )
    return block


def _bundled(block: Groups) -> list[Places]:
    """Return places of blocks of like size, rounded up to a power of 2 and padded by -1."""
    width = 2 ** np.ceil(np.log2(block.sizes)).astype(int)
    bundles = []
    for size in np.unique(width):
        chosen = np.flatnonzero(width == size)
        widest = int(block.sizes[chosen].max())
        rows = block.starts[chosen][:, None] + np.arange(widest)
        is_in = np.arange(widest) < block.sizes[chosen][:, None]
        bundles.append(np.where(is_in, block.order[np.where(is_in, rows, 0)], -1))
    return bundles


def _bundle(places: Places, v: Array, columns: Array, terms: Sequence[RandomEffectsTerm]) -> Bundle:
    is_in = places >= 0
    both = is_in[:, :, None] & is_in[:, None, :]
    eye = np.eye(places.shape[1], dtype=bool)
    if v.ndim == 1:
        sampling = np.where(eye & both, v[places][:, :, None], 0.0)
    else:
        sampling = np.where(both, v[places[:, :, None], places[:, None, :]], 0.0)
    return Bundle(
        places=places,
        v=np.where(eye & ~both, 1.0, sampling),
        columns=np.where(is_in[:, :, None], columns[places], 0.0),
        parts=_parts(terms, places),
    )


def _parts(terms: Sequence[RandomEffectsTerm], places: Places) -> tuple[TermCells, ...]:
    is_in = places >= 0
    both = is_in[:, :, None] & is_in[:, None, :]
    return tuple(_cells_of(term, places, both) for term in terms)


def _cells_of(term: RandomEffectsTerm, places: Places, both: NDArray[np.bool_]) -> TermCells:
    outer, inner = term.outer[places], term.inner[places]
    cells = np.flatnonzero(both & (outer[:, :, None] == outer[:, None, :]))
    pairs = inner[:, :, None] * term.levels.size + inner[:, None, :]
    return TermCells(cells=cells, pairs=pairs.reshape(-1)[cells])
