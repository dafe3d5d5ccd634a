"""What follows a fit: tests and predictions of the scale, shrinkage about a line, given τ²."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.influence import blup
from liftproof.statistics.regression import meta_regression, predicted
from liftproof.statistics.regression.hypotheses import hypotheses
from liftproof.statistics.regression.location_scale import location_scale
from liftproof.statistics.regression.scale_part import of_scale
from liftproof.statistics.sparse.homogeneity import cochran_mantel_haenszel_rates
from support.metafor_cases import table
from support.peers_blocks import design, of_kind

CLOSED = 1e-12
"""Relative: closed forms on both sides; the numbers have 15 digits."""
BY_DIFFERENCES = 3e-5
"""Relative: metafor's errors of the scale are second differences at the end of a search."""


@pytest.mark.parametrize("case", of_kind("of_scale"))
def test_tests_and_predictions_of_the_scale_agree_with_metafor(case):
    rows = table("data/bangertdrowns2004.csv")
    y, v, n, grade = (np.array([float(r[c]) for r in rows]) for c in ("yi", "vi", "ni", "grade"))
    size = (n - 100) / 100
    fit = location_scale(y, v, np.stack([size, grade], axis=1), size, test=case["given"]["test"])
    part, wanted = of_scale(fit), case["found"]
    group = hypotheses(part, coefficients=[1, 2])
    assert group.joint == pytest.approx(wanted["joint"], rel=BY_DIFFERENCES)
    assert group.joint_p == pytest.approx(wanted["joint_p"], rel=BY_DIFFERENCES)
    sums = hypotheses(part, [[1, 0, 2], [1, 1, 3]])
    np.testing.assert_allclose(sums.estimate, wanted["sums"], rtol=BY_DIFFERENCES)
    np.testing.assert_allclose(sums.se, wanted["sums_se"], rtol=BY_DIFFERENCES)
    at = predicted(part, [[1, 0, 2], [1, 1, 3]])
    for name in ("estimate", "ci_low", "ci_high"):
        np.testing.assert_allclose(getattr(at, name), wanted[name], rtol=BY_DIFFERENCES)
    assert np.isnan(at.pi_low).all()


def test_the_scale_is_of_a_location_scale_model_alone():
    y, v, designs = design()
    with pytest.raises(InputError, match="takes what location_scale returns, not 'Regression'"):
        of_scale(meta_regression(y, v, designs["~ ablat"]))


@pytest.mark.parametrize("case", of_kind("blup"))
def test_shrunken_estimates_about_a_line_agree_with_metafor(case):
    y, v, designs = design()
    interval = {"z": "wald", "knha": "hksj"}[case["given"]["test"]]
    found = blup(y, v, designs[case["given"]["mods"]], interval=interval)
    np.testing.assert_allclose(found.estimate, case["found"]["estimate"], rtol=1e-7)
    np.testing.assert_allclose(found.se, case["found"]["se"], rtol=1e-7)


def test_a_line_of_ones_shrinks_to_the_pool():
    y, v, designs = design()
    plain, line = blup(y, v, tau2="DL"), blup(y, v, designs["~ 1"], tau2="DL")
    for name in ("estimate", "se", "shrinkage"):
        np.testing.assert_allclose(getattr(line, name), getattr(plain, name), rtol=CLOSED)
    sets = blup(np.stack([y, 2 * y]), v, designs["~ ablat"][:, 1], intercept=True)
    np.testing.assert_allclose(sets.estimate[0], blup(y, v, designs["~ ablat"]).estimate, rtol=1e-9)
    with pytest.raises(InputError, match="With x the interval is one of"):
        blup(y, v, designs["~ ablat"], interval="kr")


@pytest.mark.parametrize("case", of_kind("mh_rates"))
def test_the_test_of_rates_agrees_with_metafor(case):
    given = case["given"]
    arms = (given[name] for name in ("x1i", "t1i", "x2i", "t2i"))
    found = cochran_mantel_haenszel_rates(*arms, correct=given["correct"])
    assert float(found.statistic) == pytest.approx(case["found"]["statistic"], rel=CLOSED)
    assert float(found.p_value) == pytest.approx(case["found"]["p_value"], rel=1e-10)


def fitted(name, tau2):
    """Return the fit that a case predicts from, and the variance of true effects at its rows."""
    y, v, designs = design()
    if name == "location-scale":
        rows = table("data/bangertdrowns2004.csv")
        y, v, n = (np.array([float(r[c]) for r in rows]) for c in ("yi", "vi", "ni"))
        fit = location_scale(y, v, (n - 100) / 100, (n - 100) / 100)
        return fit, np.exp(predicted(of_scale(fit), [[1, 0], [1, 2]]).estimate)
    x = None if name == "robust pool" else designs["~ ablat"][:, 1]
    return cluster_robust(y, v + tau2, np.arange(len(y)), x, kind="CR1"), tau2


@pytest.mark.parametrize("case", of_kind("predicted"))
def test_predictions_with_a_given_tau2_agree_with_metafor(case):
    fit, tau2 = fitted(case["id"], case["given"].get("tau2"))
    found = predicted(fit, case["given"]["at"], tau2=tau2)
    within = BY_DIFFERENCES if case["id"] == "location-scale" else 1e-10
    for name, values in case["found"].items():
        np.testing.assert_allclose(getattr(found, name), np.atleast_1d(values), rtol=within)
    assert np.isnan(predicted(fit, case["given"]["at"]).pi_low).all()


def test_a_tau2_of_predictions_is_one_number_or_one_a_row():
    y, v, designs = design()
    line = meta_regression(y, v, designs["~ ablat"])
    own = predicted(line, [[1, 30], [1, 50]])
    same = predicted(line, [[1, 30], [1, 50]], tau2=[float(line.tau2)] * 2)
    np.testing.assert_array_equal(own.pi_low, same.pi_low)
    for wrong, words in (([0.1, 0.2, 0.3], "one for each row"), (-0.1, "must not be negative")):
        with pytest.raises(InputError, match=words):
            predicted(line, [[1, 30], [1, 50]], tau2=wrong)
