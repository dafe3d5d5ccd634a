"""The report's tables of dose questions, from the rows of a real review."""

from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.estimates import pool_review
from liftproof.pages.dose.dose_figure import DOSE, dose_place
from liftproof.pages.dose.dose_tables import dose_section
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.inputs import ReviewInputs
from liftproof.report.build import build_review_page
from liftproof.reviews import read
from liftproof.rows.dose_rows import DoseRow
from support.page_inputs import drawn_figure, review_inputs, with_rows
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> ReviewInputs:
    review = read(REVIEWS / "lauersen2018")
    pooled = pool_review(review)
    answers = answer_doses(review)
    svg: Path = tmp_path_factory.mktemp("figures") / "dose_sessions.svg"
    svg.write_text("<svg><title>drawn</title></svg>", encoding="utf-8")
    rows = [
        *(one.estimate for one in pooled),
        *(row for one in pooled for row in one.effects),
        *doses_in_words(answers.models, answers.trials),
    ]
    place = dose_place("lauersen2018", "overall", "sessions")
    return review_inputs(review, rows, [drawn_figure(DOSE, place, svg, heading="Sessions")])


def test_every_question_is_a_row_with_its_verdict(inputs: ReviewInputs) -> None:
    rows = dose_section(inputs).models.rows
    assert [row[-1] for row in rows] == ["not testable"] * 2 + ["inconclusive"] * 4
    assert rows[0] == (
        "Volume as repetitions prescribed: known of two trials†",
        "2 of 6",
        "Risk ratio per 100 prescribed repetitions",
        "× 0.97 (0.36 to 2.63)",
        "Sampling error alone",
        "0.948",
        "—",
        "—",
        "−0.9 (−20.6 to 37.2)",
        "not testable",
    )
    assert rows[2][7] == "0.208 (0.042)"


def test_each_trial_left_out_is_a_row(inputs: ReviewInputs) -> None:
    (answer,) = dose_section(inputs).answers
    labels = [row[0] for row in answer.without.rows]
    assert labels == ["Askling 2003", "Petersen 2011", "Coppack 2011", "van der Horst 2015"]
    assert answer.without.rows[2][3] == "× 1.36 (0.00058 to 3198.36)"


def test_the_page_has_a_section_only_where_doses_were_asked_for(inputs: ReviewInputs) -> None:
    heading = "Does the effect go with dose?"
    page = build_review_page(inputs)
    assert page.count(heading) == 1
    assert "<title>drawn</title>" in page
    assert heading not in build_review_page(with_rows(inputs, DoseRow, ()))


def test_a_link_to_a_plot_leads_inside_its_fold_which_opens_it(inputs: ReviewInputs) -> None:
    page = build_review_page(inputs)
    fold = page[page.index("<summary>Sessions</summary>") :].split("</details>")[0]
    assert '<figure id="review-lauersen2018-dose-sessions">' in fold
