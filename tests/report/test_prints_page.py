"""The page of a review that shows the prints of others: no trials, no verdicts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from liftproof.analysis.printed_pools import printed_pools
from liftproof.pages.figure_kind import FigurePlace
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.prints.prints_view import prints_view
from liftproof.report.build import build_review_page
from liftproof.report.pdf.blocks import Contents, Heading, NumberedTable
from liftproof.report.pdf.document import review_document
from liftproof.result_tables import RESULT_TABLES, ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.rows.print_rows import PrintRow
from support.page_inputs import with_rows
from support.prints import PRINT


def page(folder: Path) -> str:
    return build_review_page(inputs_of(folder))


def inputs_of(folder: Path) -> ReviewInputs:
    review = Review(
        name="shown",
        folder=Path("shown"),
        settings=Settings(title="What was printed"),
        studies=(),
        outcomes=(),
        prints=(PRINT,),
    )
    svg = folder / "one.svg"
    svg.write_text("<svg><text>drawn</text></svg>", encoding="utf-8")
    figure = DrawnFigure(
        kind="prints",
        topic="prints",
        label="Printed estimates",
        place=FigurePlace(review="shown", analysis="prints", stem="estimates"),
        heading="Printed estimates",
        alt_text="One printed estimate.",
        caption="As printed.",
        svg=svg,
    )
    rows = dict.fromkeys(RESULT_TABLES, ()) | {PrintRow: printed_pools(review, {})}
    return ReviewInputs(review=review, results=ResultRows(by_class=rows), figures=(figure,))


def test_prints_stand_on_the_page_with_source_and_figure(tmp_path):
    text = page(tmp_path)
    assert "1 printed result of 1 review. As printed by the reviews named; nothing is" in text
    assert "RR 0.50 (0.30\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}0.80)" in text
    assert "One A 2020, abstract; doi 10.1000/1" in text
    assert "<text>drawn</text>" in text


def test_such_a_page_says_nothing_twice_and_of_no_pooling(tmp_path):
    text = page(tmp_path)
    assert "pooled again" not in text
    assert "computed again" not in text
    assert text.count("1 printed result of 1 review.") == 1
    assert "References</h3>" not in text


def test_a_print_that_another_review_holds_leads_to_its_verdicts(tmp_path):
    inputs = inputs_of(tmp_path)
    (row,) = inputs.rows(PrintRow)
    text = build_review_page(with_rows(inputs, PrintRow, (replace(row, see="lauersen2018/main"),)))
    address = "../lauersen2018/report.html#review-lauersen2018-reproduction-title"
    assert f'<a href="{address}">verdict in the report “Lauersen 2018”</a>' in text
    assert "lauersen2018/main" not in text


def test_every_print_that_is_not_drawn_is_named(tmp_path):
    (drawn,) = inputs_of(tmp_path).rows(PrintRow)
    other = replace(drawn, measure="SMD", outcome="stiffness", population="healthy people")
    rows = (drawn, other, replace(other, population="trained people"))
    assert prints_view(Settings(title="T"), rows).notes[-1] == (
        "In the table alone, as no ratio with limits: One 2020, stiffness (healthy people); "
        "One 2020, stiffness (trained people)."
    )


def test_no_question_no_verdict_and_no_section_on_trials_is_there(tmp_path):
    text = page(tmp_path)
    assert "What effect has" not in text
    assert 'id="review-shown-prints"' in text
    for absent in ("reproduction-title", "estimates-title", "plots", "methods", "data"):
        assert f'id="review-shown-{absent}"' not in text
    assert 'class="verdict' not in text[text.index("<main") : text.index('id="about"')]


def test_the_pdf_holds_the_prints_and_claims_to_compute_nothing(tmp_path):
    document = review_document(inputs_of(tmp_path))
    assert document.title == "What was printed"
    assert document.day == date(2020, 1, 1)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert isinstance(document.blocks[0], Contents)
    assert headings[0] == "What other reviews printed"
    assert headings[-2:] == ["How to cite", "Software"]
    tables = [block.table for block in document.blocks if isinstance(block, NumberedTable)]
    assert "RR 0.50 (0.30 to 0.80)" in tables[0].rows[0]
