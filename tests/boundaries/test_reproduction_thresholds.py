"""The thresholds of verdicts on printed numbers: just below, at, and just above each."""

from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_prints import SlopeEstimate
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Published, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import EstimateRow


def rows(printed, measure="MD", **ours):
    """Return by quantity the rows of one printed result beside one pooled estimate."""
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R"),
        studies=(),
        outcomes=(),
        published=tuple(
            Published(target="t", analysis="all", quantity=name, printed=text)
            for name, text in printed.items()
        ),
    )
    estimate = EstimateRow(review="r", analysis="all", title="All", measure=measure, k=6, **ours)
    return {row.quantity: row for row in reproduce(review, [estimate])}


def verdict(quantity, text, **ours):
    """Return the verdict on a number that is printed alone."""
    return rows({quantity: text}, **ours)[quantity].verdict


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (0.3349, "close"),
        (0.335, "reproduced"),
        (0.3351, "reproduced"),
        (0.3449, "reproduced"),
        (0.345, "reproduced"),
        (0.3451, "close"),
    ],
)
def test_a_number_rounds_to_its_print_up_to_half_of_the_last_digit(computed, expected):
    assert verdict("tau2", "0.34", tau2=computed) == expected


@pytest.mark.parametrize(
    ("bound", "computed", "expected"),
    [
        ("<0.2", 0.1999, "reproduced"),
        ("<0.2", 0.2, "same_conclusion"),
        (">0.2", 0.2, "same_conclusion"),
        (">0.2", 0.2001, "reproduced"),
    ],
)
def test_a_bound_is_kept_below_or_above_it_and_not_at_it(bound, computed, expected):
    assert verdict("q_p", bound, q_p=computed) == expected


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (97.99, "different"),
        (98.0, "close"),
        (98.01, "close"),
        (101.99, "close"),
        (102.0, "close"),
        (102.01, "different"),
    ],
)
def test_a_number_is_close_within_two_percent(computed, expected):
    assert verdict("i2", "100", i2=computed) == expected


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (94.99, "same_conclusion"),
        (95.0, "close"),
        (95.01, "close"),
        (104.99, "close"),
        (105.0, "close"),
        (105.01, "same_conclusion"),
    ],
)
@pytest.mark.parametrize("limit", ["ci_low", "ci_high"])
def test_a_limit_is_close_within_five_percent(limit, computed, expected):
    ours = {"estimate": 100.0, "ci_low": 99.0, "ci_high": 101.0, limit: computed}
    printed = {"estimate": "100", "ci_low": "100", "ci_high": "100"}
    assert rows(printed, **ours)[limit].verdict == expected


@pytest.mark.parametrize(
    ("text", "computed", "expected"),
    [
        ("0.20", 0.0499, "different"),
        ("0.20", 0.05, "same_conclusion"),
        ("0.20", 0.0501, "same_conclusion"),
        ("0.01", 0.0499, "same_conclusion"),
        ("0.01", 0.05, "different"),
        ("0.0499", 0.01, "same_conclusion"),
        ("0.05", 0.01, "different"),
        ("0.0501", 0.01, "different"),
    ],
)
def test_two_p_values_conclude_alike_on_one_side_of_five_percent(text, computed, expected):
    assert verdict("p", text, p_value=computed) == expected


@pytest.mark.parametrize(
    ("printed", "p_value", "expected"),
    [
        ("-1.50", 0.0501, "same_conclusion"),
        ("-1.50", 0.0499, "different"),
        ("-2.50", 0.0499, "same_conclusion"),
        ("-2.50", 0.0501, "different"),
        ("1.50", 0.2, "different"),
        ("-1.95", 0.2, "same_conclusion"),
        ("-1.97", 0.2, "different"),
    ],
)
def test_z_concludes_alike_on_the_same_side_and_as_significant(printed, p_value, expected):
    computed = {"estimate": -0.5, "p_value": p_value, "interval": "wald"}
    assert verdict("z", printed, **computed) == expected


@pytest.mark.parametrize(
    ("slope", "p_value", "expected"),
    [
        (-1.0, 0.0499, "same_conclusion"),
        (-1.0, 0.05, "different"),
        (0.0, 0.0499, "different"),
        (1.0, 0.0499, "different"),
    ],
)
def test_two_slopes_conclude_alike_with_one_sign_and_one_significance(slope, p_value, expected):
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R"),
        studies=(),
        outcomes=(),
        published=tuple(
            Published(target="t", quantity=name, printed=text)
            for name, text in (("slope", "-2.00"), ("p", "0.01"))
        ),
    )
    fitted = SlopeEstimate(
        review="r", analysis="all", title="All", measure="MD", k=6, slope=slope, p_value=p_value
    )
    assert reproduce(review, [], {"t": fitted})[0].verdict == expected


@pytest.mark.parametrize(
    ("high", "expected"),
    [(0.9999, "same_conclusion"), (1.0, "different"), (1.0001, "different")],
)
def test_an_interval_that_touches_no_effect_includes_it(high, expected):
    printed = {"estimate": "0.50", "ci_low": "0.30", "ci_high": "0.90"}
    ours = {"estimate": 0.6, "ci_low": 0.3, "ci_high": high}
    assert rows(printed, "RR", **ours)["estimate"].verdict == expected
    upside = {"estimate": "2.00", "ci_low": "1.10", "ci_high": "3.00"}
    above = {"estimate": 1.8, "ci_low": 2.0 - high, "ci_high": 3.0}
    expected_above = {0.9999: "same_conclusion", 1.0: "different", 1.0001: "different"}[high]
    assert rows(upside, "RR", **above)["estimate"].verdict == expected_above


@pytest.mark.parametrize("computed", [0.97, 1.03])
def test_an_estimate_of_no_effect_lies_on_neither_side(computed):
    printed = {"estimate": "1.00", "ci_low": "0.80", "ci_high": "1.20"}
    ours = {"estimate": computed, "ci_low": 0.8, "ci_high": 1.2}
    assert rows(printed, "RR", **ours)["estimate"].verdict == "different"


@pytest.mark.parametrize(
    ("estimate", "half", "expected"),
    [
        (90.1, 50.0, "within_10_percent"),
        (109.9, 50.0, "within_10_percent"),
        (89.9, 50.0, "beyond_10_percent"),
        (110.1, 50.0, "beyond_10_percent"),
        (100.0, 45.1, "within_10_percent"),
        (100.0, 54.9, "within_10_percent"),
        (100.0, 44.9, "beyond_10_percent"),
        (100.0, 55.1, "beyond_10_percent"),
    ],
)
def test_reprise_asks_for_estimate_and_width_within_ten_percent(estimate, half, expected):
    printed = {"estimate": "100", "ci_low": "50", "ci_high": "150"}
    ours = {"estimate": estimate, "ci_low": estimate - half, "ci_high": estimate + half}
    assert rows(printed, **ours)["estimate"].reprise == expected


@pytest.mark.parametrize(("year", "expected"), [(2024, "reproduced"), (2025, "fitted")])
def test_a_trial_later_than_the_print_reproduces_nothing(year, expected):
    """A print of 2024 cannot hold a trial of 2025: what agrees is no evidence, and it is said."""
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R", analyses=(Analysis(id="all", title="All", measure="MD"),)),
        studies=(Study(study="new", label="New 2025", year=year),),
        outcomes=(Outcome(study="new", outcome="o", y=0.1, v=0.1),),
        published=tuple(
            Published(
                target="t", analysis="all", quantity=name, printed="3", location="Wu 2024, p. 2"
            )
            for name in ("k", "tau2")
        ),
    )
    estimate = EstimateRow(review="r", analysis="all", title="All", measure="MD", k=3, tau2=9.0)
    agrees, differs = reproduce(review, [estimate])
    assert (agrees.verdict, differs.verdict) == (expected, "different")
    words = "the pool holds New 2025, which the print cannot hold: it is later"
    assert (agrees.fitted, differs.explained) == ((words, words) if year > 2024 else ("", ""))
