"""The typeface of every figure, shipped in ``fonts/``: the part of Liberation Sans that we need.

That is Latin, Greek and signs, without layout tables and glyph names: each PDF takes the
whole font apart, which took most of its time.

It has the widths of Arial, which most screens have: what was measured here stays in place there.
It comes with the package, so that every machine draws the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib.font_manager import fontManager, ttfFontProperty
from matplotlib.ft2font import FT2Font

FAMILIES = ("Liftproof Sans", "DejaVu Sans")
"""Our own name for the shipped fonts, so that no installed font takes their place, and the font
for letters that they lack (matplotlib brings it)."""
CSS_FAMILIES = "Arial, 'Liberation Sans', Arimo, Helvetica, 'DejaVu Sans', sans-serif"
"""What a browser is told: fonts of the same widths first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """The fonts that texts are drawn in, by the names of matplotlib and of browsers."""

    families: tuple[str, ...] = FAMILIES
    css: str = CSS_FAMILIES


_USUAL = Typeface()
_CURRENT: ContextVar[Typeface] = ContextVar("typeface")


def current() -> Typeface:
    """Return the typeface that figures are drawn in now."""
    return _CURRENT.get(_USUAL)


@contextmanager
def drawn_in(families: tuple[str, ...], css: str) -> Iterator[None]:
    """Draw and measure in another typeface."""
    token = _CURRENT.set(Typeface(families=families, css=css))
    try:
        yield
    finally:
        _CURRENT.reset(token)


for path in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
    fontManager.ttflist.append(replace(ttfFontProperty(FT2Font(path)), name=FAMILIES[0]))
