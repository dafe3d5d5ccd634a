"""Deletion diagnostics of a meta-regression: against their definitions, trial by trial."""

import numpy as np
import pytest
from scipy.special import chdtr

from liftproof.errors import InputError
from liftproof.statistics.influence import influence, regression_influence
from liftproof.statistics.regression import meta_regression
from support.metafor_cases import effects_and_variances, table

SAME = 1e-8
"""The same number by another path: differences of estimates lose some digits."""
SHARED = (
    *("rstandard", "rstudent", "dffits", "cook_distance", "cov_ratio", "tau2_deleted"),
    *("q_deleted", "hat", "weight", "is_influential"),
)


def bcg():
    """Return log risk ratios of the BCG vaccine and an intercept, latitude and year."""
    y, v = effects_and_variances("data/bcg__RR.csv")
    rows = table("data/bcg.csv")
    x = np.array([[1.0, float(row["ablat"]), float(row["year"]) - 1948] for row in rows])
    return y, v, x


@pytest.mark.slow
@pytest.mark.parametrize("test", ["z", "knha"])
@pytest.mark.parametrize("tau2", ["FE", "DL", "REML"])
def test_definitions_hold_trial_by_trial(tau2, test):
    y, v, x = bcg()
    k, p = x.shape
    found = regression_influence(y, v, x, tau2=tau2, test=test)
    whole = meta_regression(y, v, x, tau2=tau2, test=test)
    w = 1 / (v + whole.tau2)
    hat = x @ np.linalg.solve(x.T @ np.diag(w) @ x, x.T * w)
    left = np.eye(k) - hat
    residual_variance = np.diag(left @ np.diag(1 / w) @ left.T)
    fitted = x @ whole.coefficients
    np.testing.assert_allclose(found.hat, np.diag(hat), rtol=SAME)
    np.testing.assert_allclose(found.rstandard, (y - fitted) / residual_variance**0.5, rtol=SAME)
    np.testing.assert_allclose(found.weight, 100 * w / w.sum(), rtol=SAME)
    for i in range(k):
        rest = np.arange(k) != i
        part = meta_regression(y[rest], v[rest], x[rest], tau2=tau2, test=test)
        at_z = meta_regression(y[rest], v[rest], x[rest], tau2=tau2, test="z")
        s2 = float(part.covariance[0, 0] / at_z.covariance[0, 0])
        change = whole.coefficients - part.coefficients
        at_part = np.linalg.inv(x.T @ np.diag(1 / (v + part.tau2)) @ x)
        total = v[i] + float(part.tau2)
        expected = {
            "rstudent": (y[i] - x[i] @ part.coefficients)
            / np.sqrt(s2 * total + x[i] @ part.covariance @ x[i]),
            "dffits": x[i] @ change / np.sqrt(s2 * hat[i, i] * total),
            "cook_distance": change @ np.linalg.solve(whole.covariance, change),
            "cov_ratio": np.linalg.det(part.covariance) / np.linalg.det(whole.covariance),
            "tau2_deleted": float(part.tau2),
            "q_deleted": float(part.qe),
        }
        ours = {name: float(getattr(found, name)[i]) for name in expected}
        assert ours == pytest.approx(expected, rel=SAME, abs=1e-12)
        dfbetas = change / np.sqrt(s2 * np.diag(at_part))
        np.testing.assert_allclose(found.dfbetas[i], dfbetas, rtol=SAME, atol=1e-12)
        assert bool(found.is_influential[i]) == (
            abs(expected["dffits"]) > 3 * np.sqrt(p / (k - p))
            or chdtr(p, expected["cook_distance"]) > 0.5
            or hat[i, i] > 3 * p / k
            or (np.abs(dfbetas) > 1).any()
        )


@pytest.mark.parametrize(("test", "interval"), [("z", "wald"), ("knha", "hksj")])
def test_an_intercept_alone_is_the_meta_analysis(test, interval):
    y, v, x = bcg()
    alone = regression_influence(y, v, x[:, :1], test=test)
    mean = influence(y, v, interval=interval)
    for name in SHARED:
        np.testing.assert_allclose(getattr(alone, name), getattr(mean, name), rtol=SAME)
    np.testing.assert_allclose(alone.dfbetas[:, 0], mean.dfbetas, rtol=SAME)


def test_units_of_effects_and_moderators_do_not_matter():
    y, v, x = bcg()
    before = regression_influence(y, v, x)
    after = regression_influence(y * 1e3, v * 1e6, x * [1.0, 100.0, 0.01])
    for name in (*SHARED, "dfbetas"):
        if name not in ("tau2_deleted",):
            np.testing.assert_allclose(getattr(after, name), getattr(before, name), rtol=1e-6)


def test_a_batch_equals_its_data_sets():
    y, v, x = bcg()
    batch = regression_influence(np.stack([y, -2 * y]), np.stack([v, v]), np.stack([x, x]))
    alone = regression_influence(-2 * y, v, x)
    assert batch.dfbetas.shape == (2, 13, 3)
    for name in (*SHARED, "dfbetas"):
        np.testing.assert_allclose(getattr(batch, name)[1], getattr(alone, name), rtol=SAME)


def test_a_trial_that_alone_tells_a_coefficient_is_named():
    y, v, _ = bcg()
    x = np.column_stack([np.ones(13), np.arange(13) == 4])
    with pytest.raises(InputError, match=r"coefficients must still be told.*found at index 4"):
        regression_influence(y, v, x)


def test_too_few_trials_and_missing_moderators_are_refused():
    with pytest.raises(InputError, match="2 trials cannot tell 2 coefficients"):
        regression_influence([0.1, 0.2, 0.4], [1, 1, 1], [[1, 0], [1, 1], [1, 2]])
    with pytest.raises(InputError, match=r"x must be finite.*1 missing, at 0"):
        regression_influence([0.1, 0.2, 0.4], [1, 1, 1], [[1, np.nan], [1, 1], [1, 2]])
    with pytest.raises(InputError, match="did you mean knha"):
        regression_influence([0.1, 0.2, 0.4, 0.1], [1] * 4, [[1]] * 4, test="khna")
