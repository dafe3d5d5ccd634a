"""Saving figures: SVG with selectable text, PNG, PDF; the same bytes from the same figure."""

import re
from html import escape, unescape
from io import StringIO
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from liftproof.drawing.text_widths import measured_once, width
from liftproof.drawing.theme import applied
from liftproof.drawing.typeface import current
from liftproof.errors import UsageError
from liftproof.files import aside, write_text

PRINT_DPI = 300
_FAST = {"compress_level": 2}
"""A PNG a tenth larger in two thirds of the time."""
_TEXT = re.compile(
    r'<text style="((?:font-weight: (?P<weight>\d+); )?font-size: (?P<size>[\d.]+)px;[^"]*)"'
    r'(?P<place> x="[^"]*" y="[^"]*")[^>]*>(?P<text>[^<]*)</text>'
)
_TAG = re.compile(r"<[^<>]+>")
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r'(href="#|url\(#)([^")]+)')
_LONE = re.compile(r"<g>\s*(<(?:path|use)\b[^<>]*/>|<text\b[^<>]*>[^<>]*</text>)\s*</g>")
_BETWEEN = re.compile(r">\s+<")
_OPENING = re.compile(r".*?<svg\b([^>]*)>\s*(<defs>\s*<style[^<]*</style>\s*</defs>)?", re.DOTALL)
_SIZE = re.compile(r'\b(viewBox|width|height)="([^"]*)"')


def save(
    figure: Figure, path: Path, *, key: str, title: str, description: str, enlarged: float = 1.0
) -> None:
    """Save as the suffix of ``path`` says: .svg, .pdf (TrueType embedded) or .png (300 dpi).

    ``key`` makes the ids of an SVG unique, so that several can stand in one page; ``title`` and
    ``description`` go where the format keeps them. ``enlarged``: see
    :func:`svg_text`. The file is written whole or not at all.

    Raises
    ------
    UsageError
        for another suffix.
    """
    if path.suffix == ".svg":
        text = svg_text(figure, key=key, title=title, description=description, enlarged=enlarged)
        write_text(path, text)
    elif path.suffix == ".pdf":
        metadata = {"Title": title, "Subject": description, "CreationDate": None}
        with applied(), aside(path) as partial:
            figure.savefig(partial, format="pdf", metadata=metadata)
    elif path.suffix == ".png":
        texts = {"Title": title, "Description": description}
        _save_png(figure, path, PRINT_DPI, texts)
    else:
        raise UsageError(f"{path}: a figure is saved as .svg, .pdf or .png")


def svg_text(
    figure: Figure, *, key: str, title: str, description: str, enlarged: float = 1.0
) -> str:
    """Return the figure as an SVG element that can stand in a file or inside a page.

    ``enlarged``: how much larger it is shown than it is drawn.
    """
    buffer = StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with applied(), mpl.rc_context({"svg.hashsalt": key}), measured_once():
        figure.savefig(buffer, format="svg", metadata=metadata)
    return _accessible(buffer.getvalue(), key, title, description, enlarged)


def _accessible(svg: str, key: str, title: str, description: str, enlarged: float) -> str:
    """Give the root its title, description, role and fonts, and leave out what nothing needs.

    Matplotlib's own style rule goes: inside a page it would reach every other element. So do ids
    that nothing refers to, and groups around one thing. Each text keeps its measured width, so that
    columns stay apart in a font that is wider.
    """
    opening = _OPENING.match(svg)
    if opening is None:
        raise UsageError("matplotlib wrote no <svg> element")
    body = _identified(svg[opening.end() :], key)
    body = _BETWEEN.sub(">\n<", _LONE.sub(r"\1", body))
    body = body.replace(f"; font-family: {', '.join(map(repr, current().families))}", "")
    body = _TEXT.sub(_in_place, body)
    sizes = {name: _enlarged(value, enlarged) for name, value in _SIZE.findall(opening[1])}
    size = " ".join(f'{name}="{value}"' for name, value in sizes.items())
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{size} version="1.1" lang="en" role="img" '
        f'aria-labelledby="{key}-title {key}-desc" style="max-width: 100%; height: auto; '
        f'font-family: {current().css}; stroke-linejoin: round; stroke-linecap: butt">'
    )
    heading = f'<title id="{key}-title">{escape(title)}</title>'
    text = f'<desc id="{key}-desc">{escape(description)}</desc>'
    return f"{root}\n {heading}\n {text}\n {body.lstrip()}"


def _enlarged(value: str, factor: float) -> str:
    """Return a length in points, "518pt", made larger; a view box, which has no unit, as it is."""
    points = value.removesuffix("pt")
    return value if points == value else f"{factor * float(points):.10g}pt"


def _identified(body: str, key: str) -> str:
    """Put the key in front of every id that something refers to, and leave the others out."""
    needed = {reference for _, reference in _REFERENCE.findall(body)}

    def kept(found: re.Match[str]) -> str:
        return f' id="{key}-{found[1]}"' if found[1] in needed else ""

    def renamed(tag: re.Match[str]) -> str:
        return _ID.sub(kept, _REFERENCE.sub(rf"\g<1>{key}-\g<2>", tag[0]))

    return _TAG.sub(renamed, body)


def _in_place(text: re.Match[str]) -> str:
    """Tie a text to the width it was measured to have, whichever font the reader's machine has."""
    bold = text["weight"] is not None
    points = width(unescape(text["text"]), bold=bold, size=float(text["size"]))
    fitted = f'textLength="{points:.2f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text style="{text[1]}"{text["place"]} {fitted}>{text["text"]}</text>'


def _save_png(figure: Figure, path: Path, dpi: float, texts: dict[str, str]) -> None:
    metadata = {"Software": None, **texts}
    with applied(), aside(path) as partial:
        figure.savefig(partial, format="png", dpi=dpi, metadata=metadata, pil_kwargs=_FAST)
