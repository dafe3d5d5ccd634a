"""One number as typed: a plain decimal, or the accident that makes it none."""

import re
from collections.abc import Callable
from decimal import Decimal
from math import isfinite

from liftproof.columns import Column
from liftproof.reviews.files.spreadsheet import Complaint, is_date

WITH_EXPONENT = ("y", "v", "se")
"""Columns in which 1.2e-05 is read too: software writes effects and variances like that."""

COUNTED = ("count", "share")
"""Kinds of column that count people or events."""

MOST_DIGITS = 40
"""No number of a trial is longer; a longer one is two cells run together."""

_PLAIN = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_EXPONENT = re.compile(rf"{_PLAIN.pattern}[eE][+-]?[0-9]{{1,3}}")

ARMS = ("intervention", "control")
PERCENT_OF = {f"events_{arm}": f"percent_{arm}" for arm in ARMS}
"""Where a percentage of people with an event belongs."""


def number(text: str, column: Column) -> float | Complaint:
    """Read a plain decimal such as 0.41."""
    has_exponent = column.name in WITH_EXPONENT and _EXPONENT.fullmatch(text)
    if not has_exponent and not _PLAIN.fullmatch(text):
        return _accident(text, column)
    if len(text) > MOST_DIGITS or not isfinite(float(text)):
        return Complaint(wrong="too long for a number", remedy="write the number alone")
    return float(text)


def count(text: str, column: Column) -> int | Complaint:
    """Read a whole number of zero or more, such as 12 or 12.0."""
    value = number(text, column)
    if isinstance(value, Complaint):
        return value
    if value < 0:
        return Complaint(wrong="a negative count", remedy="write a whole number of 0 or more")
    if value != int(value):
        of_arm = column.name.removeprefix("events_")
        other = f"percent_{of_arm} (--percents), a rate into rate_{of_arm} (--incidence)"
        hint = f"; a percentage goes into {other}" if of_arm in ARMS else ""
        return Complaint(wrong="a fractional count", remedy=f"write a whole number{hint}")
    return int(Decimal(text))


def share(text: str, column: Column) -> float | Complaint:
    """Read a number of zero or more, whole where it is; whether it may be a fraction, a row says.

    >>> share("7.50", Column(name="n", kind="share", meaning="", required=False, allowed=()))
    7.5
    """
    value = number(text, column)
    if isinstance(value, Complaint) or (value >= 0 and value != int(value)):
        return value
    return count(text, column)


def p_value(text: str, column: Column) -> str | Complaint:
    """Read a printed p value, such as 0.034 or <0.001; it stays text, for its digits count."""
    value = number(text.removeprefix("<").strip(), column)
    if isinstance(value, Complaint):
        remedy = "write it as in 0.034 or <0.001, or leave the cell empty"
        return Complaint(wrong=value.wrong, remedy=remedy)
    if not 0 <= value <= 1:
        return Complaint(wrong="a p value outside 0 to 1", remedy="write it as printed")
    return text


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without zeros at its end.

    >>> plain(Decimal("1.20e-3"))
    '0.0012'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _accident(text: str, column: Column) -> Complaint:
    for pattern, complain in _ACCIDENTS:
        if pattern.fullmatch(text):
            return complain(text, column)
    if is_date(text):
        return Complaint(
            wrong="a date, which Excel makes of numbers", remedy="write the number again"
        )
    return Complaint(wrong="not a plain decimal number", remedy="write only digits, as in 0.41")


def _decimal_comma(text: str, _: Column) -> Complaint:
    remedy = f"write {text.replace('.', '').replace(',', '.')}"
    return Complaint(wrong="a decimal comma", remedy=remedy)


def _thousands(text: str, _: Column) -> Complaint:
    return Complaint(wrong="a thousands separator", remedy=f"write {re.sub(r'[^0-9.-]', '', text)}")


def _comma(text: str, column: Column) -> Complaint:
    """Tell 1,502 people from 1,502 as a German 1.502 where the column can tell."""
    if column.kind in COUNTED or text.count(",") > 1:
        return _thousands(text, column)
    remedy = f"write {text.replace(',', '.')}, or {text.replace(',', '')} if that is meant"
    return Complaint(wrong="a decimal comma or a thousands separator", remedy=remedy)


def _percent(text: str, column: Column) -> Complaint:
    if column.kind in COUNTED:
        remedy = "write the number of people or events"
        if column.name in PERCENT_OF:
            remedy += f", or the percentage without its sign in {PERCENT_OF[column.name]}"
        return Complaint(wrong="a percent sign", remedy=remedy)
    share = text.rstrip("% ")
    value = share if column.is_percent else plain(Decimal(share) / 100)
    return Complaint(wrong="a percent sign", remedy=f"write {value}")


def _minus(text: str, column: Column) -> Complaint:
    if column.kind in COUNTED:
        return Complaint(wrong="a negative count", remedy="write a whole number of 0 or more")
    return Complaint(wrong="a typographic minus sign", remedy=f"write -{text[1:]}")


def _scientific(text: str, _: Column) -> Complaint:
    written = plain(Decimal(text))
    remedy = f"write {written}" if len(written) <= MOST_DIGITS else "write a plain decimal"
    return Complaint(wrong="scientific notation", remedy=remedy)


def _not_finite(_: str, __: Column) -> Complaint:
    return Complaint(wrong="not a finite number", remedy="leave the cell empty if not reported")


_ACCIDENTS: tuple[tuple[re.Pattern[str], Callable[[str, Column], Complaint]], ...] = (
    (re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+"), _comma),
    (re.compile(r"-?[0-9]*,[0-9]+"), _decimal_comma),
    (re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"), _decimal_comma),
    (re.compile(r"-?[0-9]{1,3}([ ,'’][0-9]{3})+(\.[0-9]+)?"), _thousands),
    (re.compile(rf"{_PLAIN.pattern} ?%"), _percent),
    (re.compile(rf"[−–—](?!-){_PLAIN.pattern}"), _minus),
    (_EXPONENT, _scientific),
    (re.compile(r"[+-]?(inf|infinity|nan|∞)", re.IGNORECASE), _not_finite),
)
