"""The living review of trials in runners: its pools, its traps, and what stays outside."""

from collections import Counter
from functools import cache
from math import exp, log, sqrt

import pytest

from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import load
from liftproof.reviews.model.review import Review
from support.review_arithmetic import REVIEWS, Z, find, read

NAME = "runners"
STUDIES = {row["study"]: row for row in read(NAME, "studies")}
OUTCOMES = read(NAME, "outcomes")
PROVENANCE = read(NAME, "provenance")

NINE_DECIMALS = 1e-8
"""``y`` and ``v`` that were computed by hand are written with nine decimals."""
FOUR_DECIMALS = 1e-4
"""Ratios that were computed by hand are written with four."""


@cache
def review() -> Review:
    loaded = load(REVIEWS / NAME)
    assert [str(problem) for problem in loaded.problems if not problem.is_warning] == []
    assert loaded.review is not None
    return loaded.review


@cache
def pools() -> dict[str, PooledAnalysis]:
    return {pooled.estimate.analysis: pooled for pooled in pool_review(review())}


def shown(analysis: str, digits: int = 2) -> str:
    row = pools()[analysis].estimate
    low, high = row.ci_low, row.ci_high
    return f"{row.estimate:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def test_38_trials_and_59_rows() -> None:
    assert len(STUDIES) == 38
    assert len(OUTCOMES) == 59
    assert {row["study"] for row in OUTCOMES} == set(STUDIES)
    status = Counter(row["inclusion_status"] for row in STUDIES.values())
    assert status == {
        "in_runner_pool": 6,
        "sensitivity_only": 3,
        "not_exercise": 6,
        "no_usable_numbers": 4,
        "not_randomised": 2,
        "no_untreated_control": 1,
        "other_population": 13,
        "candidate_not_found": 3,
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("analysis", "k", "expected", "i2", "prediction"),
    [
        # by effects rounded to four digits the upper prediction limit is 1.54
        ("all_exercise", 6, "0.86 (0.60-1.23)", 33, "0.48-1.55"),
        ("strength", 4, "0.77 (0.40-1.49)", 47, "0.27-2.23"),
        ("strict_strength", 3, "0.81 (0.22-2.91)", 55, "0.10-6.22"),
        ("with_military_and_athletics", 9, "0.85 (0.63-1.15)", 52, "0.44-1.66"),
        ("toresdahl_minor", 6, "0.87 (0.67-1.14)", 18, "0.61-1.25"),
        ("taddei_printed", 6, "0.80 (0.51-1.25)", 74, "0.28-2.30"),
    ],
)
def test_pool_by_reml_and_hartung_knapp(
    analysis: str, k: int, expected: str, i2: int, prediction: str
) -> None:
    row = pools()[analysis].estimate
    assert (row.tau2_method, row.interval, row.k) == ("REML", "hksj", k)
    assert shown(analysis) == expected
    assert row.i2 is not None
    assert round(row.i2) == i2
    assert f"{row.pi_low:.2f}-{row.pi_high:.2f}" == prediction


@pytest.mark.parametrize(
    ("analysis", "expected", "i2"),
    [
        # by effects rounded to four digits the upper limit is 5.97
        ("supervised", "0.598 (0.060-5.977)", 4),
        ("unsupervised", "1.065 (0.264-4.293)", 0),
        ("without_leppanen", "0.940 (0.621-1.423)", 0),
    ],
)
def test_smaller_pools(analysis: str, expected: str, i2: int) -> None:
    row = pools()[analysis].estimate
    assert shown(analysis, 3) == expected
    assert row.i2 is not None
    assert round(row.i2) == i2


@pytest.mark.parametrize(
    ("analysis", "expected"),
    [
        ("all_exercise_dl", "0.86 (0.66-1.12)"),
        ("strength_dl", "0.77 (0.53-1.13)"),
        ("strict_strength_dl", "0.81 (0.46-1.41)"),
        ("supervised_dl", "0.60 (0.42-0.85)"),
        ("unsupervised_dl", "1.07 (0.71-1.59)"),
        ("with_military_and_athletics_dl", "0.85 (0.66-1.09)"),
        ("toresdahl_minor_dl", "0.86 (0.70-1.07)"),
        ("taddei_printed_dl", "0.81 (0.55-1.18)"),
        ("vanmechelen1993", "1.19 (0.71-1.99)"),
        ("copenhagen_adduction", "0.83 (0.41-1.68)"),
    ],
)
def test_pool_by_wald(analysis: str, expected: str) -> None:
    assert shown(analysis) == expected


def test_effects_of_the_six_trials() -> None:
    effects = {
        row.study: f"{row.estimate:.2f} {row.measure} {row.source}"
        for row in pools()["all_exercise"].effects
    }
    assert effects == {
        "vanmechelen1993": "1.19 RR counts",
        "bredeweg2012": "0.91 RR counts",
        "baltich2017": "1.21 RR given",
        "toresdahl2020": "0.97 RR reported",
        "taddei2020": "0.43 RR counts",
        "leppanen2024": "0.66 HR reported",
    }


@pytest.mark.parametrize(
    ("analysis", "trials"),
    [
        ("supervised", {"taddei2020", "leppanen2024"}),
        ("unsupervised", {"baltich2017", "toresdahl2020"}),
        ("strict_strength", {"baltich2017", "toresdahl2020", "taddei2020"}),
    ],
)
def test_trials_of_a_pool(analysis: str, trials: set[str]) -> None:
    assert {row.study for row in pools()[analysis].effects} == trials


def log_se(low: float, high: float) -> float:
    return log(high / low) / (2 * Z)


def test_arms_of_baltich_are_joined_against_their_shared_control_arm() -> None:
    arms = ((31.6, 18.4, 50.5), (32.9, 20.8, 49.3))
    weights = [1 / log_se(low, high) ** 2 for _, low, high in arms]
    mean = sum(w * log(arm[0]) for w, arm in zip(weights, arms, strict=True)) / sum(weights)
    row = find(OUTCOMES, "baltich2017")
    assert float(row["y"]) == pytest.approx(mean - log(26.7), abs=NINE_DECIMALS)
    variance = 1 / sum(weights) + log_se(15.2, 43.2) ** 2
    assert float(row["v"]) == pytest.approx(variance, abs=NINE_DECIMALS)


@pytest.mark.parametrize(
    ("variant", "rates"),
    [
        ("resistance", (31.6, 18.4, 50.5)),
        ("functional", (32.9, 20.8, 49.3)),
    ],
)
def test_each_arm_of_baltich(variant: str, rates: tuple[float, float, float]) -> None:
    row = find(OUTCOMES, "baltich2017", variant)
    ratio, se = log(rates[0] / 26.7), sqrt(log_se(*rates[1:]) ** 2 + log_se(15.2, 43.2) ** 2)
    computed = [exp(ratio + step * Z * se) for step in (0, -1, 1)]
    entered = [float(row[name]) for name in ("estimate", "ci_low", "ci_high")]
    assert entered == pytest.approx(computed, abs=FOUR_DECIMALS)


def test_harm_signal_stands_alone() -> None:
    pooled = pools()["harm_ankle_foot"]
    assert [(row.study, row.arm) for row in pooled.effects] == [("leppanen2024", "ankle_foot")]
    assert shown("harm_ankle_foot") == "3.60 (1.20-10.83)"  # symmetric about 3.60: 10.86 printed
    row = find(OUTCOMES, "leppanen2024", outcome="acute_injury")
    assert (row["estimate"], row["ci_low"], row["ci_high"]) == ("3.60", "1.20", "10.86")
    assert row["note"].startswith("HARM")


def test_ratios_printed_as_control_over_intervention_are_turned_round_in_the_open() -> None:
    taddei = find(OUTCOMES, "taddei2020", "printed_inverted")
    assert exp(-float(taddei["y"])) == pytest.approx(2.42, abs=NINE_DECIMALS)
    assert float(taddei["v"]) == pytest.approx(log_se(1.98, 3.62) ** 2, abs=NINE_DECIMALS)
    sakata = find(OUTCOMES, "sakata2019")
    turned = [1 / float(sakata[name]) for name in ("estimate", "ci_high", "ci_low")]
    assert [f"{ratio:.3f}" for ratio in turned] == ["1.940", "1.175", "3.205"]
    hasebe = find(OUTCOMES, "hasebe2020", "printed_inverted")
    assert f"{1 / float(hasebe['estimate']):.2f}" == "1.14"
    rows = ("taddei2020", "sakata2019", "hasebe2020")
    kinds = {
        row["kind"]
        for row in PROVENANCE
        if row["study"] in rows and "printed" in row["note"] + row["variant"]
    }
    assert kinds == {"derived"}


def test_90_percent_limits() -> None:
    levels = {row["study"]: row["ci_level"] for row in OUTCOMES if row["ci_level"]}
    assert levels == {"hislop2017": "0.90", "attwood2018": "0.90"}


def test_what_is_not_randomised_or_not_read_enters_no_analysis() -> None:
    entering = {row.study for pooled in pools().values() for row in pooled.effects}
    assert not entering & {"desai2023", "nounigarcia2018", "elerian2019", "asker2022"}
    assert {name for name, row in STUDIES.items() if row["randomised"] == "no"} == {
        "desai2023",
        "nounigarcia2018",
    }


def test_groin_pain_and_time_lost_by_it_are_two_outcomes() -> None:
    counts = {
        (row["outcome"], row["arm"]): (row["events_intervention"], row["events_control"])
        for row in OUTCOMES
        if row["study"] == "fujisaki2022"
    }
    assert counts == {
        ("groin_pain", "adduction"): ("8", "18"),
        ("groin_pain", "adduction_and_nordic"): ("4", "18"),
        ("groin_time_loss", "adduction"): ("6", "16"),
        ("groin_time_loss", "adduction_and_nordic"): ("3", "16"),
    }
    assert shown("fujisaki_adduction") == "0.42 (0.20-0.91)"  # printed: 0.42 (0.19-0.90)
    assert shown("fujisaki_both") == "0.19 (0.07-0.54)"


def test_counts_in_conflict_stand_side_by_side() -> None:
    haroy = find(OUTCOMES, "haroy2019", "data_set")
    assert (haroy["events_intervention"], haroy["n_intervention"]) == ("41", "247")


def test_numbers_from_memory_are_unverified() -> None:
    unverified = {
        (row["study"], row["variant"], row["field"])
        for row in PROVENANCE
        if row["kind"] == "unverified"
    }
    ratio = ("estimate", "ci_low", "ci_high")
    assert unverified == {
        *(("asker2022", "recalled", name) for name in ratio),
        *(("gabbe2006", "recalled", name) for name in ratio),
        *(("vandehoef2019", "", name) for name in ("follow_up_weeks", "weeks")),
    }


def test_counts_solved_from_percentages_are_reconstructed() -> None:
    solved = {
        (row["study"], row["outcome"]) for row in PROVENANCE if row["kind"] == "reconstructed"
    }
    assert solved == {
        ("bredeweg2012", "running_injury"),
        ("toresdahl2020", "marathon_noncompletion"),
        ("toresdahl2020", "minor_injury"),
        ("taddei2020", "running_injury"),
        ("brushoj2008", "lower_extremity_overuse"),
        ("edouard2021", "participation_restriction"),
        ("fokkema2019", "running_injury"),
        ("fujisaki2022", "groin_pain"),
    }


def test_verdicts_on_the_printed_numbers() -> None:
    rows = reproduce(review(), [pooled.estimate for pooled in pools().values()])
    own = [row for row in rows if not row.see]
    assert Counter(row.verdict for row in own) == {
        "blocked": 77,
        "reproduced": 7,
        "fitted": 3,
        "same_conclusion": 10,
        "different": 2,
    }
    assert len(rows) - len(own) == 15
    assert {row.explanation for row in rows} == {"given", "not_needed"}
