"""Time and memory of pooling 10,000 data sets of 13 trials: python benchmarks/pooling.py."""

import sys

import numpy as np
from timing import megabytes, milliseconds

from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2

DATA_SETS, TRIALS, REPEATS = 10_000, 13, 5
SEED = 20180101


def simulated() -> tuple[np.ndarray, np.ndarray]:
    """Return log risk ratios with τ² of 0, 0.1 or 0.2, shape (DATA_SETS, TRIALS)."""
    generator = np.random.default_rng(SEED)
    v = generator.uniform(0.01, 0.5, (DATA_SETS, TRIALS))
    tau2 = 0.1 * generator.integers(0, 3, (DATA_SETS, 1))
    return generator.normal(-0.5, np.sqrt(v + tau2)), v


def main() -> None:
    """Print a row a method: τ² alone, and the whole pooled result."""
    y, v = simulated()
    print(f"{DATA_SETS:,} data sets of k = {TRIALS}, Python {sys.version.split()[0]}, ", end="")
    print(f"NumPy {np.__version__}; fastest of {REPEATS}")
    print(f"{'method':8}{'τ², ms':>10}{'τ², MB':>10}{'pool, ms':>10}{'pool, MB':>10}")
    for name, estimator in TAU2.items():
        calls = (lambda f=estimator: f(y, v), lambda n=name: pool(y, v, tau2=n))
        cells = [n for call in calls for n in (milliseconds(call, REPEATS), megabytes(call))]
        print(f"{name:8}" + "".join(f"{cell:10.1f}" for cell in cells))


if __name__ == "__main__":
    main()
