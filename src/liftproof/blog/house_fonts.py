"""The font of a house style, while the figures of a kit are drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontEntry, fontManager, ttfFontProperty
from matplotlib.ft2font import FT2Font

from liftproof.drawing.typeface import CSS_FAMILIES, FAMILIES, drawn_in
from liftproof.reviews.model.house_style import OTHER_FONT, OWN_FONT, HouseStyle

_OF_HOUSE = "House font"
"""What a named file is called within matplotlib, so that no installed font takes its place."""


@cache
def _font_of(file: Path) -> FontEntry:
    """Return what a file says of its font; the kits of a project share one."""
    return ttfFontProperty(FT2Font(file))


@contextmanager
def house_font(house: HouseStyle, project: Path) -> Iterator[None]:
    """Draw and measure texts in the font of a house; letters that it lacks come from the others."""
    if house.font == OWN_FONT:
        yield
        return
    if house.font == OTHER_FONT:
        first, css = "DejaVu Sans", "DejaVu Sans"
    else:
        found = _font_of((project / house.font).resolve())
        first, css = _OF_HOUSE, found.name
        entry = replace(found, name=_OF_HOUSE)
        if entry not in fontManager.ttflist:
            fontManager.ttflist.append(entry)
    with drawn_in((first, *FAMILIES), f"'{css}', {CSS_FAMILIES}"):
        yield
