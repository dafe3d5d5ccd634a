"""Time and memory of leaving out, subsets and boundaries: python benchmarks/influence.py."""

import sys
from collections.abc import Callable

import numpy as np
from timing import megabytes, milliseconds

from liftproof.statistics.accumulation import boundaries, cumulative
from liftproof.statistics.influence import gosh, influence, leave_one_out

SEED = 20180101
LOOKS = np.linspace(0.1, 1, 10)


def simulated(k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the log risk ratios of one data set with τ² of 0.1."""
    generator = np.random.default_rng(SEED)
    v = generator.uniform(0.01, 0.5, k)
    return generator.normal(-0.5, np.sqrt(v + 0.1)), v


def main() -> None:
    """Print a row a task: time, memory, and what metafor takes where that was measured."""
    fifty, twenty = simulated(50), simulated(20)
    tasks: list[tuple[str, Callable[[], object], int, str]] = [
        ("leave one out, k = 50, REML", lambda: leave_one_out(*fifty), 20, "240"),
        ("influence, k = 50, REML", lambda: influence(*fifty), 20, ""),
        ("cumulative, k = 50, REML", lambda: cumulative(*fifty), 5, ""),
        ("2^20 - 1 subsets of 20, DL", lambda: gosh(*twenty, tau2="DL"), 2, "52,000"),
        ("2^20 - 1 subsets of 20, REML", lambda: gosh(*twenty, tau2="REML"), 1, "> 3,600,000"),
        ("10 looks", lambda: boundaries(LOOKS), 5, ""),
        ("10 looks, futility", lambda: boundaries(LOOKS, futility="non-binding"), 5, ""),
    ]
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; metafor as measured in R")
    print(f"{'task':30}{'ms':>10}{'MB':>8}{'metafor, ms':>14}")
    for name, call, repeats, metafor in tasks:
        print(f"{name:30}{milliseconds(call, repeats):10.1f}{megabytes(call):8.1f}{metafor:>14}")


if __name__ == "__main__":
    main()
