"""The Nordic hamstring trials: the pools that reviews printed, and the doses behind the slopes."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews import load
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.regression import permutation_test
from liftproof.statistics.regression.fitting import Regression, meta_regression
from support.review_arithmetic import COUNTS, REVIEWS, find, read, risk_ratio

NAME = "nordic"
STUDIES = {row["study"]: row for row in read(NAME, "studies")}
OUTCOMES = read(NAME, "outcomes")
PROVENANCE = read(NAME, "provenance")

ROUNDING = 0.0011
"""The slopes were computed from effects rounded to five digits: the third may differ by one."""


@cache
def review() -> Review:
    loaded = load(REVIEWS / NAME)
    assert [str(problem) for problem in loaded.problems if not problem.is_warning] == []
    assert loaded.review is not None
    return loaded.review


@cache
def pools() -> dict[str, PooledAnalysis]:
    return {pooled.estimate.analysis: pooled for pooled in pool_review(review())}


def shown(row: EstimateRow) -> str:
    return f"{row.estimate:.3f} ({row.ci_low:.3f}-{row.ci_high:.3f})"


def test_25_trials_and_cohorts_and_57_rows() -> None:
    assert len(STUDIES) == 25
    assert len(OUTCOMES) == 57
    assert {row["study"] for row in OUTCOMES} == set(STUDIES)
    assert sum(row["inclusion_status"] == "in_van_dyk_2019" for row in STUDIES.values()) == 15


@pytest.mark.slow
@pytest.mark.parametrize(
    ("analysis", "k", "expected", "i2", "p", "prediction"),
    [
        ("rct_alone", 6, "0.588 (0.268-1.291)", 62, "0.14", "0.105-3.293"),
        ("without_engebretsen", 5, "0.490 (0.194-1.240)", 53, "0.10", "0.074-3.238"),
        ("without_sebelien", 5, "0.636 (0.290-1.392)", 66, "0.18", "0.093-4.326"),
        ("vanderhorst_10_26", 6, "0.572 (0.254-1.285)", 64, "0.14", "0.095-3.442"),
        ("petersen_new", 6, "0.636 (0.318-1.274)", 47, "0.16", "0.160-2.530"),
        ("clusters", 6, "0.584 (0.257-1.330)", 58, "0.15", "0.097-3.504"),
        ("four_protocols", 4, "0.362 (0.181-0.725)", 0, "0.02", "0.142-0.926"),
        ("eccentric_all", 8, "0.512 (0.275-0.951)", 55, "0.04", "0.125-2.101"),
        ("impellizzeri2021_k5", 5, "0.558 (0.205-1.519)", 70, "0.18", "0.061-5.135"),
        ("impellizzeri2021_k6", 6, "0.588 (0.268-1.291)", 62, "0.14", "0.105-3.293"),
    ],
)
def test_pool_by_reml_and_hartung_knapp(
    analysis: str, k: int, expected: str, i2: int, p: str, prediction: str
) -> None:
    row = pools()[analysis].estimate
    assert (row.tau2_method, row.interval, row.k) == ("REML", "hksj", k)
    assert shown(row) == expected
    assert row.i2 is not None
    assert round(row.i2) == i2
    assert f"{row.p_value:.2f}" == p
    assert f"{row.pi_low:.3f}-{row.pi_high:.3f}" == prediction


@pytest.mark.parametrize(
    ("analysis", "k", "expected", "i2"),
    [
        ("rct_alone_dl", 6, "0.587 (0.319-1.082)", 65),
        ("without_engebretsen_dl", 5, "0.491 (0.260-0.926)", 54),
        ("without_sebelien_dl", 5, "0.637 (0.347-1.169)", 68),
        ("vanderhorst_10_26_dl", 6, "0.571 (0.304-1.071)", 66),
        ("petersen_new_dl", 6, "0.635 (0.375-1.076)", 51),
        ("clusters_dl", 6, "0.583 (0.304-1.116)", 60),
        ("four_protocols_dl", 4, "0.365 (0.234-0.570)", 7),
        ("eccentric_all_dl", 8, "0.510 (0.301-0.865)", 57),
        ("ishoi2020_nhe", 2, "0.348 (0.225-0.537)", 0),
        ("ishoi2020_11plus", 2, "0.389 (0.238-0.635)", 0),
        ("goode2015", 4, "0.587 (0.269-1.279)", 76),
        ("goode2015_recalled", 4, "0.609 (0.265-1.397)", 81),
        ("lemes2021_hamstring", 3, "0.687 (0.411-1.148)", 31),
        ("lemes2021_hamstring_10_26", 3, "0.650 (0.347-1.217)", 49),
        ("rct_all", 8, "0.491 (0.310-0.778)", 57),
        ("vandyk2019_low_risk", 7, "0.513 (0.325-0.811)", 59),
        ("vandyk2019_rct_recalled", 8, "0.501 (0.302-0.832)", 66),
        ("vandyk2019_low_risk_recalled", 7, "0.529 (0.319-0.878)", 68),
        ("vandyk2019_rct_matched", 8, "0.520 (0.319-0.845)", 61),
        ("vandyk2019_low_risk_matched", 7, "0.548 (0.338-0.887)", 62),
    ],
)
def test_pool_by_dersimonian_and_laird(analysis: str, k: int, expected: str, i2: int) -> None:
    row = pools()[analysis].estimate
    assert (row.tau2_method, row.interval, row.k) == ("DL", "wald", k)
    assert shown(row) == expected
    assert row.i2 is not None
    assert round(row.i2) == i2


def test_participants_tell_which_trials_van_dyk_kept() -> None:
    assert pools()["vandyk2019_low_risk"].estimate.participants == 5362


@pytest.mark.parametrize(
    ("study", "variant", "expected"),
    [
        ("gabbe2006", "primary", "1.1623"),
        ("engebretsen2008", "primary", "1.0857"),
        ("petersen2011", "primary", "0.3010"),
        ("vanderhorst2015", "primary", "0.4325"),
        ("vanderhorst2015", "events_10_26", "0.3780"),
        ("hasebe2020", "primary", "0.8803"),
        ("espinosa2015", "primary", "0.1909"),
        ("silversgranelli2015", "primary", "0.3663"),
        ("soligard2008", "primary", "0.4959"),
        ("vandehoef2019", "primary", "0.8903"),
    ],
)
def test_risk_ratio_of_a_trial(study: str, variant: str, expected: str) -> None:
    row = find(OUTCOMES, study, variant, "hamstring_injury")
    assert f"{np.exp(risk_ratio(row)[0]):.4f}" == expected


def test_either_split_of_van_der_horst_gives_the_printed_36_players() -> None:
    for variant in ("primary", "events_10_26"):
        row = find(OUTCOMES, "vanderhorst2015", variant)
        assert int(row["events_intervention"]) + int(row["events_control"]) == 36


@pytest.mark.parametrize(("variant", "digits"), [("primary", "6.067"), ("events_10_26", "7.881")])
def test_first_digit_of_the_test_of_van_der_horst_fits_10_v_26(variant: str, digits: str) -> None:
    row = find(OUTCOMES, "vanderhorst2015", variant)
    a, n, c, m = (int(row[name]) for name in COUNTS)
    b, d = n - a, m - c
    chi2 = (a * d - b * c) ** 2 * (n + m) / (n * m * (a + c) * (b + d))
    assert f"{chi2:.3f}" == digits


def slope(analysis: str, column: str, scale: str, test: str, without: str = "") -> Regression:
    y, v, x = design(analysis, column, scale, without)
    return meta_regression(y, v, x, tau2="REML", test=test)


def design(analysis: str, column: str, scale: str, without: str) -> tuple[np.ndarray, ...]:
    """Return y, v and the design matrix of the trials of an analysis whose dose is known."""
    rows = [
        row
        for row in pools()[analysis].effects
        if STUDIES[row.study][column] and row.study != without
    ]
    dose = np.array([float(STUDIES[row.study][column]) for row in rows])
    scaled = np.log(dose) if scale == "ln" else dose / float(scale)
    x = np.column_stack([np.ones_like(scaled), scaled])
    return np.array([row.y for row in rows]), np.array([row.v for row in rows]), x


@pytest.mark.parametrize(
    ("analysis", "column", "scale", "test", "without", "k", "expected"),
    [
        ("rct_alone", "reps_total", "100", "knha", "", 5, (0.030, -0.410, 0.471)),
        ("rct_alone", "reps_total", "ln", "knha", "", 5, (0.087, -2.911, 3.084)),
        ("rct_alone", "reps_total_with_recalled", "100", "knha", "", 6, (0.042, -0.331, 0.415)),
        ("rct_alone", "reps_total_with_recalled", "ln", "knha", "", 6, (0.254, -2.234, 2.742)),
        ("rct_alone", "reps_performed", "100", "z", "", 3, (-0.278, -0.495, -0.061)),
        ("rct_alone", "reps_performed", "100", "adhoc", "", 3, (-0.278, -1.684, 1.128)),
        ("rct_alone", "reps_performed", "ln", "z", "", 3, (-0.970, -1.736, -0.204)),
        ("rct_alone", "reps_performed", "ln", "adhoc", "", 3, (-0.970, -5.936, 3.996)),
        ("rct_alone", "reps_performed_with_recalled", "100", "z", "", 4, (-0.259, -0.405, -0.112)),
        (
            *("rct_alone", "reps_performed_with_recalled", "100", "adhoc", "", 4),
            (-0.259, -0.581, 0.064),
        ),
        ("rct_alone", "reps_performed_with_recalled", "ln", "z", "", 4, (-0.866, -1.361, -0.370)),
        (
            *("rct_alone", "reps_performed_with_recalled", "ln", "adhoc", "", 4),
            (-0.866, -1.954, 0.223),
        ),
        ("rct_alone", "compliance_percent", "10", "adhoc", "", 4, (-0.176, -0.410, 0.059)),
        ("rct_alone", "reps_per_week", "10", "adhoc", "", 5, (-0.282, -0.656, 0.092)),
        ("rct_alone", "reps_total", "100", "knha", "hasebe2020", 4, (-0.282, -1.123, 0.559)),
        ("rct_alone", "reps_total", "100", "knha", "gabbe2006", 4, (0.146, -0.309, 0.600)),
        ("without_sebelien", "reps_total", "100", "knha", "", 4, (-0.025, -0.616, 0.567)),
        ("clusters", "reps_total", "100", "knha", "", 5, (0.000, -0.523, 0.523)),
        ("vanderhorst_10_26", "reps_total", "100", "knha", "", 5, (0.036, -0.409, 0.481)),
        (
            *("rct_alone", "reps_total_maintenance_assumed", "100", "knha", "", 5),
            (-0.068, -0.163, 0.028),
        ),
        (
            *("rct_alone", "reps_total_maintenance_assumed_low", "100", "knha", "", 5),
            (-0.073, -0.227, 0.081),
        ),
    ],
)
def test_slope_on_dose(
    *,
    analysis: str,
    column: str,
    scale: str,
    test: str,
    without: str,
    k: int,
    expected: tuple[float, float, float],
) -> None:
    fit = slope(analysis, column, scale, test, without)
    assert fit.k == k
    computed = fit.coefficients[1], fit.ci_low[1], fit.ci_high[1]
    assert computed == pytest.approx(expected, abs=ROUNDING)


def test_four_performed_doses_give_the_smallest_permutation_p_there_is() -> None:
    y, v, x = design("rct_alone", "reps_performed_with_recalled", "100", "")
    fit = permutation_test(y, v, x, tau2="REML", test="knha")
    assert f"{fit.p_values[1]:.3f}" == "0.083"  # 2 of 4! orders


@pytest.mark.parametrize(
    ("study", "prescribed", "weeks", "compliance"),
    [
        ("gabbe2006", 360, 12, 47),
        ("petersen2011", 718, 10, 91),
        ("sebelien2014", 277, 5, None),
        ("vanderhorst2015", 598, 13, 91),
        ("hasebe2020", 1264, 27, None),
    ],
)
def test_derived_doses(study: str, prescribed: int, weeks: int, compliance: int | None) -> None:
    row = STUDIES[study]
    assert float(row["reps_total"]) == prescribed
    assert row["reps_total_with_recalled"] == row["reps_total"]
    assert float(row["reps_per_week"]) == round(prescribed / weeks, 1)
    performed = "" if compliance is None else prescribed * compliance / 100
    cell = row["reps_performed"]
    assert (float(cell) if cell else "") == performed


def test_assumed_maintenance() -> None:
    columns = ("reps_total_maintenance_assumed", "reps_total_maintenance_assumed_low")
    totals = {name: [float(row[name]) for row in STUDIES.values() if row[name]] for name in columns}
    assert totals[columns[0]] == [360, 718 + 988, 277 + 90 * 38, 598, 1264]
    assert totals[columns[1]] == [360, 718 + 988, 277 + 30 * 38, 598, 1264]


def test_kinds_of_the_numbers() -> None:
    kinds = Counter(row["kind"] for row in PROVENANCE)
    assert sum(kinds.values()) == 336
    assert (kinds["unverified"], kinds["reconstructed"]) == (23, 30)


def test_what_rests_on_memory_or_is_disputed() -> None:
    marked = {
        (row["study"], row["field"], row["variant"])
        for row in PROVENANCE
        if row["kind"] == "unverified"
    }
    events, arms = ("events_intervention", "events_control"), ("n_intervention", "n_control")
    maintenance = ("reps_total_maintenance_assumed", "reps_total_maintenance_assumed_low")
    recalled = ("reps_total_with_recalled", "reps_performed_with_recalled")
    splits = ("primary", "events_10_26", "inflated")
    assert marked == {
        *(("vanderhorst2015", name, split) for name in events for split in splits),
        *(("vanderhorst2015", name, "odds_ratio") for name in ("estimate", "ci_low", "ci_high")),
        *(("engebretsen2008", name, "primary") for name in arms),
        *(("engebretsen2008", name, "recalled") for name in (*events, *arms)),
        *(("engebretsen2008", name, "") for name in recalled),
        *(("petersen2011", name, "") for name in maintenance),
        *(("sebelien2014", name, "") for name in maintenance),
        ("elerian2019", "n_control", "primary"),
    }


def test_whose_counts_were_solved() -> None:
    solved = {row["study"] for row in PROVENANCE if row["kind"] == "reconstructed"}
    assert solved == {
        *("soligard2008", "engebretsen2008", "sebelien2014", "silversgranelli2015"),
        *("espinosa2015", "vandehoef2019", "elerian2019", "hasebe2020"),
    }


def test_a_ratio_printed_as_control_over_intervention_is_turned_round_in_the_open() -> None:
    row = find(OUTCOMES, "petersen2011", "inverted")
    assert f"{np.exp(-float(row['y'])):.2f}" == "1.76"
    half = 1.959964 * np.sqrt(float(row["v"]))
    # 1.76 and its limits are rounded, so the middle of 0.54-5.67 is not quite 1.76
    assert np.exp(2 * half) == pytest.approx(5.67 / 0.54, rel=1e-5)
    row = find(OUTCOMES, "hasebe2020", "inverted")
    assert f"{1 / float(row['estimate']):.2f}" == "1.14"
    assert row["awaits"]


def test_verdicts_on_the_printed_numbers() -> None:
    rows = reproduce(review(), [pooled.estimate for pooled in pools().values()])
    assert Counter(row.verdict for row in rows) == {
        "blocked": 106,  # three of them stand in lauersen2018
        "reproduced": 9,
        "fitted": 22,
        "close": 2,
        "same_conclusion": 9,
        "different": 7,
    }
    assert {row.explanation for row in rows} == {"given", "not_needed"}


def test_the_critics_numbers_follow_from_inputs_that_were_fitted_to_them() -> None:
    rows = reproduce(review(), [pooled.estimate for pooled in pools().values()])
    verdicts = {(row.target, row.quantity): row.verdict for row in rows}
    effect = ("estimate", "ci_low", "ci_high")
    for target, names in {
        "impellizzeri2021_k5": (*effect, "pi_low", "pi_high"),
        "impellizzeri2021_k6": (*effect, "pi_low", "pi_high", "k"),
        "ishoi2020_nhe_protocol": effect,
        "ishoi2020_11plus_hamstring": (*effect, "i2"),
    }.items():
        assert {verdicts[target, name] for name in names} == {"fitted"}, target
    assert verdicts["impellizzeri2021_k5", "k"] == "reproduced"
    assert verdicts["ishoi2020_nhe_protocol", "i2"] == "reproduced"  # by either split
