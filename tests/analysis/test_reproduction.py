"""Verdicts on printed numbers, at and around every boundary."""

from pathlib import Path

import pytest

from liftproof.analysis.conclusions import reprise_class
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.model.printed_number import printed_number
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import EstimateRow

OURS = {
    "estimate": 0.3391,
    "ci_low": 0.2391,
    "ci_high": 0.4808,
    "p_value": 1e-9,
    "q_p": 0.82,
    "i2": 0.0,
    "participants": 7738,
}
TARGET = {"estimate": "0.338", "ci_low": "0.238", "ci_high": "0.480"}


def estimate(**numbers):
    row = {"review": "r", "analysis": "overall", "title": "All", "measure": "RR", "k": 6}
    return EstimateRow(**{**row, **OURS, **numbers})


def verdicts(printed, row=None, **published):
    """Return the rows for printed numbers of one target, keyed by quantity."""
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R"),
        studies=(),
        outcomes=(),
        published=tuple(
            Published(
                target="t", quantity=name, printed=text, **{"analysis": "overall", **published}
            )
            for name, text in printed.items()
        ),
    )
    rows = reproduce(review, [row or estimate()])
    return {item.quantity: item for item in rows}


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("0.480", 0.48, 0.001, ""),
        ("7738", 7738.0, 1.0, ""),
        ("<0.001", 0.001, 0.001, "<"),
        (">4", 4.0, 1.0, ">"),
        ("-0.20", -0.2, 0.01, ""),
    ],
)
def test_printed_number_keeps_the_digits(text, value, unit, bound):
    number = printed_number(text)
    assert (number.value, number.unit, number.bound) == (value, unit, bound)


@pytest.mark.parametrize("text", ["", "NaN", "about 4", "0,48", "Infinity"])
def test_printed_text_that_is_no_number(text):
    assert printed_number(text) is None


@pytest.mark.parametrize(
    ("printed", "computed", "verdict"),
    [
        ("0.339", 0.33949, "reproduced"),
        ("0.339", 0.33951, "close"),
        ("0.3395", 0.33955, "reproduced"),  # half way rounds to either
        ("0.338", 0.338 * 1.0199, "close"),
        ("0.338", 0.338 * 1.0201, "same_conclusion"),
        ("0.338", 0.338 * 0.9799, "same_conclusion"),
        ("1.338", 0.3391, "different"),
    ],
)
def test_estimate(printed, computed, verdict):
    row = estimate(estimate=computed)
    limits = {"ci_low": "0.238", "ci_high": "0.480"} if printed < "1" else {}
    assert verdicts({"estimate": printed, **limits}, row)["estimate"].verdict == verdict


@pytest.mark.parametrize(
    ("factor", "verdict"),
    [(1.0499, "close"), (1.0501, "same_conclusion"), (0.9499, "same_conclusion")],
)
def test_limits_may_differ_by_five_percent(factor, verdict):
    rows = verdicts(TARGET, estimate(ci_high=0.480 * factor))
    assert rows["ci_high"].verdict == verdict


def test_a_limit_across_no_effect_is_another_conclusion():
    rows = verdicts(TARGET, estimate(ci_high=1.02))
    assert rows["ci_high"].verdict == "different"
    assert rows["ci_high"].reprise == "meaningful_change"


@pytest.mark.parametrize(
    ("quantity", "printed", "verdict"),
    [
        ("participants", "7738", "reproduced"),
        ("participants", "7669", "close"),
        ("participants", "9000", "different"),
        ("i2", "0", "reproduced"),
        ("i2", "12", "different"),
        ("p", "<0.001", "reproduced"),
        ("p", "0.03", "same_conclusion"),
        ("p", "0.2", "different"),
        ("q_p", "0.82", "reproduced"),
        ("q_p", "0.70", "same_conclusion"),
        ("q_p", "0.01", "different"),
        ("reduction", "66", "reproduced"),
        ("reduction", "70", "different"),
    ],
)
def test_other_quantities(quantity, printed, verdict):
    assert verdicts({quantity: printed})[quantity].verdict == verdict


def test_reductions_are_the_ratio_in_percent_with_limits_swapped():
    rows = verdicts({"reduction": "66", "reduction_low": "52", "reduction_high": "76"})
    computed = {name: row.computed for name, row in rows.items()}
    assert computed == pytest.approx(
        {"reduction": 66.09, "reduction_low": 51.92, "reduction_high": 76.09}, rel=1e-12
    )
    assert {row.verdict for row in rows.values()} == {"reproduced"}


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("7738", "fitted"), ("7669", "fitted"), ("9000", "different")],
)
def test_a_number_whose_inputs_were_chosen_is_fitted_where_it_agrees(printed, verdict):
    row = verdicts({"participants": printed}, fitted="all randomised players")["participants"]
    assert (row.verdict, row.fitted) == (verdict, "all randomised players")


def test_a_fitted_number_owes_no_explanation_and_a_miss_does():
    assert verdicts({"k": "6"}, fitted="chosen")["k"].explanation == "not_needed"
    assert verdicts({"k": "9"}, fitted="chosen")["k"].explanation == "missing"


def test_logarithms_are_compared_as_they_are_printed():
    printed = {"log_estimate": "-1.08", "log_ci_low": "-1.431", "log_ci_high": "-0.72"}
    rows = verdicts(printed)
    computed = {name: row.computed for name, row in rows.items()}
    # log of 0.3391, 0.2391 and 0.4808
    expected = {"log_estimate": -1.08146, "log_ci_low": -1.43087, "log_ci_high": -0.73230}
    assert computed == pytest.approx(expected, abs=5e-6)
    assert [row.verdict for row in rows.values()] == ["reproduced", "reproduced", "close"]
    assert rows["log_estimate"].reprise == "within_10_percent"


def test_a_logarithm_on_the_other_side_of_no_effect_is_another_conclusion():
    rows = verdicts({"log_estimate": "0.21", "log_ci_low": "-0.05", "log_ci_high": "0.46"})
    assert {row.verdict for row in rows.values()} == {"different"}
    assert rows["log_estimate"].reprise == "meaningful_change"


@pytest.mark.parametrize("quantity", ["log_estimate", "half_width"])
def test_a_quantity_of_another_kind_of_measure_is_not_computed(quantity):
    row = estimate(measure="MD" if quantity == "log_estimate" else "RR")
    assert verdicts({quantity: "0.5"}, row)[quantity].verdict == "blocked"


def test_half_a_width_stands_for_the_limits_of_a_difference():
    row = estimate(measure="MD", estimate=-3.93, ci_low=-5.1, ci_high=-2.7)
    rows = verdicts({"estimate": "-3.93", "half_width": "1.19"}, row)
    assert rows["half_width"].computed == pytest.approx(1.2, abs=1e-12)
    assert rows["half_width"].verdict == "close"
    assert rows["estimate"].reprise == "within_10_percent"


def test_blocked_says_what_is_missing():
    rows = verdicts({"slope": ">4"}, blocked="definition of volume not seen", analysis="")
    row = rows["slope"]
    assert (row.verdict, row.missing) == ("blocked", "definition of volume not seen")
    assert row.computed is None


def test_blocked_without_a_reason_is_reported():
    row = verdicts({"slope": ">4"})["slope"]
    assert (row.verdict, row.explanation) == ("blocked", "missing")
    assert row.missing == "the analysis does not give it: slope"


@pytest.mark.parametrize(
    ("printed", "explained", "state"),
    [
        ("9000", "", "missing"),
        ("9000", "rounded inputs", "given"),
        ("7738", "rounded inputs", "unnecessary"),
        ("7738", "", "not_needed"),
    ],
)
def test_explanations_are_owed_where_we_differ_and_only_there(printed, explained, state):
    row = verdicts({"participants": printed}, explained=explained)["participants"]
    assert row.explanation == state


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "within_10_percent"),
        ({"ci_high": 0.52}, "beyond_10_percent"),
        ({"estimate": 0.38}, "beyond_10_percent"),
        ({"ci_high": 1.01}, "meaningful_change"),
        ({"estimate": 1.1, "ci_low": 1.05, "ci_high": 1.2}, "meaningful_change"),
    ],
)
def test_reprise_class(numbers, expected):
    assert reprise_class(TARGET, estimate(**numbers)) == expected


def test_reprise_needs_printed_limits():
    assert reprise_class({"estimate": "0.338"}, estimate()) == ""
    assert reprise_class(TARGET, None) == ""


def test_every_printed_number_has_a_row():
    printed = {**TARGET, "k": "6", "slope": ">4", "participants": "7738"}
    assert list(verdicts(printed)) == list(printed)
