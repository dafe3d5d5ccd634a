"""What is pasted into a page: the figure inline, or as pictures for editors that strip drawings.

Both show the narrow form where there is little room, without a style sheet or a script: of the two
drawings inline, one is as wide as the room and the other has no width, by their own styles.
"""

import re
from html import escape

from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_words import (
    DATA,
    attribution,
    caption,
    file_address,
    licence,
    licence_address,
    sources,
)
from liftproof.drawing.figure_form import NARROW, PHONE, WIDE
from liftproof.pages.figure_kind import FigureText
from liftproof.pages.figures import PAGE_PIXELS

BREAKPOINT = 600
"""CSS pixels of room: below them, texts of a drawing of the usual width would have 9 pixels and
less; of one with further columns more, in the ratio of their widths."""
_WIDTH = re.compile(r'<svg\b[^>]*\bwidth="([\d.]+)pt"')
NARROW_PIXELS = 2 * PHONE
"""Width of the pictures of the narrow form, for screens of two pixels a CSS pixel."""
_FIGURE = '<figure style="margin: 0">'
"""Without the margins of browsers, which take a quarter of a phone."""
_PERCENT = re.compile(r"(?<=\d) %")
"""No line of a caption ends between a number and its sign."""
_SVG_STYLE = "max-width: 100%; height: auto;"


def figure_html(facts: KitFacts, wide: str, narrow: str) -> str:
    """Return one element with both drawings, caption and attribution.

    Screen readers are told of the wide drawing alone: both say the same.
    """
    room = breakpoint_of(wide)
    hidden = f"({room}px - 100%) * 999"
    shown = f"(100% - {room}px) * 999"
    drawings = (
        _shown(wide, f"width: clamp(0px, {shown}, 100%);"),
        _shown(_unspoken(narrow), f"width: clamp(0px, {hidden}, 100%);"),
    )
    return "\n".join((_FIGURE, *drawings, _figcaption(facts), "</figure>", ""))


def breakpoint_of(wide: str) -> int:
    """Return below which room, in CSS pixels, the narrow form of a drawing is shown.

    >>> breakpoint_of('<svg width="518pt" height="9pt">'), breakpoint_of('<svg width="648pt">')
    (600, 751)
    """
    found = _WIDTH.search(wide)
    return round(BREAKPOINT * max(1.0, float(found[1]) / WIDE.width)) if found else BREAKPOINT


def image_html(facts: KitFacts, text: FigureText, room_needed: int = BREAKPOINT) -> str:
    """Return one element with pictures instead of drawings; their files have to be uploaded.

    ``room_needed``: below it, in CSS pixels, the narrow form is shown.
    """
    stem = text.place.stem
    narrow, wide, double, webp = (
        escape(file_address(facts, name))
        for name in (
            f"{stem}{NARROW.suffix}.webp",
            f"{stem}.png",
            f"{stem}_2x.png",
            f"{stem}.webp",
        )
    )
    room = f"(max-width: {room_needed}px)"
    fallback = escape(file_address(facts, f"{stem}{NARROW.suffix}.png"))
    return "\n".join(
        (
            _FIGURE,
            "<picture>",
            f'<source media="{room}" type="image/webp" srcset="{narrow}">',
            f'<source media="{room}" srcset="{fallback}">',
            f'<source type="image/webp" srcset="{webp} {2 * PAGE_PIXELS}w" sizes="100vw">',
            f'<img src="{wide}" srcset="{wide} {PAGE_PIXELS}w, {double} {2 * PAGE_PIXELS}w" '
            f'sizes="100vw" alt="{escape(text.alt_text)}" style="{_SVG_STYLE}">',
            "</picture>",
            _figcaption(facts),
            "</figure>",
            "",
        )
    )


def _shown(svg: str, rule: str) -> str:
    """Return a drawing whose width follows from the room that it has."""
    return svg.strip().replace(_SVG_STYLE, f"display: block; {rule} {_SVG_STYLE}", 1)


def _unspoken(svg: str) -> str:
    """Return a drawing that screen readers pass over."""
    return svg.replace(' role="img"', ' aria-hidden="true"', 1)


def _figcaption(facts: KitFacts) -> str:
    data = f'<a href="{escape(file_address(facts, DATA))}">Data</a>'
    terms = licence(facts)
    address = licence_address(facts)
    named = f'<a href="{escape(address)}">{escape(terms)}</a>' if address else escape(terms)
    review = [f'<a href="{escape(one)}">{escape(one)}</a>' for one in sources(facts)]
    small = " ".join((escape(attribution(facts)), *review, named, data))
    said = _PERCENT.sub("&nbsp;%", escape(caption(facts)))
    return f"<figcaption>{said}<br>\n<small>{small}</small></figcaption>"
