"""A number as a review printed it: its digits are its tolerance."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

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
