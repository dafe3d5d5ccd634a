"""Lines of a drawing with a sign that the figures' typeface lacks, as the PDF gets them."""

import re

import pytest

from liftproof.drawing.helping_font import in_two_fonts
from liftproof.drawing.pdf_copies import pdf_copy
from liftproof.drawing.text_widths import width

PLACES = 0.006
"""Points: places are written with two decimals."""


def line(text: str, anchor: str = "start", weight: str = "") -> str:
    style = f"{weight}font-size: 8px; text-anchor: {anchor}; fill: #666666"
    fitted = 'textLength="49.40" lengthAdjust="spacingAndGlyphs"'
    return f'<text style="{style}" x="100" y="9" {fitted}>{text}</text>'


def places(svg: str) -> list[float]:
    return [float(place) for place in re.findall(r'<tspan x="([-\d.]+)"', svg)]


def test_a_line_in_the_typeface_stays_as_it_is():
    assert in_two_fonts(line("same conclusion †‡ τ² ≈ &lt; −0.5 →")) == line(
        "same conclusion †‡ τ² ≈ &lt; −0.5 →"
    )


def test_only_the_sign_is_in_the_helping_font():
    cut = in_two_fonts(line("✓ A &amp; B ○"))
    assert re.findall(r">([^<]+)</tspan>", cut) == ["✓", " A &amp; B ", "○"]
    assert re.findall(r"DejaVu Sans'\">(.)", cut) == ["✓", "○"]
    assert "textLength" not in cut


@pytest.mark.parametrize(("anchor", "share"), [("start", 0), ("middle", 0.5), ("end", 1)])
def test_the_pieces_stand_where_the_line_was_measured(anchor, share):
    cut = in_two_fonts(line("✓ reproduced", anchor, "font-weight: 700; "))
    start = 100 - share * width("✓ reproduced", bold=True, size=8)
    expected = [start, start + width("✓", bold=True, size=8)]
    assert places(cut) == pytest.approx(expected, abs=PLACES)
    assert "text-anchor: start" in cut


def test_a_pdf_has_no_third_font():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="20pt" '
        f'style="font-family: Arial">{line("✓ reproduced")}{line("⊕⊕○○ at most low")}</svg>'
    )
    pdf = pdf_copy(svg, title="", description="")
    fonts = set(re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", pdf))
    assert fonts == {b"LiftproofSans", b"DejaVuSans"}
