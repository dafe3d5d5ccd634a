"""How much an estimate owes to single trials and to any choice of trials; shrunken effects."""

import numpy as np

from liftproof.analysis.diagnostics.method import Finding, Method, Methods
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials
from liftproof.statistics.influence import baujat, blup, gosh, influence, leave_one_out
from liftproof.statistics.influence.subset_sums import CLOSED_FORMS

SUBSETS, SEARCHED_SUBSETS = 2**15, 2**12
"""Pooled at most: all subsets of 15 trials, or of 12 where τ² takes a search; a tenth of a second
each. Of more trials as many are drawn."""
SEED = 1
SMALLEST = 2
"""Trials in a subset: one trial is no pool."""
QUANTILES = {"min": 0.0, "q1": 0.25, "median": 0.5, "q3": 0.75, "max": 1.0}


def _gosh(of: PooledTrials) -> Finding:
    """Return how the pooled estimates of subsets of two trials or more are spread."""
    tau2 = of.inverse_variance().tau2
    most = SUBSETS if tau2 in CLOSED_FORMS else SEARCHED_SUBSETS
    found = gosh(of.y, of.v, tau2=tau2, subsets=most, seed=SEED)
    is_pool = found.size >= SMALLEST
    estimates, i2 = found.estimate[is_pool], found.i2[is_pool]
    places = np.quantile(estimates, list(QUANTILES.values()))
    return Finding(
        values={
            "subsets": estimates.size,
            "is_exhaustive": found.is_exhaustive,
            **{f"estimate_{name}": place for name, place in zip(QUANTILES, places, strict=True)},
            "share_below_no_effect": (estimates < 0).mean(),
            "i2_median": np.median(i2),
            "i2_max": i2.max(),
        }
    )


def _subsets(of: PooledTrials, found: Finding) -> str:
    if found.values["is_exhaustive"]:
        return f"Every subset of two or more of the {len(of.y)} trials."
    return f"Subsets drawn at random (seed {SEED}), those of one trial left out."


_POOL = ("estimate", "ci_low", "ci_high", "p_value", "tau2", "i2", "q")

METHODS: Methods = {
    "leave_one_out": Method(
        compute=lambda of: of.refitted(leave_one_out, level=of.level),
        fields=_POOL,
        of_none=("p_value",),
    ),
    "influence": Method(
        compute=lambda of: of.refitted(influence),
        fields=(
            *("rstandard", "rstudent", "dffits", "dfbetas", "cook_distance", "cov_ratio"),
            *("tau2_deleted", "q_deleted", "hat", "weight", "is_influential"),
        ),
        fewest=3,
    ),
    "baujat": Method(
        compute=lambda of: baujat(of.y, of.v),
        fields=("heterogeneity", "influence"),
        note=lambda _of, _found: "By the fixed-effect model, as the plot was proposed.",
    ),
    "gosh": Method(
        compute=_gosh,
        fields=(
            *("subsets", "is_exhaustive", *(f"estimate_{name}" for name in QUANTILES)),
            *("share_below_no_effect", "i2_median", "i2_max"),
        ),
        fewest=3,
        of_none=("share_below_no_effect",),
        note=_subsets,
    ),
    "shrinkage": Method(
        compute=lambda of: of.refitted(blup, level=of.level),
        fields=("estimate", "pi_low", "pi_high", "shrinkage"),
        note=lambda _of, _found: "The uncertainty of τ² is not in the limits.",
    ),
}
