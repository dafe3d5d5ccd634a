"""Time of subsets, meta-regression and permutation tests: python benchmarks/regression.py."""

import resource
import sys
from collections.abc import Callable

import numpy as np
from timing import milliseconds

from liftproof.statistics.regression import meta_regression, permutation_test
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.tau2.profile import profile_likelihood
from liftproof.statistics.weighting import weighted_mean

SEED, REPEATS = 20180101, 3


def simulated(n: int, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return log risk ratios, their variances and a moderator; (n, k), or (k,) for n = 0."""
    generator = np.random.default_rng(SEED)
    shape = (n, k) if n else (k,)
    v = generator.uniform(0.01, 0.5, shape)
    return generator.normal(-0.5, np.sqrt(v + 0.1)), v, generator.normal(size=shape)


def subsets(method: str, k: int = 20) -> None:
    """Estimate τ², mean, variance and Q of every subset of k trials, in blocks."""
    y, v, _ = simulated(0, k)
    for start in range(1, 2**k, 2**17):
        numbers = np.arange(start, min(2**k, start + 2**17))
        include = (numbers[:, None] >> np.arange(k) & 1).astype(bool)
        weighted_mean(y, v, TAU2[method](y, v, include=include), include=include)


def main() -> None:
    """Print a row a task."""
    y, v, m = simulated(10_000, 13)
    x = np.stack((np.ones_like(m), m), axis=-1)
    one = np.stack((np.ones(13), m[0]), axis=-1)
    tasks: dict[str, Callable[[], object]] = {
        "10,000 meta-regressions, k 13, REML, all fields": lambda: meta_regression(y, v, x),
        "10,000 permutations, k 13, REML": lambda: permutation_test(
            y[0], v[0], one, iterations=10_000
        ),
        "8,192 sign flips, k 13, REML": lambda: permutation_test(y[0], v[0]),
        "10,000 profile limits, k 13, REML": lambda: profile_likelihood(y, v),
        "2^20 subsets of k 20, DL": lambda: subsets("DL"),
        "2^20 subsets of k 20, REML": lambda: subsets("REML"),
    }
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; fastest of {REPEATS}")
    for name, call in tasks.items():
        print(f"{name:50}{milliseconds(call, REPEATS):10.1f} ms")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
