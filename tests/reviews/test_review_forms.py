"""Results in the form in which papers print them: what is taken, what is said, what is refused."""

import pytest

from liftproof.reviews.loading import load
from liftproof.reviews.model.provenance import kind_of, numbers

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


@pytest.mark.parametrize("name", ["dose", "set", "percent_vo2max", "rate_kg", "line", "moderators"])
def test_further_columns_may_be_named_like_these(review, name):
    row = outcome(review(**COUNTED, events_intervention="9", **{name: "3"}))
    assert row.moderators == {name: "3"}
