"""How many significant digits of a number are written: those that another machine would give, too.

A double has 15 to 17. What the last of them are depends on the order in which numbers are added and
on the C library's exp and log: formulas lose up to three of them, so that 12 are certain. A search
ends where the function is flat to rounding, and limits from its curvature differ by up to 1e-10: of
selection models, and of other software that searches, 9 are written.
"""

from math import isfinite
from typing import Any

FORMULA, SEARCH = 12, 9
"""Significant digits: of what is computed by formulas or settled to rounding, and of searches whose
end is not. Either stays far below 1e-10 and 1e-6, to which results are compared elsewhere."""
_SELECTION = "selection_"
"""How the names of the methods of ``diagnostics.csv`` begin that fit a selection model."""
_BY_ITERATION = "iterative"
"""What ``engines.csv`` calls other software that searches."""


def digits_of(row: Any) -> int:
    """Return how many digits are written of the numbers in a row of results."""
    searches = str(getattr(row, "method", "")).startswith(_SELECTION)
    return SEARCH if searches or getattr(row, "kind", "") == _BY_ITERATION else FORMULA


def stored(value: float, digits: int = FORMULA) -> float:
    """Return a number as it is written; a whole one as it is, since it may be a count.

    >>> stored(0.1 + 0.2), stored(2 / 3, SEARCH), stored(48384000000001.0)
    (0.3, 0.666666667, 48384000000001.0)
    """
    return float(f"{value:.{digits}g}") if isfinite(value) and not value.is_integer() else value
