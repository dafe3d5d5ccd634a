"""How a drawing is set on paper: letters that can be read, pages enough."""

import re
from itertools import pairwise

import pytest

from liftproof.report.pdf.figure_pages import (
    BROADEST,
    PAGE_HEIGHT,
    SMALLEST,
    drawing_of,
    figure_width,
    on_paper,
)
from liftproof.report.pdf.table_columns import PAGE_WIDTH

LETTERS = 8.0
LONG = "First sentence. " + 200 * "Another one. "


def svg_of(broad, high, ys=(), *, enlarged=1.0):
    texts = "".join(f'<text style="font-size: 8px" x="1" y="{y}">T</text>' for y in ys)
    size = f'width="{broad * enlarged:g}pt" height="{high * enlarged:g}pt"'
    return f'<svg {size} viewBox="0 0 {broad:g} {high:g}"><g>{texts}</g></svg>'


def rows_of(count, pitch=20.0):
    return [pitch * number + 10 for number in range(count)]


def letters_on_paper(svg, placed):
    drawing = drawing_of(svg)
    return drawing.letters * placed.width / drawing.broad


def test_a_drawing_whose_letters_can_be_read_is_set_as_ever():
    svg = svg_of(518, 300, [10.0])
    placed = on_paper(svg, LONG[:200])
    assert (placed.parts, placed.caption, placed.more) == ((svg,), LONG[:200], "")
    assert placed.width == figure_width(svg, LONG[:200])
    assert not placed.is_alone


def test_a_tall_drawing_gets_a_page_and_leaves_the_end_of_its_caption_to_the_text():
    svg = svg_of(518, 750, rows_of(30))
    assert figure_width(svg, LONG) / 518 * LETTERS < SMALLEST
    placed = on_paper(svg, LONG)
    assert placed.is_alone
    assert len(placed.parts) == 1
    assert letters_on_paper(svg, placed) >= SMALLEST
    assert placed.caption.startswith("First sentence.")
    assert f"{placed.caption} {placed.more}" == LONG.strip() + " "
    assert placed.width / 518 * 750 < PAGE_HEIGHT


@pytest.mark.parametrize("enlarged", [1.0, 1.25])
def test_what_no_page_has_room_for_is_cut_between_its_rows(enlarged):
    rows = rows_of(100)
    svg = svg_of(518, 2010, rows, enlarged=enlarged)
    placed = on_paper(svg, LONG)
    assert letters_on_paper(svg, placed) >= SMALLEST
    assert len(placed.parts) > 1
    scale = placed.width / (518 * enlarged)
    tops = []
    for part in placed.parts:
        top, high = re.search(r'viewBox="0 ([\d.]+) 518 ([\d.]+)"', part).groups()
        assert drawing_of(part).high == pytest.approx(float(high) * enlarged)
        assert drawing_of(part).enlarged == pytest.approx(enlarged)
        assert float(high) * scale * enlarged < PAGE_HEIGHT
        tops.append((float(top), float(high)))
    for (top, high), (after, _) in pairwise(tops):
        assert top + high == pytest.approx(after)
        assert min(abs(after - row) for row in rows) == pytest.approx(10.0)
    assert sum(tops[-1]) == pytest.approx(2010)


def test_a_broad_drawing_reaches_into_the_margins_as_far_as_its_letters_need():
    svg = svg_of(700, 300, [10.0])
    placed = on_paper(svg, "Short.")
    assert PAGE_WIDTH < placed.width < BROADEST
    assert letters_on_paper(svg, placed) == pytest.approx(SMALLEST)
    assert not placed.is_alone


def test_of_one_broader_than_that_the_form_for_phones_is_set():
    narrow = svg_of(234, 300, [10.0], enlarged=1.25)
    placed = on_paper(svg_of(900, 300, [10.0]), "Short.", narrow)
    assert placed.parts == (narrow,)
    assert placed.width == pytest.approx(234 * 1.25)
