"""Accidents of spreadsheets that a single cell shows: odd spaces, dates, missing-value marks."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a cell, and what to do."""

    wrong: str
    remedy: str


_ODD_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
_MONTHS = (
    "jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|"
    "january|february|march|april|june|july|august|september|october|november|december"
)
_DATES = re.compile(
    rf"""[0-9]{{1,2}}[-\ /.]({_MONTHS})\.?([-\ /.][0-9]{{2,4}})?   # 12-Mar, 1-Mar-11
    |({_MONTHS})\.?[-\ /.][0-9]{{1,4}}                             # Mar-12
    |[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}([\ T][0-9:.]+)?          # 2011-03-01 00:00:00
    |[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}([\ T][0-9:.]+)?  # 01/03/2011""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME_AND_YEAR = re.compile(r"[^\W\d]+ [0-9]{4}")
_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}")
_NEVER_DATES = ("label", "location", "printed", "value", "detail", "description")
"""Text columns of labels, places and numbers as printed."""
_DIGITS_OF_SERIAL = 5
_EARLIEST_SERIAL, _LATEST_SERIAL = 32874, 62093
"""Excel's day numbers of 1990-01-01 and 2069-12-31: shorter or longer numbers are no dates."""

_ERRORS = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|FIELD!|#+)")
_MISSING_ANYWHERE = {"na", "n/a", "#n/a", "n.a.", "nan", "null", "-", "–", "—"}
_MISSING_NUMBERS = {"nr", "n.r.", "not reported", "none", "missing", "unknown", "?", ".", "/", "--"}


def odd_space(text: str, *, is_text: bool) -> Complaint | None:
    """Notice a space that looks like an ordinary one and is none, in any cell.

    >>> odd_space("1\\u202f502", is_text=False).remedy
    'write 1502'
    """
    if text.isascii() or not _ODD_SPACES.search(text):
        return None
    clean = _ODD_SPACES.sub(" " if is_text else "", text).strip()
    remedy = f"write {clean}" if not is_text else "type an ordinary blank in its place"
    return Complaint(
        wrong="a non-breaking, thin or invisible space", remedy=remedy if clean else "delete it"
    )


def missing_mark(text: str, *, is_text: bool) -> Complaint | None:
    """Notice "NA", "-" and the like: an empty cell says that a value was not reported."""
    if _ERRORS.fullmatch(text):
        return Complaint(wrong="an error value of Excel", remedy="write what belongs there")
    marks = _MISSING_ANYWHERE if is_text else _MISSING_ANYWHERE | _MISSING_NUMBERS
    if text.lower() not in marks:
        return None
    return Complaint(wrong="a mark for a missing value", remedy="leave the cell empty")


def is_date(text: str) -> bool:
    """Say whether a spreadsheet would write a date like this.

    >>> is_date("12-Mar"), is_date("2011-03-01 00:00:00"), is_date("askling2003")
    (True, True, False)
    """
    return _DATES.fullmatch(text) is not None


def made_a_date(text: str, name: str) -> bool:
    """Say whether a text is a date that a spreadsheet made of a range, such as 1-2.

    ``name``: of the column; in those of labels and places no date is meant at all. A label may be
    a name and a year, such as May 2011.

    >>> made_a_date("2-Jan", "dose"), made_a_date("May 2011", "label")
    (True, False)
    >>> made_a_date("2001-02-01", "location"), made_a_date("2001-02-01", "season_began")
    (True, False)
    """
    if not is_date(text) or _NAME_AND_YEAR.fullmatch(text):
        return False
    return name in _NEVER_DATES or _PLAIN_DATE.fullmatch(text) is None


def is_date_serial(text: str) -> bool:
    """Say whether a key is nothing but a day number of Excel, from 1990 to 2069.

    >>> is_date_serial("43891"), is_date_serial("2011")
    (True, False)
    """
    five_digits = len(text) == _DIGITS_OF_SERIAL and text.isascii() and text.isdecimal()
    return five_digits and _EARLIEST_SERIAL <= int(text) <= _LATEST_SERIAL
