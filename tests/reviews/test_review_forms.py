"""Results in the form in which papers print them: what is taken, what is said, what is refused."""

import pytest

from liftproof.reviews.loading import load
from liftproof.reviews.model.effect_sources import printed_as
from liftproof.reviews.model.provenance import kind_of
from liftproof.reviews.model.sourced_numbers import numbers

OUTCOMES = "outcomes.csv"
STUDIES = "study,label,year\na,A 2001,2001\n"
SETTINGS = """\
title: A question
citation: made up
measure: {measure}
intervention: treatment
control: control
analyses:
  - id: overall
    title: All
    tau2: REML
    interval: wald
"""


@pytest.fixture
def review(tmp_path):
    """Return a function that writes a review of one row and loads it."""

    def written(of="RR", sources="", **cells):
        (tmp_path / "review.yaml").write_text(SETTINGS.format(measure=of), encoding="utf-8")
        (tmp_path / "studies.csv").write_text(STUDIES, encoding="utf-8")
        columns = {"study": "a", "outcome": "o"} | cells
        table = f"{','.join(columns)}\n{','.join(columns.values())}\n"
        (tmp_path / OUTCOMES).write_text(table, encoding="utf-8")
        if sources:
            head = "study,field,value,source,kind\n"
            (tmp_path / "provenance.csv").write_text(head + sources, encoding="utf-8")
        return load(tmp_path)

    return written


def told(loaded):
    """Return column, whether it is a warning, and the sentences, of what is said of the row."""
    return [
        (one.column, one.is_warning, f"{one.wrong}; {one.remedy}")
        for one in loaded.problems
        if one.path.name == OUTCOMES
    ]


def outcome(loaded):
    assert loaded.review, loaded.problems
    return loaded.review.outcomes[0]


def test_a_standard_error_of_a_ratio_says_as_what_it_is_read(review):
    said = told(review("HR", measure="HR", estimate="0.5", se="0.2"))
    assert [one[:2] for one in said] == [("se", True)]
    assert "hazard ratio is read as that of its logarithm" in said[0][2]
    assert "0.338 and 0.74" in said[0][2]


def test_a_standard_error_of_a_difference_needs_no_word(review):
    assert told(review("MD", measure="MD", estimate="-1.5", se="0.5")) == []


@pytest.mark.parametrize(("se", "fits"), [("0.172", True), ("0.36", False), ("0.058", False)])
def test_a_standard_error_beside_limits_has_to_fit_them(review, se, fits):
    """By hand: ln(0.975 / 0.505) / 3.92 = 0.168, ln(0.985 / 0.495) / 3.92 = 0.176."""
    row = {"measure": "RR", "estimate": "0.70", "ci_low": "0.50", "ci_high": "0.98", "se": se}
    said = [one for one in told(review(**row)) if one[0] == "se"]
    assert not said if fits else "which imply 0.168 to 0.176" in said[0][2]


def test_a_p_value_says_how_exact_it_is(review):
    """By hand: ln 2 over the sizes for P of 0.025 and 0.035, 2.2414 and 2.1084: 0.309, 0.329."""
    said = told(review(measure="RR", estimate="0.5", p_value="0.03"))
    assert [one[:2] for one in said] == [("p_value", True)]
    assert "whose digits allow 0.309 to 0.329" in said[0][2]


@pytest.mark.parametrize(
    ("estimate", "p_value", "column", "words"),
    [
        ("1", "0.9", "p_value", "no standard error follows"),
        ("0.5", "0", "p_value", "no standard error follows"),
        ("0.5", "1", "p_value", "no standard error follows"),
        ("0.5", "<0.05", "ci_low", "a bound gives no standard error"),
    ],
)
def test_a_p_value_without_a_standard_error_is_refused(review, estimate, p_value, column, words):
    said = told(review(measure="RR", estimate=estimate, p_value=p_value))
    assert [one[:2] for one in said] == [(column, False)]
    assert words in said[0][2]


def test_a_p_value_is_not_used_in_a_row_that_awaits_better(review):
    loaded = review(measure="RR", estimate="0.5", p_value="0.03", awaits="the limits")
    assert [(one[0], one[1]) for one in told(loaded)] == [("awaits", True)]
    assert any("awaits data" in one.wrong and one.is_warning for one in loaded.problems)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"estimate": "0.5", "se": "0"}, "se"),
        ({"estimate": "0.5", "p_value": "0.03", "p_sides": "3"}, "p_sides"),
        ({"estimate": "0.5", "p_value": "0.03", "df": "0"}, "df"),
        ({"estimate": "0.5", "ci_low": "0.3", "ci_high": "0.9", "ci_kind": "exactly"}, "ci_kind"),
    ],
)
def test_what_cannot_be_is_refused(review, cells, column):
    errors = [one[0] for one in told(review(measure="RR", **cells)) if not one[1]]
    assert errors == [column]


def test_exact_limits_say_what_was_taken(review):
    """By hand: ln(0.89 / 0.05) / 3.92 = 0.7345; ln(0.25 / 0.05) and ln(0.89 / 0.25) over 1.96."""
    row = {"measure": "OR", "estimate": "0.25", "ci_low": "0.05", "ci_high": "0.89"}
    assert [one[:2] for one in told(review("OR", **row))] == [("estimate", False)]
    said = told(review("OR", **row, ci_kind="exact"))
    assert [one[:2] for one in said] == [("ci_kind", True)]
    for words in ("taken is 0.735", "lower limit alone gives 0.821, the upper 0.648"):
        assert words in said[0][2]


COUNTED = {"n_intervention": "123", "events_control": "29", "n_control": "139"}


@pytest.mark.parametrize(
    ("percent", "n", "events"), [("8.9", "123", 11), ("9", "123", 11), ("0.0", "123", 0)]
)
def test_a_percentage_gives_the_one_count_that_prints_like_it(review, percent, n, events):
    row = outcome(review(percent_intervention=percent, **COUNTED | {"n_intervention": n}))
    assert row.events_intervention == events
    assert row.derived_from == {"events_intervention": ("percent_intervention", "n_intervention")}


@pytest.mark.parametrize(
    ("percent", "n", "words"),
    [
        ("9", "1230", "any of 105 to 116 of 1230 participants is 9 %"),
        ("8.9", "1230", "any of 109 or 110 of 1230"),
        (
            "8.5",
            "123",
            "no whole number of 123 participants is 8.5 %: 10 is 8.13 % and 11 is 8.943 %",
        ),
        ("0.25", "162", "or correct n_intervention; if it is a share of 1, write 25"),
    ],
)
def test_a_percentage_of_several_counts_or_none_is_refused(review, percent, n, words):
    said = told(review(percent_intervention=percent, **COUNTED | {"n_intervention": n}))
    assert [one[:2] for one in said] == [("percent_intervention", False)]
    assert words in said[0][2]


def test_a_percentage_beside_its_events_has_to_fit(review):
    fitting = {"percent_intervention": "8.9", "events_intervention": "11", **COUNTED}
    assert told(review(**fitting)) == []
    said = told(review(**fitting | {"events_intervention": "13"}))
    assert [one[0] for one in said] == ["percent_intervention"]
    assert "13 of 123 are 10.57 %" in said[0][2]


TIMED = {"events_control": "20", "person_time_control": "5000", "rate_per": "1000"}


def test_a_rate_with_person_time_gives_events(review):
    """By hand: 2.50 per 1000 in 4800 are 12, and 2.495 to 2.505 leave no other whole number."""
    loaded = review("IRR", rate_intervention="2.50", person_time_intervention="4800", **TIMED)
    assert told(loaded) == []
    row = outcome(loaded)
    assert row.events_intervention == 12
    assert row.derived_from["events_intervention"] == (
        *("rate_intervention", "rate_per"),
        "person_time_intervention",
    )


def test_a_rate_of_few_digits_says_which_events_print_alike(review):
    """By hand: 4.05 to 4.15 per 1000 in 12000 are 48.6 to 49.8; in 120000, 486 to 498."""
    loaded = review("IRR", rate_intervention="4.1", person_time_intervention="120000", **TIMED)
    said = told(loaded)
    assert [one[:2] for one in said] == [("rate_intervention", True)]
    assert (
        "492 events are taken for 4.1 per 1000 in 120000, but 486 to 498 print alike" in said[0][2]
    )
    assert outcome(loaded).events_intervention == 492


def test_a_rate_that_no_events_give_is_refused(review):
    """By hand: 3.3 per 1000 in 500 would be 1.65, and 3.25 to 3.35 leave no whole number."""
    loaded = review("IRR", rate_intervention="3.3", person_time_intervention="500", **TIMED)
    said = told(loaded)
    assert [one[:2] for one in said] == [("rate_intervention", False)]
    assert "it would be 1.65" in said[0][2]


def test_a_rate_with_events_gives_person_time(review):
    """By hand: 10 events at 2.5 per 1000 take 4000; 2.55 and 2.45 give 3921.57 and 4081.63."""
    loaded = review("IRR", rate_intervention="2.5", events_intervention="10", **TIMED)
    said = told(loaded)
    assert [one[:2] for one in said] == [("rate_intervention", True)]
    assert "person-time of 4000 follows" in said[0][2]
    assert "3921.57 to 4081.63" in said[0][2]
    assert outcome(loaded).person_time_intervention == 4000


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"person_time_intervention": "4800", "rate_per": ""}, "rate_per", "write 1000"),
        ({}, "rate_intervention", "a rate without events_intervention or person_time_interv"),
        (
            {"events_intervention": "13", "person_time_intervention": "4800"},
            "rate_intervention",
            "13 events in 4800 are 2.708 per 1000",
        ),
        ({"events_intervention": "0"}, "rate_intervention", "no person-time follows from 0 events"),
        ({"person_time_intervention": "0"}, "person_time_intervention", "must be above 0"),
        ({"person_time_intervention": "4800", "rate_per": "0"}, "rate_per", "must be above 0"),
    ],
)
def test_a_rate_that_does_not_add_up_is_refused(review, cells, column, words):
    said = told(review("IRR", **{"rate_intervention": "2.50", **TIMED, **cells}))
    errors = [one for one in said if not one[1]]
    assert any(one[0] == column and words in one[2] for one in errors)


def test_events_of_a_percentage_and_a_rate_give_person_time(review):
    """By hand: 8.9 % of 123 are 11 events, which at 2.75 per 1000 take 4000."""
    cells = {"percent_intervention": "8.9", "rate_intervention": "2.75", "rate_per": "1000"}
    row = outcome(review("RR", **cells, **COUNTED))
    assert (row.events_intervention, row.person_time_intervention) == (11, 4000)


def test_numbers_beyond_any_trial_end_in_sentences(review):
    loaded = review(percent_intervention="7.5", **COUNTED | {"n_intervention": "1" + "0" * 30})
    assert loaded.review is None
    assert "percent_intervention" in {one[0] for one in told(loaded)}


def test_person_time_beside_participants_is_not_passed_over(review):
    row = {"n_intervention": "90", "n_control": "92", "person_time_intervention": "4800"}
    row |= {"events_intervention": "12", "events_control": "20", "person_time_control": "5000"}
    said = told(review("RR", **row))
    assert [one[:2] for one in said] == [("person_time_intervention", True)]
    assert "person-time is not used: RR takes events and participants" in said[0][2]
    assert told(review("IRR", **row)) == []


def test_what_follows_is_as_firm_as_what_it_follows_from(review):
    head = "a,rate_intervention,2.50,Somebody 2001,{}\na,person_time_intervention,4800,S,{}\n"
    cells = {"rate_intervention": "2.50", "person_time_intervention": "4800", **TIMED}
    for kinds, expected in (
        (("primary_fulltext", "primary_fulltext"), "derived"),
        (("primary_fulltext", "reconstructed"), "reconstructed"),
        (("unverified", "secondary"), "unverified"),
    ):
        loaded = review("IRR", head.format(*kinds), **cells)
        row = outcome(loaded)
        assert kind_of(loaded.review, "a", row, "events_intervention") == expected
        named = [name for _, of, name, _ in numbers(loaded.review) if of]
        assert "events_intervention" not in named


MEDIANS = {
    "median_intervention": "20",
    "q1_intervention": "16",
    "q3_intervention": "25",
    "n_intervention": "40",
    "mean_control": "18",
    "sd_control": "6",
    "n_control": "38",
}


def test_a_median_with_quartiles_gives_mean_and_standard_deviation(review):
    """By hand: weights 0.70975 and 0.29025; 9 over 2 x 0.6503, the normal quantile at 0.7422."""
    loaded = review("MD", **MEDIANS)
    said = told(loaded)
    assert [one[:2] for one in said] == [("median_intervention", True)]
    assert "mean 20.35 and standard deviation 6.92 are taken from the median" in said[0][2]
    assert "how the paper defines quartiles is not known" in said[0][2]
    assert "; Shi's test finds no skewness (0.111, from 0.415 on P < 0.05)" in said[0][2]
    row = outcome(loaded)
    assert row.mean_intervention == pytest.approx(0.70975 * 20.5 + 0.29025 * 20, rel=1e-9)
    assert row.sd_intervention == pytest.approx(9 / (2 * 0.6502563), rel=1e-5)
    origins = ("median_intervention", "q1_intervention", "q3_intervention", "n_intervention")
    assert row.derived_from == {"mean_intervention": origins, "sd_intervention": origins}


def test_a_skewed_arm_is_told(review):
    """By hand: (16.5 + 31 - 40) / 14.5 = 0.517, above 2.65 / √40 - 6 / 1600 = 0.415."""
    said = told(review("MD", **MEDIANS | {"q1_intervention": "16.5", "q3_intervention": "31"}))
    assert [one[:2] for one in said] == [("median_intervention", True)]
    assert "Shi's statistic 0.517, from 0.415 on P < 0.05" in said[0][2]
    assert "how the paper defines quartiles is not known" in said[0][2]


def test_a_mean_with_a_median_beside_it_stays(review):
    row = outcome(review("MD", **MEDIANS, mean_intervention="21", sd_intervention="7"))
    assert (row.mean_intervention, row.sd_intervention, dict(row.derived_from)) == (21, 7, {})
    half = review("MD", **MEDIANS, mean_intervention="21")
    assert list(outcome(half).derived_from) == ["sd_intervention"]
    assert "standard deviation 6.92 is taken from" in told(half)[0][2]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"q3_intervention": ""}, "median_intervention", "fill in q1_intervention and q3_inter"),
        ({"n_intervention": ""}, "median_intervention", "a median without n_intervention"),
        ({"n_intervention": "4"}, "median_intervention", "5 participants or more"),
        ({"q1_intervention": "21"}, "median_intervention", "must ascend"),
        (
            {"q1_intervention": "20", "q3_intervention": "20"},
            "median_intervention",
            "Two quartiles must differ",
        ),
        ({"max_intervention": "40"}, "median_intervention", "without both ends of the range"),
    ],
)
def test_a_median_that_gives_no_mean_is_refused(review, cells, column, words):
    said = [one for one in told(review("MD", **MEDIANS | cells)) if not one[1]]
    assert [one[0] for one in said] == [column]
    assert words in said[0][2]


TESTED = {
    "mean_intervention": "21",
    "n_intervention": "20",
    "mean_control": "18",
    "n_control": "22",
}


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ({"t_value": "-2.50"}, "in both arms is taken from t = -2.50, whose digits allow 3.88 to"),
        ({"f_value": "6.25"}, "in both arms is taken from F = 6.25"),
        ({"p_value": "0.0166"}, "in both arms is taken from P = 0.0166"),
    ],
)
def test_a_test_between_two_means_gives_their_standard_deviation(review, test, words):
    """By hand: 3 over 2.5 √(1/20 + 1/22) = 3.884; P of t 2.5 with 40 df is 0.01662."""
    loaded = review("MD", **TESTED, **test)
    said = told(loaded)
    assert [one[:2] for one in said] == [(next(iter(test)), True)]
    assert words in said[0][2]
    row = outcome(loaded)
    assert row.sd_control == row.sd_intervention == pytest.approx(3.884, abs=2e-3)
    assert set(row.derived_from["sd_control"]) >= {"mean_control", "n_control", *test}


@pytest.mark.parametrize(
    ("p", "side"), [("0.1", "to the side that was"), ("0.9", "against the side that was")]
)
def test_a_p_value_of_one_side_says_which_and_its_limits_ascend(review, p, side):
    """By hand: quantiles of t with 40 df at 0.9, 0.85 and 0.95 are 1.303, 1.050 and 1.684."""
    said = told(review("MD", **TESTED, p_value=p, p_sides="1"))
    assert f"P = {p} of one side, for a difference {side} tested" in said[0][2]
    assert "in both arms is taken" in said[0][2]
    assert "deviation of 7.452 in" in said[0][2]
    assert "whose digits allow 5.77 to 9.25" in said[0][2]


def test_degrees_of_freedom_and_sides_are_origins_where_they_were_read(review):
    row = outcome(review("MD", **TESTED, p_value="0.0083", p_sides="1", df="38"))
    people = ("n_intervention", "n_control")
    means = ("mean_intervention", "mean_control")
    assert row.derived_from["sd_control"] == (*means, "p_value", *people, "p_sides", "df")
    by_t = outcome(review("MD", **TESTED, t_value="2.5", df="38"))
    assert by_t.derived_from["sd_control"] == (*means, "t_value", *people)


def test_a_test_alone_gives_a_standardised_difference(review):
    """By hand: -2.5 √(1/20 + 1/22) = -0.7724, times J(40) = 0.98111: -0.7578; SE 0.3198."""
    cells = {"t_value": "2.5", "n_intervention": "20", "n_control": "22"}
    loaded = review("SMD", **cells, higher_arm="control")
    assert "an SMD of -0.758 with standard error 0.32 is taken from t = 2.5" in told(loaded)[0][2]
    row = outcome(loaded)
    assert (row.measure, round(row.estimate, 4), round(row.se, 4)) == ("SMD", -0.7578, 0.3198)
    assert "write intervention or control in higher_arm" in told(review("SMD", **cells))[0][2]
    begun = told(review("SMD", **cells, higher_arm="control", ci_low="0.1", ci_high="0.9"))
    assert "estimate is missing" in begun[0][2]
    wrong = review("MD", **cells, higher_arm="control")
    assert any(one.wrong.startswith("an effect of another measure") for one in wrong.problems)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"t_value": "0.0"}, "nothing follows from a test"),
        ({"t_value": "2.5", "mean_control": "21"}, "a test of two equal means"),
        ({"t_value": "2.5", "n_control": ""}, "a test without n_control"),
        ({"f_value": "-2.5"}, "higher_arm says which way it goes"),
        ({"p_value": "<0.05"}, "medians with quartiles, t_value, f_value or p_value"),
    ],
)
def test_a_test_that_gives_nothing_is_refused(review, cells, words):
    said = [one for one in told(review("MD", **TESTED | cells)) if not one[1]]
    assert len(said) == 1
    assert words in said[0][2]


SPLIT = {"events_total": "36", "n_intervention": "309", "n_control": "310", "higher_arm": "control"}


def test_chi_squared_gives_the_one_split_that_prints_like_it(review):
    """By hand: 11 v 25 of 309 and 310 have χ² 5.73, with Yates' correction 4.94."""
    loaded = review("RR", chi2_value="5.73", chi2_correction="no", **SPLIT)
    row = outcome(loaded)
    assert (row.events_intervention, row.events_control) == (11, 25)
    assert "11 of 309 and 25 of 310 with an event are taken" in told(loaded)[0][2]
    yates = outcome(review("RR", chi2_value="4.94", chi2_correction="yes", **SPLIT))
    assert (yates.events_intervention, yates.events_control) == (11, 25)
    assert outcome(review("RR", chi2_value="5.73", **SPLIT)).events_control == 25


@pytest.mark.parametrize("correction", ["yes", "no", ""])
def test_a_chi_squared_of_zero_is_that_of_equal_shares(review, correction):
    """By hand: 5 v 7 of 12 have (24 - 12)² 24 / 12⁴ = 0.17 with Yates' correction."""
    cells = SPLIT | {"events_total": "12", "n_intervention": "12", "n_control": "12"}
    loaded = review("RR", chi2_value="0.00", chi2_correction=correction, **cells)
    row = outcome(loaded)
    assert (row.events_intervention, row.events_control) == (6, 6)
    words = "no other table with these margins and no lower share in the control arm has χ² 0.00"
    assert words in told(loaded)[0][2]


def test_every_table_within_yates_half_has_a_corrected_chi_squared_of_zero(review):
    """By hand: of 20 and 10, 15 events, ad - bc is 30a - 300, N/2 15; so it is 0 at 10 v 5 alone.

    Of 30 and 1, 16 events: 31a - 480 is -15 at 15 v 1, within 15.5, and -46 at 14 v 2, which cannot
    be; at 16 v 0 the share is higher in the other arm.
    """
    cells = {"events_total": "15", "n_intervention": "20", "n_control": "10"}
    one = review("RR", chi2_value="0.0", chi2_correction="yes", **SPLIT | cells)
    assert (outcome(one).events_intervention, outcome(one).events_control) == (10, 5)
    cells = {"events_total": "16", "n_intervention": "30", "n_control": "1"}
    two = review("RR", chi2_value="0.00", chi2_correction="yes", **SPLIT | cells)
    assert (outcome(two).events_intervention, outcome(two).events_control) == (15, 1)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            {"chi2_value": "4", "events_total": "400"},
            "without Yates' correction 188, with it 187 or 188",
        ),
        ({"chi2_value": "5.5", "chi2_correction": "no"}, "without Yates' correction no whole"),
        ({"chi2_value": "5.73", "higher_arm": ""}, "χ² without higher_arm gives no events"),
        ({"chi2_value": "5.73", "events_total": "700"}, "fewer participants than events"),
    ],
)
def test_a_chi_squared_that_several_tables_have_or_none_is_refused(review, cells, words):
    said = [one for one in told(review("RR", **SPLIT | cells)) if not one[1]]
    assert len(said) == 1
    assert words in said[0][2]


def test_what_follows_from_a_median_is_no_number_of_its_own(review):
    loaded = review("MD", **MEDIANS)
    named = {name for _, of, name, _ in numbers(loaded.review) if of}
    assert {"median_intervention", "q1_intervention"} <= named
    assert not named & {"mean_intervention", "sd_intervention"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"events_intervention": "5", "n_intervention": "40"}, "fill in events_control and n_con"),
        ({"mean_control": "5", "sd_control": "1", "n_control": "9"}, "one group, the control arm"),
    ],
)
def test_the_result_of_one_group_is_refused_in_its_terms(review, cells, words):
    said = told(review("RR", **cells))
    assert [one[1] for one in said] == [False]
    assert words in said[0][2]
    waiting = told(review("RR", **cells, awaits="there is no second arm"))
    assert [one[:2] for one in waiting] == [("awaits", True)]


@pytest.mark.parametrize("name", ["dose", "set", "percent_vo2max", "rate_kg", "line", "moderators"])
def test_further_columns_may_be_named_like_these(review, name):
    row = outcome(review(**COUNTED, events_intervention="9", **{name: "3"}))
    assert row.moderators == {name: "3"}


ERRORS = {
    "mean_intervention": "12.1",
    "se_intervention": "0.8",
    "n_intervention": "25",
    "mean_control": "10.4",
    "sd_control": "4.5",
    "n_control": "36",
}


def test_a_standard_error_of_a_mean_gives_the_standard_deviation(review):
    """√25 x 0.8 = 4; the digits allow √25 x 0.75 to √25 x 0.85."""
    loaded = review("MD", **ERRORS)
    said = told(loaded)
    assert [one[:2] for one in said] == [("se_intervention", True)]
    assert "a standard deviation of 4 is taken" in said[0][2]
    assert "digits allow 3.75 to 4.25" in said[0][2]
    row = outcome(loaded)
    assert row.sd_intervention == pytest.approx(4, rel=1e-12)
    assert row.derived_from == {"sd_intervention": ("se_intervention", "n_intervention")}
    assert [name for _, _, name, _ in numbers(loaded.review)].count("se_intervention") == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"n_intervention": ""}, "a standard error without n_intervention"),
        ({"sd_intervention": "4.9"}, "of 25 people that allows 3.75 to 4.25"),
        ({"se_intervention": "0"}, "a standard error must be above 0"),
    ],
)
def test_a_standard_error_that_gives_no_deviation_is_refused(review, cells, words):
    said = [one for one in told(review("MD", **ERRORS | cells)) if not one[1]]
    assert words in {one[0]: one[2] for one in said}["se_intervention"]


def test_a_deviation_that_fits_its_standard_error_stays(review):
    row = outcome(review("MD", **ERRORS, sd_intervention="4.2"))
    assert (row.sd_intervention, dict(row.derived_from)) == (4.2, {})


RATES = {
    "rate_intervention": "4.0",
    "rate_low_intervention": "2.0",
    "rate_high_intervention": "8.0",
    "rate_control": "3.5",
    "rate_low_control": "1.8",
    "rate_high_control": "6.1",
}


def test_rates_with_limits_give_a_rate_ratio(review):
    """By hand: ln 4 / 3.919928 = 0.353654 about the logarithm; 12 events have 3.5 x 0.5167 to
    3.5 x 1.7468 as exact limits (Garwood 1936), and 1/√12 = 0.288675 as the error."""
    loaded = review("IRR", **RATES)
    said = told(loaded)
    assert [one[:2] for one in said] == [("rate_intervention", True)]
    assert "intervention: symmetric about its logarithm; control: exact, as of 12 ev" in said[0][2]
    row = outcome(loaded)
    assert (row.estimate, row.measure) == (pytest.approx(4 / 3.5, rel=1e-12), "IRR")
    assert row.se == pytest.approx((0.3536535**2 + 1 / 12) ** 0.5, rel=1e-6)
    assert set(row.derived_from) == {"estimate", "se", "measure"}
    assert row.derived_from["se"] == tuple(RATES)


def test_rates_with_limits_at_another_level_and_about_the_rate_itself(review):
    """By hand: 0.8/(2 x 1.644854 x 2.0) = 0.121591 in both arms."""
    cells = {"rate": "2.0", "rate_low": "1.6", "rate_high": "2.4"}
    both = {
        f"{name}_{arm}": cell for arm in ("intervention", "control") for name, cell in cells.items()
    }
    loaded = review("IRR", **both, ci_level="0.90")
    assert "control: symmetric about the rate" in told(loaded)[0][2]
    row = outcome(loaded)
    assert row.se == pytest.approx(0.1215914 * 2**0.5, rel=1e-6)
    assert row.derived_from["se"][-1] == "ci_level"


def test_rates_with_limits_and_events_are_taken_by_their_events(review):
    row = outcome(
        review("IRR", **RATES, rate_per="1000", events_intervention="8", events_control="12")
    )
    assert row.estimate is None
    assert row.person_time_control == pytest.approx(12000 / 3.5, rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"rate_control": "5.9"}, "rate_control", "limits 1.8 to 6.1 do not fit the rate"),
        ({"rate_control": "1.5"}, "rate_control", "limits 1.8 to 6.1 do not fit the rate"),
        ({"measure": "RR"}, "measure", "rates with limits give an IRR, not RR"),
        ({"rate_low_control": ""}, "rate_control", "or the limits of both rates"),
        ({"rate_low_control": "-1"}, "rate_control", "do not fit"),
        ({"ci_low": "0.5", "ci_high": "2.5"}, "estimate", "estimate is missing"),
    ],
)
def test_rates_that_give_no_ratio_are_refused(review, cells, column, words):
    said = [
        one for one in told(review("IRR", **RATES | {"rate_per": "1000"} | cells)) if not one[1]
    ]
    assert words in {one[0]: one[2] for one in said}[column]


SKEWED = MEDIANS | {"q1_intervention": "16.5", "q3_intervention": "31"}


def test_a_skewed_arm_can_be_taken_by_quantile_estimation(review):
    """estmeansd 1.0.1: qe.mean.sd(q1.val=16.5, med.val=20, q3.val=31, n=40)."""
    plain = told(review("MD", **SKEWED))[0][2]
    assert "quantile estimation would give mean 24.58 and standard deviation 13.3" in plain
    assert "write qe or bc in median_method" in plain
    loaded = review("MD", **SKEWED, median_method="qe")
    said = told(loaded)[0][2]
    assert "(quantile estimation, McGrath 2020); the arm is skewed" in said
    row = outcome(loaded)
    assert (row.mean_intervention, row.sd_intervention) == pytest.approx(
        (24.57881, 13.29569), rel=5e-5
    )
    assert row.derived_from["sd_intervention"][-1] == "median_method"
    assert printed_as(row, "means") == ("medians_skewed",)
    by_box_cox = outcome(review("MD", **SKEWED, median_method="bc"))
    assert by_box_cox.mean_intervention != row.mean_intervention


def test_a_method_for_medians_does_not_make_numbers_unverified(review):
    sources = "".join(
        f"a,{name},{SKEWED[name]},Paper,primary_fulltext\n" for name in list(SKEWED)[:4]
    )
    found = review("MD", sources, **SKEWED, median_method="qe").review
    assert kind_of(found, "a", found.outcomes[0], "mean_intervention") == "derived"


def test_a_percentage_in_the_place_of_events_is_told_where_it_belongs(review):
    cells = {"events_intervention": "25.3", "n_intervention": "162"}
    said = {one[0]: one[2] for one in told(review(**cells, events_control="9", n_control="9"))}
    assert "percentage goes into percent_intervention (--percents)" in said["events_intervention"]


def test_a_bad_percentage_alone_is_told(review):
    cells = {"percent_intervention": "25.3%", "n_intervention": "162", "n_control": "158"}
    assert [one[0] for one in told(review(**cells, percent_control="9.5"))] == [
        "percent_intervention"
    ]
