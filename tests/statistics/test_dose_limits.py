"""Dose-response where trials tell too little: the sentence that says what to do."""

import numpy as np
import pytest

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.dose import (
    LINEAR,
    QUADRATIC,
    Form,
    columns,
    dose_contrasts,
    dose_curve,
    dose_response,
    goodness_of_fit,
    harrell_knots,
    log_ratio_contrasts,
    logarithmic,
    mean_contrasts,
    spline,
)
from liftproof.statistics.dose.pseudo_counts import greenland_longnecker, hamling
from support.dose_cases import contrasts_of

STUDY, DOSE = ["a", "a", "a"], [0, 5, 10]
RATIOS = {
    "y": [0, 0.2, 0.7],
    "se": [0, 0.42, 0.37],
    "cases": [10, 14, 30],
    "n": [100, 110, 150],
    "design": "ir",
}


def trial(study=STUDY, dose=DOSE, **changes):
    return log_ratio_contrasts(study, dose, **{**RATIOS, **changes})


def test_a_missing_error_marks_the_reference_arm():
    given = trial(se=[np.nan, 0.42, 0.37])
    np.testing.assert_array_equal(given.covariance, trial().covariance)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"dose": [0, np.nan, 10]}, "Every arm needs a dose"),
        ({"cases": [0, 14, 30]}, "Trial a has no cases in its reference arm"),
        ({"study": ["a", "a", "b"], "se": [0, 0.4, 0]}, "Trial b has one arm"),
        ({"se": [0.3, 0.4, 0.4]}, "Trial a has 0 reference arms"),
        ({"se": [0, 0, 0.4]}, "Trial a has 2 reference arms"),
        ({"y": [0.1, 0.2, 0.7]}, "log ratio of the reference arm"),
        ({"design": "cohort"}, "There is no design cohort"),
        ({"design": ["ir", "ci", "ir"]}, "All arms of a trial must have one design"),
        ({"design": "cc", "cases": [10, 140, 30]}, "Cases must not exceed"),
        ({"n": [100, 110]}, "one number an arm"),
        ({"approximation": "GLS"}, "There is no approximation of covariances GLS"),
    ],
)
def test_arms_that_cannot_be_used(changes, sentence):
    with pytest.raises(InputError, match=sentence):
        trial(**changes)


def test_an_arm_without_cases_that_is_no_reference_is_kept():
    assert trial(cases=[10, 0, 30]).y.tolist() == [0.2, 0.7]


def test_hamlings_method_says_where_there_are_no_counts():
    with pytest.raises(ConvergenceError, match="No numbers of cases and people"):
        hamling([0, 3.0, -3.0], [0, 0.01, 4.0], [90, 95, 90], [100, 100, 100], "ci")


def test_pseudo_counts_need_someone_without_the_event():
    with pytest.raises(InputError, match="Someone must be without the event"):
        greenland_longnecker([0, 0.1], [5, 5], [5, 5], "cc")


def test_one_dose_tells_nothing():
    same = dose_contrasts(["a", "b"], [5, 5], [5, 5], [0.1, 0.2], [0.1, 0.1])
    with pytest.raises(InputError, match="nothing is told of dose"):
        dose_response(same)


def test_two_doses_tell_no_curve():
    two = dose_contrasts(["a", "b"], [5, 5], [0, 0], [0.1, 0.2], [0.1, 0.1])
    with pytest.raises(InputError, match="do not tell the 2 coefficients of a quadratic curve"):
        dose_response(two, QUADRATIC, stages=1)
    assert dose_response(two).coefficients[0] == pytest.approx(0.03, rel=1e-10)


def test_a_trial_with_one_dose_arm_needs_one_stage_for_a_curve():
    data = dose_contrasts(
        ["a", "a", "b", "c", "c"], [2, 4, 3, 1, 5], [0] * 5, [0.1, 0.3, 0.2, 0, 0.4], [0.02] * 5
    )
    with pytest.raises(InputError, match=r"Trial b has 1 arm beside .* use one stage"):
        dose_response(data, QUADRATIC)
    fit = dose_response(data, QUADRATIC, stages=1)
    assert np.isnan(fit.slopes.coefficients).any(axis=1).tolist() == [False, True, False]
    assert fit.q_df == 3


def test_one_trial_has_no_variance_between_trials():
    with pytest.raises(InputError, match=r"There is one trial.*Use method FE"):
        dose_response(contrasts_of("cc_ex"))
    fit = dose_response(contrasts_of("cc_ex"), method="FE")
    assert (fit.q_df, fit.i2, np.isnan(fit.q_p)) == (0, 0, True)


@pytest.mark.parametrize("method", ["DL", "ML", "REML"])
def test_two_trials_that_agree(method):
    data = dose_contrasts(
        ["a", "a", "b", "b"], [1, 2, 1, 3], [0] * 4, [0.1, 0.2, 0.1, 0.3], [0.02] * 4
    )
    fit = dose_response(data, QUADRATIC, method=method)
    np.testing.assert_allclose(fit.coefficients, [0.1, 0], atol=1e-12)
    assert fit.at_boundary
    assert not fit.psi.any()


def test_moments_take_two_stages():
    with pytest.raises(InputError, match="Method DL takes each trial's slopes"):
        dose_response(contrasts_of("alcohol_cvd"), method="DL", stages=1)
    with pytest.raises(InputError, match="1 or 2 stages, not 3"):
        dose_response(contrasts_of("alcohol_cvd"), stages=3)


def test_doses_of_0_have_no_logarithm():
    with pytest.raises(InputError, match="logarithmic"):
        dose_response(contrasts_of("alcohol_cvd"), logarithmic())
    assert dose_response(contrasts_of("alcohol_cvd"), logarithmic(1.0)).m == 6


@pytest.mark.parametrize("knots", [[0, 5], [0, 5, 5], [5, 0, 10]])
def test_knots_must_increase(knots):
    with pytest.raises(InputError, match=r"[Kk]nots"):
        spline(knots)


def test_knots_that_coincide():
    with pytest.raises(InputError, match="Knots must increase"):
        harrell_knots([0, 0, 0, 0, 0, 0, 10], 3)
    with pytest.raises(InputError, match="There is no number of knots 8"):
        harrell_knots(range(20), 8)


def test_forms_have_names():
    with pytest.raises(InputError, match="There is no form of curve cubic"):
        columns(Form(name="cubic"), [1.0])


def test_means_need_spread_and_people():
    with pytest.raises(InputError, match="Standard deviations must be positive"):
        mean_contrasts(["a", "a"], [0, 1], [1, 2], [1, 0], [10, 10])
    with pytest.raises(InputError, match="two people"):
        mean_contrasts(["a", "a"], [0, 1], [1, 2], [1, 1], [1, 10])
    with pytest.raises(InputError, match="positive definite"):
        mean_contrasts(["a"] * 3, [0, 1, 2], [1, 2, 3], [40, 1, 1], [10, 500, 500])


def test_means_may_name_their_reference_arm():
    data = mean_contrasts(["a", "a"], [0, 1], [1, 3], [1, 1], [10, 10], reference=[False, True])
    assert (data.dose.tolist(), data.reference_dose.tolist(), data.y.tolist()) == ([0], [1], [-2])


def test_a_perfect_fit_has_no_p_value():
    fit = goodness_of_fit(dose_contrasts(["a"], [2], [0], [0.4], [0.1]), LINEAR)
    assert (fit.df, np.isnan(fit.p), np.isnan(fit.r2_adjusted)) == (0, True, True)


def test_a_curve_takes_a_row_of_doses():
    fit = dose_response(contrasts_of("alcohol_cvd"))
    with pytest.raises(InputError, match="shape"):
        dose_curve(fit, 5.0)
