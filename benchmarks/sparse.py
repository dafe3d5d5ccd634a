"""Time of the methods for sparse data: python benchmarks/sparse.py."""

import sys

import numpy as np
from timing import milliseconds

from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.peto import peto

DATA_SETS, TRIALS, REPEATS = 10_000, 13, 5
SEED = 20150330
MODELS = {"OR": ("UM.FS", "UM.RS", "CM.EL", "CM.AL"), "IRR": ("UM.FS", "UM.RS", "CM.EL")}


def simulated() -> tuple[np.ndarray, ...]:
    """Return events and participants of both arms, shape (DATA_SETS, TRIALS), risks of 1 to 9 %."""
    generator = np.random.default_rng(SEED)
    n = generator.integers(50, 500, (2, DATA_SETS, TRIALS))
    risk = generator.uniform(0.01, 0.09, (DATA_SETS, TRIALS))
    effect = generator.normal(-0.4, 0.4, (DATA_SETS, TRIALS))
    first = generator.binomial(n[0], risk * np.exp(np.minimum(effect, 2)))
    return first, n[0], generator.binomial(n[1], risk), n[1]


def main() -> None:
    """Print a row a method: closed forms of all data sets, searches of one."""
    data = simulated()
    first = tuple(column[0] for column in data)
    print(f"k = {TRIALS}, Python {sys.version.split()[0]}, NumPy {np.__version__}; ", end="")
    print(f"fastest of {REPEATS}")
    for name, pool in {**MANTEL_HAENSZEL, "Peto": peto}.items():
        spent = milliseconds(lambda f=pool: f(*data), REPEATS)
        print(f"MH or Peto {name:5}{DATA_SETS:8,} data sets{spent:10.1f} ms")
    for measure, models in MODELS.items():
        for model in models:
            spent = milliseconds(lambda m=measure, x=model: GLMM[m](*first, model=x), REPEATS)
            print(f"{model:5} {measure:10}       1 data set {spent:10.1f} ms")
    spent = milliseconds(lambda: beta_binomial(*first), REPEATS)
    print(f"beta-binomial OR        1 data set {spent:10.1f} ms")


if __name__ == "__main__":
    main()
