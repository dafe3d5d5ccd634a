"""Time of three-level fits, their profile limits and CR2: python benchmarks/dependent.py."""

import sys
from collections.abc import Callable

import numpy as np
from timing import milliseconds

from liftproof.statistics.dependent.components import component_limits
from liftproof.statistics.dependent.covariance import constant_correlation, marginal_covariance
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.three_level import three_level

SIZES, EFFECTS_A_STUDY, REPEATS = (50, 200, 1000), 5, 5
SEED = 20110101


def simulated(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return effects, variances, studies and a moderator, with components 0.09 and 0.05."""
    generator = np.random.default_rng(SEED)
    study = np.arange(k) // EFFECTS_A_STUDY
    v = generator.uniform(0.01, 0.3, k)
    between = generator.normal(0, 0.3, study.max() + 1)[study]
    return generator.normal(between, np.sqrt(v + 0.05)), v, study, generator.normal(size=k)


def tasks(k: int) -> dict[str, Callable[[], object]]:
    """Return what is timed for ``k`` effects."""
    y, v, study, x = simulated(k)
    correlated = constant_correlation(v, study, 0.6)
    working = marginal_covariance(correlated, study, 0.09, 0.05)
    return {
        "three-level, REML": lambda: three_level(y, v, study),
        "with a moderator": lambda: three_level(y, v, study, x),
        "with correlated errors": lambda: three_level(y, correlated, study),
        "profile limits of both": lambda: component_limits(y, v, study),
        "CR2 and Satterthwaite": lambda: cluster_robust(y, working, study, x),
    }


def main() -> None:
    """Print a row a task and a column a number of effects."""
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; ms, fastest of {REPEATS}")
    print(f"{'k':30}" + "".join(f"{k:>10}" for k in SIZES))
    columns = [
        {name: milliseconds(task, REPEATS) for name, task in tasks(k).items()} for k in SIZES
    ]
    for name in columns[0]:
        print(f"{name:30}" + "".join(f"{column[name]:10.1f}" for column in columns))


if __name__ == "__main__":
    main()
