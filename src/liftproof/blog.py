"""The files of one figure for a blog: image, alternative text, caption, and a figure to paste.

``figure.html`` holds the SVG itself and not a link to it: one paste brings everything, there is
nothing to upload, its text can be selected, searched and read aloud, and it is sharp on every
screen. Where a publishing system takes no SVG, ``forest.png`` with ``alt.txt`` and
``caption.txt`` is the same figure.
"""

import re
from html import escape
from pathlib import Path

from liftproof.files import copy, write_text
from liftproof.pages.forest.forest_captions import alt_text, caption
from liftproof.pages.forest.forest_view import Forest

_ADDRESS = re.compile(r"https://\S+")


def write_blog(folder: Path, forest: Forest, drawn: Path) -> None:
    """Write ``forest.svg``, ``forest.png``, ``alt.txt``, ``caption.txt`` and ``figure.html``.

    ``drawn`` is the folder in which the figure was drawn, with its PNG for pages.
    """
    copy(drawn / "forest.svg", folder / "forest.svg")
    copy(drawn / "forest_1200px.png", folder / "forest.png")
    svg = (drawn / "forest.svg").read_text(encoding="utf-8")
    write_text(folder / "alt.txt", f"{alt_text(forest)}\n")
    write_text(folder / "caption.txt", f"{caption(forest)}\n")
    write_text(folder / "figure.html", figure_html(svg, caption(forest)))


def figure_html(svg: str, words: str) -> str:
    """Return a ``<figure>`` of the SVG with its caption; addresses in the caption become links."""
    linked = _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(words))
    return f"<figure>\n{svg.strip()}\n<figcaption>{linked}</figcaption>\n</figure>\n"
