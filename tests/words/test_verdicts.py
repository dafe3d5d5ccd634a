"""Verdicts as readers see them."""

import pytest

from liftproof.columns import columns
from liftproof.pages.estimates.engine_words import checked_by, difference
from liftproof.pages.printed.block_words import block_counts
from liftproof.pages.printed.verdict_words import (
    complaints,
    computed_text,
    printed_results,
    verdict_tally,
)
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.reviews.model.review_tables import MARKED_KINDS, SOURCED_KINDS
from liftproof.rows.result_rows import EngineRow, ReproductionRow
from liftproof.vocabulary.print_verdicts import MISSED, VERDICTS


def row(quantity="estimate", printed="0.338", computed=0.34012, verdict="close", **more):
    fields = {
        "review": "r",
        "target": "main",
        "quantity": quantity,
        "printed": printed,
        "computed": computed,
        "verdict": verdict,
        "explanation": "not_needed",
        "description": "all trials",
    }
    return ReproductionRow(**{**fields, **more})


def allowed(name):
    return next(item.allowed for item in columns(ReproductionRow) if item.name == name)


def test_every_verdict_and_kind_has_its_words():
    assert set(VERDICTS) == set(allowed("verdict"))
    assert tuple(KINDS) == SOURCED_KINDS + MARKED_KINDS


def test_symbols_differ_so_that_no_colour_is_needed():
    assert len({verdict.symbol for verdict in VERDICTS.values()}) == len(VERDICTS)


@pytest.mark.parametrize(
    ("quantity", "printed", "computed", "shown"),
    [
        ("estimate", "0.338", 0.340123, "0.3401"),
        ("estimate", "-0.4", -0.41234, "−0.41"),
        ("i2", "66", 65.96, "66.0"),
        ("participants", "7738", 7669.0, "7669"),
        ("p", "<0.001", 4.2e-11, "<0.0001"),
        ("p", "0.034", 0.03371, "0.0337"),
        ("q", "55.5", 51.545, "51.55"),
        ("estimate", "about a third", 0.3381, "0.34"),
        ("slope", "0.4", None, "—"),
    ],
)
def test_one_digit_more_than_was_printed(quantity, printed, computed, shown):
    assert computed_text(row(quantity, printed, computed)) == shown


def test_an_estimate_and_its_limits_stand_together_under_the_worst_verdict():
    found = printed_results(
        [
            row(),
            row("ci_low", "0.238", 0.23891),
            row("ci_high", "0.480", 0.55, "same_conclusion"),
            row("k", "6", 6.0, "reproduced"),
            row("reduction", "66", 65.99, "reproduced", target="percent", description=""),
        ]
    )

    assert [(item.name, item.quantity, item.printed, item.computed) for item in found] == [
        (
            "all trials",
            "estimate (limits)",
            "0.338 (0.238 to 0.480)",
            "0.3401 (0.2389 to 0.5500)",
        ),
        ("all trials", "pooled effects", "6", "6"),
        ("percent", "reduction, %", "66", "66.0"),
    ]
    assert [item.verdict for item in found] == ["same_conclusion", "reproduced", "reproduced"]


def test_a_blocked_estimate_shows_one_dash():
    blocked = [row(name, "0.5", None, "blocked") for name in ("estimate", "ci_low", "ci_high")]

    assert printed_results(blocked)[0].computed == "—"


def test_the_same_target_in_two_reviews_stays_apart():
    assert len(printed_results([row(), row(review="s")])) == 2


def test_the_tally_counts_every_row():
    rows = [row(), row("ci_low"), row("k", verdict="blocked")]

    assert verdict_tally(rows) == "3 printed numbers compared: 2 close, 1 blocked."


def test_the_tally_leaves_out_what_another_review_holds():
    rows = [row(), row("k", verdict="fitted"), row("ci_low", see="other/main")]

    assert verdict_tally(rows) == (
        "2 printed numbers compared: 1 close, 1 fitted. "
        "1 more print is held by another review, and counted there."
    )
    assert verdict_tally(rows[2:]) == "1 more print is held by another review, and counted there."


def test_blocked_numbers_are_counted_by_their_groups_the_commonest_first():
    rows = [
        row("k", verdict="blocked", blocked_group="not_pooled"),
        row("estimate", verdict="blocked", blocked_group="full_text"),
        row("ci_low", verdict="blocked", blocked_group="full_text"),
        row("i2", verdict="blocked", blocked_group="method", see="other/main"),
        row("p", verdict="blocked"),
        row("q"),
    ]

    assert [one.text for one in block_counts(rows)] == [
        "2 numbers: full text not read",
        "1 number: nothing was pooled",
        "1 number: no reason is grouped",
    ]


def test_a_fitted_number_reproduces_nothing_and_asks_for_no_cause():
    assert [code for code, one in VERDICTS.items() if one.reproduces] == ["reproduced", "close"]
    assert MISSED == ("close", "same_conclusion", "different")


def test_complaints_are_only_of_what_is_missing_or_unnecessary():
    rows = [
        row(),
        row("ci_low", "0.2", 0.31, "different", explanation="given"),
        row("ci_high", "0.2", 0.31, "different", explanation="missing"),
        row("p", "0.2", 0.2, "reproduced", explanation="unnecessary"),
    ]

    assert complaints(rows) == (
        "all trials, upper limit: printed 0.2, computed 0.31, different, and no explanation.",
        "all trials, p value: printed 0.2, computed 0.20, reproduced: the explanation that stands "
        "in published.csv is no longer needed.",
    )


def engine(difference_, analysis="all", engine_="PyMARE", **more):
    return EngineRow(
        review="r",
        analysis=analysis,
        engine=engine_,
        version="1.0",
        method="",
        kind="closed_form",
        largest_difference=difference_,
        note="",
        **more,
    )


def test_the_sentence_on_engines_names_the_worst_and_what_was_not_checked():
    rows = [
        engine(1e-12),
        engine(3e-7, engine_="other"),
        engine(None, "single"),
        engine(2e-9, subgroup="adults"),
    ]

    assert checked_by(rows, {"all": "All trials"}.get) == (
        "2 of 3 pooled estimates were checked by PyMARE 1.0 and other 1.0, each as far as it has "
        "the method; the largest relative difference is below 1e-6 (other, “All trials”). "
        "1 could not be checked."
    )


@pytest.mark.parametrize(
    ("value", "bound"), [(9.99e-8, "below 1e-7"), (1e-7, "below 1e-6"), (0.2, "below 1e0")]
)
def test_a_difference_is_shown_by_a_bound_above_it(value, bound):
    assert difference(value) == bound
    assert float(bound.removeprefix("below ")) > value
