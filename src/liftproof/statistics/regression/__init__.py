"""Moderators: mixed-effects meta-regression, subgroups and permutation tests.

The columns of a design matrix, the intercept among them, are given by the caller as ``x`` of shape
(..., k, p).
"""

from liftproof.statistics.regression.contrasts import (
    Contrast,
    IndependentContrasts,
    independent_contrast,
    independent_contrasts,
)
from liftproof.statistics.regression.fitting import Regression, meta_regression
from liftproof.statistics.regression.permutation import PermutationTest, permutation_test
from liftproof.statistics.regression.predicting import (
    LikelihoodRatio,
    Predicted,
    likelihood_ratio,
    predicted,
)
from liftproof.statistics.regression.subgroups import Subgroups, subgroups

__all__ = [
    "Contrast",
    "IndependentContrasts",
    "LikelihoodRatio",
    "PermutationTest",
    "Predicted",
    "Regression",
    "Subgroups",
    "independent_contrast",
    "independent_contrasts",
    "likelihood_ratio",
    "meta_regression",
    "permutation_test",
    "predicted",
    "subgroups",
]
