"""Characters that text may not have: those that nobody sees, and those that no figure can draw."""

import re
import unicodedata
from collections.abc import Iterator

HIDDEN = frozenset(("Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
"""Unicode's categories of controls, formats such as direction marks, private and no characters."""
BLANKS = "\n\r\t"
"""Controls that a quoted cell may have between words."""
DRAWN = (
    (0x0020, 0x007E),
    (0x00A0, 0x02E9),
    (0x0300, 0x034E),
    (0x0370, 0x0377),
    (0x0384, 0x038A),
    (0x038E, 0x03A1),
    (0x03A3, 0x0525),
    (0x1E00, 0x1EFB),
    (0x1F00, 0x1F15),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20B5),
    (0x2100, 0x2109),
    (0x2150, 0x2185),
    (0x2190, 0x2311),
    (0x2460, 0x2469),
    (0x2500, 0x269C),
)
"""First and last of the characters that the fonts of the figures have, normal and bold: Latin with
Vietnamese, Greek, Cyrillic, signs. Scripts from right to left, and those whose letters join, are
left out: figures set one letter beside the other."""
_OUTSIDE = re.compile(
    "[^{}]".format("".join(f"{chr(a)}-{chr(b)}" for a, b in DRAWN[1:]) + " -~" + BLANKS)
)


def hidden_in(text: str) -> Iterator[str]:
    r"""Yield the characters of a text that nobody sees, lone surrogates aside.

    >>> list(hidden_in("A\u202e\nB")) == ["\u202e"]
    True
    """
    if text.isprintable():
        return
    for character in text:
        if character not in BLANKS and unicodedata.category(character) in HIDDEN:
            yield character


def shown(text: str) -> str:
    r"""Return a text with each hidden character as its escape.

    >>> print(shown("A\u202eB"))
    A\u202eB
    """
    found = dict.fromkeys(hidden_in(text))
    return text.translate({ord(each): ascii(each)[1:-1] for each in found})


def in_one_line(text: str) -> str:
    r"""Return a text as one line, without characters that nobody sees.

    >>> print(in_one_line("A\rB\nC\u202e"))
    A B C\u202e
    """
    return shown(text.translate(dict.fromkeys(map(ord, BLANKS), " ")))


def not_drawn(text: str) -> str:
    """Return the characters of a text that no figure can draw, each once.

    >>> not_drawn("Müller 2001 — 漢字 漢")
    '漢字'
    """
    return "".join(dict.fromkeys(_OUTSIDE.findall(text)))
