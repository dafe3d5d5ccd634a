"""Shares of variance by choice: known surfaces, and a sample against all combinations."""

import numpy as np
import pytest

from liftproof.statistics.decomposition import (
    first_order_of_sample,
    shares_of_grid,
    total_of_sample,
)

ROUNDING = 1e-12
"""Relative: means of the same numbers in another order."""
BY_CHANCE = 0.03
"""Absolute: three times the standard error of a share found from 4000 combinations."""


def test_choices_that_add_up_share_by_their_variances():
    a, b, c = np.array([0.0, 1.0, 2.0]), np.array([0.0, 3.0]), np.array([0.0, 0.0])
    first, total = shares_of_grid(a[:, None, None] + b[:, None] + c)
    expected = np.array([2 / 3, 9 / 4, 0]) / (2 / 3 + 9 / 4)
    assert first == pytest.approx(expected, rel=ROUNDING)
    assert total == pytest.approx(expected, rel=ROUNDING)


def test_a_product_is_shared_alone_and_together():
    """Y = (1 + a)(1 + b), a and b -1 or 1 over 2: means 1, first order 1/4 each, both 1/16."""
    a = np.array([-0.5, 0.5])
    first, total = shares_of_grid((1 + a)[:, None] * (1 + a))
    whole = 1 / 4 + 1 / 4 + 1 / 16
    assert first == pytest.approx([0.25 / whole] * 2, rel=ROUNDING)
    assert total == pytest.approx([0.3125 / whole] * 2, rel=ROUNDING)


def test_a_result_that_never_varies_has_no_shares():
    first, total = shares_of_grid(np.full((2, 3), 0.7))
    assert (*first, *total) == (0.0,) * 4


def test_missing_results_are_passed_over():
    first, total = shares_of_grid([[0.0, 1.0], [np.nan, np.nan]])
    assert first == pytest.approx([0, 1])
    assert total == pytest.approx([0, 1])


def test_a_sample_comes_near_all_combinations():
    generator = np.random.default_rng(11)
    grid = generator.normal(size=(4, 1, 1)) + generator.normal(size=(1, 5, 3))
    first, total = shares_of_grid(grid)
    digits = np.column_stack([generator.integers(0, n, 4000) for n in grid.shape])
    values = grid[tuple(digits.T)]
    varied = [np.moveaxis(grid, axis, -1).reshape(-1, n) for axis, n in enumerate(grid.shape)]
    assert first_order_of_sample(values, digits) == pytest.approx(first, abs=BY_CHANCE)
    assert total_of_sample(values, varied) == pytest.approx(total, abs=BY_CHANCE)
