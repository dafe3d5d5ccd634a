"""Numbers as readers see them: rounded once, here."""

from math import floor, isfinite, log10

from liftproof.vocabulary.levels import level_text
from liftproof.words.text import minus

NOT_ESTIMABLE = "not estimable"
SMALLEST_TWO_DECIMALS = 0.095
"""Below this, two decimals would show fewer than two significant digits."""
NOISE = 1e-12
"""Up to this a difference of two equal means is what rounding leaves of it, not an effect."""
TELLING_RATIOS = (0.01, 100.0)
"""A limit beyond these is said in words where the interval is wider than they are apart: digits
would claim a knowledge that such an interval denies."""


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

    >>> effect(0.3381), effect(0.0123), effect(12.0), effect(-2.8e-15)
    ('0.34', '0.012', '12.00', '0.00')
    """
    if value is None or not isfinite(value) or not NOISE < abs(value) < SMALLEST_TWO_DECIMALS:
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


def limits(low: float | None, high: float | None, *, is_ratio: bool) -> str:
    """Return limits as :func:`interval` does; of ratios, hugely wide ones in words.

    >>> limits(0.00028, 2447.77, is_ratio=True), limits(0.0044, 1.31, is_ratio=True)
    ('below 0.01 to above 100', '0.0044 to 1.31')
    """
    least, most = TELLING_RATIOS
    if not is_ratio or low is None or high is None or high * least <= low * most:
        return interval(low, high)
    first = f"below {least:g}" if low < least else effect(low)
    return f"{first} to {f'above {most:g}' if high > most else effect(high)}"


def estimate_text(
    estimate: float | None, low: float | None, high: float | None, *, is_ratio: bool = False
) -> str:
    """Return "0.34 (0.24 to 0.48)"; ``is_ratio``: see :func:`limits`.

    >>> estimate_text(0.3401, 0.2389, 0.4831)
    '0.34 (0.24 to 0.48)'
    """
    return minus(f"{effect(estimate)} ({limits(low, high, is_ratio=is_ratio)})")


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


def share(value: float) -> str:
    """Return a share of 0 to 1 as whole percent, never none or all of what has no end.

    >>> share(0.9676), share(0.9999), share(0.002)
    ('97\u202f%', 'more than 99\u202f%', 'less than 1\u202f%')
    """
    if value < 0.005:  # noqa: PLR2004 - it would be rounded to none
        return f"less than {percent(1)}"
    return f"more than {percent(99)}" if value >= 0.995 else percent(100 * value)  # noqa: PLR2004


def percent(value: float | None, digits: int = 0) -> str:
    """Return a percentage with a narrow no-break space before the sign.

    >>> percent(66.2)
    '66\u202f%'
    """
    return NOT_ESTIMABLE if value is None else f"{decimal(value, digits)}\u202f%"
