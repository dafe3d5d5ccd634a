"""What follows a three-level fit in one line: against metafor's rma.mv, and the general fit."""

import json
from functools import cache

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE
from support.multilevel_cases import CASES, CLUSTERS, SCHOOLS, floats

DELETION = {
    case["id"]: case
    for case in json.loads((REFERENCE / "deletion.json").read_text(encoding="utf-8"))
}
SEARCHED = 1e-6
"""Relative, and absolute for numbers of the order 1: metafor searches the components."""
NESTED = ["nested", "nested_ml", "moderator"]


@cache
def fit(name):
    """Return the three-level fit of a case."""
    x = floats(SCHOOLS["year"]) - 1990 if name == "moderator" else None
    method = "ML" if name.endswith("_ml") else "REML"
    return lp.three_level(floats(SCHOOLS["yi"]), floats(SCHOOLS["vi"]), CLUSTERS, x, method=method)


def same(found, expected):
    wanted = np.array(expected, dtype=float)
    assert np.asarray(found) == pytest.approx(wanted, rel=SEARCHED, abs=SEARCHED)


@pytest.mark.parametrize("name", NESTED)
def test_residuals_and_fitted_values_are_metafors(name):
    case, found = CASES[name], lp.multilevel_residuals(fit(name))
    same(found.residual, case["resid"])
    same(found.se, case["resid_se"])
    same(found.fitted, floats(SCHOOLS["yi"]) - np.array(case["resid"]))


def test_the_covariance_of_the_effects_is_that_of_three_levels_and_of_a_structure():
    y, v, study = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.02, 0.03, 0.02, 0.04, 0.03, 0.02], "aabbcc"
    three = lp.three_level(y, v, list(study))
    working = lp.marginal_covariance(v, list(study), three.sigma2_study, three.sigma2_effect)
    np.testing.assert_allclose(lp.multilevel_covariance(three), working, rtol=1e-12)
    general = lp.multilevel(y, v, lp.within(list("xyxyxy"), list(study), "UN"))
    (term,) = general.components
    block = term.covariance + np.diag(v[2:4])
    np.testing.assert_allclose(lp.multilevel_covariance(general)[2:4, 2:4], block, rtol=1e-12)
    assert (lp.multilevel_covariance(general)[:2, 2:] == 0).all()


@pytest.mark.parametrize("name", NESTED)
def test_random_effects_are_metafors(name):
    found = lp.multilevel_effects(fit(name))
    for here, there in (("effect", "effects"), ("se", "effects_se")):
        ours = np.concatenate([getattr(one, here) for one in found])
        same(np.sort(ours), np.sort(CASES[name][there]))


@pytest.mark.parametrize("name", NESTED)
def test_cooks_distances_by_cluster_are_metafors(name):
    found = lp.multilevel_influence(fit(name), CLUSTERS, reestimate=False)
    same(np.sort(found.cook), np.sort(CASES[name]["cook"]))


@pytest.mark.parametrize("name", ["nested", "moderator"])
def test_hat_values_weights_and_chi2_of_clusters_are_metafors(name):
    case, found = DELETION[name], lp.multilevel_residuals(fit(name), CLUSTERS)
    place = {str(label): row for row, label in enumerate(found.cluster)}
    same(found.hat, case["hat"])
    same(found.weight / 100, np.array(case["weight"]) / 100)
    same(found.chi2[[place[str(label)] for label in case["labels"]]], case["chi2"])


def test_all_that_follows_is_what_follows_the_general_fit():
    trial = list("aabbccc")
    y, v = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4, -0.2], lp.constant_correlation([0.02] * 7, trial, 0.4)
    labels = {"study": trial, "effect": range(7)}
    three = lp.three_level(y, v, trial, test="t", level=0.9)
    general = lp.multilevel(y, v, "1 | study/effect", data=labels, test="t", level=0.9)
    of_three, of_general = (lp.multilevel_residuals(each) for each in (three, general))
    assert of_three.conditional == pytest.approx(of_general.conditional, rel=SEARCHED)
    of_three, of_general = (lp.multilevel_effects(each)[0] for each in (three, general))
    assert of_three.pi_low == pytest.approx(of_general.pi_low, rel=SEARCHED)
    of_three, of_general = (lp.multilevel_limits(each) for each in (three, general))
    assert of_three.ci_high == pytest.approx(of_general.ci_high, rel=SEARCHED)
    again = (lp.multilevel_influence(each, trial) for each in (three, general))
    of_three, of_general = (each.cook for each in again)
    assert of_three == pytest.approx(of_general, rel=SEARCHED, nan_ok=True)
    plain = lp.multilevel(y, v)
    of_three, of_general = (lp.compare_multilevel(each, plain) for each in (three, general))
    assert of_three.statistic == pytest.approx(of_general.statistic, rel=SEARCHED)
    assert three.coefficients == pytest.approx(general.coefficients, rel=SEARCHED)


def test_effects_that_were_dropped_are_in_nothing_that_follows():
    y, trial = [0.1, 0.3, np.nan, 0.9, 0.7, 0.2], list("aabbbc")
    fit = lp.three_level(y, [0.02] * 6, trial, missing="drop")
    assert fit.dropped == (2,)
    assert lp.multilevel_residuals(fit).residual.shape == (5,)
    assert lp.multilevel_effects(fit)[0].group.tolist() == ["a", "b", "c"]


def test_a_single_result_has_no_components_to_tell_apart():
    with pytest.raises(InputError):
        lp.multilevel_residuals(lp.three_level([0.1, 0.4], [0.02] * 2, ["a", "a"]))
