"""What can happen to a number on its way to the page: pure arithmetic of digits.

Texts are numbers with a fixed count of decimals and no sign but "-". Slips of the pen take a text
and yield every text that one such slip makes of it, each once, itself left out.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import isfinite

DIGITS = "0123456789"


def written(value: float, decimals: int) -> str:
    """Return a number as it is printed with so many decimals, a half away from zero.

    >>> written(0.0837, 3), written(-0.0001, 2), written(70.4, 0)
    ('0.084', '0.00', '70')
    """
    return _plain(_exact(value).quantize(_unit(decimals), ROUND_HALF_UP))


def truncated(value: float, decimals: int) -> str:
    """Return a number cut off after so many decimals.

    >>> truncated(0.0837, 3), truncated(-1.239, 2)
    ('0.083', '-1.23')
    """
    return _plain(_exact(value).quantize(_unit(decimals), ROUND_DOWN))


def rounded_twice(value: float, decimals: int) -> str:
    """Return a number rounded to one decimal more first, and then again.

    >>> rounded_twice(0.24348, 3), written(0.24348, 3)
    ('0.244', '0.243')
    """
    once = _exact(value).quantize(_unit(decimals + 1), ROUND_HALF_UP)
    return _plain(once.quantize(_unit(decimals), ROUND_HALF_UP))


def other_sign(text: str) -> Iterator[str]:
    """Yield the number with its sign lost, or with one too many.

    >>> list(other_sign("0.55")), list(other_sign("-0.55"))
    (['-0.55'], ['0.55'])
    """
    if Decimal(text):
        yield text.removeprefix("-") if text.startswith("-") else f"-{text}"


def transposed(text: str) -> Iterator[str]:
    """Yield the number with two neighbouring digits exchanged, the point left where it is.

    >>> list(transposed("51.54"))
    ['15.54', '55.14', '51.45']
    """
    places = [place for place, sign in enumerate(text) if sign in DIGITS]
    for first, second in pairwise(places):
        if text[first] != text[second]:
            signs = list(text)
            signs[first], signs[second] = signs[second], signs[first]
            yield "".join(signs)


def misplaced_point(text: str) -> Iterator[str]:
    """Yield the number ten times as large or as small, written with as many decimals.

    >>> list(misplaced_point("0.50")), list(misplaced_point("12.3"))
    (['5.00', '0.05'], ['123.0'])
    """
    decimals = len(text.partition(".")[2])
    for factor in (Decimal(10), Decimal("0.1")):
        moved = Decimal(text) * factor
        if moved and moved == moved.quantize(_unit(decimals)):
            yield _plain(moved.quantize(_unit(decimals)))


def other_digit(text: str) -> Iterator[str]:
    """Yield the number with one digit replaced.

    >>> len(list(other_digit("0.84"))), list(other_digit("0.84"))[-1]
    (27, '0.89')
    """
    for place, sign in enumerate(text):
        if sign in DIGITS:
            yield from (text[:place] + d + text[place + 1 :] for d in DIGITS if d != sign)


def dropped_digit(value: float, decimals: int) -> Iterator[str]:
    """Yield the number with one digit left out and the same count of decimals in print.

    A decimal is lost from the number with one decimal more, and never its last, which would be a
    truncation; a digit before the point from the number as it is.

    >>> list(dropped_digit(0.1774, 3)), list(dropped_digit(35.83, 2))
    (['0.774', '0.174'], ['5.83', '3.83', '35.30', '35.80'])
    """
    whole = written(value, decimals).removeprefix("-")
    minus = "-" if value < 0 else ""
    before = whole.partition(".")[0]
    shorter = [whole[:i] + whole[i + 1 :] for i in range(len(before)) if len(before) > 1]
    longer = written(value, decimals + 1).removeprefix("-")
    start = len(longer) - decimals - 1
    shorter += [longer[:i] + longer[i + 1 :] for i in range(start, len(longer) - 1)]
    same = {written(value, decimals), truncated(value, decimals)}
    yield from dict.fromkeys(minus + text for text in shorter if minus + text not in same)


SLIPS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "sign": other_sign,
    "transposed": transposed,
    "point": misplaced_point,
    "digit": other_digit,
}
"""Slips of the pen, the likelier first: they do what happens often, and reach fewer numbers."""


def _exact(value: float) -> Decimal:
    """Return the number with the digits that Python shows: 0.285 is half way, whatever its bits."""
    return Decimal(repr(float(value))) if isfinite(value) else Decimal(0)


def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _plain(number: Decimal) -> str:
    """Return the number without an exponent, and never "-0.00"."""
    return f"{number or abs(number):f}"
