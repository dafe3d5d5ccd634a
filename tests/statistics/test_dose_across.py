"""Dose across trials: the regression, its permutation test, each trial left out, and refusals."""

import itertools

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.dose import (
    LINEAR,
    QUADRATIC,
    columns,
    dose_regression,
    fewest_trials,
    logarithmic,
    spline,
)
from liftproof.statistics.regression import meta_regression, predicted
from support.metafor_cases import effects_and_variances, table

CLOSED = 1e-10
SEARCHED = 1e-8

Y = np.array([-0.2, -0.35, -0.3, -0.7, -0.9, -0.6])
V = np.array([0.04, 0.02, 0.03, 0.05, 0.06, 0.03])
DOSE = np.array([10.0, 20, 30, 45, 60, 80])
FORMS = [LINEAR, logarithmic(), QUADRATIC, spline([15, 40, 70])]


def design(form, dose):
    return np.column_stack((np.ones(len(dose)), columns(form, dose)))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("test", ["knha", "z"])
def test_is_a_meta_regression_on_the_columns(form, test):
    result = dose_regression(Y, V, DOSE, form, test=test, at=[20, 50])
    fit = meta_regression(Y, V, design(form, DOSE), test=test)
    np.testing.assert_allclose(result.fit.coefficients, fit.coefficients, rtol=CLOSED)
    np.testing.assert_allclose(result.fit.p_values, fit.p_values, rtol=CLOSED)
    band = predicted(fit, design(form, [20, 50]))
    np.testing.assert_allclose(result.curve.ci_low, band.ci_low, rtol=CLOSED)
    if form.is_curved:
        assert result.nonlinear_df == 1
        assert result.nonlinear_p == pytest.approx(fit.p_values[2], rel=CLOSED)
    else:
        assert np.isnan(result.nonlinear_p)


@pytest.mark.slow
def test_thirteen_trials_by_latitude_and_without_each():
    y, v = effects_and_variances("data/bcg__RR.csv")
    latitude = [float(row["ablat"]) for row in table("data/bcg.csv")]
    result = dose_regression(y, v, latitude)
    fit = meta_regression(y, v, design(LINEAR, latitude), test="knha")
    assert result.fit.coefficients[1] == pytest.approx(fit.coefficients[1], rel=CLOSED)
    assert (result.permutation.is_exact, result.permutation.arrangements) == (False, 10_000)
    assert result.smallest_p == 1e-4
    for left_out in range(13):
        keep = np.arange(13) != left_out
        rest = meta_regression(
            y[keep], v[keep], design(LINEAR, np.array(latitude)[keep]), test="knha"
        )
        assert result.without[left_out, 0] == pytest.approx(rest.coefficients[1], rel=SEARCHED)
        assert result.without_ci_low[left_out, 0] == pytest.approx(rest.ci_low[1], rel=SEARCHED)


def test_permutations_are_all_orders_of_the_doses():
    result = dose_regression(Y[:4], V[:4], DOSE[:4])
    t = [
        abs(meta_regression(Y[:4], V[:4], design(LINEAR, order), test="knha").statistic[1])
        for order in itertools.permutations(DOSE[:4])
    ]
    expected = np.mean(np.array(t) >= abs(result.fit.statistic[1]) - 1e-8)
    assert result.permutation.p_values[1] == pytest.approx(expected, rel=CLOSED)
    assert (result.permutation.is_exact, result.permutation.arrangements) == (True, 24)
    assert result.smallest_p == pytest.approx(1 / 24, rel=CLOSED)


def test_equal_doses_have_fewer_orders():
    result = dose_regression(Y[:4], V[:4], [10, 10, 30, 50])
    assert result.permutation.arrangements == 12
    assert result.smallest_p == pytest.approx(1 / 12, rel=CLOSED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dose", "form", "least"),
    [
        ([10, 10, 30, 30], LINEAR, 2 / 6),
        ([10, 20, 30, 40], LINEAR, 2 / 24),
        ([30.3, 10.1, 40.4, 20.2], LINEAR, 2 / 24),
        ([10, 20, 40, 80], LINEAR, 1 / 24),
        ([10, 20, 40, 80], logarithmic(), 2 / 24),
        ([1, 2, 4, 6, 7], QUADRATIC, 2 / 120),
        ([1, 2, 4, 6, 7], spline([1, 4, 7]), 2 / 120),
        ([1, 2, 4, 6, 7], spline([1, 3, 7]), 1 / 120),
    ],
)
def test_orders_of_evenly_spaced_doses_have_mirror_images(dose, form, least):
    """The best of all orders is the least p that any effects of these trials can have."""
    y, v = Y[: len(dose)], V[: len(dose)]
    fits = [
        meta_regression(y, v, design(form, order), tau2="DL").qm
        for order in sorted(set(itertools.permutations(dose)))
    ]
    result = dose_regression(y, v, dose, form, tau2="DL", permuted="z")
    assert result.smallest_p == pytest.approx(least, rel=CLOSED)
    assert np.mean(np.array(fits) >= max(fits) - SEARCHED) == pytest.approx(least, rel=CLOSED)


def test_the_curve_spans_the_doses_and_no_more():
    result = dose_regression(Y, V, DOSE)
    assert (result.dose[0], result.dose[-1], len(result.dose)) == (10, 80, 61)
    assert (result.curve.ci_low < result.curve.estimate).all()


def test_without_the_only_other_dose_there_is_no_slope():
    result = dose_regression(Y[:4], V[:4], [10, 10, 10, 30])
    assert np.isnan(result.without[:, 0]).tolist() == [False, False, False, True]
    assert np.isnan(result.without_ci_high[3, 0])


def test_three_trials_cannot_lose_one():
    assert np.isnan(dose_regression(Y[:3], V[:3], DOSE[:3]).without).all()


@pytest.mark.parametrize("c", [1e-6, 1e6])
def test_units_do_not_matter(c):
    one, other = dose_regression(Y, V, DOSE), dose_regression(Y, V, c * DOSE)
    assert other.fit.coefficients[1] * c == pytest.approx(one.fit.coefficients[1], rel=SEARCHED)
    np.testing.assert_allclose(other.permutation.p_values, one.permutation.p_values, rtol=CLOSED)


@pytest.mark.parametrize(("form", "needed"), [(LINEAR, 3), (QUADRATIC, 5), (spline([1, 2, 3]), 5)])
def test_trials_that_a_form_needs(form, needed):
    assert fewest_trials(form) == needed


@pytest.mark.parametrize(
    ("k", "dose", "form", "sentence"),
    [
        (4, DOSE[:4], spline([15, 30, 40]), "4 trials would fix it .* needs 5 trials"),
        (4, DOSE[:4], QUADRATIC, "A quadratic curve with an intercept has 3 coefficients"),
        (6, [1, 1, 1, 2, 2, 3], QUADRATIC, "3 different doses would fix it"),
        (2, DOSE[:2], LINEAR, "2 trials would fix it"),
        (4, [30.0] * 4, LINEAR, "All trials have the dose 30"),
        (4, [10, np.nan, 30, 40], LINEAR, "Every trial needs a dose"),
        (4, [10, 20, 30], LINEAR, "one number for each of 4 trials"),
        (4, [0, 20, 30, 40], logarithmic(), "must be positive to have a logarithm"),
    ],
)
def test_doses_that_cannot_tell(k, dose, form, sentence):
    with pytest.raises(InputError, match=sentence):
        dose_regression(Y[:k], V[:k], dose, form)


def test_one_data_set_at_a_time():
    with pytest.raises(InputError, match="one data set"):
        dose_regression(np.stack((Y, Y)), np.stack((V, V)), DOSE)
