"""PDF and PNG of a figure: what its SVG shows, the same bytes twice, no date, accessible."""

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageColor

from liftproof.blog.pictures import rasterised
from liftproof.drawing.pdf_copies import pdf_copy
from liftproof.drawing.png_copies import MOST_DOTS, dpi_of, png_copy
from liftproof.drawing.save import svg_text
from liftproof.drawing.theme import INK
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.report.gate.shown_pools import bare
from liftproof.report.pdf.reading import PdfReading
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR
from support.forests import LAUERSEN, lauersen

pytestmark = pytest.mark.slow

TEXTS = {"title": "A title & #more", "description": 'First.\nSecond: "a" < τ².'}
CELL = 24
"""Pixels: the side of squares whose greys are compared, as edges are smoothed otherwise."""
ALIKE = 0.1
"""Of 1: such squares differ by 0.05 at most, and by 0.31 where a line of text is left out."""


@pytest.fixture(scope="module")
def figure():
    return draw_forest(lauersen())


@pytest.fixture(scope="module")
def svg(figure):
    return svg_text(figure, key="one", **TEXTS)


@pytest.fixture(scope="module")
def pdf(svg):
    return pdf_copy(svg, **TEXTS)


@pytest.fixture(scope="module")
def png(pdf):
    return png_copy(pdf, **TEXTS)


def test_a_pdf_has_its_fonts_and_texts_and_no_date(pdf):
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"LiftproofSans-Bold" in pdf
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf
    assert b"/StructTreeRoot" in pdf
    text = bare(PdfReading(pdf).text)
    for row in LAUERSEN:
        assert bare(row[0]) in text


def test_a_png_has_300_dots_an_inch_and_its_texts(figure, png):
    with Image.open(BytesIO(png)) as image:
        assert image.size[0] == int(figure.get_figwidth() * 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert image.info["Title"] == TEXTS["title"]
        assert image.info["Description"] == TEXTS["description"]


def test_a_png_of_very_many_dots_has_fewer_an_inch_and_says_how_many(svg):
    tall = re.sub(r'height="[0-9.]+pt"', 'height="6000pt"', svg, count=1)
    width = float(re.search(r'width="([0-9.]+)pt"', svg)[1])
    pdf = pdf_copy(tall, **TEXTS)
    png = png_copy(pdf, **TEXTS)
    assert png == png_copy(pdf, **TEXTS)
    with Image.open(BytesIO(png)) as image:
        dpi = dpi_of(width, 6000)
        assert 100 < dpi < 300
        assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)
        assert image.size == pytest.approx((width * dpi / 72, 6000 * dpi / 72), abs=1)
        assert 0.98 * MOST_DOTS < image.width * image.height < 1.001 * MOST_DOTS


def test_a_png_shows_what_matplotlib_draws(figure, png):
    with Image.open(BytesIO(png)) as image:
        copied, drawn = greys(image), greys(rasterised(figure, image.width))
    assert copied.shape == drawn.shape
    assert np.abs(copied - drawn).max() < ALIKE


def test_what_is_drawn_in_one_colour_has_that_colour_in_the_png(png):
    with Image.open(BytesIO(png)) as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors()}
    assert {(255, 255, 255), *map(ImageColor.getrgb, (INK, TRIAL_COLOUR, POOLED_COLOUR))} <= colours


def greys(image):
    """Return the mean grey of each whole square of a picture."""
    values = np.asarray(image.convert("L"), dtype=float) / 255
    high, wide = (side // CELL for side in values.shape)
    squares = values[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL)
    return squares.mean((1, 3))


def test_the_same_drawing_gives_the_same_bytes(svg, pdf, png):
    assert png_copy(pdf, **TEXTS) == png
    assert pdf_copy(svg, **TEXTS) == pdf


def test_a_picture_after_a_larger_one_shows_nothing_of_it(pdf, png, svg):
    taller = re.sub(r'height="[0-9.]+pt"', 'height="2000pt"', svg, count=1)
    png_copy(pdf_copy(taller, **TEXTS), **TEXTS)
    assert png_copy(pdf, **TEXTS) == png


def test_a_sign_that_no_font_has_is_shown_by_its_number(svg):
    copied = PdfReading(pdf_copy(svg.replace("van der Horst 2015", "漢"), **TEXTS))
    assert "[U+6F22]" in bare(copied.text)
