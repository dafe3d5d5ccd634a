"""One cell to its value, by the kind of its column; every accident is named."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from liftproof.columns import Column
from liftproof.reviews.files.spreadsheet import (
    Complaint,
    is_date,
    is_date_serial,
    made_a_date,
    missing_mark,
    odd_space,
)
from liftproof.reviews.files.text_marks import text_complaint
from liftproof.reviews.files.typed_numbers import count, number, p_value, share
from liftproof.suggest import did_you_mean

SHORT, KEPT = 80, 20_000
"""Characters of a cell whose value is kept, and how many are."""
FEW_DIGITS = 15
"""A whole number of so many digits is exact as a float too."""
KEY = re.compile(r"[a-z0-9_]+")

Value = str | int | float


def value_of(typed: str, column: Column) -> Value | Complaint | None:
    """Return the value of a cell, None where it is empty, or what is wrong with it.

    Blanks around a value are ignored, except in keys. Short cells that stand in many rows are
    looked at once.
    """
    if not typed:
        return None
    return _of_short(typed, column) if len(typed) <= SHORT else value_anew(typed, column)


@lru_cache(maxsize=KEPT)
def _of_short(typed: str, column: Column) -> Value | Complaint | None:
    return value_anew(typed, column)


def value_anew(typed: str, column: Column) -> Value | Complaint | None:
    """Return :func:`value_of` a cell that is not empty, without keeping it."""
    if len(typed) <= FEW_DIGITS and typed.isascii() and typed.isdecimal() and not column.allowed:
        plain = _OF_DIGITS.get(column.kind)
        if plain:
            return plain(typed)
    is_text = column.kind == "text" and not column.allowed
    complaint = None
    if not (typed.isalnum() and typed.isascii() and len(typed) <= SHORT):
        complaint = odd_space(typed, is_text=is_text) or text_complaint(typed, column.name)
    text = typed.strip()
    if complaint or not text:
        return complaint
    if column.kind == "key":
        return _key(typed, column)
    complaint = missing_mark(text, is_text=is_text)
    if complaint:
        return complaint
    if column.allowed and text not in column.allowed:
        return Complaint(wrong="not a known value", remedy=did_you_mean(text, column.allowed))
    return _READERS[column.kind](text, column)


def key_of(name: str) -> str:
    """Return the key nearest to a name.

    >>> key_of("van der Hörst 2015")
    'van_der_horst_2015'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def _key(typed: str, _: Column) -> str | Complaint:
    if KEY.fullmatch(typed) and not is_date_serial(typed):
        return typed
    text = typed.strip()
    if is_date(text) or is_date_serial(text):
        remedy = "write the key again, in a column formatted as text"
        return Complaint(wrong="a date, which Excel makes of keys", remedy=remedy)
    if typed != text:
        return Complaint(wrong="blanks around a key", remedy=f"write {text}")
    mark = missing_mark(text, is_text=False)
    if mark:
        return mark
    example = key_of(text)
    remedy = f"write {example}" if example else "write letters such as askling2003"
    return Complaint(wrong="a key has only a-z, 0-9 and _", remedy=remedy)


def _date(text: str, _: Column) -> str | Complaint:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return Complaint(wrong="a date that does not exist", remedy="correct day or month")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+", text):
        wrong = "a date with a time, as Excel writes it"
        return Complaint(wrong=wrong, remedy=f"write {text[:10]}")
    return Complaint(wrong="not an ISO date", remedy="write year-month-day, as in 2026-01-31")


def _text(text: str, column: Column) -> str | Complaint:
    if made_a_date(text, column.name) and not column.allowed:
        remedy = "write what was there, such as 1-2, in a column formatted as text"
        return Complaint(wrong="a date, which spreadsheets make of ranges", remedy=remedy)
    return text


_OF_DIGITS: dict[str, Callable[[str], Value]] = {
    "text": str,
    "count": int,
    "share": int,
    "number": float,
}
"""What digits alone say, as most cells do: no accident looks like them, but in keys."""

_READERS: dict[str, Callable[[str, Column], Value | Complaint]] = {
    "text": _text,
    "key": _key,
    "count": count,
    "share": share,
    "number": number,
    "date": _date,
    "p": p_value,
}
