"""Running economy and performance: the pools that are known, and where each number comes from."""

import csv
from collections import Counter
from functools import cache
from math import isclose, sqrt
from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import load
from liftproof.reviews.model.provenance import kind_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.sourced_numbers import numbers
from liftproof.rows.result_rows import ReproductionRow
from support.review_arithmetic import REVIEWS, read

NAME = "running_economy"
ROUNDING = 1e-12
"""A square root and a product."""
PRINTED_DIGITS = 5e-5 * (1 + 1e-9)
"""Effects and variances known to four decimals."""
SE_TRIALS = ("johnston1997", "pellegrino2016", "skovgaard2014")


@cache
def review() -> Review:
    loaded = load(REVIEWS / NAME)
    assert [str(problem) for problem in loaded.problems if not problem.is_warning] == []
    assert loaded.review is not None
    return loaded.review


@cache
def analyses() -> dict[str, PooledAnalysis]:
    return {pooled.estimate.analysis: pooled for pooled in pool_review(review())}


@cache
def verdicts() -> dict[tuple[str, str], ReproductionRow]:
    slopes = slopes_of(dose_models(review()))
    rows = reproduce(review(), [pooled.estimate for pooled in analyses().values()], slopes)
    return {(row.target, row.quantity): row for row in rows}


def variant(name: str) -> list[Outcome]:
    return [row for row in review().outcomes if row.variant == name]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("analysis", "expected", "q", "k", "studies"),
    [
        ("high_load", "-0.266 [-0.516, -0.015]", "16.816", 19, 11),
        ("high_load_as_printed", "-0.316 [-0.581, -0.051]", "16.789", 19, 11),
        ("combined", "-0.646 [-1.143, -0.149]", "40.985", 20, 9),
        ("combined_as_printed", "-0.799 [-1.435, -0.163]", "51.439", 20, 9),
        ("combined_without_outliers", "-0.424 [-0.770, -0.077]", "19.552", 18, 8),
        ("combined_without_outliers_as_printed", "-0.551 [-1.080, -0.023]", "31.084", 18, 8),
        ("submaximal", "-0.366 [-0.876, 0.144]", "1.621", 7, 3),
        ("submaximal_as_printed", "-0.372 [-0.882, 0.138]", "1.513", 7, 3),
        ("plyometric", "-0.136 [-0.315, 0.043]", "17.337", 28, 11),
        ("plyometric_as_printed", "-0.120 [-0.378, 0.138]", "58.653", 28, 11),
        ("plyometric_up_to_12", "-0.304 [-0.522, -0.085]", "6.164", 18, 9),
        ("plyometric_up_to_12_as_printed", "-0.429 [-0.730, -0.128]", "14.317", 18, 9),
        ("isometric", "-0.251 [-0.725, 0.223]", "2.587", 7, 3),
        ("performance_high_load", "-0.463 [-0.859, -0.066]", "6.446", 8, 8),
        ("performance_high_load_as_printed", "-0.673 [-1.429, 0.084]", "21.298", 8, 8),
        ("performance_combined", "-1.067 [-2.010, -0.124]", "16.277", 6, 6),
        ("performance_plyometric", "-0.294 [-0.516, -0.072]", "6.864", 14, 12),
        ("vo2max_high_load", "-0.014 [-0.324, 0.296]", "6.461", 11, 11),
        ("vo2max_plyometric", "0.069 [-0.177, 0.314]", "3.323", 14, 12),
        ("vo2max_combined", "-0.095 [-0.398, 0.208]", "7.731", 11, 10),
        ("vvo2max_high_load", "-0.162 [-0.663, 0.339]", "3.638", 6, 6),
        ("vvo2max_plyometric", "0.273 [-0.270, 0.817]", "0.025", 5, 5),
        ("vvo2max_combined", "0.109 [-0.313, 0.531]", "3.402", 7, 6),
        ("mmss_high_load", "0.049 [-0.308, 0.407]", "2.710", 9, 9),
        ("mmss_plyometric", "0.056 [-0.240, 0.352]", "8.255", 10, 8),
        ("mmss_combined", "-0.026 [-0.564, 0.513]", "0.240", 5, 5),
        ("sprint_combined", "-0.438 [-1.000, 0.125]", "3.491", 5, 5),
    ],
)
def test_pools(analysis: str, expected: str, q: str, k: int, studies: int) -> None:
    row = analyses()[analysis].estimate
    assert f"{row.estimate:.3f} [{row.ci_low:.3f}, {row.ci_high:.3f}]" == expected
    assert (f"{row.q:.3f}", row.k, row.studies) == (q, k, studies)


def test_high_loads_are_met_to_the_last_digit_by_a_number_inferred_from_them() -> None:
    """The 4.0 of Piacentini 2013 gives them; the lower limit and the counts do not need it."""
    for quantity in ("ci_low", "k", "studies"):
        assert verdicts()["high_load", quantity].verdict == "reproduced", quantity
    for quantity in ("estimate", "ci_high", "p", "q"):
        row = verdicts()["high_load", quantity]
        assert row.computed is not None
        assert row.verdict == "fitted", quantity
        assert f"{row.computed:.3f}" == row.printed


@pytest.mark.parametrize(
    ("analysis", "participants"),
    [("submaximal", 39), ("plyometric", 218), ("isometric", 55), ("combined_without_outliers", 155),
     ("performance_high_load", 137), ("performance_plyometric", 358)],
)  # fmt: skip
def test_participants_come_to_the_printed_numbers(analysis: str, participants: int) -> None:
    assert analyses()[analysis].estimate.participants == participants


@pytest.mark.parametrize(
    ("analysis", "study", "detail", "y", "v"),
    [
        ("high_load_as_printed", "skovgaard2014", "12.00 km/h", -0.7771, None),
        ("high_load", "skovgaard2014", "12.00 km/h", -0.2440, None),
        ("high_load", "piacentini2013", "Avg 11.75 km/h", 0.4343, None),
        ("combined", "johnston1997", "13.80 km/h", -0.8584, None),
        ("combined", "blagrove2018", "sLTP", -0.3341, 0.2047),
        ("performance_high_load", "skovgaard2014", "1500-m tt (s)", -0.9634, None),
    ],
)
def test_single_effects(analysis: str, study: str, detail: str, y: float, v: float | None) -> None:
    (row,) = (
        each
        for each in analyses()[analysis].effects
        if (each.study, each.detail) == (study, detail)
    )
    assert row.source == "changes"
    assert row.y is not None
    # the four decimals rest on another approximation of Hedges' factor, 4e-4 away
    assert isclose(row.y, y, abs_tol=4e-4 + PRINTED_DIGITS)
    if v is not None:
        assert row.v is not None
        assert isclose(row.v, v, abs_tol=4e-4 + PRINTED_DIGITS)


def test_42_trials_and_202_comparisons() -> None:
    assert len(review().studies) == 42
    primary = variant("primary")
    assert len(primary) == 202
    assert Counter(row.outcome_class for row in primary) == {
        "running_economy": 81,
        "running_performance": 30,
        "vo2max": 38,
        "speed_at_vo2max": 20,
        "steady_state": 24,
        "sprint": 9,
    }
    assert {row.study for row in primary} == {study.study for study in review().studies}
    assert all(None not in (row.sd_pre_intervention, row.sd_pre_control) for row in primary)


def test_more_is_better_of_oxygen_uptake_and_speeds() -> None:
    """The second paper prints these pools so that above 0 is better, and its sprints otherwise."""
    for row in review().outcomes:
        if row.outcome_class in ("vo2max", "speed_at_vo2max", "steady_state"):
            assert row.better == "higher"
        if row.outcome_class == "sprint":
            assert (row.better == "higher") == ("(m/s)" in row.detail)
    directions = {each.id: each.better for each in review().settings.analyses}
    assert {
        name.partition("_")[0] for name, better in directions.items() if better == "higher"
    } == {
        "vo2max",
        "vvo2max",
        "mmss",
    }


def test_higher_is_better_for_distances_and_time_to_exhaustion_alone() -> None:
    turned = {
        (row.study, row.outcome)
        for row in review().outcomes
        if row.better == "higher" and row.outcome_class.startswith("running")
    }
    assert turned == {
        ("turner2003", "economy_11_27_km_h"),
        ("turner2003", "economy_9_65_km_h"),
        ("bertuzzi2013", "time_to_exhaustion"),
        ("storen2008", "time_to_exhaustion"),
        ("vikmoen2016", "distance_40_min"),
    }


TABLE3 = Path(__file__).parent / "llanos_table3.csv"
"""Arms of Table 3 of the second paper (CC BY 4.0) as it prints them, under this review's keys."""
TRAINING = {"HL": "high_load", "PL": "plyometric", "SubL": "submaximal", "C": "control"}
Arm = tuple[str, str, str, float, float, float, float, float]


def arms_printed() -> Counter[Arm]:
    """Return study, outcome, training, n, mean and SD before, mean and SD after, by arm."""
    with TABLE3.open(encoding="utf-8", newline="") as lines:
        return Counter(
            (
                row["study"],
                row["outcome"],
                TRAINING.get(row["group"], "combined"),
                *(float(row[name]) for name in ("n", "mean_pre", "sd_pre", "mean", "sd")),
            )
            for row in csv.DictReader(lines)
        )


def arm_held(row: Outcome, arm: str, training: str) -> Arm:
    names = (f"n_{arm}", f"mean_pre_{arm}", f"sd_pre_{arm}", f"mean_{arm}", f"sd_{arm}")
    return row.study, row.outcome, training, *(getattr(row, name) for name in names)


def test_every_arm_of_the_second_papers_table_is_held_as_it_is_printed() -> None:
    rows = [row for row in variant("primary") if not row.outcome_class.startswith("running")]
    printed = arms_printed()
    trained = Counter(arm_held(row, "intervention", row.moderators["training"]) for row in rows)
    controls = {arm_held(row, "control", "control") for row in rows}
    assert trained == Counter({arm: n for arm, n in printed.items() if arm[2] != "control"})
    assert controls == {arm for arm in printed if arm[2] == "control"}


def key(row: Outcome) -> tuple[str, str, str]:
    return row.study, row.outcome, row.arm


def test_corrected_dispersions_are_standard_errors_times_the_root_of_n() -> None:
    printed = {key(row): row for row in variant("primary")}
    corrected = [row for row in variant("corrected") if row.study in SE_TRIALS]
    assert len(corrected) == 15
    for row in corrected:
        for name in ("sd_intervention", "sd_control", "sd_pre_intervention", "sd_pre_control"):
            n = getattr(row, "n_" + name.rsplit("_", 1)[1])
            before = getattr(printed[key(row)], name)
            assert isclose(getattr(row, name), before * sqrt(n), rel_tol=ROUNDING)


def test_the_forty_of_piacentini_is_all_that_its_correction_changes() -> None:
    printed = {key(row): row for row in variant("primary")}
    changed = []
    for row in variant("corrected"):
        if row.study == "piacentini2013":
            before = printed[key(row)]
            names = ("mean_intervention", "mean_control", "sd_intervention", "sd_control")
            changed += [
                (row.outcome, row.arm, name, getattr(before, name), getattr(row, name))
                for name in names
                if getattr(before, name) != getattr(row, name)
            ]
    assert changed == [
        ("economy_avg_11_75_km_h", arm, "sd_control", 40.0, 4.0)
        for arm in ("submaximal", "high_load")
    ]


def test_every_number_has_a_source_and_nothing_is_from_memory() -> None:
    kinds = Counter(
        (outcome.variant if outcome else "", kind_of(review(), study, outcome, field))
        for study, outcome, field, _ in numbers(review())
    )
    assert {kind for _, kind in kinds} == {
        *("primary_abstract", "secondary", "derived", "reconstructed"),
    }
    assert kinds["", "primary_abstract"] == 2  # weeks of two trials of the second paper alone
    assert kinds["corrected", "derived"] == 4 * 15
    assert kinds["corrected", "reconstructed"] == 2
    assert ("primary", "derived") not in kinds


def test_confirmed_inferred_and_suspected_corrections_are_told_apart() -> None:
    notes = {
        (row["study"], row["outcome"]): row["note"].rpartition("; ")[2]
        for row in read(NAME, "provenance")
        if row["kind"] == "derived"
    }
    assert notes.pop(("skovgaard2014", "economy_12_00_km_h")) == "standard error confirmed"
    for outcome in ("time_trial_1500_m", "vo2max"):
        assert notes.pop(("skovgaard2014", outcome)) == "standard error inferred"
    assert set(notes.values()) == {"standard error suspected"}
    assert {study for study, _ in notes} == {"johnston1997", "pellegrino2016"}


def test_only_analyses_with_the_inferred_four_rest_on_a_reconstruction() -> None:
    marked = {name for name, pooled in analyses().items() if pooled.estimate.reconstructed == "yes"}
    assert marked == {"high_load", "submaximal"}
    assert {pooled.estimate.unverified for pooled in analyses().values()} == {"no"}


def test_every_printed_number_has_a_verdict_and_an_explanation_where_one_is_owed() -> None:
    rows = verdicts().values()
    assert len(rows) == len(read(NAME, "published")) == 231
    assert {row.explanation for row in rows} == {"not_needed", "given"}
    counted = Counter(row.verdict for row in rows)
    assert counted["reproduced"] >= 29
    told = (
        "Of 231 printed numbers {reproduced} are reproduced, {close} close, {same_conclusion} of "
        "the same conclusion, {different} different, {fitted} met by a number that was fitted to "
        "them; {blocked} cannot be computed"
    )
    page = (REVIEWS.parents[1] / "docs" / "reproduced.md").read_text(encoding="utf-8")
    assert told.format(**counted) in " ".join(page.split())


@pytest.mark.parametrize(
    ("target", "quantity", "printed"),
    [
        ("high_load", "q", "16.816"),
        ("performance_combined", "i2", "67.475"),
        ("speed_slope", "slope", "-0.117"),
        ("speed_slope_text", "slope", "-0.177"),
        ("whole_economy", "k", "37"),
        ("whole_economy_results", "k", "80"),
        ("eihara_time_trial_heavy", "ci_high", "-0.55"),
        ("denadai_all", "half_width", "1.19"),
        ("barrio_combined", "estimate", "1.34"),
        ("balsalobre", "participants", "93"),
    ],
)
def test_printed_numbers(target: str, quantity: str, printed: str) -> None:
    assert verdicts()[target, quantity].printed == printed


def test_45_of_the_70_numbers_on_other_outcomes_are_reproduced() -> None:
    """Each of them with the standard errors read as such; none needs a sign of its own."""
    others = ("vo2max_", "vvo2max_", "mmss_", "sprint_")
    rows = [
        row
        for row in verdicts().values()
        if row.target.startswith(others) and row.target != "vo2max_slope"
    ]
    assert len(rows) == 70
    assert Counter(row.verdict for row in rows) == {
        "reproduced": 45,
        "close": 13,
        "same_conclusion": 12,
    }
    assert all("not found" in row.explained for row in rows if row.verdict == "same_conclusion")


def test_the_trials_of_both_papers_are_counted_and_not_pooled() -> None:
    found = {
        (row.target, row.quantity): (row.computed, row.verdict)
        for row in verdicts().values()
        if row.target.startswith("whole")
    }
    assert found == {
        ("whole_economy", "studies"): (31, "reproduced"),
        ("whole_economy", "k"): (81, "blocked"),
        ("whole_economy", "participants"): (636, "different"),
        ("whole_economy_results", "k"): (81, "close"),
        ("whole_performance", "studies"): (38, "reproduced"),
        ("whole_performance", "participants"): (894, "reproduced"),
    }


def test_traps_stand_as_notes() -> None:
    notes = {row.study: row.note for row in variant("primary") if row.note}
    assert "3.2" in notes["damasceno2015"]
    assert "not after less before" in notes["kelly2008"]
    assert "6.0 s after and 21.6 s before" in notes["paavolainen1999"]
    assert "triathletes" in notes["luckin_baldwin2021"]


def test_the_licence_of_the_tables_is_named() -> None:
    assert "CC BY 4.0" in review().settings.citation
    readme = (REVIEWS.parent / "README.md").read_text(encoding="utf-8")
    assert "Llanos-Lagos" in readme


@pytest.mark.parametrize(
    ("target", "quantity", "computed", "verdict"),
    [
        ("vo2max_slope", "slope", "-0.0405", "reproduced"),
        ("vo2max_slope", "p", "0.0160", "reproduced"),
        ("speed_slope", "slope", "-0.0672", "different"),  # significant in print alone
        ("speed_slope", "p", "0.2841", "different"),
        ("speed_slope_text", "slope", "-0.0712", "same_conclusion"),
        ("plyometric_speed_slope", "slope", "0.0510", "different"),
        ("plyometric_speed_slope", "p", "0.1160", "different"),
    ],
)
def test_slopes_on_speed_and_oxygen_uptake(
    target: str, quantity: str, computed: str, verdict: str
) -> None:
    row = verdicts()[target, quantity]
    assert f"{row.computed:.4f}" == computed
    assert row.verdict == verdict
