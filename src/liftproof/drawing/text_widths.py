"""How wide a text is, and how it breaks into lines; lengths are in points (1/72 inch)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Literal

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath, text_to_path

from liftproof.drawing.letter_sizes import line_size
from liftproof.drawing.typeface import FAMILIES, current

FONT_SIZE = 8.0
IsMath = bool | Literal["TeX"]
"""Whether a text is a formula, as Matplotlib says it."""
_IS_BOLD: Mapping[int | str, bool] = {"normal": False, "bold": True}
"""By the weights that figures are written in."""
_MEASURE = TextToPath.get_text_width_height_descent


@contextmanager
def measured_once() -> Iterator[None]:
    """Have Matplotlib measure each text once for all figures; for what is drawn in our style alone.

    It keeps what it measured for one drawing, and figures of a review repeat most of their texts.
    """

    def kept(
        renderer: TextToPath, text: str, font: FontProperties, is_math: IsMath
    ) -> tuple[float, float, float]:
        del renderer
        return _measured(text, font, is_math)

    measuring: Any = TextToPath
    measuring.get_text_width_height_descent = kept
    try:
        yield
    finally:
        measuring.get_text_width_height_descent = _MEASURE


@cache
def _measured(text: str, font: FontProperties, is_math: IsMath) -> tuple[float, float, float]:
    """Return width, height and descent of one line of text."""
    bold = _IS_BOLD.get(font.get_weight())
    is_ours = tuple(font.get_family()) == FAMILIES and font.get_style() == "normal"
    if is_ours and bold is not None and not is_math:
        size = line_size(text, bold=bold, size=font.get_size_in_points())
        if size is not None:
            return size
    width, height, descent = _MEASURE(text_to_path, text, font, is_math)
    return float(width), float(height), float(descent)


def width(text: str, *, bold: bool = False, size: float = FONT_SIZE) -> float:
    """Return the width of one line of text."""
    return _width(text, bold, size, current().families)


@cache
def _width(text: str, bold: bool, size: float, families: tuple[str, ...]) -> float:
    font = FontProperties(family=list(families), weight="bold" if bold else "normal", size=size)
    return _measured(text, font, False)[0]


def wrap(text: str, limit: float, *, bold: bool = False, size: float = FONT_SIZE) -> list[str]:
    """Return the lines of ``text``, none wider than ``limit``; a longer word is cut."""
    measured = partial(width, bold=bold, size=size)
    lines: list[str] = [""]
    words = 0.0
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        # Kerning beside a space only narrows: where the words fit one by one, so does the line.
        words += measured(" ") + measured(word)
        if words <= limit or measured(longer) <= limit:
            lines[-1] = longer
        else:
            lines += _pieces(word, limit, bold=bold, size=size)
            words = measured(lines[-1])
    return [line for line in lines if line]


def _pieces(word: str, limit: float, *, bold: bool, size: float) -> list[str]:
    """Return a word cut so that each piece fits; at least one character goes into each."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, bold=bold, size=size) > limit:
            pieces.append("")
        pieces[-1] += character
    return pieces
