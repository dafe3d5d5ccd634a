"""Cluster-robust tests of coefficients by given weights, as clubSandwich has them."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE

CASES = json.loads((REFERENCE / "robust_weights.json").read_text(encoding="utf-8"))
CLOSED = 1e-10
"""Relative: matrices are inverted and their roots taken on both sides; 15 digits are given."""


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['id']} {case['kind']}") for case in CASES]
)
def test_robust_variance_by_given_weights_is_clubsandwichs(case):
    columns = case["y"], case["covariance"], case["cluster"], case["year"] or None
    here = lp.cluster_robust(*columns, kind=case["kind"], weights=case["weights"])
    assert here.coefficients == pytest.approx(case["estimate"], rel=CLOSED)
    assert here.se == pytest.approx(case["se"], rel=CLOSED)
    assert here.df == pytest.approx(case["df"], rel=CLOSED)


@pytest.mark.parametrize("kind", ["CR0", "CR1", "CR2"])
def test_the_inverse_of_the_covariance_gives_what_no_weights_give(kind):
    case = next(case for case in CASES if case["id"] == "correlated")
    columns = case["y"], case["covariance"], case["cluster"], case["year"]
    weights = np.linalg.inv(case["covariance"])
    within = np.equal.outer(case["cluster"], case["cluster"])
    given = lp.cluster_robust(*columns, kind=kind, weights=np.where(within, weights, 0.0))
    plain = lp.cluster_robust(*columns, kind=kind)
    for name in ("coefficients", "se", "df", "ci_low"):
        assert getattr(given, name) == pytest.approx(getattr(plain, name), rel=1e-9)


def test_weights_go_with_the_effects_that_are_dropped():
    y, v, cluster = [0.1, np.nan, 0.9, 0.7, 0.2], [0.1, 0.2, 0.1, 0.3, 0.2], list("aabbc")
    found = lp.cluster_robust(y, v, cluster, weights=[1, 9, 2, 3, 4], kind="CR1", missing="drop")
    kept = lp.cluster_robust(
        [0.1, 0.9, 0.7, 0.2], [0.1, 0.1, 0.3, 0.2], list("abbc"), weights=[1, 2, 3, 4], kind="CR1"
    )
    assert found.coefficients.tolist() == kept.coefficients.tolist()
    assert found.dropped == (1,)


def test_a_coefficient_that_rests_on_one_cluster_is_told():
    y, v, cluster, x = [0.1, 0.3, 0.9, 0.7, 0.2], [0.1] * 5, list("aabbc"), [0, 0, 0, 0, 1]
    plain = lp.cluster_robust(y, v, cluster, x)
    given = lp.cluster_robust(y, v, cluster, x, weights=10)
    assert plain.rests_on_one_cluster.tolist() == [False, True]
    assert given.rests_on_one_cluster.tolist() == [False, True]
    assert given.se == pytest.approx(plain.se, rel=1e-9)
    assert lp.cluster_robust(y, v, cluster, x, weights=[1, 2, 3, 4, 5]).rests_on_one_cluster[1]


def test_what_cannot_be_weighed_is_refused():
    y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.1] * 5
    with pytest.raises(InputError, match="0 between clusters"):
        lp.cluster_robust(y, v, list("aabbc"), weights=np.ones((5, 5)))
    with pytest.raises(InputError, match="2 clusters are too few"):
        lp.cluster_robust(y, v, list("aabbb"), [1, 2, 3, 4, 5], weights=1)
