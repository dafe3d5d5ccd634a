"""Texts of estimates with their decimal points in line, each still one text.

Decimals are filled up to the usual count of their column: one long number, such as 0.0044, stands
out to the left and leaves no hole beside the others.
A digit is as wide as two blanks in the shipped font, and in those of the same widths: what a text
has fewer digits than the widest of its column is filled with blanks that no browser joins.
"""

import re
from collections import Counter
from collections.abc import Sequence

_DIGIT = "\u00a0\u00a0"
_NUMBER = r"([−-]?\d+)((?:\.\d+)?)"
_ESTIMATE = re.compile(rf"(?:{_NUMBER} )?\({_NUMBER} to {_NUMBER}\)")


def aligned_texts(texts: Sequence[str]) -> list[str]:
    r"""Return the texts of a right-aligned column; what is no estimate with limits stays as it is.

    >>> texts = aligned_texts(["0.34 (0.24 to 0.48)", "(0.1 to 12)"])
    >>> [text.replace(_DIGIT, "_") for text in texts]
    ['0.34 (0.24 to _0.48)', '(0.1_ to 12)__\xa0']
    """
    found = [_ESTIMATE.fullmatch(text) for text in texts]
    groups = [[part or "" for part in match.groups()] for match in found if match]
    widest = [
        _usual(column) if place % 2 else max(map(len, column))
        for place, column in enumerate(zip(*groups, strict=True))
    ]
    return [
        _filled(match, widest) if match else text for text, match in zip(texts, found, strict=True)
    ]


def _usual(decimals: Sequence[str]) -> int:
    """Return the most frequent length, the longest of equally frequent ones."""
    lengths = Counter(map(len, decimals))
    return max(lengths, key=lambda length: (lengths[length], length))


def _filled(match: re.Match[str], widest: Sequence[int]) -> str:
    """Return one text; what is missing of a whole part goes before its number, of decimals after.

    A point is as wide as one blank, so that a number without decimals lacks one blank less.
    """
    parts = [part or "" for part in match.groups()]
    lacks = [max(0, most - len(part)) for most, part in zip(widest, parts, strict=True)]
    _, after, *limits = [
        _blanks(lack, lacks_point=place % 2 == 1 and not part and lack > 0)
        for place, (lack, part) in enumerate(zip(lacks, parts, strict=True))
    ]
    low_before, low_after, high_before, high_after = limits
    _, _, low, low_decimals, high, high_decimals = parts
    limits_text = (
        f"({low}{low_decimals}{low_after} to {high_before}{high}{high_decimals}){high_after}"
    )
    if match[1] is None:
        return limits_text
    return f"{match[1]}{match[2]}{after} {low_before}{limits_text}"


def _blanks(digits: int, *, lacks_point: bool) -> str:
    blanks = _DIGIT * digits
    return blanks[1:] if lacks_point else blanks
