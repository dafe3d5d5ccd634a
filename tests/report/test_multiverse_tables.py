"""The part of the report on the multiverse: its tables, its figures, its warning."""

from dataclasses import replace

import pytest

from liftproof.pages.multiverse.curve_figure import CURVE, curve_place
from liftproof.pages.multiverse.multiverse_tables import multiverse_section
from liftproof.report.build import build_review_page
from liftproof.rows.multiverse_rows import ChoiceRow, MultiverseRow
from support.multiverse_rows import multiverse_row
from support.page_inputs import drawn_figure, with_rows

ROW = multiverse_row(
    combinations=1000,
    of=4096.0,
    sampled="yes",
    seed=7,
    minimum=0.3,
    maximum=0.4,
    share_estimate=0.25,
    share_all=0.012,
    matches=12,
    matching_inputs=3,
    moves_most="Ant 2001",
    moves_most_share=0.6,
    nearest_estimate=0.338,
)
CHOICES = tuple(
    ChoiceRow(
        review="made_up",
        analysis="overall",
        choice="Ant 2001",
        kind="trial",
        option=option,
        settled=settled,
        combinations=500,
        minimum=0.3,
        mean=0.35,
        maximum=0.4,
        first_order=0.5,
        total=0.6,
        method="Sobol, sample",
    )
    for option, settled in (("primary", "yes"), ("hazard_ratio (HR taken as RR)", "no"))
)


@pytest.fixture
def with_multiverse(inputs, tmp_path):
    svg = tmp_path / "multiverse.svg"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" id="drawn"></svg>', encoding="utf-8")
    place = curve_place("made_up", "overall")
    figure = drawn_figure(CURVE, place, svg, caption="120 of them are drawn.")
    drawn = replace(inputs, figures=(*inputs.figures, figure))
    return with_rows(with_rows(drawn, MultiverseRow, [ROW]), ChoiceRow, CHOICES)


def test_a_row_a_printed_result(with_multiverse):
    assert multiverse_section(with_multiverse).targets.rows == (
        (
            "all trials pooled",
            "0.338",
            "1\u202f000 of 4\u202f096",
            "0.300 to 0.400",
            "25\u202f%",
            "1\u202f% (12 from 3 inputs)",
            "100\u202f%",
            "Ant 2001 (60\u202f%)",
            "The match with the fewest departures is the analysis as settled: 0.338.",
        ),
    )


def test_a_row_without_a_print_compares_nothing(inputs):
    row = replace(ROW, target="", printed="", share_estimate=None, share_all=None, matches=None)
    (cells,) = multiverse_section(with_rows(inputs, MultiverseRow, [row])).targets.rows
    assert (*cells[:2], *cells[4:6], cells[-1]) == ("All trials", *"————")


def test_a_row_an_option(with_multiverse):
    (curve,) = multiverse_section(with_multiverse).curves
    assert curve.choices.rows[1] == (
        *("Ant 2001", "hazard ratio (HR taken as RR)", "no", "500", "0.300 to 0.400", "0.350"),
        *("50\u202f%", "60\u202f%"),
    )
    assert curve.choices.caption == "Every choice and option: All trials. Shares: Sobol, sample."


@pytest.mark.slow
def test_the_page_says_what_a_match_does_not_show(with_multiverse, inputs):
    page = build_review_page(with_multiverse)
    assert "A match does not identify the inputs" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" id="drawn">' in page
    assert "120 of them are drawn." in page
    assert "A match does not identify the inputs" not in build_review_page(inputs)
