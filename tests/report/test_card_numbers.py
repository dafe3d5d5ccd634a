"""One object, one number: limits of a single trial that it printed otherwise are told as such."""

from dataclasses import replace

import pytest

from liftproof import tables
from liftproof.pages.claims.claim_dot import claim_dot
from liftproof.report.gate.card_numbers import card_differences
from liftproof.report.gate.finished_page import FinishedPage
from liftproof.report.gate.finished_review import FinishedReview
from liftproof.rows.claim_rows import PRINTED_BY_REVIEW, PRINTED_BY_TRIAL, ClaimRow
from liftproof.rows.result_rows import EffectRow, EstimateRow
from support.forests import NO_COUNTS, effect_row, estimate_row

ESTIMATE, LOW, HIGH, REPORTED_HIGH = 3.6, 1.1964, 10.832, 10.86
PRINTED = "3.60 (1.20 to 10.86)"
ROW = ClaimRow(
    claim="a",
    claimed="b",
    measure="HR",
    studies=1,
    estimate=ESTIMATE,
    ci_low=LOW,
    ci_high=HIGH,
    printed=PRINTED,
    printed_by=PRINTED_BY_TRIAL,
)


@pytest.fixture
def review(tmp_path) -> FinishedReview:
    """A review with one analysis of one trial, whose own upper limit is 10.86."""
    pooled = estimate_row(1, ESTIMATE, measure="HR", ci_low=LOW, ci_high=HIGH)
    trial = effect_row("One 2024", NO_COUNTS, ESTIMATE, LOW, HIGH, 100.0, measure="HR")
    trial = replace(trial, reported_low=1.2, reported_high=REPORTED_HIGH)
    tables.write([pooled], EstimateRow, tmp_path / "one" / "estimates.csv")
    tables.write([trial], EffectRow, tmp_path / "one" / "effects.csv")
    return FinishedReview(tmp_path / "one")


def differences(review: FinishedReview, card: str) -> list[str]:
    path = review.folder / "report.html"
    path.write_text(f"<p>{card}</p>", encoding="utf-8")
    return [each.says for each in card_differences(review, FinishedPage(path))]


def test_a_card_tells_the_limits_that_the_trial_printed_beside_its_own(review):
    text = claim_dot(ROW).text
    assert text == f"Hazard ratio 3.60 (1.20 to 10.83), 1 trial; printed as {PRINTED}"
    assert differences(review, text) == []


def test_a_card_that_tells_one_of_two_limits_alone_is_found(review):
    text = claim_dot(replace(ROW, printed="")).text
    assert differences(review, text) == [
        "3.60 (1.20 to 10.83) without the limits that the trial printed"
    ]


def test_what_a_review_printed_of_a_pool_or_the_same_digits_is_not_told_on_a_card():
    for row in (
        replace(ROW, printed_by=PRINTED_BY_REVIEW),
        replace(ROW, printed="3.60 (1.20 to 10.83)"),
        replace(ROW, studies=2),
    ):
        assert "printed" not in claim_dot(row).text
