"""How many significant digits of a number are written: those that another machine would give, too.

A double has 15 to 17. What the last of them are depends on the order in which numbers are added
and on the C library's exp and log: formulas lose up to three of them. A search ends where the
function is flat to rounding; limits of selection models are from a curvature that may be next to 0.
"""

from dataclasses import asdict
from math import isfinite
from typing import Any

FORMULA, SELECTION, ELSEWHERE = 12, 9, 7
"""Significant digits of what is computed by formulas or settled to rounding, of selection models,
and of other software that searches. Other kernels change such numbers by up to 6e-15, 6e-11 and
2e-8 of themselves. What is cut off is less than 1e-11, and less than 1e-6 of searches."""
_OF_SELECTION = "selection_"
"""How the names of the methods of ``diagnostics.csv`` begin that fit a selection model."""
_BY_ITERATION = "iterative"
"""What ``engines.csv`` calls other software that searches."""


def digits_of(row: Any) -> int:
    """Return how many digits are written of the numbers in a row of results."""
    if getattr(row, "kind", "") == _BY_ITERATION:
        return ELSEWHERE
    is_selection = str(getattr(row, "method", "")).startswith(_OF_SELECTION)
    return SELECTION if is_selection else FORMULA


def stored(value: float, digits: int = FORMULA) -> float:
    """Return a number as it is written; a whole one as it is, since it may be a count.

    >>> stored(0.1 + 0.2), stored(2 / 3, SELECTION), stored(48384000000001.0)
    (0.3, 0.666666667, 48384000000001.0)
    """
    return float(f"{value:.{digits}g}") if isfinite(value) and not value.is_integer() else value


def stored_row(row: Any) -> dict[str, Any]:
    """Return a row of results, a dataclass, by column, its numbers as they are written."""
    return {
        name: stored(value) if isinstance(value, float) else value
        for name, value in asdict(row).items()
    }
