"""Where the search for a maximum of a likelihood ends, and what it says where there is no end."""

import numpy as np

from liftproof.statistics.batches import Trials
from liftproof.statistics.tau2.likelihood import Likelihood

TOLERANCE = 1e-14
"""Relative to τ² plus the smallest variance."""

MAX_STEPS = 200
"""Each step halves the bracket or the step before it: 60 exhaust double precision."""


def no_maximum(trials: Trials, likelihood: Likelihood, data_set: int) -> str:
    """Return what to say of a data set in which no maximum was found."""
    return f"No maximum of the {likelihood.name} likelihood was found; " + _advice(trials, data_set)


def no_end(trials: Trials, likelihood: Likelihood, steps: int) -> str:
    """Return what to say where the steps do not come to their end in the first of the data sets."""
    return f"The search for τ² by {likelihood.name} did not end within {steps} steps; " + _advice(
        trials, 0
    )


def _advice(trials: Trials, data_set: int) -> str:
    """Return which variances a data set has, and what to do about them."""
    v = trials.v.reshape(len(trials.v), -1)[:, data_set]
    v = v[np.isfinite(v)]
    return (
        f"the variances run from {v.min():g} to {v.max():g}. Check the trials with these two, "
        "or choose a method that needs no likelihood, such as DL or PM."
    )
