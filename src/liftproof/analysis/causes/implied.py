"""What printed numbers of one result imply for each other, by a symmetric interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import exp, log
from statistics import NormalDist

from liftproof.reviews.model.printed_number import Printed, printed_number
from liftproof.vocabulary.levels import USUAL_LEVEL

NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The values between which an implied number lies, as far as the roundings allow."""

    low: float
    high: float
    centre: float

    def allows(self, number: Printed) -> bool:
        """Say whether the print, which itself is rounded, lies in the span."""
        half = number.unit / 2
        return self.low - half <= number.value <= self.high + half


def implied(
    quantity: str, others: Mapping[str, str], *, is_log: bool, level: float = USUAL_LEVEL
) -> Span | None:
    """Return what the other prints imply, or None where they are too few or contradict themselves.

    Of an interval that is symmetric about its estimate (on the logarithms of ratios) two numbers
    give the third; all three give z and, by the normal distribution, p; ``level``: of the limits.

    >>> low, high = {"estimate": "-0.24", "ci_low": "-1.04"}, printed_number("0.55")
    >>> implied("ci_high", low, is_log=False).allows(high)
    True
    >>> effect = {"estimate": "0.52", "ci_low": "0.32", "ci_high": "0.85"}
    >>> round(implied("p", effect, is_log=True).centre, 4)
    0.0087
    """
    names = NEEDED.get(quantity)
    if names is None:
        return None
    prints = [printed_number(others.get(name, "")) for name in names]
    known = [one for one in prints if one is not None and not one.bound]
    if len(known) < len(names):
        return None
    centre = _computed(quantity, [one.value for one in known], is_log=is_log, level=level)
    corners = [
        _computed(quantity, values, is_log=is_log, level=level)
        for values in product(
            *((one.value - one.unit / 2, one.value + one.unit / 2) for one in known)
        )
    ]
    found = [value for value in corners if value is not None]
    if centre is None or len(found) < len(corners):
        return None
    return Span(low=min(found), high=max(found), centre=centre)


NEEDED = {
    "estimate": ("ci_low", "ci_high"),
    "ci_low": ("estimate", "ci_high"),
    "ci_high": ("estimate", "ci_low"),
    "p": ("estimate", "ci_low", "ci_high"),
    "z": ("estimate", "ci_low", "ci_high"),
}
"""The prints from which each quantity follows."""


def _computed(
    quantity: str, values: list[float] | tuple[float, ...], *, is_log: bool, level: float
) -> float | None:
    if is_log and min(values) <= 0:
        return None
    scaled = [log(value) for value in values] if is_log else list(values)
    back = exp if is_log else float
    if quantity == "estimate":
        return back(sum(scaled) / 2)
    if quantity in ("ci_low", "ci_high"):
        return back(2 * scaled[0] - scaled[1])
    centre, low, high = scaled
    if high <= low:
        return None
    z = 2 * NORMAL.inv_cdf((1 + level) / 2) * centre / (high - low)
    return z if quantity == "z" else 2 * NORMAL.cdf(-abs(z))
