"""Areas, cuts of effects, scales of τ², permuted ones, matrices of correlations: by metafor."""

import json

import numpy as np
import pytest
from scipy.stats import norm

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, table

CASES = json.loads((REFERENCE / "additions.json").read_text(encoding="utf-8"))
CLOSED = 1e-12
"""Relative: closed forms on both sides; the numbers have 15 digits."""
INVERTED = 1e-9
"""Relative: a matrix is inverted on both sides."""
LIKELIHOOD = 1e-8
"""Absolute: metafor's search stops this near the maximum, or below it."""
BY_BARRIER = 2e-7
"""Absolute: by the identity link metafor's search keeps off τ² of 0, and stops this far below."""
FLAT = 2e-3
"""Relative: where a search that stops within 1e-8 of the log-likelihood may leave the parameters;
their standard errors are by differences there."""


def of_kind(kind):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def schools():
    rows = table("data/bangertdrowns2004.csv")
    return {name: np.array([float(row[name]) for row in rows]) for name in ("yi", "vi", "ni")}


@pytest.mark.parametrize("case", of_kind("area"))
def test_areas_agree_with_escalc(case):
    columns = {name: np.array(values) for name, values in case["given"]["columns"].items()}
    effect = lp.escalc(case["id"], **columns, **dict(case["given"]["switches"] or {}))
    np.testing.assert_allclose(effect.y, case["found"]["y"], rtol=CLOSED)
    np.testing.assert_allclose(effect.v, case["found"]["v"], rtol=CLOSED)


def test_an_area_is_that_of_pairs_of_people_counted():
    """Hanley & McNeil 1982, table 1: 58 without and 51 with the disease on a scale of five."""
    without = np.repeat(np.arange(5), (33, 6, 6, 11, 2))
    ill = np.repeat(np.arange(5), (3, 2, 2, 11, 33))
    above = np.sign(np.subtract.outer(ill, without))
    area = (above > 0).mean() + (above == 0).mean() / 2
    effect = lp.escalc("AUC", ai=area, n1i=51, n2i=58, vtype="LS2")
    assert [round(float(x), 6) for x in (effect.y, effect.v)] == [0.893171, 0.001096 - 1e-6]


def test_what_an_area_cannot_be_is_refused_and_what_tells_nothing_is_missing():
    for columns, says in (
        ({"ai": 1.2, "n1i": 9, "n2i": 9}, "must lie in 0 to 1"),
        ({"ai": 0.7, "n1i": 1, "n2i": 9}, "two people or more"),
        ({"ai": 0.7, "n1i": 9, "n2i": 9, "vtype": "XX"}, "no vtype 'XX'"),
    ):
        with pytest.raises(InputError, match=says):
            lp.escalc("AUC", **columns)
    effect = lp.escalc("AUC", ai=[1.0, 0.6], n1i=9, n2i=9)
    assert np.isnan(effect.y).tolist() == np.isnan(effect.v).tolist() == [True, False]


@pytest.mark.parametrize("case", of_kind("cut"))
def test_selection_by_a_cut_is_metafors(case):
    given, there, d = case["given"], case["found"], schools()
    options = {
        "alternative": given["alternative"],
        "tau2": "FE" if given["method"] == "EE" else "ML",
    }
    if given["size"]:
        x = (d["ni"] - 100) / 100
        columns = d["yi"], d["vi"], x
        here = lp.truncated_regression(*columns, given["cut"], intercept=True, **options)
        coefficients, se = here.coefficients, here.se
    else:
        options["delta"] = given["delta"]
        here = lp.truncated_selection(d["yi"], d["vi"], given["cut"], **options)
        coefficients, se = [here.estimate], [here.se]
        assert here.steps.tolist() == [given["cut"]]
    assert here.log_likelihood == pytest.approx(there["log_likelihood"], abs=LIKELIHOOD)
    found = [*coefficients, *se, here.tau2, *here.delta[1:], here.lrt]
    expected = [*there["coef"], *there["se"], there["tau2"], *there["delta"], there["lrt"]]
    assert found == pytest.approx(expected, rel=FLAT, abs=LIKELIHOOD * 100)
    if there["delta_se"][0] is not None:
        assert here.delta_se[1:] == pytest.approx(there["delta_se"], rel=FLAT)


def test_a_cut_needs_effects_on_both_sides_or_a_weight():
    y, v = [0.2, 0.4, 0.5, 0.9], [0.04] * 4
    with pytest.raises(InputError, match="All effects lie beyond the cut 0"):
        lp.truncated_selection(y, v)
    with pytest.raises(InputError, match="All effects lie short of the cut 2"):
        lp.truncated_selection(y, v, 2)
    for function, x in ((lp.truncated_selection, ()), (lp.truncated_regression, ([[1]] * 4,))):
        with pytest.raises(InputError, match="delta must be finite, but nan"):
            function(y, v, *x, 0.3, delta=np.nan)
    never_seen = lp.truncated_selection(y, v, delta=0, tau2="FE")
    assert never_seen.estimate < np.mean(y)
    turned = lp.truncated_selection(np.negative(y), v, delta=0, tau2="FE", alternative="less")
    assert turned.estimate == pytest.approx(-never_seen.estimate, rel=CLOSED)


def test_a_line_beside_a_cut_is_the_mean_where_it_has_no_slope():
    y, v = [1.2, 1.0, 0.9, 0.3, 0.2, -0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    mean = lp.truncated_selection(y, v, 0.25, delta=0.2)
    line = lp.truncated_regression(y, v, [[1.0]] * 6, 0.25, delta=0.2)
    assert (line.kind, line.steps.tolist(), line.counts.tolist()) == ("trunc", [0.25], [4, 2])
    of_two = lp.truncated_regression(y, v, [[2.0]] * 6, 0.25, delta=0.2)
    assert of_two.coefficients[0] == pytest.approx(mean.estimate / 2, rel=1e-6)
    names = {"coefficients": "estimate", "ci_low": "ci_low", "p_values": "p_value"}
    for ours, theirs in names.items():
        assert getattr(line, ours)[0] == pytest.approx(getattr(mean, theirs), rel=1e-6)
    assert line.statistic[0] == pytest.approx(line.coefficients[0] / line.se[0], rel=CLOSED)
    with pytest.raises(InputError, match="needs an intercept"):
        lp.truncated_regression(y, v, [1, 2, 3, 4, 5, 6], intercept=None)
    with pytest.raises(InputError, match="All effects lie short of the cut 2"):
        lp.truncated_regression(y, v, [1, 2, 3, 4, 5, 6], 2, intercept=True)


def test_the_p_value_beside_a_cut_is_of_no_effect_not_of_the_cut():
    y, v = [1.2, 1.0, 0.9, 0.3, 0.2, -0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    for alternative in ("greater", "less"):
        found = lp.truncated_selection(y, v, 0.25, alternative=alternative, delta=0.2)
        z = abs(found.estimate) / found.se
        assert found.p_value == pytest.approx(2 * norm.sf(z), rel=CLOSED)


@pytest.mark.parametrize("case", of_kind("scale"))
def test_scales_of_either_link_are_metafors(case):
    given, there = case["given"], case["found"]
    z = np.array(given["z"])
    here = lp.location_scale(
        given["y"], given["v"], z, scale_intercept=False, method=given["method"], link=given["link"]
    )
    assert here.log_likelihood == pytest.approx(there["log_likelihood"], abs=BY_BARRIER)
    assert here.log_likelihood > there["log_likelihood"] - LIKELIHOOD / 100
    found = [*here.coefficients, *here.se, *here.scale, *here.scale_se]
    expected = [*there["coef"], *there["se"], *there["scale"], *there["scale_se"]]
    assert found == pytest.approx(expected, rel=FLAT)
    assert here.tau2 == pytest.approx(there["tau2"], rel=FLAT)


def test_groups_have_variances_of_their_own_by_either_link():
    y = np.array([0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4])
    z = np.array([[1, 0], [0, 1]] * 4)
    log, identity = (
        lp.location_scale(y, [0.05] * 8, z, scale_intercept=False, link=link)
        for link in ("log", "identity")
    )
    assert np.exp(log.scale) == pytest.approx(identity.scale, rel=1e-6)
    assert log.log_likelihood == pytest.approx(identity.log_likelihood, abs=LIKELIHOOD)


def test_a_variance_may_be_0_by_the_identity_link():
    """The second group's effects are alike: its τ² is 0."""
    y = [0.1, 0.30, -0.6, 0.31, 1.9, 0.29, 0.2, 0.30]
    groups = np.array([[1, 0], [0, 1]] * 4)
    found = lp.location_scale(y, [0.05] * 8, groups, scale_intercept=False, link="identity")
    assert found.scale[1] == pytest.approx(0.0, abs=1e-9)
    assert found.scale[0] > 0.1
    assert found.scale_se[1] == 0
    for step in (1e-3, 1e-2):
        beside = np.add(found.scale, [0, step])
        assert deviance_of(y, groups @ beside) > deviance_of(y, groups @ found.scale)


def made_up(seed):
    """Return effects, variances and two scales of so few trials that some τ² is often 0."""
    generator = np.random.default_rng(seed)
    k = int(generator.integers(7, 12))
    v, time, group = generator.uniform(0.01, 0.3, k), generator.uniform(0, 2, k), np.arange(k) % 2
    y = generator.normal(0, np.sqrt(v + 0.05 + 0.3 * time))
    return y, v, np.stack((time, group), axis=1)


def test_scales_held_together_by_a_variance_of_0_end_at_the_top():
    """Nothing near that has no τ² below 0 is likelier; two τ² of 0 hold both scales together."""
    tied = 0
    for seed in range(60):
        y, v, scale = made_up(seed)
        found = lp.location_scale(y, v, scale, link="identity")
        columns = np.column_stack((np.ones(y.size), scale))
        best = deviance_of(y, columns @ found.scale, v)
        beside = found.scale + np.random.default_rng(seed).normal(0, 0.01, (200, 3))
        beside = beside[(beside @ columns.T >= 0).all(axis=1)]
        assert all(deviance_of(y, columns @ each, v) > best - LIKELIHOOD for each in beside)
        assert (found.scale_se >= 0).all()
        assert np.isnan(found.qs) == ((found.tau2 < LIKELIHOOD).sum() > 1)
        tied += np.isnan(found.qs)
    assert 5 < tied < 55


def deviance_of(y, tau2, v=0.05):
    """Return the restricted deviance of one mean, by its formula."""
    w = 1 / (v + tau2)
    mean = np.average(y, weights=w)
    return -np.log(w).sum() + np.log(w.sum()) + (w * (y - mean) ** 2).sum()


@pytest.mark.parametrize("case", of_kind("permuted"))
def test_permuted_scales_are_metafors(case):
    given, there = case["given"], case["found"]
    here = lp.scale_permutation_test(
        given["y"], given["v"], given["dose"], given["year"] or None, iterations=None
    )
    of_mean, of_scale = there["fits"]
    assert here.failed == (0, 0)
    assert here.arrangements == of_mean
    assert here.p_values == pytest.approx(there["p_values"], rel=CLOSED)
    if given["year"]:
        assert here.qm_p == pytest.approx(there["qm_p"], rel=CLOSED)
    lost = here.scale_arrangements - of_scale  # in one arrangement metafor's search fails
    assert lost in (0, 1)
    for found, expected in ((here.scale_p, there["scale_p"]), ([here.qs_p], [there["qs_p"]])):
        counts = np.multiply(found, here.scale_arrangements) - np.multiply(expected, of_scale)
        assert np.abs(counts).max() <= lost + CLOSED * here.scale_arrangements


def test_a_permuted_scale_is_sampled_by_its_seed():
    y, dose = [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4], [1, 3, 3, 1, 5, 5, 1, 2]
    one, again, other = (
        lp.scale_permutation_test(y, [0.05] * 8, dose, iterations=15, seed=seed).scale_p.tolist()
        for seed in (1, 1, 2)
    )
    assert one == again
    assert min(*one, *other) >= 1 / 15
    with pytest.raises(InputError, match="more than the 50000 searches"):
        lp.scale_permutation_test([*y, *y], [0.05] * 16, range(16), iterations=None)


@pytest.mark.parametrize("case", of_kind("rcalc"))
def test_covariances_of_correlations_are_metafors(case):
    given = case["given"]
    here = lp.rcalc(given["r"], given["n"], fisher_z=given["z"], names=list("abcd"))
    np.testing.assert_allclose(here.y, case["found"]["y"], rtol=CLOSED)
    np.testing.assert_allclose(here.covariance, case["found"]["v"], rtol=CLOSED, atol=CLOSED / 100)
    pairs = list(zip(here.first.tolist(), here.second.tolist(), strict=True))
    assert pairs == [("b", "a"), ("c", "a"), ("d", "a"), ("c", "b"), ("d", "b"), ("d", "c")]


@pytest.mark.parametrize("case", of_kind("matreg"))
def test_regressions_of_correlations_are_metafors(case):
    given, there = case["given"], case["found"]
    options = {name: given[name] for name in ("n", "covariance") if name in given}
    here = lp.matreg(0, [place - 1 for place in given["x"]], given["r"], **options)
    found = [here.coefficients, here.se, here.p_value, here.ci_low, here.ci_high]
    for numbers, key in zip(found, ("coef", "se", "p", "low", "high"), strict=True):
        np.testing.assert_allclose(numbers, there[key], rtol=INVERTED)
    np.testing.assert_allclose(here.covariance, np.atleast_2d(there["v"]), rtol=INVERTED)
    all_of_them = [here.r2, here.statistic_of_all, here.p_of_all]
    assert all_of_them == pytest.approx([there["r2"], there["all"], there["all_p"]], rel=INVERTED)


def test_what_no_correlations_are_is_refused():
    r = [[1, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 1]]
    for call, says in (
        (lambda: lp.rcalc([[1, 0.5], [0.4, 1]], 50), "symmetric"),
        (lambda: lp.rcalc([[1, 1.5], [1.5, 1]], 50), "in -1 to 1"),
        (lambda: lp.rcalc(r, 4), "5 or more"),
        (lambda: lp.rcalc(r, 50, names=["a"]), "3 names"),
        (lambda: lp.matreg(0, [0, 1], r, n=50), "not y"),
        (lambda: lp.matreg(0, [3], r, n=50), "lie in 0 to 2"),
        (lambda: lp.matreg(0, [1], r), "not both"),
        (lambda: lp.matreg(0, [1, 2], r, n=2), "above the number of coefficients"),
        (lambda: lp.matreg(0, [1], r, covariance=[[1.0]]), "must be 3 by 3"),
        (lambda: lp.matreg(0, [1], r, covariance=np.zeros((3, 3))), "positive definite"),
        (lambda: lp.matreg(0, [1, 2], r, covariance=-np.eye(3)), "positive definite"),
        (lambda: lp.matreg(0, [1], r, covariance=np.eye(3) + np.eye(3, k=1)), "symmetric matrix"),
        (lambda: lp.matreg(0, ["b"], r, n=50), "whole numbers from 0"),
        (lambda: lp.matreg(0, [], r, n=50), "one variable or more"),
        (lambda: lp.matreg(0, [1], [[1, 1], [1, 1]], n=50), "fully or more"),
        (lambda: lp.rcalc([[1, 1], [1, 1]], 50, fisher_z=True), "no Fisher's z"),
    ):
        with pytest.raises(InputError, match=says):
            call()
