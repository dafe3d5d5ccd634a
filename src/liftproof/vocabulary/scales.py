"""Scales on which measures are pooled, and the way back of a single number."""

from collections.abc import Callable, Mapping
from math import exp, inf, log, pi, sin, tanh
from sys import float_info

LARGEST_LOGARITHM = log(float_info.max)


def _of_log(value: float) -> float:
    """Return e to a number; infinity where that is too large to be written."""
    return inf if value > LARGEST_LOGARITHM else exp(value)


def _of_logit(value: float) -> float:
    return 1 / (1 + _of_log(-value))


def _of_arcsine(value: float) -> float:
    return sin(min(max(value, 0.0), pi / 2)) ** 2


def _of_root(value: float) -> float:
    return max(value, 0.0) ** 2


SCALES: Mapping[str, Callable[[float], float]] = {
    "none": lambda value: value,
    "log": _of_log,
    "logit": _of_logit,
    "arcsine": _of_arcsine,
    "root": _of_root,
    "fisher_z": tanh,
}
"""By code, the way back to the natural scale. What lies outside the range of an arcsine or a root,
as a limit may, is taken to its end first."""
