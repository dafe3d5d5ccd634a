"""Design effects."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.clustering import (
    design_effect_from_icc,
    design_effect_from_sizes,
    inflate,
)


def test_design_effect_of_a_trial_in_classes():
    assert float(design_effect_from_icc(21, 0.05)) == pytest.approx(2.0, rel=1e-15, abs=0)


def test_single_participants_are_not_clusters():
    assert float(design_effect_from_icc(1, 0.3)) == 1.0


def test_inflating_equals_dividing_the_trial():
    assert inflate([0.1, 0.4], 1.5).tolist() == pytest.approx([0.15, 0.6], rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: design_effect_from_icc(0.5, 0.1), "cluster size must be 1 or more, but 0.5"),
        (lambda: design_effect_from_icc(5, 1.1), "ICC must be 1 or less, but 1.1"),
        (lambda: design_effect_from_icc(11, -0.1), "must be positive, but 0 "),
        (lambda: inflate(0.1, 0), "design effect must be positive, but 0"),
        (lambda: inflate(float("inf"), 1), "v must be finite"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


@pytest.mark.parametrize("icc", [0.0, 0.05, 0.5, 1.0])
def test_clusters_of_one_size_have_the_usual_design_effect(icc):
    usual = float(design_effect_from_icc(25, icc))
    for weighting in ("people", "best"):
        exact = design_effect_from_sizes([25] * 4, icc, weighting=weighting)
        assert exact == pytest.approx(usual, rel=1e-12)


def test_clusters_of_unlike_size_are_worth_less():
    # by hand: 1 + (7300/100 - 1) 0.05 = 4.6; 3 x 5/1.2 + 85/5.2 = 28.84615 independent people
    sizes = [5, 5, 5, 85]
    assert design_effect_from_sizes(sizes, 0.05) == pytest.approx(4.6, rel=1e-12)
    best = 100 / design_effect_from_sizes(sizes, 0.05, weighting="best")
    assert best == pytest.approx(15 / 1.2 + 85 / 5.2, rel=1e-12)
    assert 100 / float(design_effect_from_icc(25, 0.05)) == pytest.approx(100 / 2.2, rel=1e-12)


def test_the_design_effect_is_that_of_the_coefficient_of_variation():
    sizes = np.array([8.0, 15.0, 22.0, 40.0])
    cv2 = sizes.var() / sizes.mean() ** 2
    expected = 1 + ((cv2 + 1) * sizes.mean() - 1) * 0.03
    assert design_effect_from_sizes(sizes, 0.03) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("weighting", ["people", "best"])
def test_the_design_effect_is_the_variance_of_a_weighted_mean(weighting):
    sizes, icc = [2, 3, 7], 0.2
    whole = np.zeros((12, 12))
    start = 0
    for m in sizes:  # correlation within clusters, 0 between them
        whole[start : start + m, start : start + m] = icc
        start += m
    np.fill_diagonal(whole, 1.0)
    weight = np.ones(12) if weighting == "people" else np.linalg.solve(whole, np.ones(12))
    variance = weight @ whole @ weight / weight.sum() ** 2
    found = design_effect_from_sizes(sizes, icc, weighting=weighting)
    assert found == pytest.approx(12 * variance, rel=1e-12)


@pytest.mark.parametrize(
    ("sizes", "icc", "says"),
    [
        ([], 0.1, "no number"),
        ([[2, 3]], 0.1, "shape"),
        ([0.5, 3], 0.1, "1 or more"),
        ([2, 3], 1.5, "1 or less"),
        ([2, 3], [0.1, 0.2], "one number"),
        (["2", 3], 0.1, "not text"),
    ],
)
def test_bad_cluster_sizes_are_refused(sizes, icc, says):
    with pytest.raises(InputError, match=says):
        design_effect_from_sizes(sizes, icc)
