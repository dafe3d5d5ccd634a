"""How large a line of text is in the figures' typeface, put together from its letters and pairs.

FreeType shapes a line anew for each measure, which took a fifth of the time of drawing; our fonts
have no ligatures, so that a line is as wide as its letters and what stands closer of each two.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import combining

from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import TextToPath

from liftproof.drawing.letters import OWN_FONTS

_FILES = {False: "LiftproofSans-Regular.ttf", True: "LiftproofSans-Bold.ttf"}
_PER_POINT = 64.0
"""FreeType's units at the size that Matplotlib measures in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Of one or more letters, in units of the font as it is measured.

    ``height``: of what is inked; ``descent``: how far that reaches below the line, negative where
    it floats above.
    """

    width: int
    height: int
    descent: int


def line_size(text: str, *, bold: bool, size: float) -> tuple[float, float, float] | None:
    """Return width, height and descent of a line in points, None where letters cannot tell.

    They cannot where our font lacks one, and where one has no width or joins another.
    """
    letters = [_letter(sign, bold) for sign in text]
    known = [letter for letter in letters if letter is not None]
    if not known or len(known) < len(letters):
        return None
    width = sum(letter.width for letter in known)
    width += sum(_closer(*pair, bold) for pair in pairwise(text))
    inked = [letter for letter in known if letter.height]
    descent = max((letter.descent for letter in inked), default=0)
    top = max((letter.height - letter.descent for letter in inked), default=0)
    scale = size / TextToPath.FONT_SCALE
    return (
        width / _PER_POINT * scale,
        (top + descent) / _PER_POINT * scale,
        descent / _PER_POINT * scale,
    )


@cache
def _letter(sign: str, bold: bool) -> Extent | None:
    if combining(sign) or ord(sign) not in _signs(bold):
        return None
    extent = _measured(sign, bold)
    return extent if extent.width else None


@cache
def _closer(first: str, second: str, bold: bool) -> int:
    """Return by how much two letters side by side are wider than each alone: kerning."""
    alone = _measured(first, bold).width + _measured(second, bold).width
    return _measured(first + second, bold).width - alone


def _measured(text: str, bold: bool) -> Extent:
    font = _font(bold)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    return Extent(width=width, height=height, descent=font.get_descent())


@cache
def _signs(bold: bool) -> frozenset[int]:
    return frozenset(_font(bold).get_charmap())


@cache
def _font(bold: bool) -> FT2Font:
    font = FT2Font(OWN_FONTS / _FILES[bold])
    font.set_size(TextToPath.FONT_SCALE, TextToPath.DPI)
    return font
