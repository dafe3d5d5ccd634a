"""Scales on which measures are pooled, and the way back of a single number."""

from collections.abc import Callable, Mapping
from math import asin, atanh, exp, inf, isfinite, log, pi, sin, sqrt, tanh
from statistics import NormalDist
from sys import float_info

LARGEST_LOGARITHM = log(float_info.max)
NORMAL = NormalDist()


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
    "probit": NORMAL.cdf,
    "arcsine": _of_arcsine,
    "root": _of_root,
    "fisher_z": tanh,
}
"""By code, the way back to the natural scale. What lies outside the range of an arcsine or a root,
as a limit may, is taken to its end first."""


_ONTO: Mapping[str, tuple[Callable[[float], float], float, float]] = {
    "none": (lambda value: value, -inf, inf),
    "log": (log, 0.0, inf),
    "logit": (lambda value: log(value / (1 - value)), 0.0, 1.0),
    "probit": (NORMAL.inv_cdf, 0.0, 1.0),
    "arcsine": (lambda value: asin(sqrt(value)), 0.0, 1.0),
    "root": (sqrt, 0.0, inf),
    "fisher_z": (atanh, -1.0, 1.0),
}
"""By code, the way there, and the ends between which it leads."""


def onto(scale: str, value: float | None) -> float | None:
    """Return a natural number on a scale; None where the scale, or the number, does not exist.

    The ends of a range are none: several numbers of the scale may lie behind them.

    >>> onto("logit", 0.5), onto("logit", 1.0), onto("root", 0.0)
    (0.0, None, None)
    """
    way, low, high = _ONTO[scale]
    return None if value is None or not isfinite(value) or not low < value < high else way(value)
