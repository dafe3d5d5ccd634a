"""Numbers as readers see them: rounded once, here."""

from math import floor, isfinite, log10

from liftproof.vocabulary.levels import level_text
from liftproof.words.text import minus

NOT_ESTIMABLE = "not estimable"
SMALLEST_TWO_DECIMALS = 0.095
"""Below this, two decimals would show fewer than two significant digits."""


def decimal(value: float | None, digits: int = 2) -> str:
    """Return ``value`` with a fixed number of decimals, never "-0.00".

    >>> decimal(0.3381), decimal(-0.001), decimal(None)
    ('0.34', '0.00', 'not estimable')
    """
    if value is None or not isfinite(value):
        return NOT_ESTIMABLE
    return f"{round(value, digits) + 0.0:.{digits}f}"


def effect(value: float | None) -> str:
    """Return an effect: two decimals, or two significant digits where those would vanish.

    >>> effect(0.3381), effect(0.0123), effect(12.0)
    ('0.34', '0.012', '12.00')
    """
    if value is None or not isfinite(value) or value == 0 or abs(value) >= SMALLEST_TWO_DECIMALS:
        return decimal(value)
    return decimal(value, 1 - floor(log10(abs(value))))


def interval(low: float | None, high: float | None) -> str:
    """Return limits as "0.24 to 0.48", or that they do not exist.

    >>> interval(0.2381, 0.4799)
    '0.24 to 0.48'
    """
    if low is None or high is None:
        return NOT_ESTIMABLE
    return f"{effect(low)} to {effect(high)}"


def estimate_text(estimate: float | None, low: float | None, high: float | None) -> str:
    """Return "0.34 (0.24 to 0.48)".

    >>> estimate_text(0.3401, 0.2389, 0.4831)
    '0.34 (0.24 to 0.48)'
    """
    return minus(f"{effect(estimate)} ({interval(low, high)})")


def p_value(value: float | None) -> str:
    """Return "p = 0.034", or "p < 0.001".

    >>> p_value(0.0337), p_value(0.00002)
    ('p = 0.034', 'p < 0.001')
    """
    if value is None:
        return f"p {NOT_ESTIMABLE}"
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"  # noqa: PLR2004


def p_alone(value: float | None) -> str:
    """Return a p value for a place that calls it p already.

    >>> p_alone(0.0337), p_alone(0.00002)
    ('0.034', '< 0.001')
    """
    return p_value(value).removeprefix("p ").removeprefix("= ")


def level(value: float) -> str:
    """Return a level of confidence as :func:`percent` does, with all its decimals.

    >>> level(0.95), level(0.999)
    ('95\u202f%', '99.9\u202f%')
    """
    return level_text(value).replace(" ", "\u202f")


def percent(value: float | None, digits: int = 0) -> str:
    """Return a percentage with a narrow no-break space before the sign.

    >>> percent(66.2)
    '66\u202f%'
    """
    return NOT_ESTIMABLE if value is None else f"{decimal(value, digits)}\u202f%"
