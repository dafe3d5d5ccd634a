"""From blocks to a PDF: one template, and the compiler's call.

No text of a review is ever markup: the template gets every one as a value.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from liftproof.drawing.typeface import FAMILIES
from liftproof.files import write_bytes
from liftproof.report.pdf.blocks import NumberedFigure
from liftproof.report.pdf.document import PdfDocument
from liftproof.report.pdf.letters import HELPING_FONTS, OWN_FONTS, drawable
from liftproof.report.pdf.template_data import SVG_ROOT, figure_name, template_data

UNDATED = ("ua-1",)
STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 and PDF/A-2a, which the compiler takes together; PDF/A asks for a date."""
_FONTS = re.compile(r"font-family: [^;\"]*")
_TEMPLATE = "report.typ"
_compile: Callable[..., bytes] = typst.compile
"""Its types leave out what it takes as well: a mapping of names to the files' bytes."""


def pdf_of(document: PdfDocument) -> bytes:
    """Return a document as a tagged PDF: the same bytes from the same document."""
    figures = [block for block in document.blocks if isinstance(block, NumberedFigure)]
    svgs = {figure_name(one): _svg(one) for one in figures}
    data = {"fonts": FAMILIES, **template_data(document, svgs)}
    sources = {
        "main.typ": files("liftproof.report.pdf").joinpath(_TEMPLATE).read_bytes(),
        "document.json": json.dumps(data, ensure_ascii=False).encode(),
        **{name: svg.encode() for name, svg in svgs.items()},
    }
    return _compile(
        sources,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS if document.day else UNDATED),
        timestamp=datetime.combine(document.day, time(), UTC) if document.day else None,
    )


def write_pdf(document: PdfDocument, path: Path) -> None:
    """Write the PDF of a review, whole or not at all."""
    write_bytes(path, pdf_of(document))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(OWN_FONTS), str(HELPING_FONTS)],
    )


def _svg(block: NumberedFigure) -> str:
    """Return a drawing with the fonts that are here, and no sign that they lack."""
    svg = drawable(block.drawn.svg.read_text(encoding="utf-8"))
    families = ", ".join(f"'{family}'" for family in FAMILIES)
    return SVG_ROOT.sub(lambda root: _FONTS.sub(f"font-family: {families}", root[0]), svg, count=1)
