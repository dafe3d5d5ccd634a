"""Input checks shared by all statistics: each failure is one sentence with what was found."""

from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError, in_short
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.levels import LEAST_LEVEL, question_of_level

Array = NDArray[np.float64]
Method = TypeVar("Method")

SMALLEST, LARGEST = 1e-50, 1e50
"""Variances may lie between these, effects within the larger: y²/v³ must not overflow."""


NOT_REAL = {
    "c": "complex ones",
    "m": "lengths of time",
    "M": "dates",
    **dict.fromkeys("UST", "text or dates"),
}
"""Kinds of array that NumPy would turn into numbers that mean something else."""
NO_NUMBER = (str, bytes, np.datetime64, np.timedelta64)
"""The same among Python's objects: '1_000' is no number."""


def floats(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as an array of finite numbers, or raise InputError.

    A masked array is refused: NumPy would take the numbers below the mask.

    >>> floats("y", np.ma.array([0.1, 9.0], mask=[False, True]))
    Traceback (most recent call last):
    liftproof.errors.InputError: y is a masked array: leave the masked trials out, as by \
.compressed() with the same trials left out of the other columns.
    """
    array = numbers(name, values)
    require(np.isfinite(array), array, f"{name} must be finite")
    return array


def some_floats(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as an array of one finite number or more, or raise InputError."""
    array = floats(name, values)
    if not array.size:
        raise InputError(f"{name} holds no number: its shape is {array.shape}.")
    return array


def numbers(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as an array of numbers, missing ones NaN, or raise InputError."""
    if np.ma.isMaskedArray(values) and np.ma.getmaskarray(values).any():
        raise InputError(
            f"{name} is a masked array: leave the masked trials out, as by .compressed() with the "
            "same trials left out of the other columns."
        )
    try:
        given = np.asarray(values)
        kind = "U" if _holds_text(given) else given.dtype.kind
        if kind not in NOT_REAL:
            return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"{name} must hold numbers: {error}.") from error
    raise InputError(f"{name} must hold numbers, not {NOT_REAL[kind]}.{_instead(name, values)}")


def _instead(name: str, values: ArrayLike) -> str:
    """Return what to pass in place of a text, nothing where that is not known."""
    if isinstance(values, str):
        if "~" in values:
            return f" design({values!r}, data) makes the columns of a formula."
        return f" Pass the column itself, such as data[{values!r}]."
    if name == "x":
        return ' Factors become columns by design("~ factor", {"factor": x}).'
    return ""


def _holds_text(array: NDArray[Any]) -> bool:
    """Return whether an array of Python's objects has a text or a date among them."""
    return array.dtype.kind == "O" and any(isinstance(item, NO_NUMBER) for item in array.flat)


def require(holds: ArrayLike, values: Array, sentence: str) -> None:
    """Raise InputError with ``sentence`` and the first of ``values`` for which it is untrue."""
    flags = np.asarray(holds)
    if flags.all():
        return
    flags = np.broadcast_to(flags, values.shape)
    position = tuple(int(i) for i in np.unravel_index(int(flags.argmin()), flags.shape))
    where = f" at index {', '.join(map(str, position))}" if position else ""
    raise InputError(f"{sentence}, but {values[position]:g} was found{where}.")


def effects_and_variances(y: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Return ``y`` and ``v`` as arrays of shape (..., k), or raise InputError."""
    if _are_sound(y, v):
        return y, v  # type: ignore[return-value]
    _require_no_frame("y", y)
    _require_no_frame("v", v)
    y, v = floats("y", y), floats("v", v)
    if y.ndim == 0:
        raise InputError("y must hold one effect a trial: give a list, of a single trial [y].")
    y, v = _of_one_shape(y, v)
    if y.shape[-1] == 0:
        raise InputError("There is no trial to pool (k = 0): give one effect and variance a trial.")
    require(v > 0, v, "v must be positive")
    require((v >= SMALLEST) & (v <= LARGEST), v, f"v must lie in {SMALLEST:g} to {LARGEST:g}")
    require(np.abs(y) <= LARGEST, y, f"y must lie within ±{LARGEST:g}")
    return y, v


def _require_no_frame(name: str, values: ArrayLike) -> None:
    """Raise InputError for a data frame of one column: its rows would be data sets of one trial."""
    columns = getattr(values, "columns", None)
    if columns is not None and len(columns) == 1:
        raise InputError(
            f"{name} is a data frame of one column, whose rows would be data sets of one trial: "
            f"pass the column itself, such as {name}.iloc[:, 0]."
        )


def _are_sound(y: ArrayLike, v: ArrayLike) -> bool:
    """Return whether ``y`` and ``v`` are arrays of doubles that pass every check: NaN passes none.

    It is the same at a fraction of the time; what fails here is told by the checks one by one.
    """
    return (
        type(y) is type(v) is np.ndarray
        and y.dtype == v.dtype == np.float64
        and y.shape == v.shape
        and y.size > 0
        and y.ndim > 0
        and bool(np.abs(y).max() <= LARGEST)
        and bool(v.min() >= SMALLEST)
        and bool(v.max() <= LARGEST)
    )


def _of_one_shape(y: Array, v: Array) -> tuple[Array, Array]:
    """Return ``y`` and ``v`` in one shape: a single number serves all trials, a row all data sets.

    No other shapes are broadcast: a column (k, 1) beside (k,) would make k data sets of one.
    """
    if y.shape == v.shape:
        return y, v
    fewer, more = sorted((y.shape, v.shape), key=len)
    if len(fewer) == len(more) or more[len(more) - len(fewer) :] != fewer:
        raise InputError(
            f"y and v must have one shape, but y has {y.shape} and v has {v.shape}: give one "
            "variance an effect."
        )
    return np.broadcast_to(y, more), np.broadcast_to(v, more)


def is_missing(label: object) -> bool:
    """Return whether a label is None, NaN, an empty text, or pandas' NA, whose truth is unknown.

    >>> [is_missing(label) for label in (None, float("nan"), "", "a", 0)]
    [True, True, True, False, False]
    """
    try:
        return label is None or bool(label != label) or label == ""  # noqa: PLR0124 - NaN
    except TypeError:
        return True


def not_negative(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as an array, or raise InputError for one below 0; NaN may stand."""
    array = numbers(name, values)
    require(~(array < 0), array, f"{name} must not be negative")
    return array


def positive_weights(weights: ArrayLike, k: int) -> Array:
    """Return ``weights`` as an array of shape (..., k), or raise InputError."""
    array = floats("weights", weights)
    if array.ndim == 0 or array.shape[-1] != k:
        raise InputError(
            f"weights must hold one number a trial, but weights has shape {array.shape} "
            f"for k = {k}."
        )
    require(array > 0, array, "weights must be positive")
    require(
        (array >= SMALLEST) & (array <= LARGEST),
        array,
        f"weights must lie in {SMALLEST:g} to {LARGEST:g}",
    )
    return array


def is_number(value: object) -> bool:
    """Return whether a value is one real number: no text, no list, not None."""
    if type(value) is float:  # an int may be too large for one
        return True
    return np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biuf"  # type: ignore[arg-type]


def one_number(name: str, value: float) -> float:
    """Return ``value``, or raise InputError unless it is one number.

    >>> one_number("required", "many")
    Traceback (most recent call last):
    liftproof.errors.InputError: required must be one number, not 'many'.
    """
    if not is_number(value):
        raise InputError(f"{name} must be one number, not {in_short(value)}.")
    return value


def finite_number(name: str, value: float) -> float:
    """Return ``value`` as a float, or raise InputError unless it is one finite number.

    >>> finite_number("The scale", [0.5, 1.0])
    Traceback (most recent call last):
    liftproof.errors.InputError: The scale must be one number, not [0.5, 1.0].
    """
    return float(floats(name, one_number(name, value)))


def level_of_confidence(level: float) -> float:
    """Return ``level``, or raise InputError where it is not from 0.5 up to 1.

    >>> level_of_confidence(0.05)
    Traceback (most recent call last):
    liftproof.errors.InputError: A confidence level must be 0.5 or more, but 0.05 was found: \
did you mean 0.95?
    """
    if not is_number(level):
        raise InputError(
            f"level must be one number between 0 and 1, such as 0.95, not {in_short(level)}: call "
            "once for each level."
        )
    if not LEAST_LEVEL <= level < 1:
        must = f"be {LEAST_LEVEL} or more" if 0 < level < LEAST_LEVEL else "lie between 0 and 1"
        raise InputError(
            f"A confidence level must {must}, but {level:g} was found: {question_of_level(level)}"
        )
    return level


def whole_number(name: str, value: float, least: int = 0) -> int:
    """Return ``value`` as an int, or raise InputError unless it is a whole number from ``least``.

    >>> whole_number("iterations", 1e4, least=1)
    10000
    """
    if not is_number(value) or isinstance(value, bool) or value != value // 1 or value < least:
        raise InputError(
            f"{name} must be a whole number, {least} or more, but is {in_short(value)}."
        )
    return int(value)


def choose(methods: Mapping[str, Method], name: str, what: str) -> Method:
    """Return the method called ``name``, or raise InputError that names the nearest one.

    >>> choose({"DL": 1, "REML": 2}, "RMEL", "τ² method")
    Traceback (most recent call last):
    liftproof.errors.InputError: There is no τ² method RMEL; did you mean REML?
    """
    if not isinstance(name, str):
        raise InputError(
            f"A {what} is one name, such as {next(iter(methods))}, not {in_short(name)}."
        )
    try:
        return methods[name]
    except KeyError:
        raise InputError(f"There is no {what} {name}; {did_you_mean(name, methods)}") from None
