"""Every kind of cluster-robust variance by clubSandwich, and prediction limits by metafor."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from liftproof.statistics.dependent.robust_adjustments import KINDS
from liftproof.statistics.regression.predicting import DISTRIBUTIONS
from support.metafor_cases import REFERENCE, table
from support.peers_blocks import design

CASES = json.loads((REFERENCE / "robust_kinds.json").read_text(encoding="utf-8"))
PREDICTED = json.loads((REFERENCE / "predicted.json").read_text(encoding="utf-8"))
CLOSED = 1e-10
"""Relative: matrices are inverted and their roots taken on both sides; 15 digits are given."""
SEARCHED = 1e-6
"""Relative: two variances by a search."""
OURS = {"CR1": "CR1m"}
"""By clubSandwich's name, ours where it is another."""


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['id']} {case['kind']}") for case in CASES]
)
def test_each_kind_is_clubsandwichs(case):
    columns = case["y"], case["covariance"], case["cluster"], case["x"] or None
    options = {"kind": OURS.get(case["kind"], case["kind"]), "weights": case["weights"] or None}
    here = lp.cluster_robust(*columns, **options)
    assert here.coefficients == pytest.approx(case["estimate"], rel=CLOSED)
    assert here.se == pytest.approx(case["se"], rel=CLOSED)
    assert here.df == pytest.approx(case["df"], rel=CLOSED)


def test_every_kind_has_a_reference_with_weights_of_the_model_and_with_given_ones():
    for with_weights in (False, True):
        known = {case["kind"] for case in CASES if bool(case["weights"]) is with_weights}
        assert {OURS.get(kind, kind) for kind in known} | {"CR1"} == set(KINDS)
    case = next(case for case in CASES if case["kind"] == "CR1p")
    columns = case["y"], case["covariance"], case["cluster"], case["x"]
    same = [lp.cluster_robust(*columns, kind=kind).se.tolist() for kind in ("CR1", "CR1p")]
    assert same[0] == same[1]


def test_cr3_is_the_jackknife_of_clusters_and_needs_each_coefficient_without_each():
    """Of coefficients by fixed weights, about that of all: √Σ(b₋ⱼ - b)²."""
    y, v, cluster = np.array([0.1, 0.3, 0.9, 0.7, 0.2]), np.full(5, 0.1), np.array(list("aabbc"))
    whole = lp.cluster_robust(y, v, cluster, kind="CR3")
    without = [y[cluster != one].mean() for one in "abc"]
    assert float(whole.se[0]) == pytest.approx(
        np.sqrt(np.square(np.subtract(without, y.mean())).sum()), rel=CLOSED
    )
    for weights in (None, [1, 2, 3, 4, 5]):
        with pytest.raises(InputError, match="CR3 has no variance for it"):
            lp.cluster_robust(y, v, cluster, [0, 0, 0, 0, 1], kind="CR3", weights=weights)
    with pytest.raises(InputError, match="CR1S"):
        lp.cluster_robust(y, v, cluster, kind="CR1s")


def test_a_cluster_that_is_fitted_exactly_leaves_the_degrees_of_freedom_of_the_others():
    """clubSandwich 0.5.8: coef_test(rma.mv(y, v, mods = x), vcovCR(type = kind))."""
    columns = [0.1, 0.5, 0.4, 0.9, 0.3], [0.1, 0.2, 0.1, 0.3, 0.2], [1, 1, 2, 3, 4], [0, 0, 0, 1, 0]
    printed = {"CR2": (0.0586, 1.67), "CR4": (0.0624, 1.67)}
    for kind, (se, df) in printed.items():
        for weights in (None, np.divide(1, columns[1])):
            found = lp.cluster_robust(*columns, kind=kind, weights=weights)
            assert found.se.round(4).tolist() == [se, se]
            assert found.df.round(2).tolist() == [df, df]
            assert found.rests_on_one_cluster.tolist() == [False, True]


def fit_of(case):
    """Return the fit that a case predicts from, and the τ² that it has not of its own."""
    if case["id"] == "levels":
        k = {name: [] for name in ("y", "v", "district", "school")}
        for row in table("data/konstantopoulos2011.csv"):
            for name, column in zip(k, ("yi", "vi", "district", "school"), strict=True):
                k[name].append(float(row[column]))
        return lp.three_level(k["y"], k["v"], k["district"], np.divide(k["school"], 3)), None
    y, v, designs = design()
    x = designs["~ ablat"]
    if case["id"] == "robust":
        columns = y, v + case["tau2"], np.arange(len(y)), x[:, 1]
        return lp.cluster_robust(*columns, kind="CR1"), case["tau2"]
    if case["id"] == "given":
        return lp.meta_regression(y, v, x, tau2=0.1), None
    return lp.meta_regression(y, v, x, test=case["id"].removeprefix("line_")), None


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['id']} {case['prediction']}") for case in PREDICTED]
)
def test_prediction_limits_are_metafors(case):
    fit, tau2 = fit_of(case)
    at = [[1, one] for one in case["at"]]
    found = lp.predicted(fit, at, tau2=tau2, prediction=case["prediction"])
    within = SEARCHED if case["id"] == "levels" else CLOSED * 100
    np.testing.assert_allclose(found.pi_low, case["pi_low"], rtol=within)
    np.testing.assert_allclose(found.pi_high, case["pi_high"], rtol=within)


def test_the_same_fit_by_multilevel_and_names_of_limits():
    assert {case["prediction"] for case in PREDICTED} == set(DISTRIBUTIONS)
    fit, _ = fit_of({"id": "levels"})
    rows = table("data/konstantopoulos2011.csv")
    data = {name: [row[name] for row in rows] for name in ("district", "school")}
    y, v = ([float(row[name]) for row in rows] for name in ("yi", "vi"))
    x = [float(one) / 3 for one in data["school"]]
    same = lp.multilevel(y, v, "1 | district/school", x, data=data)
    named = [lp.predicted(fit, [[1, 2]], prediction=name) for name in ("riley", "Riley")]
    assert named[0].pi_low == named[1].pi_low
    both = [lp.predicted(one, [[1, 2]], prediction="riley").pi_low for one in (fit, same)]
    np.testing.assert_allclose(*both, rtol=SEARCHED)
    with pytest.raises(InputError, match="riley"):
        lp.predicted(fit, [[1, 2]], prediction="Rily")
