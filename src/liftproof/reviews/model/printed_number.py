"""A number as a review printed it: its digits are its tolerance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from liftproof.vocabulary.quantities import ON_EFFECT

HALF_A_DIGIT = 0.5 * (1 + 1e-9)
"""A number half way between two printed ones rounds to either; the rest is binary rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed number: its value, the place of its last digit, and "<" or ">" for a bound."""

    value: float
    unit: float
    bound: str


def printed_number(text: str) -> Printed | None:
    """Read a printed number, or return None if the text is none.

    >>> printed_number("0.480")
    Printed(value=0.48, unit=0.001, bound='')
    >>> printed_number("<0.001").bound
    '<'
    """
    bound = text[0] if text[:1] in ("<", ">") else ""
    try:
        number = Decimal(text.removeprefix(bound).strip())
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        return None
    return Printed(value=float(number), unit=10.0**exponent, bound=bound)


def decimals_in(text: str) -> int:
    """Return how many decimals a printed text has.

    >>> decimals_in("0.480"), decimals_in("<0.01"), decimals_in("12")
    (3, 2, 0)
    """
    return len(text.partition(".")[2])


def with_zeros(text: str, decimals: int) -> str:
    """Return a printed text with the zeros that it has lost.

    >>> with_zeros("0.48", 3), with_zeros("1", 2), with_zeros("0.480", 2)
    ('0.480', '1.00', '0.480')
    """
    lost = decimals - decimals_in(text)
    if lost <= 0 or printed_number(text) is None:
        return text
    return f"{text}{'' if '.' in text else '.'}{'0' * lost}"


def shared_decimals(quantity: str, target: Mapping[str, str]) -> int:
    """Return the decimals that a number of a printed result has to agree in.

    A spreadsheet drops zeros at the end, so an estimate and its limits have those of the one that
    has most. ``target``: by quantity, what was printed of the result.

    >>> target = {"estimate": "0.34", "ci_low": "0.238", "ci_high": "0.48", "i2": "0"}
    >>> shared_decimals("ci_high", target), shared_decimals("i2", target)
    (3, 0)
    """
    names = ON_EFFECT if quantity in ON_EFFECT else (quantity,)
    return max(decimals_in(target[name]) for name in names if name in target)


def in_decimals(number: Printed, decimals: int) -> Printed:
    """Return a print whose last digit is at least so many decimals behind the point."""
    return replace(number, unit=min(number.unit, 10.0**-decimals))


def rounds_to(value: float, number: Printed) -> bool:
    """Say whether a value rounds to a print, or keeps its bound.

    >>> rounds_to(0.2346, Printed(value=0.235, unit=0.001, bound=""))
    True
    """
    if number.bound:
        return value < number.value if number.bound == "<" else value > number.value
    return abs(value - number.value) <= HALF_A_DIGIT * number.unit


def value_of_print(text: str) -> float | None:
    """Return the value of a printed text, None where it is no number.

    >>> value_of_print("<0.001"), value_of_print("about a third")
    (0.001, None)
    """
    printed = printed_number(text)
    return None if printed is None else printed.value
