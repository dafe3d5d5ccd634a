"""The names that a user of the package needs; ``import liftproof`` offers the same ones.

docs/python.md shows them at work.
"""

from liftproof.errors import ConvergenceError, DataError, InputError, LiftproofError, UsageError
from liftproof.frames import tidy
from liftproof.reviews import find, load, read
from liftproof.statistics.accumulation import cumulative, monitor
from liftproof.statistics.bayes.priors import half_cauchy, half_normal, half_t
from liftproof.statistics.bayes.random_effects import random_effects
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.counts import odds_ratio, risk_difference, risk_ratio
from liftproof.statistics.effects.means import (
    mean_difference,
    ratio_of_means,
    standardised_mean_difference,
)
from liftproof.statistics.effects.rates import rate_ratio
from liftproof.statistics.effects.reported import from_interval
from liftproof.statistics.influence import baujat, gosh, influence, leave_one_out
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression, permutation_test, subgroups
from liftproof.statistics.small_study.egger import egger, funnel_regression
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.peto import peto
from liftproof.statistics.statements.absolute import absolute_effect
from liftproof.statistics.statements.confidence import confidence_distribution_of, confidence_that
from liftproof.statistics.statements.number_needed import number_needed_of

__all__ = [
    "EFFECTS",
    "GLMM",
    "MANTEL_HAENSZEL",
    "ConvergenceError",
    "DataError",
    "InputError",
    "LiftproofError",
    "UsageError",
    "absolute_effect",
    "baujat",
    "beta_binomial",
    "cluster_robust",
    "confidence_distribution_of",
    "confidence_that",
    "cumulative",
    "egger",
    "find",
    "from_interval",
    "funnel_regression",
    "gosh",
    "half_cauchy",
    "half_normal",
    "half_t",
    "influence",
    "leave_one_out",
    "load",
    "mean_difference",
    "meta_regression",
    "monitor",
    "number_needed_of",
    "odds_ratio",
    "permutation_test",
    "pet_peese",
    "peto",
    "pool",
    "random_effects",
    "rate_ratio",
    "ratio_of_means",
    "read",
    "risk_difference",
    "risk_ratio",
    "selection_model",
    "standardised_mean_difference",
    "subgroups",
    "three_level",
    "tidy",
    "trim_and_fill",
]
