"""Rules on numbers that are rarely right: what each finds, and what it leaves alone."""

from dataclasses import replace
from math import exp, inf, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from liftproof.analysis.review_pools import pools_of
from liftproof.analysis.suspicion.pool_rules import LARGEST_SMD, UNKNOWN, turning_trials
from liftproof.analysis.suspicion.whole_review import settled_review, suspicions
from liftproof.reviews import read
from liftproof.statistics.influence import leave_one_out
from liftproof.statistics.influence.leave_one_out import limits_without_each
from liftproof.statistics.printed.granularity import is_possible_binary_sd
from liftproof.statistics.printed.standard_errors import median_of_others
from liftproof.vocabulary.warning_rules import WARNING_RULES

LETTERS = "abcdefgh"


@pytest.fixture
def suspected(tmp_path):
    """The rules' findings in a review of these results: (rule, line, column, numbers)."""

    def made(rows, measure="RR", header="", more=None):
        write_review(tmp_path, rows, measure, header, more)
        review = read(tmp_path)
        return [
            (one.rule, one.line, one.column, one.numbers)
            for one in suspicions(review, pools_of(review).pooled)
            if one.rule != "turns_conclusion"
        ]

    return made


def write_review(folder: Path, rows, measure="RR", header="", more=None):
    trials = dict.fromkeys(row.split(",")[0] for row in rows)
    files = {
        "review.yaml": f"title: T\nmeasure: {measure}\nanalyses:\n"
        "  - {id: overall, title: All, tau2: DL, interval: wald}\n",
        "studies.csv": "study,label,year\n"
        + "".join(f"{trial},{trial.upper()} 2001,2001\n" for trial in trials),
        "outcomes.csv": f"study,outcome,{header}\n" + "".join(f"{row}\n" for row in rows),
        **(more or {}),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


MEANS = (
    "variant,n_intervention,mean_intervention,sd_intervention,n_control,mean_control,sd_control,"
    "whole_numbers"
)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("a,o,,20,3.48,1.05,20,3.45,1.05,yes", [("mean_impossible", "mean_intervention")]),
        ("a,o,,18,3.44,2.47,20,3.45,1.05,yes", [("sd_impossible", "sd_intervention")]),
        ("a,o,,20,0.35,0.46,20,0.40,0.50,binary", [("sd_impossible", "sd_intervention")]),
        ("a,o,,20,0.35,0.49,20,0.40,0.50,binary", []),
        ("a,o,,20,3.48,1.05,20,3.45,1.05,no", []),
        ("a,o,,20,3.48,1.05,20,3.45,1.05,", []),
    ],
)
def test_means_and_deviations_of_whole_numbers_are_held_against_n(suspected, row, found):
    assert [each[0::2][:2] for each in suspected([row], "MD", MEANS)] == found


def test_the_digits_of_whole_numbers_are_those_typed(suspected):
    """Of 7 people 24/7 is 3.43, which prints as 3.4; nothing prints as 3.40."""
    rows = ["a,o,,7,3.4,1.1,7,3.4,1.1,yes"]
    assert suspected(rows, "MD", MEANS) == []
    ((rule, line, column, numbers),) = suspected([rows[0].replace("3.4,", "3.40,", 1)], "MD", MEANS)
    assert (rule, line, column) == ("mean_impossible", 2, "mean_intervention")
    assert numbers == "mean_intervention 3.40; sd_intervention 1.1; n 7"


@pytest.mark.parametrize("n", [5, 12, 30])
def test_every_set_of_zeros_and_ones_has_a_possible_deviation(n):
    for ones in range(n + 1):
        values = np.repeat([1.0, 0.0], [ones, n - ones])
        mean, sd = round(float(values.mean()), 2), round(float(values.std(ddof=1)), 2)
        assert is_possible_binary_sd(mean, 0.01, sd, 0.01, n)
        assert not is_possible_binary_sd(mean, 0.01, sd + 0.1, 0.01, n)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("a,o,,20,34.5,4,20,3.3,4,", ["mean_intervention"]),
        ("a,o,,20,3.45,4,20,3.3,4,", []),
        ("a,o,,20,6,4,20,1,4,", []),
    ],
)
def test_a_mean_ten_times_the_other_arm_s_is_a_slip(suspected, row, found):
    told = suspected([row], "MD", MEANS)
    assert [(rule, column) for rule, _, column, _ in told] == [
        ("decimal_slip", each) for each in found
    ]


@pytest.mark.parametrize(
    ("people", "found"), [((1000, 98), ["n_intervention"]), ((1000, 150), []), ((42, 258), [])]
)
def test_people_ten_times_the_other_arm_s_are_a_slip(suspected, people, found):
    told = suspected([f"a,o,8,{people[0]},9,{people[1]}"], header=OF_COUNTS)
    assert told == [("decimal_slip", 2, column, "1000") for column in found]


def test_an_effect_with_the_point_misplaced_in_all_three_numbers_is_a_slip(suspected):
    header = "measure,estimate,ci_low,ci_high"
    rows = [
        f"{letter},o,HR,0.{digit}0,0.50,{0.01 * digit**2 / 0.5:.4f}"
        for letter, digit in zip("bcde", (6, 7, 8, 9), strict=True)
    ]
    slip = suspected(["a,o,HR,7.2,5.1,10.1647", *rows], "HR", header)
    assert slip == [("decimal_slip", 2, "estimate", "7.2")]
    assert suspected(["a,o,HR,0.72,0.51,1.01647", *rows], "HR", header) == []


def test_a_ratio_right_beside_its_neighbour_is_no_slip(suspected):
    """1.15 comes after 1.10; a tenth of it is the median 0.115, too."""
    ends = {0.10: "0.05,0.20", 0.12: "0.06,0.24", 0.11: "0.055,0.22", 1.10: "0.55,2.20"}
    rows = [
        f"{letter},o,HR,{ratio:.2f},{limits}"
        for letter, (ratio, limits) in zip("abcd", ends.items(), strict=True)
    ]
    header = "measure,estimate,ci_low,ci_high"
    assert suspected([*rows, "e,o,HR,1.15,0.575,2.30"], "HR", header) == []
    alone = suspected([*rows[:3], "e,o,HR,1.15,0.575,2.30"], "HR", header)
    assert alone == [("decimal_slip", 5, "estimate", "1.15")]


def means_of(sds, n=25):
    return [
        f"{letter},o,,{n},10,{sd},{n},12,{sd}," for letter, sd in zip(LETTERS, sds, strict=False)
    ]


def test_a_deviation_that_looks_like_an_error_is_told_with_the_pool_if_it_is_one(
    suspected, tmp_path
):
    rows = means_of((10, 11, 9, 2))
    ((rule, line, column, numbers),) = suspected(rows, "MD", MEANS)
    assert (rule, line, column) == ("sd_like_se", 5, "sd_intervention")
    assert numbers == "sd_intervention 2; sd_control 2"
    review = read(tmp_path)
    (told,) = (one for one in suspicions(review, pools_of(review).pooled) if one.rule == rule)
    variances = [2 * sd**2 / 25 for sd in (10, 11, 9)]
    for last in (2, 10):
        half = 1.959964 / sqrt(sum(1 / v for v in (*variances, 2 * last**2 / 25)))
        assert f"-2.00 ({-2 - half:#.3g} to {-2 + half:#.3g})" in told.wrong
    assert suspected(means_of((10, 11, 9, 5)), "MD", MEANS) == []


def test_the_median_of_the_others_is_that_of_each_set_without_one():
    rng = np.random.default_rng(3)
    for k in (2, 3, 6, 7):
        values = rng.integers(0, 5, k).astype(float)
        expected = [np.median(np.delete(values, place)) for place in range(k)]
        assert median_of_others(values).tolist() == expected


@pytest.mark.parametrize(("difference", "is_told"), [(LARGEST_SMD * 1.1, True), (2.9, False)])
def test_a_standardised_difference_beyond_three_is_told(suspected, difference, is_told):
    row = f"a,o,,200,{10 + difference},1,200,10,1,"
    assert [each[0] for each in suspected([row], "SMD", MEANS)] == ["smd_large"] * is_told


COUNTS = (
    "variant,events_intervention,n_intervention,events_control,n_control,measure,estimate,ci_low,"
    "ci_high"
)


@pytest.mark.parametrize(
    ("estimate", "rule"),
    [
        ("2.42,1.98,2.957778", "opposite_direction"),
        ("0.40,0.20,0.80", ""),
        ("0.80,0.70,0.914286", "crude_outside"),
        ("1.05,0.40,2.75625", ""),
    ],
)
def test_events_and_estimate_of_one_result_are_held_together(suspected, estimate, rule):
    """The events give 8/57 over 20/61, that is 0.428, in a variant of the same result."""
    rows = ["a,o,,8,57,20,61,,,,", f"a,o,printed,,,,,RR,{estimate}"]
    told = suspected(rows, "RR", COUNTS)
    assert [each[:3] for each in told] == [(rule, 3, "estimate")] * bool(rule)
    assert all(each[3].endswith(f"{exp(log(8 / 57) - log(20 / 61)):.3g}") for each in told)


@pytest.mark.parametrize(
    ("events", "estimate", "rules"),
    [
        ("14,20,18,20", "OR,0.259,0.10,0.670810", []),
        ("14,20,18,20", "RR,0.259,0.10,0.670810", ["crude_outside"]),
        ("14,20,18,20", "HR,0.259,0.10,0.670810", []),
        ("14,20,18,20", "HR,2.59,1.0,6.70810", ["opposite_direction"]),
        ("7,100,9,100", "HR,0.259,0.10,0.670810", ["crude_outside"]),
        ("14,20,18,20", "OR,0.90,0.80,1.0125", ["crude_outside"]),
    ],
)
def test_limits_are_held_against_the_crude_ratio_of_their_own_measure(
    suspected, events, estimate, rules
):
    """14 of 20 against 18 of 20: risks 0.778, odds 0.259; a hazard ratio is neither."""
    told = suspected([f"a,o,,{events},,,,", f"a,o,printed,,,,,{estimate}"], "RR", COUNTS)
    assert [each[0] for each in told] == rules


@pytest.mark.parametrize(
    ("quote", "is_told"),
    [
        ("injuries were reduced by half", True),
        ("28 % fewer injuries with training", True),
        ("no fewer injuries with training", False),
        ("fewer injuries in the control group", False),
        ("injuries increased", False),
        ("risk ratio 1.50", False),
    ],
)
def test_an_effect_against_its_quoted_words_is_told(suspected, quote, is_told):
    source = "study,field,variant,value,source,location,kind,quote\n"
    row = f"a,estimate,primary,1.5,One 2001,abstract,primary_abstract,{quote}\n"
    more = {"provenance.csv": source + row}
    told = suspected(["a,o,RR,1.5,1.2,1.875"], "RR", "measure,estimate,ci_low,ci_high", more)
    assert [each[0] for each in told] == ["against_text"] * is_told


def test_a_printed_total_that_is_not_the_sum_of_its_trials_is_told(suspected):
    head = "target,analysis,quantity,printed,explained\n"
    rows = ["a,o,1,20,2,20", "b,o,1,30,2,30"]
    counts = "events_intervention,n_intervention,events_control,n_control"
    printed = {"published.csv": f"{head}main,overall,k,2,\nmain,overall,participants,110,\n"}
    assert suspected(rows, "RR", counts, printed) == [("total_differs", 3, "printed", "110")]
    explained = {"published.csv": f"{head}main,overall,participants,110,ten more were randomised\n"}
    assert suspected(rows, "RR", counts, explained) == []


def test_a_trial_that_turns_the_conclusion_is_named_with_the_pool_without_it(tmp_path):
    """Equal variances: the pool is the mean, and its standard error 0.3 over the root of k."""
    rows = [f"{letter},o,{y},0.09" for letter, y in zip(LETTERS, (-0.9, -0.2, -0.2), strict=False)]
    write_review(tmp_path, rows, "GEN", "y,v")
    (tmp_path / "review.yaml").write_text(
        "title: T\nmeasure: GEN\nanalyses:\n  - {id: all, title: All, tau2: FE, interval: wald}\n",
        encoding="utf-8",
    )
    review = settled_review(read(tmp_path))
    (told,) = (each for each in review.warnings if each.rule == "turns_conclusion")
    assert (told.path.name, told.line, told.key) == ("review.yaml", 4, "all")
    without = 1.959964 * 0.3 / sqrt(2)
    assert told.numbers.endswith(f"; a -0.200 ({-0.2 - without:.3g} to {-0.2 + without:.3g})")


def test_a_search_without_a_trial_that_has_no_end_is_a_warning_at_its_analysis(tmp_path):
    write_review(tmp_path, [f"{letter},o,-0.5,0.09" for letter in "abc"], "GEN", "y,v")
    (pooled,) = pools_of(read(tmp_path)).pooled
    last = replace(pooled.trials[-1], v=inf)
    (told,) = turning_trials(replace(pooled, trials=(*pooled.trials[:-1], last)))
    assert (told.rule, told.found, told.numbers) == ("turns_conclusion", "overall", UNKNOWN)
    assert "the conclusion of overall cannot be told: without one of them" in told.wrong


@pytest.mark.parametrize("interval", ["wald", "t", "hksj", "hksj_adhoc", "hksj_hybrid"])
@pytest.mark.parametrize("tau2", ["FE", "DL", "REML", "PM"])
def test_limits_without_each_are_those_of_leave_one_out(tau2, interval):
    rng = np.random.default_rng(8)
    y, v = rng.normal(size=6), rng.uniform(0.05, 0.4, 6)
    whole = leave_one_out(y, v, tau2=tau2, interval=interval, level=0.9)
    found = limits_without_each(y, v, tau2=tau2, interval=interval, level=0.9)
    assert_allclose(found, [whole.estimate, whole.ci_low, whole.ci_high], rtol=1e-12)


def test_every_rule_of_effects_and_pools_has_a_test_here_and_a_sentence():
    text = Path(__file__).read_text(encoding="utf-8")
    for rule in WARNING_RULES.values():
        assert rule.name
        assert not rule.looks_at_pools or f'"{rule.code}"' in text


TIMES = "events_intervention,person_time_intervention,events_control,person_time_control"


@pytest.mark.parametrize(
    ("people", "control", "found"),
    [
        (("", ""), "3978", [("unit_differs", 2, "person_time_intervention", "4.262 and 3978")]),
        (("", ""), "42.61", []),
        (("", ""), "42.62", [("unit_differs", 2, "person_time_intervention", "4.262 and 42.62")]),
        (("10", "200"), "42.62", []),
    ],
)
def test_person_time_of_unlike_units_is_named(suspected, people, control, found):
    header = f"{TIMES},n_intervention,n_control"
    rows = [f"a,o,3,4.262,4,{control},{','.join(people)}"]
    assert suspected(rows, "IRR", header) == found


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("26,4262,37,3978,,,,116,115", ""),
        ("26,4.262,37,3.978,,,,116,115", "4.262 and 3.978"),
        ("3,4.262,3,3.978,,,,116,115", ""),
        ("26,116,37,115,,,,116,115", "116 and 115"),
        ("26,116,37,116,,,,116,115", ""),
        ("26,,37,,6.1,9.3,1000,,", ""),
        ("26,,37,,6.1,9.3,1,,", "4.2623 and 3.97849"),
        (",208,,204,96,181,1000,,", "208 and 204"),
        (",2080,,2040,9.6,18.1,1000,,", ""),
    ],
    ids=["hours", "thousands", "few", "people", "one arm", "per 1000", "per 1", "short", "long"],
)
def test_person_time_that_is_wrong_in_both_arms_is_named(suspected, numbers, found):
    header = f"{TIMES},rate_intervention,rate_control,rate_per,n_intervention,n_control"
    told = suspected([f"a,o,{numbers}"], "IRR", header)
    units = [(column, words) for rule, _, column, words in told if rule == "unit_differs"]
    assert units == ([("person_time_intervention", found)] if found else [])


LEVELS = "n_intervention,mean_intervention,sd_intervention,n_control,mean_control,sd_control"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("20,7.1,0.9,20,7,1", "mean_intervention"),
        ("20,0.71,0.09,20,0.70,0.1", "mean_intervention"),
        ("20,156,20,20,154,22", "mean_intervention"),
        ("20,71,90,20,70,100", "sd_intervention"),
        ("20,80,9,20,82,10", ""),
    ],
)
def test_means_and_deviations_of_another_unit_are_named(suspected, row, column):
    others = [f"{trial},o,20,{70 + at},9,20,{71 - at},10" for at, trial in enumerate("abcd")]
    told = suspected([*others, f"e,o,{row}"], "MD", LEVELS)
    named = [(line, name) for rule, line, name, _ in told if rule == "unit_differs"]
    assert named == ([(6, column)] if column else [])


@pytest.mark.parametrize(("y", "is_told"), [("0.62", True), ("-0.478", False), ("0.1", False)])
def test_a_ratio_given_for_its_logarithm_is_named(suspected, y, is_told):
    rows = [f"{trial},o,{-0.4 - at / 10},0.04" for at, trial in enumerate("abcd")]
    told = suspected([*rows, f"e,o,{y},0.0327"], "IRR", "y,v")
    found = [("unit_differs", 6, "y", y)] if is_told else []
    assert told == found


def test_a_logarithm_beside_one_extreme_trial_is_not_taken_for_a_ratio(suspected):
    rows = [
        f"{trial},o,{y},0.04" for trial, y in zip("abcd", (-0.4, -0.5, -0.6, -2.7), strict=True)
    ]
    assert suspected([*rows, "e,o,0.19,0.0327"], "IRR", "y,v") == []


OF_COUNTS = "events_intervention,n_intervention,events_control,n_control"
TWO_TRIALS = ["a,o,4,40,6,41", "b,o,3,30,5,29"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([*TWO_TRIALS, "c,o,7,70,11,70"], [("total_row", 4, "study", "C 2001")]),
        ([*TWO_TRIALS, "c,o,7,70,11,71"], []),
        (["a,o,4,40,6,41", "b,o,4,40,6,42"], []),
        ([*TWO_TRIALS, "total,o,7,70,11,90"], [("total_row", 4, "study", "TOTAL 2001")]),
        ([*TWO_TRIALS, "totally,o,7,70,11,90"], []),
    ],
)
def test_a_row_of_totals_is_no_trial(suspected, rows, found):
    assert suspected(rows, header=OF_COUNTS) == found
