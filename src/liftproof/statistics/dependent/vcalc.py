"""The sampling covariance of effects that share people, arms or times: ``vcalc``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, floats, require
from liftproof.statistics.dependent.groups import grouped
from liftproof.statistics.labelled import of_one_index

Correlations = float | tuple[Sequence[object], ArrayLike]
"""One correlation, or labels and the correlations among them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    """Arms of the effects: ``arm`` labels, ``time``, ``size``, each (k,)."""

    arm: NDArray[Any]
    time: Array
    size: Array


@of_one_index
def vcalc(
    v: ArrayLike,
    cluster: ArrayLike,
    *,
    subgroup: ArrayLike | None = None,
    obs: ArrayLike | None = None,
    outcome: ArrayLike | None = None,
    rho: Correlations | tuple[Correlations, Correlations] | None = None,
    time1: ArrayLike | None = None,
    time2: ArrayLike | None = None,
    phi: float | None = None,
    grp1: ArrayLike | None = None,
    grp2: ArrayLike | None = None,
    w1: ArrayLike | None = None,
    w2: ArrayLike | None = None,
) -> Array:
    """Return the approximate covariance (k, k) of effects within clusters; 0 between them.

    ``v``: sampling variances (k,). ``cluster``, ``subgroup``: effects of unlike ones have no people
    in common. ``obs``: which measurement of one outcome, ``outcome``: which outcome; effects of
    unlike ones correlate by ``rho``: a number, labels and a matrix, or a pair (of measurements, of
    outcomes) where both are given. ``time1``, ``time2``: when arm 1 and 2 were measured; arms at
    unlike times correlate by φ to the power of the time between. ``grp1``, ``grp2``: which arms are
    contrasted, so that a shared one is known; ``w1``, ``w2``: their sizes. metafor's ``vcalc``,
    where ``outcome`` is called ``type``.

    Where counts or means of the arms are known, ``shared_control_covariance`` is exact and this is
    not. Effects of a cluster that nothing tells apart would correlate by 1, and are refused.
    Raises InputError.

    Source: Gleser & Olkin 2009; Trikalinos & Olkin 2012, Clin Trials 9, 610-620 (times).

    >>> vcalc([0.04, 0.04], ["a", "a"], grp1=["x", "y"], grp2=["z", "z"]).round(12).tolist()
    [[0.04, 0.02], [0.02, 0.04]]
    """
    _, variances = effects_and_variances(np.zeros(np.shape(v)), v)
    if variances.ndim != 1:
        raise InputError(f"v must have shape (k,), not {variances.shape}.")
    k = variances.size
    is_same = _same(cluster, k, "cluster") & _same(subgroup, k, "subgroup")
    of_obs, of_outcome = _split(rho, has_obs=obs is not None, has_outcome=outcome is not None)
    of_type = np.where(
        _same(outcome, k, "outcome"),
        _among(obs, of_obs, k, "obs"),
        _among(outcome, of_outcome, k, "outcome"),
    )
    correlation = np.where(
        is_same, of_type * _of_arms(k, _times(k, time1, time2, phi, grp2), grp1, grp2, w1, w2), 0.0
    )
    np.fill_diagonal(correlation, 1.0)
    _require_definite(correlation)
    sd = np.sqrt(variances)
    covariance: Array = correlation * sd[:, None] * sd
    np.fill_diagonal(covariance, variances)
    return covariance


def _same(labels: ArrayLike | None, k: int, what: str) -> NDArray[np.bool_]:
    if labels is None:
        return np.ones((k, k), dtype=bool)
    number = grouped(labels, k, what).number
    return np.asarray(number[:, None] == number)


def _split(rho: Any, *, has_obs: bool, has_outcome: bool) -> tuple[Any, Any]:
    """Return the correlations of measurements and of outcomes."""
    if not has_obs and not has_outcome:
        if rho is not None:
            raise InputError("rho correlates unlike obs or outcome: give one of them.")
        return 0.0, 0.0
    if rho is None:
        raise InputError("rho must be given with obs or outcome: how do they correlate?")
    if has_obs and has_outcome:
        if not isinstance(rho, tuple | list) or len(rho) != 2:  # noqa: PLR2004 - of both
            raise InputError("With obs and outcome, rho must be a pair: of obs, of outcome.")
        return tuple(rho)
    return (rho, 0.0) if has_obs else (0.0, rho)


def _among(labels: ArrayLike | None, rho: Any, k: int, what: str) -> Array:
    """Return the correlations by label, (k, k), 1 between like ones."""
    if labels is None:
        return np.ones((k, k))
    groups = grouped(labels, k, what)
    names = [str(label) for label in groups.labels.tolist()]
    if not isinstance(rho, tuple | list):
        matrix = np.full((len(names),) * 2, float(floats("rho", rho)))
    else:
        matrix = _by_name(rho, names, what)
    require(np.abs(matrix) <= 1, matrix, "rho must lie within ±1")
    np.fill_diagonal(matrix, 1.0)
    return np.asarray(matrix[groups.number[:, None], groups.number])


def _by_name(rho: Any, names: list[str], what: str) -> Array:
    given, matrix = [str(label) for label in rho[0]], floats("rho", rho[1])
    if matrix.shape != (len(given), len(given)):
        raise InputError(f"rho has {len(given)} labels, but a matrix of shape {matrix.shape}.")
    if not np.array_equal(matrix, matrix.T):
        raise InputError("rho must be symmetric: each pair has one correlation.")
    lacking = [name for name in names if name not in given]
    if lacking:
        raise InputError(f"rho has no correlations of {what} {lacking[0]!r}.")
    places = [given.index(name) for name in names]
    return matrix[np.ix_(places, places)]


def _times(
    k: int,
    time1: ArrayLike | None,
    time2: ArrayLike | None,
    phi: float | None,
    grp2: ArrayLike | None,
) -> tuple[Array, Array, float]:
    """Return times of both arms and φ."""
    if time1 is None:
        if time2 is not None or phi is not None:
            raise InputError("time2 and phi need time1: when arm 1 was measured.")
        return np.zeros(k), np.zeros(k), 1.0
    if phi is None:
        raise InputError("phi must be given with time1: the correlation a unit of time apart.")
    if time2 is not None and grp2 is None:
        raise InputError("time2 needs grp2: which arm was measured then.")
    by_time = floats("phi", phi)
    require((by_time >= 0) & (by_time <= 1), by_time, "phi must lie between 0 and 1")
    first = _column("time1", time1, k)
    return first, first if time2 is None else _column("time2", time2, k), float(by_time)


def _column(name: str, values: ArrayLike, k: int) -> Array:
    column = floats(name, values)
    if column.shape != (k,):
        raise InputError(f"{name} must have one number for each of {k} effects.")
    return column


def _of_arms(
    k: int,
    times: tuple[Array, Array, float],
    grp1: ArrayLike | None,
    grp2: ArrayLike | None,
    w1: ArrayLike | None,
    w2: ArrayLike | None,
) -> Array:
    """Return the correlations of contrasts of two arms each, by which arms they share."""
    if grp1 is None and grp2 is not None:
        raise InputError("grp2 needs grp1: which arm is compared with it.")
    if (w1 is None and w2 is not None) or (w1 is not None and grp1 is None):
        raise InputError("w2 needs w1, and w1 needs grp1: the sizes of both arms.")
    time1, time2, phi = times
    sizes = np.ones(k) if w1 is None else _column("w1", w1, k)
    others = sizes if w2 is None else _column("w2", w2, k)
    for size in (sizes, others):
        require(size > 0, size, "w1 and w2 must be positive")
    arms = _arms(k, grp1, grp2)
    one = _Side(arm=arms[0], time=time1, size=sizes)
    other = _Side(arm=arms[1], time=time2, size=others)
    shared = (
        _shared(one, one, phi)
        - _shared(one, other, phi)
        - _shared(other, one, phi)
        + _shared(other, other, phi)
    )
    own = shared.diagonal()
    require(
        own > 0,
        own,
        "An effect needs two unlike arms; the variance of its contrast was to be positive",
    )
    return np.asarray(shared / np.sqrt(own[:, None] * own))


def _arms(k: int, grp1: ArrayLike | None, grp2: ArrayLike | None) -> NDArray[np.intp]:
    """Return numbers of the first and the second arms, (2, k), like ones for like labels."""
    if grp1 is None:
        return np.stack([np.zeros(k, dtype=int), np.ones(k, dtype=int)])
    first = grouped(grp1, k, "grp1")
    if grp2 is None:
        return np.stack([first.number, np.full(k, -1)])
    second = grouped(grp2, k, "grp2")
    names = [str(label) for one in (first, second) for label in one.labels[one.number].tolist()]
    return np.unique(names, return_inverse=True)[1].reshape(2, k)


def _shared(one: _Side, other: _Side, phi: float) -> Array:
    """Return what two arms have in common: φ to the power of the time between, over their size."""
    same = one.arm[:, None] == other.arm
    apart = np.abs(one.time[:, None] - other.time)
    size = np.sqrt(one.size[:, None] * other.size)
    return np.where(same, np.power(phi, apart) / size, 0.0)


def _require_definite(correlation: Array) -> None:
    """Refuse effects that would correlate by 1, and correlations that cannot be at once."""
    whole = np.triu(np.abs(correlation) >= 1 - 1e-12, 1)
    if whole.any():
        one, other = (int(place) for place in np.argwhere(whole)[0])
        raise InputError(
            f"Effects {one} and {other} (counted from 0) would correlate by 1: tell them apart, by "
            "obs, outcome, time1 or grp1."
        )
    lowest = np.linalg.eigvalsh(correlation)[0]
    if lowest <= 0:
        raise InputError(
            "These correlations cannot hold at once: their matrix is not positive definite "
            f"(smallest eigenvalue {lowest:.3g}). Lower rho or phi."
        )
