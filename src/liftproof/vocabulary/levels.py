"""Levels of confidence: what is one, and what was meant where a number is none."""

from math import isclose

USUAL_LEVEL = 0.95
"""Of all limits, where a review sets no other."""
LEAST_LEVEL = 0.5
"""Levels of confidence are higher: a smaller number is the share outside the limits."""
USUAL_LEVELS = (0.9, 0.95, 0.98, 0.99, 0.999)
"""Levels that papers print."""
PERCENT, POINT = 100.0, 10.0
"""Of a whole, and by how much a place of the point moves a number."""


def is_level(value: float) -> bool:
    """Return whether a number can be a level of confidence.

    >>> [is_level(value) for value in (0.95, 0.5, 0.05, 95.0)]
    [True, False, False, False]
    """
    return LEAST_LEVEL < value < 1


def level_text(level: float) -> str:
    """Return a level of confidence in percent.

    >>> level_text(0.95), level_text(0.999)
    ('95 %', '99.9 %')
    """
    return f"{PERCENT * level:g} %"


def meant_level(value: float) -> float | None:
    """Return the level meant by a share outside the limits or a percentage of either; or None.

    A usual level with its point misplaced goes before a share outside the limits that is none.

    >>> [meant_level(value) for value in (0.05, 5, 95, 9.5, 8, 1, -3)]
    [0.95, 0.95, 0.95, 0.95, 0.92, None, None]
    """
    if value == 1:
        return None
    share = value / PERCENT if value > 1 else value
    usual = [level for level in (1 - share, POINT * share) if _is_usual(level)]
    return next(filter(is_level, (share, *usual, 1 - share)), None)


def _is_usual(level: float) -> bool:
    return any(isclose(level, usual) for usual in USUAL_LEVELS)


def remedy_of_level(value: float) -> str:
    """Return what to write in the place of a number that is no level of confidence.

    >>> remedy_of_level(9.5), remedy_of_level(0.05), remedy_of_level(0)
    ('write 0.95', 'write 0.95: 0.05 is the share outside the limits', 'write 0.95 for 95 %')
    """
    meant = meant_level(value)
    if meant is None:
        return "write 0.95 for 95 %"
    is_outside = isclose(meant, 1 - (value / PERCENT if value > 1 else value))
    return f"write {meant:g}" + f": {value:g} is the share outside the limits" * is_outside


def question_of_level(value: float) -> str:
    """Return the question that names the level meant by a number that is none, or an example.

    >>> question_of_level(95), question_of_level(0)
    ('did you mean 0.95?', 'write 0.95 for 95 %.')
    """
    meant = meant_level(value)
    return "write 0.95 for 95 %." if meant is None else f"did you mean {meant:g}?"
