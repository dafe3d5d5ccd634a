"""The PDF of a review: tagged, complete, the same bytes from the same input, texts as typed."""

import datetime
import re
from dataclasses import replace
from html import unescape

import pytest

from liftproof.drawing.letters import drawable
from liftproof.pages.forest.forest_figure import FOREST, forest_place
from liftproof.pages.outcomes.outcomes_section import analysis_outcomes
from liftproof.pages.table import PageTable, headings
from liftproof.report.build import build_review_page
from liftproof.report.pdf.about_blocks import reading_blocks
from liftproof.report.pdf.blocks import (
    Bullets,
    Heading,
    NumberedFigure,
    NumberedTable,
    Paragraph,
    References,
    parts_of,
)
from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.figure_pages import PAGE_HEIGHT, figure_width
from liftproof.report.pdf.table_columns import GAP, PAGE_WIDTH, width
from liftproof.report.pdf.template_data import template_data
from liftproof.report.pdf.typeset import pdf_of, write_pdf
from liftproof.rows.result_rows import EffectRow, EstimateRow, ReproductionRow
from support.page_inputs import drawn_figure, result_rows, review_inputs, with_rows
from support.pdf_structure import PdfStructure

HOSTILE = (
    "#panic(1) #[a] $x^2$ [b] *c* _d_ @e `f` \\g \\u{41} \"h\" 'i' <j> ~ -- --- ... // k /* l */ "
    "= m + n - o {p} %q &r; </svg> 1. s"
)
"""What is markup in typst, or in the JSON and SVG on the way to it."""
GONE = {"漢": "[U+6F22]", "\ue000": "[U+E000]", "\ufeff": "[U+FEFF]", "\t": "[U+0009]"}
"""Signs that no PDF made with the fonts here may hold, and what stands for them."""
EARLY, LATE = datetime.date(2004, 1, 1), "2024-02-29"


def reading(inputs):
    return PdfStructure(pdf_of(review_document(inputs)))


@pytest.fixture(scope="module")
def document(inputs):
    return review_document(inputs)


@pytest.fixture(scope="module")
def pdf(document):
    return PdfStructure(pdf_of(document))


def of_kind(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


@pytest.mark.slow
def test_it_says_of_itself_that_it_is_accessible_and_made_to_be_kept(pdf):
    assert "/Lang(en)" in pdf.catalog
    assert "/MarkInfo<</Marked true" in pdf.catalog
    assert "/StructTreeRoot" in pdf.catalog
    assert "/DisplayDocTitle true" in pdf.catalog
    assert "<pdfuaid:part>1<" in pdf.metadata
    assert "<pdfaid:part>2<" in pdf.metadata
    assert "<pdfaid:conformance>A<" in pdf.metadata
    assert "Lifting <b>& sprains: computed again" in unescape(pdf.metadata)
    assert "<rdf:li>Liftproof</rdf:li>" in pdf.metadata


@pytest.mark.slow
def test_its_date_is_that_of_the_data(pdf, inputs):
    assert f"<xmp:CreateDate>{EARLY}T00:00:00Z<" in pdf.metadata
    assert "The newest publication in its data is of 2004." in pdf.text
    study = replace(inputs.review.studies[0], added=LATE)
    review = replace(inputs.review, studies=(study, *inputs.review.studies[1:]))
    dated = reading(replace(inputs, review=review))
    assert f"<xmp:CreateDate>{LATE}T00:00:00Z<" in dated.metadata
    assert f"A trial was last added to its data on {LATE}." in dated.text


@pytest.mark.slow
def test_without_a_year_of_the_calendar_it_has_no_date_and_is_accessible_still(inputs):
    studies = tuple(replace(study, year=0) for study in inputs.review.studies)
    undated = reading(replace(inputs, review=replace(inputs.review, studies=studies)))
    assert "CreateDate" not in undated.metadata
    assert "pdfaid" not in undated.metadata
    assert "<pdfuaid:part>1<" in undated.metadata


def test_every_heading_is_a_bookmark_and_every_figure_has_its_alternative_text(document, pdf):
    marked = [block.text for block in of_kind(document, Heading)]
    assert sorted(pdf.bookmarks()) == sorted(marked)
    assert len(pdf.elements("H1")) == 1 + sum(one.level == 1 for one in of_kind(document, Heading))
    figures = of_kind(document, NumberedFigure)
    assert pdf.alternatives() == [figure.drawn.alt_text for figure in figures] == ["Two trials."]


def test_every_table_has_its_number_its_caption_and_headings_that_are_tagged(document, pdf):
    tables = [block.table for block in of_kind(document, NumberedTable)]
    assert len(pdf.elements("Table")) == len(pdf.elements("THead")) == len(tables)
    assert len(pdf.elements("TH")) == sum(len(table.headings) for table in tables)
    for number, table in enumerate(tables, start=1):
        assert f"Table {number}. {table.caption}" in pdf.text


def words(block):
    """Yield the texts of a block, cells of tables included."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Bullets() | References():
            yield from block.items
        case NumberedTable():
            yield from (cell for row in block.table.rows for cell in row)
        case NumberedFigure():
            yield block.drawn.caption


def test_every_word_of_every_block_is_in_its_text(document, pdf):
    shown = [text for block in document.blocks for cell in words(block) for text in parts_of(cell)]
    assert len(shown) > 200
    for part in shown:
        assert all(line in pdf.text for line in drawable(part.text).split("\n")), part


def test_it_tells_what_the_page_tells_in_the_order_of_a_reader(inputs, document, pdf):
    first = analysis_outcomes(inputs)[0]
    assert f"{first.title}: {first.text}" in pdf.text
    assert first.text in build_review_page(inputs)
    sections = [one.text for one in of_kind(document, Heading) if one.level == 1]
    order = ["What came out", "Forest plots", "Printed and computed", "Estimates", "Methods"]
    assert [one for one in sections if one in order] == order
    assert sections[-3:] == ["How to cite", "Software", "References"]


def test_trials_are_cited_by_number(pdf):
    assert "Ant 2001‡ [1]" in pdf.text
    assert "Bee 2002† [2]" in pdf.text
    assert "[2]Bee 2002: No publication is recorded." in pdf.text


@pytest.mark.slow
def test_what_is_left_out_is_said(inputs, pdf):
    assert "1 other forest plot: in the page of this review, report.html." in pdf.text
    printed = inputs.rows(ReproductionRow)[0]
    many = [replace(printed, target=f"print_{number}") for number in range(50)]
    text = reading(with_rows(inputs, ReproductionRow, many)).text
    assert "10 more rows of this table: in the page of this review, report.html." in text


def test_the_same_input_gives_the_same_bytes_in_any_folder(inputs, document, tmp_path, monkeypatch):
    moved = []
    for figure in inputs.figures:
        svg = tmp_path / "elsewhere" / figure.svg.name
        svg.parent.mkdir(exist_ok=True)
        svg.write_bytes(figure.svg.read_bytes())
        moved.append(replace(figure, svg=svg))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    write_pdf(review_document(replace(inputs, figures=tuple(moved))), tmp_path / "moved.pdf")
    assert (tmp_path / "moved.pdf").read_bytes() == pdf_of(document)


def hostile(inputs, sign, folder):
    """Return the inputs with ``sign`` in keys of the settings, labels, citations and cells."""
    review = inputs.review
    titles = (
        replace(review.settings.analyses[0], title=f"All {sign}"),
        review.settings.analyses[1],
    )
    settings = replace(
        review.settings,
        title=f"Lifting {sign}",
        citation=f"Doe {sign}",
        control=f"usual {sign}",
        analyses=titles,
    )
    studies = (replace(review.studies[0], label=f"Ant {sign}", citation=f"Ant A {sign}"),)
    review = replace(review, settings=settings, studies=(*studies, *review.studies[1:]))
    effects = [
        replace(row, label=f"Ant {sign}" if row.study == "ant" else row.label)
        for row in inputs.rows(EffectRow)
    ]
    estimates = [replace(row, title=f"All {sign}") for row in inputs.rows(EstimateRow)]
    prints = [replace(row, explained=f"why {sign}") for row in inputs.rows(ReproductionRow)]
    svg = folder / "hostile.svg"
    escaped = sign.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="900pt" height="50pt" viewBox="0 0 900 50" '
        f'style="font-family: Arial"><text x="1" y="30">{escaped}</text></svg>',
        encoding="utf-8",
    )
    figure = drawn_figure(
        FOREST, forest_place("made_up", "overall"), svg, caption=f"Read {sign}", alt_text=sign
    )
    others = [row for rows in inputs.results.by_class.values() for row in rows]
    changed = (EffectRow, EstimateRow, ReproductionRow)
    kept = [row for row in others if type(row) not in changed]
    return replace(
        review_inputs(review, [*kept, *effects, *estimates, *prints], [figure]),
        results=result_rows([*kept, *effects, *estimates, *prints]),
    )


@pytest.mark.slow
def test_whatever_is_typed_comes_out_as_typed(inputs, tmp_path):
    pdf = reading(hostile(inputs, HOSTILE, tmp_path))
    for begins in ("Lifting", "Doe", "All", "Ant", "Ant A", "why", "Read"):
        assert f"{begins} {HOSTILE}" in pdf.text
    assert f"usual {HOSTILE}, events/n" in pdf.text.replace("Usual", "usual")
    assert pdf.alternatives() == [HOSTILE]


def test_a_word_wider_than_its_column_goes_on_in_the_next_line(document):
    word, cell = 300 * "W", 40 * "8"
    table = PageTable(
        key="k",
        caption="Wide",
        headings=headings("Trial", "# Number", "¶ Remark"),
        rows=((word, cell, word),),
    )
    data = template_data(replace(document, blocks=(NumberedTable(table=table),)), {})
    (block,) = data["blocks"]
    assert sum(block["widths"]) == pytest.approx(PAGE_WIDTH)
    for parts, column, text in zip(block["rows"][0], block["widths"], table.rows[0], strict=True):
        assert "".join(line for part in parts for line in part["lines"]) == text
        widest = max(width(line, size=block["size"]) for part in parts for line in part["lines"])
        assert widest <= column - GAP


def test_a_drawing_fits_the_page_with_its_caption_and_is_never_enlarged():
    svg = '<svg width="{}pt" height="{}pt">'
    assert figure_width(svg.format(300, 200), "Short.") == 300
    assert figure_width(svg.format(2 * PAGE_WIDTH, 100), "Short.") == PAGE_WIDTH
    tall = svg.format(400, 10 * PAGE_HEIGHT)
    short, long = (figure_width(tall, words) for words in ("Short.", 200 * "Long words. "))
    # Of the page a heading with its paragraph takes 100 points, the caption 65.
    assert short == pytest.approx(400 * (PAGE_HEIGHT - 165) / (10 * PAGE_HEIGHT))
    assert 0 < figure_width(tall, 9000 * "Long words. ") < long < short


def starts_of_tables(document, rows, until, since="Begins"):
    """Set a table again and again, ever further down a page; return what comes before a row.

    Of the table, or of its part ``since`` a text, where a page ends within it.
    """
    cells = tuple((f"Row{number}.", "1") for number in range(rows))
    table = PageTable(key="k", caption="Rows", headings=headings("Trial", "# Number"), rows=cells)
    blocks = []
    for lines in range(12):
        blocks += [Paragraph(text="Above")] * lines
        blocks += [Heading(text="Begins"), Paragraph(text="Rows."), NumberedTable(table=table)]
    pdf = PdfStructure(pdf_of(replace(document, blocks=tuple(blocks))))
    starts = re.findall(rf"{since}(.*?)Row{until}\.", pdf.text)
    assert len(starts) == 12
    assert pdf.page_count > 4
    return [start for start in starts if f" / {pdf.page_count}" in start]


def test_a_heading_its_line_and_the_first_rows_of_a_table_stand_on_one_page(document):
    assert not starts_of_tables(document, rows=30, until=2)


def test_a_table_of_at_most_a_third_of_a_page_stays_whole(document):
    assert not starts_of_tables(document, rows=9, until=8)
    assert starts_of_tables(document, rows=30, until=29)


def test_the_last_row_of_a_table_is_never_alone_on_a_page(document):
    assert not starts_of_tables(document, rows=30, until=29, since=r"Row28\.")
    assert starts_of_tables(document, rows=30, until=29, since=r"Row1\.")


@pytest.fixture
def tall_figure(tmp_path):
    svg = tmp_path / "tall.svg"
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400pt" height="500pt"></svg>', "utf-8"
    )
    place = forest_place("lauersen2018", "overall")
    return NumberedFigure(drawn=drawn_figure(FOREST, place, svg, caption="Tall.", alt_text="Tall"))


def two_pages(document, *blocks):
    """Return the texts of the two pages that blocks beneath twenty paragraphs make."""
    every = (*(Paragraph(text="Above"),) * 20, *blocks, *(Paragraph(text="Below"),) * 5)
    first, second = PdfStructure(pdf_of(replace(document, blocks=every))).text.split("1 / 2")
    return first, second


def test_what_follows_a_tall_figure_fills_the_page_that_it_has_no_room_on(document, tall_figure):
    first, second = two_pages(document, tall_figure)
    assert (first.count("Below"), second.count("Below")) == (5, 0)
    assert "Tall." in second


@pytest.mark.parametrize("between", [(), (Paragraph(text="Between"),)])
def test_a_tall_figure_takes_its_heading_along(document, tall_figure, between):
    first, second = two_pages(document, Heading(text="Begins"), *between, tall_figure)
    assert first.count("Above") == 20
    assert "Begins" not in first
    assert re.search(r"Begins.*Tall\..*Below", second, re.DOTALL)


def test_references_that_fit_a_page_stay_together(document):
    items = tuple(f"Source {number}." for number in range(20))
    listed = (
        Heading(text="Begins"),
        References(keys=tuple(f"k{number}" for number in range(20)), items=items),
    )
    every = (*(Paragraph(text="Above"),) * 32, *listed)
    first, second = PdfStructure(pdf_of(replace(document, blocks=every))).text.split("1 / 2")
    assert "Begins" not in first
    assert [item in second for item in items] == [True] * 20


def test_a_figure_higher_than_a_page_goes_on_overleaf_and_its_caption_ends_in_the_text(
    document, tmp_path
):
    rows = "".join(
        f'<text style="font-size: 8px" x="5" y="{20 * row + 10}">R{row}.</text>'
        for row in range(65)
    )
    svg = tmp_path / "high.svg"
    size = 'width="400pt" height="1300pt" viewBox="0 0 400 1300"'
    svg.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{rows}</svg>')
    place = forest_place("lauersen2018", "overall")
    caption = f"High. {300 * 'Its last words. '}".strip()
    drawn = drawn_figure(FOREST, place, svg, caption=caption, alt_text="High")
    pdf = PdfStructure(pdf_of(replace(document, blocks=(NumberedFigure(drawn=drawn),))))
    assert pdf.alternatives() == ["High", "The figure goes on."]
    assert re.search(
        r"Figure 1\. High\. Its last words\..*Figure.1: Its last words\.", pdf.text, re.S
    )
    assert pdf.text.count("words.") == 300


@pytest.mark.slow
def test_signs_that_no_font_has_are_told_by_their_numbers(inputs, tmp_path):
    pdf = reading(hostile(inputs, "".join(GONE), tmp_path))
    assert f"Ant A {''.join(GONE.values())}" in pdf.text
    assert f"Lifting {''.join(GONE.values())}: computed again" in pdf.text


@pytest.mark.slow
def test_every_sign_that_counts_as_drawable_can_be_drawn(document):
    codes = [*range(0x20, 0x2800, 4), *range(0xD800, 0x10000, 8)]
    signs = "".join(sign for sign in map(chr, codes) if drawable(sign) == sign)
    paragraph = Paragraph(text=" ".join(signs))
    assert PdfStructure(pdf_of(replace(document, blocks=(paragraph,)))).page_count == 1
    assert len(signs) > 1000
    assert not re.search(r"[\ue000-\uf8ff\ufeff\ud800-\udfff\0]", signs)


def test_verdicts_are_explained_only_where_there_are_any(inputs):
    def tables(inputs):
        return [block for block in reading_blocks(inputs) if isinstance(block, NumberedTable)]

    assert len(tables(inputs)) == 1
    assert tables(with_rows(inputs, ReproductionRow, [])) == []
