"""What a plot is given: results of the right kind, of one data set, that come from these data."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.heterogeneity import cochran_q
from liftproof.statistics.pooling import Pooled
from liftproof.statistics.result import Result

Kind = TypeVar("Kind", bound=Result)

SAME = 1e-9
"""Relative: a pool computed again from its own data differs by rounding alone."""


def require_result(
    plot: str, result: object, kind: type[Kind], made_by: str, *, field: str, axes: int = 1
) -> Kind:
    """Return ``result`` if it is what ``made_by`` returns of one data set, or raise InputError.

    ``field``: one that has so many ``axes`` where it is one data set.
    """
    if not isinstance(result, kind):
        raise InputError(
            f"plot.{plot} draws what {made_by} returns, not {in_short(type(result).__name__)}."
        )
    shape = np.shape(getattr(result, field))
    if len(shape) != axes:
        raise InputError(
            f"plot.{plot} draws one data set, but {field} of the result has shape {shape}: compute "
            "the result of each and draw them one by one."
        )
    return result


def pool_given(plot: str, result: object) -> Pooled:
    """Return ``result`` if it is the pool of one data set, or raise InputError."""
    return require_result(plot, result, Pooled, "liftproof.pool(y, v)", field="estimate", axes=0)


def names_of(labels: Sequence[str], k: int, dropped: Sequence[int] = ()) -> list[str]:
    """Return a name for each of ``k`` trials: those given, else their numbers.

    ``dropped``: positions that were left out of the result, whose labels may be given.

    >>> names_of((), 2), names_of(["A", "B", "C"], 2, dropped=(1,))
    (['Trial 1', 'Trial 2'], ['A', 'C'])
    """
    if not len(labels):
        return [f"Trial {place + 1}" for place in range(k)]
    names = [str(label) for label in listed("labels", labels)]
    if dropped and len(names) == k + len(dropped):
        names = [name for place, name in enumerate(names) if place not in set(dropped)]
    if len(names) != k:
        raise InputError(f"labels must hold one name a trial, {k}, but there are {len(names)}.")
    return names


def listed(name: str, texts: Sequence[str]) -> Sequence[str]:
    """Return several texts, or raise InputError for one, whose letters would be taken for them."""
    if isinstance(texts, str):
        raise InputError(f"{name} must be a list of names, but is one text, {in_short(texts)}.")
    return texts


def arms_of(arms: Sequence[str]) -> tuple[str, str]:
    """Return the names of both arms, or raise InputError where they are not two.

    >>> arms_of(["training", "control"])
    ('training', 'control')
    """
    names = listed("arms", arms)
    match tuple(names):
        case (first, second):
            return first, second
    raise InputError(f"arms must hold two names, but there are {len(names)}.")


def kept(values: ArrayLike, dropped: Sequence[int]) -> Any:
    """Return a column without the places that a result left out."""
    array = np.asarray(values)
    return np.delete(array, list(dropped), axis=0) if dropped else array


def data_of(plot: str, result: object, y: ArrayLike, v: ArrayLike) -> tuple[Pooled, Array, Array]:
    """Return a pool with its data, or raise InputError where it does not come from them."""
    pooled = pool_given(plot, result)
    y, v = effects_and_variances(kept(y, pooled.dropped), kept(v, pooled.dropped))
    if y.shape != (pooled.k,):
        raise InputError(
            f"result is a pool of {pooled.k} trials, but y has shape {y.shape}: give the y and v "
            "that it was pooled from."
        )
    again = float((pooled.weights * y).sum()) / float(pooled.weights.sum()), float(cochran_q(y, v))
    spread = float(np.abs(y).max()), max(float(pooled.q), 1.0)
    for own, found, size in zip((pooled.estimate, pooled.q), again, spread, strict=True):
        if abs(float(own) - found) > SAME * max(size, abs(found)):
            raise InputError(
                "result was not pooled from these y and v: they give "
                f"{found:.6g} where it has {float(own):.6g}."
            )
    return pooled, y, v
