"""One typed value of a YAML file to what a key holds, or what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from liftproof.reviews.files.cells import KEY, key_of
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.keys import (
    CodeKind,
    IdKind,
    NumberKind,
    PartsKind,
    SingleKind,
    TextKind,
)
from liftproof.suggest import did_you_mean

_DECIMAL = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_FRACTION = re.compile(r"[+-]?[0-9]{1,9}/[0-9]{1,9}")
_WITH_ZERO = re.compile(r"0[0-9]+")
_WITH_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")


def single_value(typed: str, kind: SingleKind, called: str) -> Any:
    """Return the value of a text that is not empty, or a complaint.

    ``called``: what an unknown code is called, such as "tau2".

    >>> single_value("1/4", NumberKind(holds="", fits=bool, wrong="", remedy=""), "")
    0.25
    """
    return _READERS[type(kind)](typed, kind, called)


def number(typed: str) -> float | None:
    """Return a decimal or a fraction such as 1/3; None where it is neither, or too large."""
    if not (_DECIMAL.fullmatch(typed) or _FRACTION.fullmatch(typed)):
        return None
    try:
        value = float(Fraction(typed))
    except (ZeroDivisionError, OverflowError):
        return None
    return value if isfinite(value) else None


def _text(typed: str, _: TextKind, __: str) -> str:
    return typed


def _name(typed: str, kind: IdKind, _: str) -> str | Complaint:
    if KEY.fullmatch(typed):
        return typed
    remedy = f"write {key_of(typed) or kind.example}"
    return Complaint(wrong="an id has only a-z, 0-9 and _", remedy=remedy)


def _code(typed: str, kind: CodeKind, called: str) -> str | Complaint:
    value = kind.aliases.get(typed, typed)
    if value in kind.allowed:
        return value
    if value in kind.refused:
        return Complaint(wrong=f"an unsuitable {called}", remedy=kind.refused[value])
    return Complaint(wrong=f"an unknown {called}", remedy=did_you_mean(value, kind.allowed))


def _number(typed: str, kind: NumberKind, _: str) -> float | Complaint:
    value = number(typed)
    if value is not None and kind.fits(value):
        return value
    if _WITH_ZERO.fullmatch(typed):
        remedy = f"write {int(typed)}, or 0.{typed} if that is meant"
        return Complaint(wrong="a number that begins with 0", remedy=remedy)
    if value is not None and kind.unfit:
        return Complaint(wrong=kind.wrong, remedy=kind.unfit(value))
    has_comma = _WITH_COMMA.fullmatch(typed)
    remedy = f"write {typed.replace(',', '.')}" if has_comma else kind.remedy
    return Complaint(wrong=kind.wrong, remedy=remedy)


def _parts(typed: str, kind: PartsKind, _: str) -> tuple[str, ...] | Complaint:
    parts = tuple(part.strip() for part in typed.split(kind.separator, kind.count - 1))
    if all(parts) and len(parts) == (kind.count or len(parts)):
        return parts
    return Complaint(wrong=f"not {kind.holds}", remedy=kind.remedy)


_READERS: Mapping[type, Callable[[str, Any, str], Any]] = {
    TextKind: _text,
    IdKind: _name,
    CodeKind: _code,
    NumberKind: _number,
    PartsKind: _parts,
}
