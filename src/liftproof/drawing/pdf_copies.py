"""PDF of a drawing, made from its SVG by Typst's compiler: it is laid out once."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache

import typst

from liftproof.drawing.helping_font import in_two_fonts
from liftproof.drawing.letters import HELPING_FONTS, OWN_FONTS, drawable
from liftproof.drawing.typeface import FAMILIES

SVG_ROOT = re.compile(r"<svg\b[^>]*>")
_compile: Callable[..., bytes] = typst.compile
"""Its types leave out what it takes as well: a mapping of names to the files' bytes."""
_FAMILIES = re.compile(r"font-family: [^;\"]*")
_TEMPLATE = b"""
#let said = json("said.json")
#set document(title: said.title, description: said.description, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#set text(lang: "en")
#image("drawing.svg", alt: said.description)
"""


def pdf_copy(svg: str, *, title: str, description: str) -> bytes:
    """Return a drawing as a PDF with TrueType fonts embedded, tagged, without a date."""
    sources = {
        "main.typ": _TEMPLATE,
        "said.json": json.dumps({"title": title, "description": description}).encode(),
        "drawing.svg": in_own_fonts(svg).encode(),
    }
    return compiled(sources, format="pdf")


def in_own_fonts(svg: str) -> str:
    """Return a drawing with the fonts that are here, and no sign that they lack."""
    families = ", ".join(f"'{family}'" for family in FAMILIES)
    named = SVG_ROOT.sub(
        lambda root: _FAMILIES.sub(f"font-family: {families}", root[0]), drawable(svg), count=1
    )
    return in_two_fonts(named)


def compiled(sources: Mapping[str, bytes], **options: object) -> bytes:
    """Return what Typst makes of ``main.typ`` with the other files, in the fonts of figures."""
    return _compile(sources, font_paths=_fonts(), ignore_system_fonts=True, **options)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(OWN_FONTS), str(HELPING_FONTS)],
    )
