"""Input checks shared by all statistics: each failure is one sentence with what was found."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.suggest import did_you_mean

Array = NDArray[np.float64]
Method = TypeVar("Method")

SMALLEST, LARGEST = 1e-50, 1e50
"""Variances may lie between these, effects within the larger: y²/v³ must not overflow."""


def floats(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as an array of finite numbers, or raise InputError."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must hold numbers: {error}.") from error
    require(np.isfinite(array), array, f"{name} must be finite")
    return array


def require(holds: ArrayLike, values: Array, sentence: str) -> None:
    """Raise InputError with ``sentence`` and the first of ``values`` for which it is untrue."""
    flags = np.broadcast_to(np.asarray(holds), values.shape)
    if flags.all():
        return
    position = tuple(int(i) for i in np.unravel_index(int(flags.argmin()), flags.shape))
    where = f" at index {', '.join(map(str, position))}" if position else ""
    raise InputError(f"{sentence}, but {values[position]:g} was found{where}.")


def effects_and_variances(y: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Return ``y`` and ``v`` as arrays of shape (..., k), or raise InputError."""
    y, v = floats("y", y), floats("v", v)
    if y.shape != v.shape:
        raise InputError(f"y and v must have one shape, but y has {y.shape} and v has {v.shape}.")
    if y.ndim == 0 or y.shape[-1] == 0:
        raise InputError("There is no trial to pool (k = 0).")
    require(v > 0, v, "v must be positive")
    require((v >= SMALLEST) & (v <= LARGEST), v, f"v must lie in {SMALLEST:g} to {LARGEST:g}")
    require((y >= -LARGEST) & (y <= LARGEST), y, f"y must lie within ±{LARGEST:g}")
    return y, v


def level_of_confidence(level: float) -> float:
    """Return ``level``, or raise InputError where it is not between 0 and 1."""
    require(0 < level < 1, np.asarray(level), "A confidence level must lie between 0 and 1")
    return level


def choose(methods: Mapping[str, Method], name: str, what: str) -> Method:
    """Return the method called ``name``, or raise InputError that names the nearest one.

    >>> choose({"DL": 1, "REML": 2}, "RMEL", "τ² method")
    Traceback (most recent call last):
    liftproof.errors.InputError: There is no τ² method RMEL; did you mean REML?
    """
    if name not in methods:
        raise InputError(f"There is no {what} {name}; {did_you_mean(name, methods)}")
    return methods[name]
