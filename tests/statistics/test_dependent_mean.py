"""A mean by three levels, whose sums go by study: against moderators' way, and exact arithmetic."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from liftproof.statistics.dependent.components import prepared
from liftproof.statistics.dependent.derivatives import derivatives
from liftproof.statistics.dependent.likelihood import likelihood
from liftproof.statistics.dependent.three_level import three_level

CLOSED = 1e-10
EXACT = 1e-13
"""Of a component, against its root in exact arithmetic: some hundred roundings."""
STEP = Fraction(1, 10**30)


def covariance(v, study):
    """Return variances with a correlation of 0.4 within studies."""
    root = np.sqrt(v)
    shared = np.where(np.equal.outer(study, study), 0.4, 0.0) * np.outer(root, root)
    return shared + np.diag(0.6 * v)


@pytest.mark.parametrize("is_correlated", [False, True])
@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("seed", range(5))
def test_sums_by_study_are_those_over_effects(seed, method, is_correlated):
    generator = np.random.default_rng(seed)
    study = np.repeat(np.arange(7), generator.integers(1, 5, 7))
    v = generator.uniform(0.01, 0.3, study.size)
    y = generator.normal(0, 0.5, 7)[study] + generator.normal(0, np.sqrt(v))
    given = covariance(v, study) if is_correlated else v
    model = prepared(y, given, study, None, intercept=True, method=method).model
    assert model.is_mean
    over_effects = replace(model, is_mean=False)
    pairs = np.append(generator.uniform(0, 1, (2, 30)), np.zeros((2, 1)), axis=1)
    one, other = likelihood(model, pairs), likelihood(over_effects, pairs)
    for name in ("determinant", "q", "slope"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=CLOSED)
    for pair in pairs.T[-3:]:
        here = derivatives(model, pair[:, None])
        there = derivatives(over_effects, pair[:, None])
        for name in ("pulls", "traces", "squares", "products", "q"):
            np.testing.assert_allclose(getattr(here, name), getattr(there, name), rtol=CLOSED)


def score(groups, between):
    """Return twice the REML score of σ²study, with σ²effect 0, in exact arithmetic."""
    sums = [(sum(1 / v for _, v in group), sum(y / v for y, v in group)) for group in groups]
    weights = [1 / (1 / c + between) for c, _ in sums]
    means = [of_y / c for c, of_y in sums]
    total = sum(weights)
    mean = sum(u * one for u, one in zip(weights, means, strict=True)) / total
    pulls = sum((u * (one - mean)) ** 2 for u, one in zip(weights, means, strict=True))
    return pulls - total + sum(u**2 for u in weights) / total


def test_a_component_is_exact_where_variances_lie_ten_decades_apart():
    """Where sums over effects lost up to six digits of it."""
    at_zero = 0
    for seed in range(30):
        generator = np.random.default_rng(seed)
        study, v = np.arange(24) // 2, 10.0 ** generator.uniform(-9.9, 0, 24)
        y = generator.normal(0, 1.5, 12)[study] + generator.normal(0, np.sqrt(v))
        fit = three_level(y, v, study)
        if fit.sigma2_effect or not fit.sigma2_study:
            continue
        pairs = [(Fraction(a), Fraction(b)) for a, b in zip(y.tolist(), v.tolist(), strict=True)]
        groups = [pairs[place : place + 2] for place in range(0, 24, 2)]
        found = Fraction(fit.sigma2_study)
        here = score(groups, found)
        slope = (score(groups, found + STEP) - here) / STEP
        assert abs(float(here / slope)) < EXACT * fit.sigma2_study
        at_zero += 1
    assert at_zero > 5
