"""Ratios that rounding leaves without a logarithm, or too large for a number, are refused."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.effects.rounding import rounded


@pytest.mark.parametrize(
    ("y", "v", "told"),
    [
        (-6.0, 0.01, "rounded to 0 has no logarithm"),
        (700.0, 100.0, "too large for a number"),
    ],
)
def test_a_ratio_that_cannot_be_rounded_is_refused(y, v, told):
    with pytest.raises(InputError, match=told):
        rounded(np.array([0.1, y]), np.array([0.04, v]), "natural_2")
