"""Time of pooling a million combinations of choices: python benchmarks/multiverse.py."""

import sys
from functools import partial

import numpy as np
from timing import megabytes, milliseconds

from liftproof.statistics.combinations import pool_combinations

COMBINATIONS, ALTERNATIVES, REPEATS = 10**6, 8, 3
METHODS = ("FE", "DL", "REML", "PM")
INTERVALS = ("wald", "hksj", "hksj_adhoc")
SEED = 20180821


def simulated(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return effects and variances (k, alternatives) with τ² 0.05, and picks at random."""
    generator = np.random.default_rng(SEED)
    v = generator.uniform(0.01, 0.5, (k, ALTERNATIVES))
    y = generator.normal(-0.5, np.sqrt(v + 0.05))
    picks = generator.integers(0, ALTERNATIVES, (COMBINATIONS, k), dtype=np.uint8)
    return y, v, picks


def pool_all(y: np.ndarray, v: np.ndarray, parts: dict[str, np.ndarray]) -> object:
    """Pool the combinations of each method."""
    return [
        pool_combinations(y, v, picks, tau2=method, intervals=INTERVALS)
        for method, picks in parts.items()
    ]


def main() -> None:
    """Print a row a number of trials: each method for all, then a quarter by each."""
    print(f"{COMBINATIONS:,} combinations, {len(INTERVALS)} intervals of each; ", end="")
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; fastest of {REPEATS}")
    print(f"{'k':>4}{'method':>12}{'ms':>10}{'MB':>8}")
    for k in (6, 13, 40):
        y, v, picks = simulated(k)
        quarters = dict(zip(METHODS, np.array_split(picks, len(METHODS)), strict=True))

        for name, parts in (*((each, {each: picks}) for each in METHODS), ("a mix", quarters)):
            call = partial(pool_all, y, v, parts)
            took, held = milliseconds(call, REPEATS), megabytes(call)
            print(f"{k:4}{name:>12}{took:10.0f}{held:8.0f}")


if __name__ == "__main__":
    main()
