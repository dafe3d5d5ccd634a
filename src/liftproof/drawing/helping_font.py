"""Signs that the figures' typeface lacks, each set in the font that has it.

Typst takes a whole line in any font at hand where one sign of it has no shape in the line's own:
such a line is cut into pieces, each at the place that it was measured to have.
"""

import re
from functools import cache
from html import escape, unescape
from itertools import groupby

from matplotlib.ft2font import FT2Font

from liftproof.drawing.letters import OWN_FONTS
from liftproof.drawing.text_widths import width
from liftproof.drawing.typeface import FAMILIES

_LINE = re.compile(
    r'<text style="(?P<style>(?P<bold>font-weight: \d+; )?font-size: (?P<size>[\d.]+)px;[^"]*)" '
    r'x="(?P<x>[-\d.]+)" (?P<rest>[^>]*)>(?P<text>[^<]*)</text>'
)
_FITTED = re.compile(r' ?textLength="[^"]*" lengthAdjust="[^"]*"')
_ANCHOR = re.compile(r"text-anchor: (start|middle|end)")
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""By the anchor of a line: which share of it stands before its place."""


def in_two_fonts(svg: str) -> str:
    """Return a drawing whose lines ask for the helping font where they need it."""
    return _LINE.sub(_cut, svg)


def _cut(line: re.Match[str]) -> str:
    text = unescape(line["text"])
    if all(_is_own(sign) for sign in text):
        return line[0]
    bold, size = line["bold"] is not None, float(line["size"])
    anchor = _ANCHOR.search(line["style"])
    share = _BEFORE[anchor[1]] if anchor else 0.0
    place = float(line["x"]) - share * width(text, bold=bold, size=size)
    pieces = []
    for is_own, signs in groupby(text, key=_is_own):
        piece = "".join(signs)
        family = "" if is_own else f" style=\"font-family: '{FAMILIES[1]}'\""
        pieces.append(f'<tspan x="{place:.2f}"{family}>{escape(piece, quote=False)}</tspan>')
        place += width(piece, bold=bold, size=size)
    style = _ANCHOR.sub("text-anchor: start", line["style"])
    rest = _FITTED.sub("", line["rest"])
    return f'<text style="{style}" x="{line["x"]}" {rest}>{"".join(pieces)}</text>'


@cache
def _is_own(sign: str) -> bool:
    return ord(sign) in _own_signs()


@cache
def _own_signs() -> frozenset[int]:
    """Return the code points that the typeface has in regular and in bold."""
    regular, bold = (
        set(FT2Font(OWN_FONTS / f"LiftproofSans-{weight}.ttf").get_charmap())
        for weight in ("Regular", "Bold")
    )
    return frozenset(regular & bold)
