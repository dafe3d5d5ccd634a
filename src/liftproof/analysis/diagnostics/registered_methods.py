"""The registered diagnostics: each takes the material of an analysis and returns a result."""

from liftproof.analysis.diagnostics import (
    accumulation,
    bayesian,
    corrections,
    funnel_asymmetry,
    influence,
    statements,
    stopping,
)
from liftproof.analysis.diagnostics.method import Methods

METHODS: Methods = {
    **funnel_asymmetry.METHODS,
    **corrections.METHODS,
    **influence.METHODS,
    **accumulation.METHODS,
    **stopping.METHODS,
    **bayesian.METHODS,
    **statements.METHODS,
}
"""By name, in the order of the report. All numbers are on the analysis scale (log for ratios)."""
