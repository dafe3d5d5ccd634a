"""Multilevel fits without each effect or cluster, and by given weights, as by rma.mv."""

import json
from functools import cache

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE
from support.multilevel_cases import CLUSTERS, OUTCOMES, SCHOOLS, floats
from support.multilevel_cases import fit as fit_of_case

CASES = {
    case["id"]: case
    for case in json.loads((REFERENCE / "deletion.json").read_text(encoding="utf-8"))
}
SEARCHED = 1e-6
"""Relative, and absolute for numbers of the order 1: the variance components are searched on both
sides, there to 1e-9 of the log-likelihood or better."""
AGAIN = 2e-4
"""Each refit without a cluster starts metafor's default search, which ends this near."""
CLOSED = 1e-10
BY_WEIGHTS = ["weights", "weight_matrix"]


@cache
def fit(name):
    """Return the fit here of a case."""
    if name in BY_WEIGHTS:
        case = CASES[name]
        x = floats(SCHOOLS["year"]) - 1990 if len(case["estimate"]) > 1 else None
        columns = floats(SCHOOLS["yi"]), floats(SCHOOLS["vi"]), "1 | district/school", x
        return lp.multilevel(*columns, data=SCHOOLS, weights=case["weights"])
    if name == "known":
        model = fit_of_case("two_outcomes_cs").model
        term = lp.within(OUTCOMES["outcome"], OUTCOMES["trial"], correlation=0.5)
        return lp.multilevel(model.y, model.v, term, model.x, intercept=False)
    return fit_of_case("two_outcomes_un" if name == "outcomes" else name)


def cluster_of(name):
    return OUTCOMES["trial"] if name in ("outcomes", "known") else CLUSTERS


def listed(values):
    """Return numbers of a case as an array, NaN where there is none."""
    return np.array(values, dtype=float)


def same(found, expected, within=SEARCHED):
    assert found == pytest.approx(listed(expected), rel=within, abs=within, nan_ok=True)


def in_their_order(found, case):
    """Return the rows of clusters in the order of metafor's labels."""
    place = {str(label): row for row, label in enumerate(found.cluster)}
    return [place[str(label)] for label in case["labels"]]


@pytest.mark.parametrize("name", CASES)
def test_residuals_hat_values_and_weights_are_metafors(name):
    case, here = CASES[name], lp.multilevel_residuals(fit(name), cluster_of(name))
    for field, key in (("residual", "resid"), ("se", "resid_se"), ("hat", "hat")):
        same(getattr(here, field), case[key])
    same(here.weight / 100, listed(case["weight"]) / 100)
    same(here.chi2[in_their_order(here, case)], case["chi2"])


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("of", ["clusters", "effects"])
def test_deletion_at_the_same_components_is_metafors(name, of):
    case = CASES[name][of]
    cluster = cluster_of(name) if of == "clusters" else None
    here = lp.multilevel_influence(fit(name), cluster, reestimate=False)
    rows = in_their_order(here, case) if cluster is not None else slice(None)
    for field, key in (("residual", "resid"), ("se", "se")):
        same(getattr(here, field), case[key])
    same(here.cook[rows], case["cook"])
    same(here.dfbetas[rows], case["dfbetas"])
    if cluster is not None:
        same(here.chi2[rows], case["chi2"])


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CASES if "again" in CASES[name]])
def test_deletion_with_components_searched_anew_is_metafors(name):
    case = CASES[name]["again"]
    here = lp.multilevel_influence(fit(name), cluster_of(name))
    rows = in_their_order(here, case)
    same(here.studentized, listed(case["resid"]) / listed(case["se"]), AGAIN)
    same(here.cook[rows], case["cook"], AGAIN)
    same(here.dfbetas[rows], case["dfbetas"], AGAIN)
    same(here.chi2[rows] / 10, listed(case["chi2"]) / 10, AGAIN)


def test_a_known_correlation_may_be_one_number():
    case, here = CASES["known"], fit("known")
    same(here.coefficients, case["estimate"])
    same(here.se, case["se"])
    assert here.log_likelihood == pytest.approx(case["log_likelihood"], rel=SEARCHED)
    (component,) = here.components
    assert component.covariance[0, 1] == pytest.approx(component.variance[0] / 2, rel=CLOSED)
    with pytest.raises(InputError, match="no negative eigenvalue"):
        lp.multilevel([1, 2, 4], [1] * 3, lp.within(list("abc"), [1, 1, 2], correlation=-0.9))


def test_a_known_correlation_stays_with_the_levels_that_are_left():
    y, v, inner, outer = [0.1, np.nan, 0.9, 0.7, 0.2], [0.02] * 5, list("acabb"), [1, 1, 2, 2, 3]
    found = lp.multilevel(y, v, lp.within(inner, outer, correlation=0.5), missing="drop")
    kept = lp.within(list("aabb"), [1, 2, 2, 3], correlation=0.5)
    assert found.dropped == (1,)
    assert found.coefficients == lp.multilevel([0.1, 0.9, 0.7, 0.2], [0.02] * 4, kept).coefficients
    zero = lp.within(inner, outer, correlation=0)
    apart = lp.multilevel(y, v, zero, missing="drop").components[0].covariance
    assert apart[0, 1] == 0 < apart[0, 0]
    with pytest.raises(InputError, match="takes the place of the structure UN"):
        lp.within(inner, outer, "UN", correlation=0.5)
    with pytest.raises(InputError, match="must not be missing"):
        lp.multilevel([1, 2, 4], [1] * 3, lp.within([1, None, 2], [1, 1, 2], correlation=0.5))


@pytest.mark.parametrize("name", BY_WEIGHTS)
def test_coefficients_by_given_weights_are_metafors(name):
    case, here = CASES[name], fit(name)
    same(here.coefficients, case["estimate"])
    same(here.se, case["se"])
    assert here.qm == pytest.approx(case["qm"], rel=SEARCHED)
    assert here.log_likelihood == pytest.approx(case["log_likelihood"], rel=SEARCHED)
    components = fit("nested" if len(case["estimate"]) == 1 else "moderator").components
    for ours, known in zip(here.components, components, strict=True):
        assert ours.variance == pytest.approx(known.variance, rel=CLOSED)


def test_a_column_that_one_cluster_tells_alone_has_no_fit_without_it():
    y, v, study = [0.1, 0.3, 0.9, 0.7, 0.5, 0.4, 0.2], [0.02] * 7, list("aabbddc")
    x = [0, 0, 0, 0, 0, 0, 1]
    fit = lp.multilevel(y, v, "1 | study", x, data={"study": study})
    found = lp.multilevel_influence(fit, study)
    assert np.isnan(found.cook).tolist() == [False, False, False, True]
    assert np.isnan(found.residual).tolist() == [False] * 6 + [True]


def test_what_weights_cannot_be_is_refused():
    y, v = [0.1, 0.3, 0.9], [0.02] * 3
    for weights, says in (
        ([1, 2], "weights must be one number, 3, or 3 by 3"),
        ([1, -1, 2], "cannot be negative"),
        ([[1, 2, 0], [0, 1, 0], [0, 0, 1]], "symmetric"),
        (0.0, "All weights are 0"),
    ):
        with pytest.raises(InputError, match=says):
            lp.multilevel(y, v, weights=weights)
    for seed in range(30):
        x = np.random.default_rng(seed).normal(size=3)
        with pytest.raises(InputError, match="do not tell the coefficients apart"):
            lp.multilevel(y, v, x=x, weights=[0.7, 0, 0])
    with pytest.raises(InputError, match="leave weights= out"):
        lp.multilevel_effects(lp.multilevel(y, v, weights=[1, 2, 3]))


def test_weights_go_with_the_effects_that_are_dropped():
    y, v, w = [0.1, np.nan, 0.9, 0.4], [0.02] * 4, [1, 7, 2, 3]
    found = lp.multilevel(y, v, weights=w, missing="drop")
    assert found.dropped == (1,)
    assert found.coefficients == pytest.approx([np.average([0.1, 0.9, 0.4], weights=[1, 2, 3])])


def test_a_known_correlation_loses_the_levels_that_are_left_out_whole():
    y, v, species = [0.1, 0.3, 0.9, 0.7, np.nan, np.nan], [0.1] * 6, list("aabbcc")
    three = list("abc"), [[1, 0.8, 0.1], [0.8, 1, 0.2], [0.1, 0.2, 1]]
    found = lp.multilevel(y, v, lp.intercepts(species, correlation=three), missing="drop")
    two = lp.intercepts(species[:4], correlation=(list("ab"), [[1, 0.8], [0.8, 1]]))
    alone = lp.multilevel(y[:4], v[:4], two)
    assert found.dropped == (4, 5)
    assert found.coefficients.tolist() == alone.coefficients.tolist()
    four = list("abcd"), np.eye(4)
    with pytest.raises(InputError, match="not among the effects: d"):
        lp.multilevel(y, v, lp.intercepts(species, correlation=four), missing="drop")
