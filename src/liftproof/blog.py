"""The files of figures for a blog: image, alternative text, caption, and a figure to paste.

``figure.html`` holds the SVG itself and not a link to it: one paste brings everything, there is
nothing to upload, its text can be selected, searched and read aloud, and it is sharp on every
screen. Where a publishing system takes no SVG, ``forest.png`` with ``alt.txt`` and
``caption.txt`` is the same figure.
"""

import re
from html import escape
from pathlib import Path

from liftproof.files import copy, write_text
from liftproof.pages.draw_figures import views_from, write_for_pages
from liftproof.pages.figure_kind import FigureKind, View
from liftproof.pages.figures import PAGE_PIXELS, kinds_for_blogs
from liftproof.reviews.model.review import Review

_ADDRESS = re.compile(r"https://\S+")


def write_blog(folder: Path, review: Review, results: Path) -> None:
    """Write the first figure of each kind that is for blogs; it lies drawn below ``results``."""
    for kind in kinds_for_blogs(review):
        first = views_from(kind, review, results)[0]
        write_for_pages(kind, first, results / "figures")
        write_for_blog(folder, kind, first, results / "figures")


def write_for_blog(folder: Path, kind: FigureKind[View], view: View, figures: Path) -> None:
    """Write SVG, PNG, ``alt.txt``, ``caption.txt`` and ``figure.html`` of a figure.

    It lies drawn below the folder ``figures``, with its PNG for pages.
    """
    text = kind.text(view)
    stem, drawn = text.place.stem, figures / text.place.path
    copy(drawn.with_suffix(".svg"), folder / f"{stem}.svg")
    copy(drawn.with_name(f"{stem}_{PAGE_PIXELS}px.png"), folder / f"{stem}.png")
    svg = drawn.with_suffix(".svg").read_text(encoding="utf-8")
    for name, content in (
        ("alt.txt", f"{text.alt_text}\n"),
        ("caption.txt", f"{text.caption}\n"),
        ("figure.html", figure_html(svg, text.caption)),
    ):
        write_text(folder / f"{kind.blog_prefix}{name}", content)


def figure_html(svg: str, words: str) -> str:
    """Return a ``<figure>`` of the SVG with its caption; addresses in the caption become links."""
    linked = _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(words))
    return f"<figure>\n{svg.strip()}\n<figcaption>{linked}</figcaption>\n</figure>\n"
