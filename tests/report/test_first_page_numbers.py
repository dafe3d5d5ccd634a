"""One object, one number: titles that reviews or analyses share are no differences."""

import pytest

from liftproof import tables
from liftproof.errors import NumbersDifferError
from liftproof.report.gate.finished_page import FinishedPage
from liftproof.report.gate.finished_review import FinishedReview
from liftproof.report.gate.one_number import require_first_page
from liftproof.report.gate.page_numbers import sentence_differences
from liftproof.rows.result_rows import EstimateRow
from support.forests import estimate_row

SECTION = """<h3 id="summary-{name}">A review</h3>
<p><span class="about">{title}:</span> risk ratio {told}</p>
"""
FIRST, SECOND = "0.47 (0.15 to 1.53)", "0.48 (0.23 to 0.98)"


def write_estimates(results, name, *pools):
    rows = [
        estimate_row(4, estimate, measure="RR", ci_low=low, ci_high=high, title=title)
        for title, (estimate, low, high) in pools
    ]
    tables.write(rows, EstimateRow, results / name / "estimates.csv")
    return FinishedReview(results / name)


def told(text):
    return text.replace("(", "(95\u202f% confidence interval ")


@pytest.fixture
def results(tmp_path):
    """Two reviews whose analyses have one title, and other estimates."""
    write_estimates(tmp_path, "one", ("All trials", (0.47, 0.15, 1.53)))
    write_estimates(tmp_path, "two", ("All trials", (0.48, 0.23, 0.98)))
    return tmp_path


def write_page(results, first, second):
    parts = [("one", first), ("two", second)]
    page = "".join(
        SECTION.format(name=name, title="All trials", told=told(text)) for name, text in parts
    )
    (results / "report.html").write_text(f"<section>{page}</section>", encoding="utf-8")


def test_reviews_may_share_the_title_of_an_analysis(results):
    write_page(results, FIRST, SECOND)
    require_first_page(["one", "two"], results)


def test_the_number_of_the_other_review_is_none_of_its_own(results):
    write_page(results, SECOND, SECOND)
    with pytest.raises(NumbersDifferError) as caught:
        require_first_page(["one", "two"], results)
    line, _ = str(caught.value).splitlines()
    assert line == (
        f"{results}/report.html, text: All trials: prints {SECOND}, "
        f"{results}/one/estimates.csv holds {FIRST}"
    )


OTHER = "0.50 (0.30 to 0.90)"


@pytest.mark.parametrize(
    ("title", "shows", "differences"),
    [
        ("adults", FIRST, 0),
        ("adults", SECOND, 1),
        ("Older\u202fadults", FIRST, 0),
        ("Older\u202fadults", SECOND, 0),
        ("Older\u202fadults", OTHER, 2),
    ],
)
def test_a_title_may_end_as_another_does_or_be_the_same(tmp_path, title, shows, differences):
    """Where titles are the same, either number may stand after them."""
    pools = [("Older adults", (0.47, 0.15, 1.53)), (title, (0.48, 0.23, 0.98))]
    review = write_estimates(tmp_path, "one", *pools)
    path = tmp_path / "page.html"
    path.write_text(SECTION.format(name="one", title="Older adults", told=told(shows)))
    assert len(list(sentence_differences(review, FinishedPage(path)))) == differences


def test_rows_with_one_title_are_both_read(tmp_path):
    path = tmp_path / "page.html"
    rows = "".join(f"<tr><th>adults</th><td>{text}</td></tr>" for text in (FIRST, SECOND))
    path.write_text(f'<table id="review-one-estimates">{rows}</table>', encoding="utf-8")
    cells = FinishedPage(path).table_rows("review-one-estimates")
    assert cells == {"adults": "0.47(0.15to1.53)0.48(0.23to0.98)"}
