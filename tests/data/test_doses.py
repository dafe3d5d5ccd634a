"""Dose questions of the reviews: the slopes that are known, and what is made of them."""

from dataclasses import replace
from math import exp

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.reviews import read
from liftproof.rows.dose_rows import DoseRow
from support.dose_answers import answered
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

ROUNDING = 0.0011
"""The slopes were computed from effects rounded to five digits: the third may differ by one."""
HALF_OF_TWO_DECIMALS = 0.0051
FLOATS = 1e-12
T_8, T_14 = 2.306004135, 2.144786688
TABLES = 1e-8
"""The last digit of printed quantiles of t."""


def model(name: str, dose: str, left_out: str = "") -> DoseRow:
    (row,) = (row for row in answered(name).models if (row.dose, row.left_out) == (dose, left_out))
    return row


@pytest.mark.parametrize(
    ("dose", "left_out", "k", "expected", "p", "permutation"),
    [
        ("prescribed", "", 5, (0.030, -0.410, 0.471), 0.84, 0.82),
        ("prescribed_log", "", 5, (0.087, -2.911, 3.084), 0.93, 0.94),
        ("prescribed_recalled", "", 6, (0.042, -0.331, 0.415), 0.77, 0.81),
        ("prescribed_recalled_log", "", 6, (0.254, -2.234, 2.742), 0.79, 0.78),
        ("performed", "", 3, (-0.278, -0.495, -0.061), 0.012, None),
        ("performed_log", "", 3, (-0.970, -1.736, -0.204), 0.013, None),
        ("performed_recalled", "", 4, (-0.259, -0.405, -0.112), 0.001, 0.083),
        ("performed_recalled_log", "", 4, (-0.866, -1.361, -0.370), 0.001, 0.083),
        ("compliance", "", 4, (-0.176, -0.410, 0.059), 0.084, 0.25),
        ("per_week", "", 5, (-0.282, -0.656, 0.092), 0.096, 0.10),
        ("prescribed", "hasebe2020", 4, (-0.282, -1.123, 0.559), 0.29, 0.21),
        ("prescribed", "gabbe2006", 4, (0.146, -0.309, 0.600), 0.30, 0.29),
        ("prescribed", "sebelien2014", 4, (-0.025, -0.616, 0.567), 0.88, 0.88),
        ("prescribed_clusters", "", 5, (0.000, -0.523, 0.523), 1.00, None),
        ("prescribed_10_26", "", 5, (0.036, -0.409, 0.481), 0.81, None),
        ("maintenance", "", 5, (-0.068, -0.163, 0.028), 0.11, None),
        ("maintenance_low", "", 5, (-0.073, -0.227, 0.081), 0.23, None),
    ],
)
def test_slope_in_nordic_trials(
    *,
    dose: str,
    left_out: str,
    k: int,
    expected: tuple[float, float, float],
    p: float,
    permutation: float | None,
) -> None:
    row = model("nordic", dose, left_out)
    assert (row.k, row.studies) == (k, k)
    assert (row.slope, row.ci_low, row.ci_high) == pytest.approx(expected, abs=ROUNDING)
    assert row.p_value == pytest.approx(p, abs=HALF_OF_TWO_DECIMALS)
    if permutation is not None:
        assert row.permutation_p == pytest.approx(permutation, abs=HALF_OF_TWO_DECIMALS)


@pytest.mark.parametrize(
    ("dose", "expected"),
    [("prescribed", (0.025, -0.416, 0.467)), ("prescribed_log", (0.024, -2.977, 3.025))],
)
def test_dersimonian_and_laird_give_the_same_reading(
    dose: str, expected: tuple[float, float, float]
) -> None:
    review = read(REVIEWS / "nordic")
    question = next(each for each in review.settings.dose if each.id == dose)
    settings = replace(review.settings, dose=(replace(question, tau2="DL"),))
    row, *_ = answer_doses(replace(review, settings=settings)).models
    assert row.tau2_method == "DL"
    assert (row.slope, row.ci_low, row.ci_high) == pytest.approx(expected, abs=ROUNDING)


@pytest.mark.parametrize(
    ("dose", "low", "high", "p"),
    [
        ("performed", -1.684, 1.128, "0.24"),
        ("performed_log", -5.936, 3.996, "0.24"),
        ("performed_recalled", -0.581, 0.064, "0.075"),
        ("performed_recalled_log", -1.954, 0.223, "0.076"),
    ],
)
def test_modified_limits_take_a_conclusion_back(dose: str, low: float, high: float, p: str) -> None:
    row = model("nordic", dose)
    modified = (row.modified_ci_low, row.modified_ci_high)
    assert modified == pytest.approx((low, high), abs=ROUNDING)
    assert f"{row.modified_p_value:.{len(p) - 2}f}" == p
    assert row.p_value < 0.05
    assert row.verdict == "inconclusive"


@pytest.mark.parametrize(
    ("dose", "factor", "low", "high"),
    [
        ("prescribed_log", "1.01", "0.76", "1.34"),
        ("performed_recalled_log", "0.92", "0.88", "0.97"),
    ],
)
def test_ten_percent_more_repetitions_multiplies_the_risk_ratio(
    dose: str, factor: str, low: str, high: str
) -> None:
    row = model("nordic", dose)
    slopes = (row.slope, row.ci_low, row.ci_high)
    assert [f"{1.1**slope:.2f}" for slope in slopes] == [factor, low, high]
    points = (row.points_10_percent, row.points_10_percent_low, row.points_10_percent_high)
    by_hand = [100 * row.effect_at_mean * (1.1**slope - 1) for slope in slopes]
    assert points == pytest.approx(by_hand, rel=FLOATS)


def test_the_least_permutation_p_of_four_doses_and_of_four_with_a_tie() -> None:
    assert model("nordic", "performed_recalled").smallest_permutation_p == 1 / 24
    assert model("nordic", "compliance").smallest_permutation_p == 1 / 12  # 91 twice


def test_no_conclusion_on_dose_is_drawn_from_six_nordic_trials() -> None:
    verdicts = {row.verdict for row in answered("nordic").models if not row.left_out}
    assert verdicts == {"inconclusive"}


def test_what_rests_on_memory_is_marked() -> None:
    trials = {row.study: row for row in answered("nordic").trials if row.dose == "prescribed"}
    assert trials["petersen2011"].unverified == "no"
    assert trials["engebretsen2008"].amount is None
    trials = {row.study: row for row in answered("nordic").trials if row.dose == "maintenance"}
    assert trials["petersen2011"].unverified == "yes"


@pytest.mark.parametrize(
    ("dose", "k", "verdict"),
    [
        ("repetitions", 2, "not_testable"),
        ("repetitions_performed", 2, "not_testable"),
        ("sessions", 4, "inconclusive"),
        ("sessions_log", 4, "inconclusive"),
        ("weeks", 5, "inconclusive"),
        ("weeks_log", 5, "inconclusive"),
    ],
)
def test_more_volume_less_risk_is_not_settled_by_what_is_public(
    dose: str, k: int, verdict: str
) -> None:
    row = model("lauersen2018", dose)
    assert (row.k, row.trials_without_dose, row.verdict) == (k, 6 - k, verdict)
    assert row.points_10_percent_low < -4 < 0 < row.points_10_percent_high


def test_two_trials_with_repetitions_decide_nothing() -> None:
    row = model("lauersen2018", "repetitions")
    assert f"{row.points_10_percent:.1f}" == "-0.9"
    assert f"{row.points_10_percent_low:.1f} to {row.points_10_percent_high:.1f}" == "-20.6 to 37.2"
    assert (row.permutation_p, row.modified_ci_low) == (None, None)
    assert not [each for each in answered("lauersen2018").models if each.dose == "repetitions"][1:]
    performed = model("lauersen2018", "repetitions_performed")
    assert performed.slope == pytest.approx(row.slope / 0.91, rel=FLOATS)  # 91 % in both


def test_the_slope_on_sessions_hangs_on_the_trial_with_98() -> None:
    whole, without = (model("lauersen2018", "sessions", out) for out in ("", "coppack2011"))
    assert f"{whole.slope:.3f} ({whole.ci_low:.3f} to {whole.ci_high:.3f})" == (
        "-0.044 (-0.299 to 0.211)"
    )
    assert without.slope > 0
    found = answered("lauersen2018")
    sentence = next(
        row.sentence for row in doses_in_words(found.models, found.trials) if row.dose == "sessions"
    )
    assert "The slope rests on Coppack 2011, whose dose is far from the others." in sentence
    assert "Without Coppack 2011 the slope has the other sign." in sentence
    assert "the claim is neither borne out nor excluded" in sentence


@pytest.mark.parametrize(
    ("dose", "k", "studies", "expected", "p"),
    [
        ("speed", 15, 8, "-0.0672 (-0.1972 to 0.0628)", "0.284"),
        ("vo2max", 16, 10, "-0.0405 (-0.0721 to -0.0088)", "0.016"),
        ("plyometric_speed", 22, 8, "0.0510 (-0.0137 to 0.1158)", "0.116"),
    ],
)
def test_slope_in_trials_of_running_economy(
    dose: str, k: int, studies: int, expected: str, p: str
) -> None:
    row = model("running_economy", dose)
    assert (row.k, row.studies, row.model) == (k, studies, "three-level")
    assert f"{row.slope:.4f} ({row.ci_low:.4f} to {row.ci_high:.4f})" == expected
    assert f"{row.p_value:.3f}" == p
    assert (row.permutation_p, row.ratio, row.points_10_percent) == (None, None, None)


def test_three_level_slopes_have_modified_limits_by_trials() -> None:
    row = model("running_economy", "vo2max")
    se = (row.ci_high - row.ci_low) / 2 / T_14
    limits = (row.slope - T_8 * se, row.slope + T_8 * se)  # ten trials, two coefficients
    assert (row.modified_ci_low, row.modified_ci_high) == pytest.approx(limits, rel=TABLES)
    assert row.p_value < row.modified_p_value < 0.05
    spline = model("running_economy", "sessions_spline")
    assert spline.modified_ci_low is None
    assert spline.p_value < spline.modified_p_value


def test_an_association_that_one_trial_carries_says_so() -> None:
    assert model("running_economy", "vo2max").verdict == "association"
    assert model("running_economy", "vo2max", "millet2002").verdict == "inconclusive"
    found = answered("running_economy")
    sentence = next(
        row.sentence for row in doses_in_words(found.models, found.trials) if row.dose == "vo2max"
    )
    assert "Without Millet 2002 the limits include none." in sentence


def test_ratio_is_the_slope_on_the_natural_scale() -> None:
    row = model("nordic", "prescribed")
    ratios = (row.ratio, row.ratio_ci_low, row.ratio_ci_high)
    slopes = (row.slope, row.ci_low, row.ci_high)
    assert ratios == pytest.approx([exp(slope) for slope in slopes], rel=FLOATS)
    assert f"{row.ratio:.2f} ({row.ratio_ci_low:.2f}-{row.ratio_ci_high:.2f})" == "1.03 (0.66-1.60)"
