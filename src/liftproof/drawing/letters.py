"""Which signs a PDF can show: those of the figures' typeface and of the font that helps it out."""

from functools import cache
from pathlib import Path
from unicodedata import category

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from liftproof.drawing import typeface

OWN_FONTS = Path(typeface.__file__).parent / "fonts"
HELPING_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_FILES = (
    (OWN_FONTS / "LiftproofSans-Regular.ttf", HELPING_FONTS / "DejaVuSans.ttf"),
    (OWN_FONTS / "LiftproofSans-Bold.ttf", HELPING_FONTS / "DejaVuSans-Bold.ttf"),
)
_REFUSED = (0xFEFF, 0xFFFE)
"""Byte order marks: PDF/UA-1 (ISO 14289-1, 7.21.7) allows no text that maps to them."""
_PRIVATE = "Co"
"""Signs of private use, which PDF/A-2a does not allow as they mean nothing to others."""
_CONTROL = "Cc"
_KEPT = "\n"


def drawable(text: str) -> str:
    """Return a text with the signs that no font here has as their numbers.

    A PDF that claims to be accessible must not hold a sign without a shape.

    >>> drawable("Sørensen † 漢")
    'Sørensen † [U+6F22]'
    """
    numbers = {ord(sign): f"[U+{ord(sign):04X}]" for sign in set(text) if not _is_drawable(sign)}
    return text.translate(numbers) if numbers else text


@cache
def _is_drawable(sign: str) -> bool:
    if sign == _KEPT:
        return True
    return ord(sign) in _covered() and category(sign) not in (_PRIVATE, _CONTROL)


@cache
def _covered() -> frozenset[int]:
    """Return the code points that stand in one of the fonts, in regular and in bold."""
    regular, bold = (
        {code for file in files for code in FT2Font(file).get_charmap()} for files in _FILES
    )
    return frozenset(regular & bold).difference(_REFUSED)
