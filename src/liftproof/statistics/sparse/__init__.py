"""Methods for sparse data: they pool counts, not effects with variances.

The registries name, for each measure, the function that pools it.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.sparse import (
    glmm,
    glmm_regression,
    mantel_haenszel,
    mantel_haenszel_rates,
)
from liftproof.statistics.sparse.glmm_fit import Glmm
from liftproof.statistics.sparse.glmm_regression import GlmmRegression
from liftproof.statistics.sparse.mantel_haenszel_result import MantelHaenszel

MANTEL_HAENSZEL: Mapping[str, Callable[..., MantelHaenszel]] = {
    "OR": mantel_haenszel.odds_ratio,
    "RR": mantel_haenszel.risk_ratio,
    "RD": mantel_haenszel.risk_difference,
    "IRR": mantel_haenszel_rates.rate_ratio,
    "IRD": mantel_haenszel_rates.rate_difference,
}
GLMM: Mapping[str, Callable[..., Glmm]] = {
    "OR": glmm.odds_ratio,
    "IRR": glmm.rate_ratio,
    "PLO": glmm.log_odds,
    "IRLN": glmm.log_rate,
}
GLMM_REGRESSION: Mapping[str, Callable[..., GlmmRegression]] = {
    "OR": glmm_regression.odds_ratio_regression,
    "IRR": glmm_regression.rate_ratio_regression,
    "PLO": glmm_regression.log_odds_regression,
    "IRLN": glmm_regression.log_rate_regression,
}
