"""Around a maximum of a three-level likelihood: what is proven to hold no higher one."""

import numpy as np
import pytest

from liftproof.statistics.dependent.components import maximum, prepared
from liftproof.statistics.dependent.derivatives import derivatives
from liftproof.statistics.dependent.likelihood import likelihood
from liftproof.statistics.dependent.summit import summits

ROUNDING = 1e-9
"""Of -2 log-likelihoods near 100."""
SEEDS = range(12)


def simulated(seed, between, within, method):
    """Return prepared effects of twelve studies."""
    generator = np.random.default_rng(seed)
    study = np.repeat(np.arange(12), generator.integers(1, 5, 12))
    v = generator.uniform(0.01, 0.2, study.size)
    y = generator.normal(0, between, 12)[study] + generator.normal(0, np.sqrt(v + within))
    return prepared(y, v, study, None, intercept=True, method=method)


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize(("between", "within"), [(0.5, 0.1), (0.0, 0.1), (0.5, 0.0), (0.0, 0.0)])
def test_nothing_that_a_maximum_covers_is_higher(between, within, method):
    proven = 0
    for seed in SEEDS:
        data = simulated(seed, between, within, method)
        peak = summits(data.model, maximum(data)[:, None])
        reach = (peak.change / peak.largest)[:, 0]
        corners = np.random.default_rng(seed).uniform(-1, 1, (2, 400)) * reach[:, None]
        points = np.maximum(0.0, peak.sigma2 + corners)
        covered = points[:, peak.covers(points, points)]
        height = likelihood(data.model, peak.sigma2).deviance[0]
        assert (likelihood(data.model, covered).deviance >= height - ROUNDING).all()
        proven += covered.shape[1] > 100
    assert proven > len(SEEDS) / 2


def test_a_rectangle_that_reaches_too_far_is_not_covered():
    data = simulated(1, 0.5, 0.1, "REML")
    peak = summits(data.model, maximum(data)[:, None])
    low, high = np.zeros((2, 1)), 10 * peak.sigma2
    assert not peak.covers(low, high).any()
    assert peak.covers(peak.sigma2, peak.sigma2).all()


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_a_climb_along_the_edge_ends_at_the_top(method):
    """With variances over ten orders of magnitude, where a component is next to 0 or at 0."""
    at_zero = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        v, y = 10.0 ** generator.uniform(-10, 0, 40), generator.normal(0, 1, 40)
        data = prepared(y, v, np.arange(40) // 2, None, intercept=True, method=method)
        top = maximum(data)
        at, free = derivatives(data.model, top[:, None]), top > 0
        score, information = at.score[0], at.information[0]
        assert (score[~free] <= 0).all()
        step = np.linalg.solve(information[np.ix_(free, free)], score[free])
        assert abs(score[free] @ step) < ROUNDING
        at_zero += not free.all()
    assert 10 < at_zero < 40


def test_beside_a_maximum_nothing_is_proven():
    data = simulated(1, 0.5, 0.1, "REML")
    top = maximum(data)[:, None]
    assert summits(data.model, top).change > 0
    assert summits(data.model, top * [[1.01], [1]]).change == 0
