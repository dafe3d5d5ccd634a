"""Dose-response against formulas written out, and what must not change it."""

import numpy as np
import pytest

from liftproof.statistics.dependent.shared_control import shared_control_covariance
from liftproof.statistics.dose import (
    LINEAR,
    QUADRATIC,
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
from liftproof.statistics.pooling import pool
from support.dose_cases import arms, contrasts_of

pytestmark = pytest.mark.slow

CLOSED = 1e-10
SEARCHED = 1e-7
"""Newton's steps end where the deviance gains 1e-13 of itself."""

DESIGNS = {"cc": "cc_ex", "ci": "ci_ex", "ir": "ir_ex"}
SPLINE = spline([0, 9.06, 45.85])


def single(dataset):
    """Return log ratios, variances, cases and n of a data set with one trial."""
    held = arms(dataset)
    return held["log_ratio"], held["se"] ** 2, held["cases"], held["n"]


def columns_of(data, form):
    return columns(form, data.dose) - columns(form, data.reference_dose)


def whole_covariance(data, form, psi):
    x = columns_of(data, form)
    return data.covariance + (x @ psi @ x.T) * (data.study[:, None] == data.study)


def log_likelihood(data, form, psi, *, is_restricted):
    """Return the log-likelihood of the contrasts with every matrix written out."""
    x, covariance = columns_of(data, form), whole_covariance(data, form, psi)
    inverse = np.linalg.inv(covariance)
    information = x.T @ inverse @ x
    residuals = data.y - x @ np.linalg.solve(information, x.T @ inverse @ data.y)
    k, p = x.shape
    value = np.linalg.slogdet(covariance)[1] + residuals @ inverse @ residuals
    if is_restricted:
        value += np.linalg.slogdet(information)[1]
    return -(value + (k - p * is_restricted) * np.log(2 * np.pi)) / 2


@pytest.mark.parametrize("design", DESIGNS)
def test_greenland_and_longneckers_counts_have_the_margins_and_ratios(design):
    y, _, cases, n = single(DESIGNS[design])
    counts = greenland_longnecker(y, cases, n, design)
    people = n if design == "ir" else n - counts.cases
    odds = counts.cases / people
    assert counts.cases.sum() == pytest.approx(cases.sum(), rel=CLOSED)
    np.testing.assert_allclose(np.log(odds / odds[0]), y, atol=CLOSED)
    np.testing.assert_array_equal(counts.n, n)


@pytest.mark.parametrize("y", [[0.0, 30.0], [0.0, -30.0], [0.0, 300.0], [0.0, 1e-9]])
@pytest.mark.parametrize("design", DESIGNS)
def test_counts_are_found_for_extreme_ratios(design, y):
    counts = greenland_longnecker(y, [5, 90], [100, 100], design)
    assert counts.cases.sum() == pytest.approx(95, rel=CLOSED)


@pytest.mark.parametrize("design", DESIGNS)
def test_hamlings_counts_have_the_ratios_and_variances(design):
    y, v, cases, n = single(DESIGNS[design])
    counts = hamling(y, v, cases, n, design)
    pseudo, others = counts.cases, counts.n - counts.cases
    part = {
        "cc": 1 / pseudo + 1 / others,
        "ci": 1 / pseudo - 1 / counts.n,
        "ir": 1 / pseudo,
    }[design]
    per = others if design == "cc" else counts.n
    ratio = pseudo / per
    np.testing.assert_allclose(np.log(ratio / ratio[0]), y, atol=CLOSED)
    np.testing.assert_allclose((part + part[0])[1:], v[1:], rtol=CLOSED)
    printed = n - cases if design == "cc" else n
    assert per[0] / per.sum() == pytest.approx(printed[0] / printed.sum(), rel=CLOSED)
    expected = printed[1:].sum() / cases[1:].sum()
    assert per[1:].sum() / pseudo[1:].sum() == pytest.approx(expected, rel=CLOSED)


def test_crude_rate_ratios_have_the_covariance_of_a_shared_arm():
    cases, time = np.array([20.0, 14, 9, 30]), np.array([1000.0, 900, 800, 1200])
    shared = shared_control_covariance(
        "IRR",
        ["a"] * 3,
        events_intervention=cases[1:],
        person_time_intervention=time[1:],
        events_control=cases[:1].repeat(3),
        person_time_control=time[:1].repeat(3),
    )
    se = np.append(0, np.sqrt(shared.covariance.diagonal()))
    data = log_ratio_contrasts(["a"] * 4, range(4), np.append(0, shared.y), se, cases, time, "ir")
    np.testing.assert_allclose(data.covariance, shared.covariance, rtol=CLOSED)


def test_standardised_differences():
    mean, sd, n = np.array([2.0, 3, 5]), np.array([2.0, 2.5, 2]), np.array([20.0, 24, 40])
    pooled = np.sqrt(((n - 1) * sd**2).sum() / (n - 1).sum())
    d = (mean[1:] - mean[0]) / pooled
    g = d * (1 - 3 / (4 * 84 - 9))
    for measure, effects, twice in (("SMD_COHEN", d, 2 * 84), ("SMD", g, 2 * (84 - 3.94))):
        data = mean_contrasts(["a"] * 3, [0, 5, 10], mean, sd, n, measure=measure)
        expected = 1 / 20 + np.outer(effects, effects) / twice + np.diag(1 / n[1:])
        np.testing.assert_allclose(data.y, effects, rtol=CLOSED)
        np.testing.assert_allclose(data.covariance, expected, rtol=CLOSED)


def test_one_trial_is_generalised_least_squares():
    data = contrasts_of("cc_ex")
    fit = dose_response(data, QUADRATIC, method="FE")
    x, inverse = columns_of(data, QUADRATIC), np.linalg.inv(data.covariance)
    covariance = np.linalg.inv(x.T @ inverse @ x)
    np.testing.assert_allclose(fit.covariance, covariance, rtol=CLOSED)
    np.testing.assert_allclose(fit.coefficients, covariance @ x.T @ inverse @ data.y, rtol=1e-9)


@pytest.mark.parametrize("method", ["FE", "DL", "ML", "REML"])
def test_a_line_in_two_stages_is_a_pooled_slope(method):
    fit = dose_response(contrasts_of("coffee_mort"), method=method)
    slopes, v = fit.slopes.coefficients[:, 0], fit.slopes.covariance[:, 0, 0]
    pooled = pool(slopes, v, tau2=method, interval="wald")
    assert fit.coefficients[0] == pytest.approx(float(pooled.estimate), rel=CLOSED)
    assert fit.ci_low[0] == pytest.approx(float(pooled.ci_low), rel=CLOSED)
    assert fit.psi[0, 0] == pytest.approx(float(pooled.tau2), rel=1e-9)
    assert fit.q == pytest.approx(float(pooled.q), rel=CLOSED)
    assert fit.i2 == pytest.approx(100 * (1 - 21 / fit.q), rel=CLOSED)


@pytest.mark.parametrize("form", [LINEAR, QUADRATIC, SPLINE], ids=lambda form: form.name)
@pytest.mark.parametrize("method", ["FE", "ML", "REML"])
def test_one_stage_and_two_have_one_maximum(form, method):
    data = contrasts_of("alcohol_cvd")
    one, two = (dose_response(data, form, method=method, stages=stages) for stages in (1, 2))
    np.testing.assert_allclose(one.coefficients, two.coefficients, rtol=CLOSED)
    np.testing.assert_allclose(one.psi, two.psi, rtol=CLOSED)


@pytest.mark.parametrize("dataset", ["alcohol_cvd", "coffee_mort", "alcohol_lc"])
@pytest.mark.parametrize("method", ["ML", "REML"])
def test_no_covariance_nearby_or_far_is_likelier(dataset, method):
    data, is_restricted = contrasts_of(dataset), method == "REML"
    form = spline(harrell_knots(arms(dataset)["dose"], 3))
    fit = dose_response(data, form, method=method, stages=1)
    top = log_likelihood(data, form, fit.psi, is_restricted=is_restricted)
    assert fit.log_likelihood == pytest.approx(top, abs=1e-8)
    generator = np.random.default_rng(7)
    scale = np.sqrt(fit.psi.diagonal())[:, None]
    for size in 10.0 ** np.linspace(-6, 1, 40):
        factor = scale * generator.normal(size=(2, 2)) * np.sqrt(size)
        other = factor @ factor.T + generator.choice([0, 1, 1 - min(size, 1)]) * fit.psi
        assert log_likelihood(data, form, other, is_restricted=is_restricted) < top + 1e-9


def test_coefficients_of_one_stage_written_out():
    data = contrasts_of("coffee_mort")
    form = spline(harrell_knots(arms("coffee_mort")["dose"], 4))
    fit = dose_response(data, form, stages=1)
    inverse = np.linalg.inv(whole_covariance(data, form, fit.psi))
    x = columns_of(data, form)
    expected = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ data.y)
    np.testing.assert_allclose(fit.coefficients, expected, rtol=1e-8)
    doses = np.unique(data.study, return_counts=True)[1]
    assert fit.q_df == np.minimum(doses, 3).sum() - 3
    assert np.isnan(fit.slopes.coefficients).any(axis=1).sum() == (doses < 3).sum()


@pytest.mark.parametrize("c", [1e-6, 1e-3, 1e3, 1e6])
def test_units_do_not_matter(c):
    data = contrasts_of("alcohol_cvd")
    fit = dose_response(data)
    scaled = dose_contrasts(
        data.study, c * data.dose, c * data.reference_dose, data.y / c, data.covariance / c**2
    )
    again = dose_response(scaled)
    np.testing.assert_allclose(again.coefficients, fit.coefficients / c**2, rtol=SEARCHED)
    curved, again = (dose_response(each, QUADRATIC) for each in (data, scaled))
    power = np.array([c**2, c**3])
    np.testing.assert_allclose(again.coefficients * power, curved.coefficients, rtol=SEARCHED)
    np.testing.assert_allclose(again.psi * np.outer(power, power), curved.psi, rtol=1e-5)
    assert again.q == pytest.approx(curved.q, rel=1e-8)


def test_the_order_of_arms_does_not_matter():
    held = arms("alcohol_cvd")
    order = np.random.default_rng(3).permutation(len(held["dose"]))
    names = ("study", "dose", "log_ratio", "se", "cases", "n", "design")
    shuffled = log_ratio_contrasts(*(held[name][order] for name in names))
    fit = dose_response(contrasts_of("alcohol_cvd"), QUADRATIC)
    again = dose_response(shuffled, QUADRATIC)
    np.testing.assert_allclose(again.coefficients, fit.coefficients, rtol=SEARCHED)
    assert again.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)


def test_the_curve_is_zero_at_its_reference_and_moves_with_it():
    fit = dose_response(contrasts_of("alcohol_cvd"), SPLINE)
    from_0, from_12 = (dose_curve(fit, [0, 12, 36], reference=dose) for dose in (0.0, 12.0))
    assert from_12.estimate[1] == from_12.se[1] == 0
    difference = from_0.estimate[2] - from_0.estimate[1]
    assert from_12.estimate[2] == pytest.approx(difference, rel=CLOSED)


def test_a_logarithmic_curve_doubles_with_each_factor():
    dose = np.array([1.0, 2, 4, 8])
    data = dose_contrasts(["a"] * 3, dose[1:], [1] * 3, 0.5 * np.log(dose[1:]), [0.1, 0.2, 0.3])
    fit = dose_response(data, logarithmic(), method="FE")
    assert fit.coefficients[0] == pytest.approx(0.5, rel=CLOSED)


@pytest.mark.parametrize("form", [LINEAR, SPLINE], ids=lambda form: form.name)
def test_goodness_of_fit_by_definition(form):
    data = contrasts_of("alcohol_cvd")
    fit = goodness_of_fit(data, form)
    common = dose_response(data, form, method="FE", stages=1)
    residuals = data.y - columns_of(data, form) @ common.coefficients
    inverse = np.linalg.inv(data.covariance)
    deviance = residuals @ inverse @ residuals
    assert fit.deviance == pytest.approx(deviance, rel=CLOSED)
    assert fit.r2 == pytest.approx(1 - deviance / (data.y @ inverse @ data.y), rel=CLOSED)
    assert fit.df == data.y.size - form.size
    adjusted = 1 - (1 - fit.r2) * data.y.size / fit.df
    assert fit.r2_adjusted == pytest.approx(adjusted, rel=CLOSED)


def test_q_of_several_coefficients_by_definition():
    fit = dose_response(contrasts_of("alcohol_cvd"), QUADRATIC, method="FE")
    gaps = fit.slopes.coefficients - fit.coefficients
    weights = np.linalg.inv(fit.slopes.covariance)
    assert fit.q == pytest.approx(np.einsum("mi,mij,mj->", gaps, weights, gaps), rel=1e-8)
    assert fit.q_df == 10


def test_a_spline_is_straight_beyond_its_knots_and_smooth_within():
    dose = np.linspace(-5, 30, 3501)
    basis = columns(spline([0, 4, 10, 20]), dose)
    second = np.gradient(np.gradient(basis, dose, axis=0), dose, axis=0)
    outside = (dose < -0.1) | (dose > 20.1)
    assert np.abs(second[outside][5:-5]).max() < 1e-7
    assert np.abs(np.diff(second, axis=0))[5:-5].max() < 2e-3  # no jump: a cubic's slope at most
