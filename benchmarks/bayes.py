"""Time of Bayesian random effects, one data set and many: python benchmarks/bayes.py."""

import sys
from collections.abc import Callable

import numpy as np
from timing import megabytes, milliseconds

from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import half_normal, normal_mu
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects

TRIALS, REPEATS = 13, 3
SEED = 20180101
PRIORS = {"tau_prior": half_normal(0.5), "mu_prior": normal_mu(0, 4)}


def simulated(data_sets: int) -> tuple[np.ndarray, np.ndarray]:
    """Return log risk ratios with τ² of 0, 0.1 or 0.2, shape (data_sets, TRIALS)."""
    generator = np.random.default_rng(SEED)
    v = generator.uniform(0.01, 0.5, (data_sets, TRIALS))
    tau2 = 0.1 * generator.integers(0, 3, (data_sets, 1))
    return generator.normal(-0.5, np.sqrt(v + tau2)), v


def main() -> None:
    """Print a row a function and number of data sets."""
    print(f"k = {TRIALS}, Python {sys.version.split()[0]}, NumPy {np.__version__}; ", end="")
    print(f"fastest of {REPEATS}")
    print(f"{'function':34}{'data sets':>10}{'ms':>10}{'MB':>8}")
    calls = {
        "posterior": (posterior, {}),
        "evidence": (evidence, {}),
        "random_effects, central": (random_effects, {"interval": "central"}),
        "random_effects, shortest": (random_effects, {"interval": "shortest"}),
        "shrunken_effects, central": (shrunken_effects, {"interval": "central"}),
        "shrunken_effects, shortest": (shrunken_effects, {"interval": "shortest"}),
    }
    for data_sets in (1, 200):
        y, v = simulated(data_sets)
        for name, (function, options) in calls.items():

            def call(f: Callable = function, o: dict = options) -> object:
                return f(y, v, **PRIORS, **o)  # noqa: B023 - called within this turn of the loop

            print(
                f"{name:34}{data_sets:10}{milliseconds(call, REPEATS):10.1f}{megabytes(call):8.1f}"
            )


if __name__ == "__main__":
    main()
