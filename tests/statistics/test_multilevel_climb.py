"""The surface that a multilevel fit climbs on: its slopes, curvatures and climbs."""

import numpy as np
import pytest

import liftproof as lp
from liftproof.statistics.multilevel.climb import climbed, climbs
from liftproof.statistics.multilevel.model import model_of
from liftproof.statistics.multilevel.search import highest
from liftproof.statistics.multilevel.structures import STRUCTURES
from liftproof.statistics.multilevel.surface import (
    FAR,
    curvatures,
    deviance,
    deviances,
    deviances_and_slopes,
    with_curvatures,
)
from liftproof.statistics.multilevel.terms import terms_of

STEP = 1e-5
DIFFERENCE = 1e-7
"""Of differences over STEP, relative to the largest."""
AT_ONCE = 1e-12
"""Points at once are added up in another order than one by one."""
RANDOM = np.random.default_rng(5)
K = 36
STUDY, LEVEL = np.repeat(np.arange(9), 4), np.tile([1.0, 2.0, 3.0, 4.0], 9)
V = RANDOM.uniform(0.05, 0.5, K)
Y = RANDOM.normal(size=9)[STUDY] + 0.4 * LEVEL * RANDOM.normal(size=K) + RANDOM.normal(0, V**0.5)
TWO_MAXIMA = (
    [3.56, 0.112, 0.0379, -1.91, -4.3, -1.08, 0.449, -0.314, 0.25, 7.8, 12.9, -0.285, 5.35, -0.65],
    [15.7, 0.0117, 0.0203, 0.968, 20.3, 0.112, 0.178, 7.76, 0.0158, 19.4, 73.4, 15.0, 86.7, 1.09],
    [0, 3, 3, 3, 3, 2, 3, 3, 0, 3, 1, 0, 0, 1],
    [1, 2, 1, 4, 4, 3, 2, 1, 1, 4, 4, 2, 4, 2],
)
"""Made up: effects, variances, studies, years. Between effects and years the likelihood has another
maximum, lower by 0.02."""
every_structure = pytest.mark.parametrize("structure", STRUCTURES)


def model(structure, *, is_restricted=True):
    random = [lp.within(LEVEL, STUDY, structure), lp.intercepts(np.arange(K) // 2)]
    terms = terms_of(random, K, None, "CS")
    return model_of(Y, V, LEVEL, terms, intercept=True, is_restricted=is_restricted)


def points_of(one, count):
    q = sum(term.structure.count(term.levels) for term in one.terms)
    return np.random.default_rng(q).uniform(0.2, 0.8, (count, q))


def differences(values, point):
    """Return central differences of a function of a point, a parameter a row."""
    steps = STEP * np.eye(point.size)
    return np.array([(values(point + s) - values(point - s)) / (2 * STEP) for s in steps])


@every_structure
@pytest.mark.parametrize("is_restricted", [True, False])
def test_slopes_are_differences_of_heights(structure, is_restricted):
    one = model(structure, is_restricted=is_restricted)
    (point,) = points_of(one, 1)
    slope = deviances_and_slopes(one, point[None])[1][0]
    expected = differences(lambda x: deviance(one, x), point)
    assert slope == pytest.approx(expected, abs=DIFFERENCE * np.abs(expected).max())


@every_structure
def test_the_form_of_a_structure_bends_as_its_slopes_change(structure):
    one = model(structure)
    (point,) = points_of(one, 1)
    term = one.terms[0]
    own = point[: term.structure.count(term.levels)]
    by_g = np.cov(np.random.default_rng(2).normal(size=(4, 9)))
    bend = term.structure.bend(own, term.levels, by_g)
    expected = differences(lambda x: term.structure.pull(x, term.levels, by_g), own)
    assert bend == pytest.approx(expected, abs=10 * DIFFERENCE * np.abs(expected).max())


@every_structure
def test_points_at_once_are_points_one_by_one(structure):
    one = model(structure)
    points = points_of(one, 3)
    for whole, *alone in zip(
        with_curvatures(one, points), *(with_curvatures(one, x[None]) for x in points), strict=True
    ):
        joined = np.concatenate(alone)
        assert whole == pytest.approx(joined, abs=AT_ONCE * np.abs(joined).max())


def test_average_information_is_the_mean_of_observed_and_expected():
    """By one variance the observed curvature is 2y'PPPy - tr PP, the expected tr PP."""
    y, v = np.array([0.1, 0.9, -0.4, 1.3]), np.array([0.2, 0.1, 0.3, 0.2])
    terms = terms_of(lp.intercepts(range(4)), 4, None, "CS")
    one = model_of(y, v, None, terms, intercept=True, is_restricted=True)
    s = 0.7
    m = np.diag(v / one.unit**2 + s**2)
    w, x = np.linalg.inv(m), np.ones((4, 1))
    p = w - w @ x @ np.linalg.inv(x.T @ w @ x) @ x.T @ w
    py = p @ y / one.unit
    by_variance = np.trace(p) - py @ py
    expected = 4 * s**2 * py @ p @ py + 2 * by_variance
    assert with_curvatures(one, np.array([[s]]))[2] == pytest.approx(expected, rel=1e-10)
    observed = 4 * s**2 * (2 * py @ p @ py - np.trace(p @ p)) + 2 * by_variance
    assert curvatures(one, np.array([[s]])) == pytest.approx(observed, rel=1e-7)


def test_a_singular_point_is_far_up_and_leaves_the_others_as_they_are():
    terms = terms_of(lp.intercepts(np.zeros(4)), 4, None, "CS")
    one = model_of([0.1, 0.2, 0.4, 0.3], [1e-14] * 4, None, terms, intercept=True,
                   is_restricted=True)  # fmt: skip
    found = deviances(one, np.array([[0.1], [1e9]]))
    assert found[1] == FAR
    assert found[0] == deviance(one, np.array([0.1]))


@every_structure
def test_no_climb_from_elsewhere_ends_higher(structure):
    one = model(structure)
    best = highest(one).deviance
    ends = climbs(one, points_of(one, 20) * np.linspace(0.05, 1.8, 20)[:, None])
    assert min(end.deviance for end in ends) >= best - 1e-9
    assert deviance(one, ends[0].parameters) == pytest.approx(ends[0].deviance, rel=AT_ONCE)


def test_what_is_not_free_stays():
    one = model("UN")
    (start,) = points_of(one, 1)
    free = np.arange(start.size) != 1
    end = climbed(one, start, free)
    assert end.parameters[1] == start[1]
    slope = deviances_and_slopes(one, end.parameters[None])[1][0]
    assert slope[free] == pytest.approx(0.0, abs=0.01)
    assert abs(slope[1]) > 1


def test_of_two_maxima_the_higher_is_found():
    y, v, study, year = TWO_MAXIMA
    data = {"study": study, "effect": np.arange(len(y)), "year": year}
    found = lp.multilevel(y, v, ["1 | study/effect", "1 | year"], data=data, method="ML")
    variances = [float(one.variance[0]) for one in found.components]
    assert variances[0] > 0
    assert variances[1:] == [0, 0]


def test_levels_correlated_as_far_as_can_be_leave_angles_without_meaning():
    """Made up: three outcomes of a study are multiples of one number: two angles say all."""
    chance = np.random.default_rng(3)
    shared, outcome, study = chance.normal(size=12), np.tile([0, 1, 2], 12), np.arange(36) // 3
    y = np.outer(shared, [1.0, 0.5, -0.8]).ravel() + 0.1 * chance.normal(size=36)
    found = lp.multilevel(y, [0.02] * 36, lp.within(outcome, study, "UN"))
    (component,) = found.components
    assert component.correlation == pytest.approx([1.0, -1.0, -1.0], abs=1e-9)
    assert component.at_boundary
    ends = climbs(found.model, points_of(found.model, 10))
    best = deviance(found.model, found.at)
    assert min(end.deviance for end in ends) >= best - 1e-9


BESIDE_ONE_THAT_OUTWEIGHS = (
    [0.7, -0.41, 1.01, 0.42, 0.901, 0.872, 0.586, 0.0979],
    [0.262, 0.562, 0.261, 0.0548, 0.0873, 0.000373, 0.164, 0.195],
    [3, 1, 0, 4, 0, 4, 2, 0],
)
"""Made up: effects, variances, studies. One effect has a variance a hundredth of any other's."""


def test_a_maximum_where_all_variances_are_0_is_found():
    y, v, study = (np.array(one) for one in BESIDE_ONE_THAT_OUTWEIGHS)
    found = lp.multilevel(y, v, "1 | study/effect", data={"study": study, "effect": range(8)},
                          method="ML")  # fmt: skip
    assert [float(one.variance[0]) for one in found.components] == [0, 0]
    mean = (y / v).sum() / (1 / v).sum()
    alone = -0.5 * (np.log(2 * np.pi * v) + (y - mean) ** 2 / v).sum()
    assert found.log_likelihood == pytest.approx(alone, rel=1e-12)


TWO_OF_UNEQUAL = (
    [0.114, -0.167, 0.166, 0.549, -1.38, -0.789, -1.08, -0.114, 1.08, 0.345, -0.0791, 0.591, -1.32,
     -1.54, 1.1, 0.982, -0.685, 0.359, -0.767, 0.531, 0.55, 0.352, -0.415, 0.489, -0.372, 0.42],
    [0.727, 0.00938, 0.0197, 0.178, 0.145, 0.119, 0.067, 0.0432, 0.134, 0.0486, 0.297, 0.168,
     0.0753, 0.116, 0.185, 0.286, 0.0357, 0.0502, 0.019, 0.00274, 0.316, 0.222, 0.127, 0.213, 0.257,
     0.0368],
    [1, 3, 3, 4, 4, 6, 6, 0, 1, 0, 6, 1, 4, 1, 1, 1, 6, 0, 6, 1, 0, 1, 2, 3, 4, 4],
    [1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 2, 1, 2, 0, 0, 1, 0, 2, 0, 2, 1, 2, 1],
)  # fmt: skip
"""Made up: effects, variances, studies, outcomes. Another maximum is lower by 1.7."""


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_no_climb_of_unequal_variances_from_elsewhere_ends_higher(method):
    y, v, study, outcome = TWO_OF_UNEQUAL
    found = lp.multilevel(y, v, lp.within(outcome, study, "HCS"), method=method)
    ends = climbs(found.model, points_of(found.model, 60) * np.linspace(0.02, 1.8, 60)[:, None])
    assert min(end.deviance for end in ends) >= deviance(found.model, found.at) - 1e-7
