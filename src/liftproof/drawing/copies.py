"""PDF and PNG of a drawing, made from its SVG: it is laid out once, and each shows the same.

Typst's compiler makes them, in about a third of the time of drawing both anew.
"""

import json
import re
import struct
from collections.abc import Callable, Mapping
from functools import cache
from math import sqrt
from zlib import crc32

import typst

from liftproof.drawing.letters import HELPING_FONTS, OWN_FONTS, drawable
from liftproof.drawing.save import PRINT_DPI
from liftproof.drawing.typeface import FAMILIES
from liftproof.errors import UsageError

SVG_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'<svg\b[^>]*? width="(?P<width>[\d.]+)pt" height="(?P<height>[\d.]+)pt"')
_compile: Callable[..., bytes] = typst.compile
"""Its types leave out what it takes as well: a mapping of names to the files' bytes."""
_FAMILIES = re.compile(r"font-family: [^;\"]*")
_METRES_PER_INCH, _POINTS_PER_INCH = 0.0254, 72
_ON_NOTHING = 4
"""Compilations. The compiler keeps what it drew for ten more: some 20 MB for each PNG."""
MOST_DOTS = 16_000_000
"""Dots of a picture, as a forest plot of a hundred trials has; the compiler takes 13 bytes each."""
_AFTER_HEADER = 33
"""Bytes of a PNG's signature and of its first chunk, after which others may stand."""
_TEMPLATE = b"""
#let said = json("said.json")
#set document(title: said.title, description: said.description, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#set text(lang: "en")
#image("drawing.svg", alt: said.description)
"""


def pdf_copy(svg: str, *, title: str, description: str) -> bytes:
    """Return a drawing as a PDF with TrueType fonts embedded, tagged, without a date."""
    return compiled(_sources(svg, title, description), format="pdf")


def png_copy(svg: str, *, title: str, description: str) -> bytes:
    """Return a drawing as a PNG of 300 dpi, a very large one of fewer; the file says how many."""
    dpi = dpi_of(svg)
    png = compiled(_sources(svg, title, description), format="png", ppi=dpi)
    for _ in range(_ON_NOTHING):
        compiled({"main.typ": b""}, format="pdf")
    dots = round(dpi / _METRES_PER_INCH)
    chunks = [
        _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        *(_text_chunk(*text) for text in (("Title", title), ("Description", description))),
    ]
    return b"".join([png[:_AFTER_HEADER], *chunks, png[_AFTER_HEADER:]])


def dpi_of(svg: str) -> int:
    """Return the dots per inch of a drawing's PNG: 300, or as many as MOST_DOTS leave.

    >>> dpi_of('<svg width="518pt" height="1600pt">'), dpi_of('<svg width="518pt" height="4526pt">')
    (300, 188)
    """
    size = _SIZE.search(svg)
    if size is None:
        raise UsageError("the drawing does not say its width and height in points")
    square_inches = float(size["width"]) * float(size["height"]) / _POINTS_PER_INCH**2
    return min(PRINT_DPI, int(sqrt(MOST_DOTS / square_inches)))


def in_own_fonts(svg: str) -> str:
    """Return a drawing with the fonts that are here, and no sign that they lack."""
    families = ", ".join(f"'{family}'" for family in FAMILIES)
    return SVG_ROOT.sub(
        lambda root: _FAMILIES.sub(f"font-family: {families}", root[0]), drawable(svg), count=1
    )


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


def _sources(svg: str, title: str, description: str) -> dict[str, bytes]:
    said = {"title": title, "description": description}
    return {
        "main.typ": _TEMPLATE,
        "said.json": json.dumps(said).encode(),
        "drawing.svg": in_own_fonts(svg).encode(),
    }


def _text_chunk(keyword: str, text: str) -> bytes:
    """Return international text of a PNG (iTXt), not compressed and of no language."""
    return _chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode())


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))
