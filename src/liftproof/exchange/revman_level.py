"""The level of limits that a RevMan file, or a package of RevMan Web, gives for an outcome."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from liftproof.exchange.draft import one_problem

USUAL_LEVEL = "95"
"""Of limits, in percent, where a file says nothing."""
WHOLE = 100
"""Percent; a level lies below."""
UNSAID = ("", "#n/a")


def level_in_percent(shown: Path, line: int, column: str, typed: str) -> str:
    """Return a level in percent as it is typed, the usual one where none is.

    Raises DataError where it is no number between 0 and 100.

    >>> level_in_percent(Path("X.csv"), 2, "CI/PI level", "90.0%")
    '90'
    """
    words = typed.strip().removesuffix("%").strip().removesuffix(".0")
    if words.lower() in UNSAID:
        return USUAL_LEVEL
    try:
        level = Decimal(words)
    except InvalidOperation:
        level = Decimal("NaN")
    if not (level.is_finite() and 0 < level < WHOLE):
        wrong, remedy = "no level in percent", "write a number between 0 and 100, such as 95"
        raise one_problem(shown, wrong, typed, remedy, line=line, column=column)
    return words


def as_share(level: str) -> str:
    """Return a level as ``review.yaml`` has it, empty for the usual one; digits are kept.

    >>> as_share("90"), as_share("99.5"), as_share("95")
    ('0.9', '0.995', '')
    """
    return "" if level == USUAL_LEVEL else str((Decimal(level) / WHOLE).normalize())
