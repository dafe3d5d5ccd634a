"""From blocks to a PDF: one template, and the compiler's call.

No text of a review is ever markup: the template gets every one as a value.
"""

import json
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path

from liftproof.drawing.pdf_copies import compiled, in_own_fonts
from liftproof.drawing.typeface import FAMILIES
from liftproof.files import write_bytes
from liftproof.report.pdf.blocks import NumberedFigure
from liftproof.report.pdf.document import PdfDocument
from liftproof.report.pdf.figure_pages import OnPaper, on_paper
from liftproof.report.pdf.template_data import figure_key, part_names, template_data

UNDATED = ("ua-1",)
STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 and PDF/A-2a, which the compiler takes together; PDF/A asks for a date."""
_TEMPLATE = "report.typ"


def pdf_of(document: PdfDocument) -> bytes:
    """Return a document as a tagged PDF: the same bytes from the same document."""
    figures = [block for block in document.blocks if isinstance(block, NumberedFigure)]
    placed = {figure_key(one): _placed(one) for one in figures}
    data = {"fonts": FAMILIES, **template_data(document, placed)}
    sources = {
        "main.typ": files("liftproof.report.pdf").joinpath(_TEMPLATE).read_bytes(),
        "document.json": json.dumps(data, ensure_ascii=False).encode(),
        **{
            name: part.encode()
            for key, one in placed.items()
            for name, part in zip(part_names(key, one), one.parts, strict=True)
        },
    }
    return compiled(
        sources,
        format="pdf",
        pdf_standards=list(STANDARDS if document.day else UNDATED),
        timestamp=datetime.combine(document.day, time(), UTC) if document.day else None,
    )


def _placed(figure: NumberedFigure) -> OnPaper:
    drawn = figure.drawn
    svg, narrow = (
        in_own_fonts(file.read_text(encoding="utf-8")) if file else ""
        for file in (drawn.svg, drawn.narrow)
    )
    return on_paper(svg, drawn.caption, narrow)


def write_pdf(document: PdfDocument, path: Path) -> None:
    """Write the PDF of a review, whole or not at all."""
    write_bytes(path, pdf_of(document))
