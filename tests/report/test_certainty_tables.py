"""The summary of findings and risk of bias in the report, from the rows of real reviews."""

from dataclasses import replace

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.estimates import pool_review
from liftproof.pages.certainty.certainty_tables import certainty_section
from liftproof.pages.certainty.certainty_words import findings_in_words, flags_in_words
from liftproof.pages.inputs import ReviewInputs
from liftproof.report.build import build_review_page
from liftproof.reviews import read
from liftproof.rows.certainty_rows import FindingRow
from support.page_inputs import review_inputs, with_rows
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

HEADING = "How certain the evidence is"


def inputs_of(name: str) -> ReviewInputs:
    review = read(REVIEWS / name)
    pooled = pool_review(review)
    found = find_certainty(review)
    rows = [
        *(one.estimate for one in pooled),
        *(row for one in pooled for row in one.effects),
        *findings_in_words(found.findings),
        *flags_in_words(found.flags, 0.95),
    ]
    return review_inputs(review, rows)


@pytest.fixture(scope="module")
def inputs() -> ReviewInputs:
    return inputs_of("lauersen2018")


def test_a_finding_stands_with_its_absolute_effect_and_certainty(inputs):
    found = certainty_section(inputs)
    (row,), (judged,) = found.findings.rows, found.judgements
    assert row[0].endswith("†")
    assert row[1:] == (
        "⊕⊕○○ at most low",
        "6",
        "7738",
        "risk ratio 0.34 (0.24 to 0.48)",
        "35†",
        "12 (8 to 17)",
        "23 fewer (27 fewer to 18 fewer)",
        "43 (38 to 55) to prevent one event",
    )
    assert judged.certainty == row[1]
    assert judged.note.endswith(
        "Rated down for: indirectness: serious; imprecision: serious. "
        "Not assessed: risk of bias; publication bias."
    )


def test_judgements_stand_in_the_order_of_grade_with_what_contradicts_them(inputs):
    (judged,) = certainty_section(inputs).judgements
    assert [row[0] for row in judged.table.rows] == [
        *("Risk of bias", "Inconsistency", "Indirectness", "Imprecision", "Publication bias"),
        "Certainty as printed",
    ]
    assert [row[-1] for row in judged.table.rows] == [
        *["—"] * 5,
        "⚑ “certainty as printed: high”, although the judgements here give at most low.",
    ]


def test_risk_of_bias_is_told_by_sign_and_word_and_missing_judgements_by_name(inputs):
    found = certainty_section(inputs)
    assert [(row[2], row[3]) for row in found.bias.rows][:3] == [
        ("overall", "· 8 of 10"),
        ("concealed allocation", "+ yes"),
        ("baseline comparability", "+ yes"),
    ]
    assert found.not_judged == (
        "No judgement on the risk of bias is recorded for Askling 2003, Petersen 2011, "
        "Waldén 2012, van der Horst 2015, Zouita 2016."
    )
    nordic = certainty_section(inputs_of("nordic"))
    assert [row[3] for row in nordic.bias.rows].count("× high risk of bias") == 8
    assert ("Gabbe 2006", "PEDro", "concealed allocation", "× no") in [
        row[:4] for row in nordic.bias.rows
    ]
    assert nordic.not_judged.endswith("for Hasebe 2020.")


def test_the_page_has_the_section_after_the_estimates_and_only_where_there_is_something(inputs):
    page = build_review_page(inputs)
    assert page.index("Estimates</h3>") < page.index(HEADING) < page.index("Printed and computed<")
    assert '<span class="verdict bias-other">· 8 of 10</span>' in page
    silent = replace(inputs.review, grades=(), risk_of_bias=())
    assert HEADING not in build_review_page(
        with_rows(replace(inputs, review=silent), FindingRow, ())
    )
