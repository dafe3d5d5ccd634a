"""Time of methods for small-study effects: python benchmarks/small_study.py."""

import sys

import numpy as np
from timing import milliseconds

from liftproof.statistics.small_study.egger import egger, funnel_regression
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from liftproof.statistics.small_study.rank_tests import begg_mazumdar
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill

DATA_SETS, TRIALS, REPEATS = 10_000, 13, 3
SELECTED = 37
SEED = 20180101


def simulated(*shape: int) -> tuple[np.ndarray, np.ndarray]:
    """Return log odds ratios with τ² of 0.02 and trials missing at random."""
    generator = np.random.default_rng(SEED)
    v = generator.uniform(0.01, 0.3, shape)
    return generator.normal(0.25, np.sqrt(v + 0.02)), v


def main() -> None:
    """Print a row a method: many data sets at once, then one data set."""
    many, one = simulated(DATA_SETS, TRIALS), simulated(SELECTED)
    many_calls = {
        "Egger": lambda: egger(*many),
        "Egger, REML": lambda: funnel_regression(*many, model="rma"),
        "Begg-Mazumdar": lambda: begg_mazumdar(*many),
        "excess significance": lambda: excess_significance(*many),
        "Henmi-Copas": lambda: henmi_copas(*many),
    }
    one_calls = {
        "trim and fill, REML": lambda: trim_and_fill(*one),
        "selection, 3 parameters": lambda: selection_model(*one, steps=[0.025]),
        "selection, negexp": lambda: selection_model(*one, kind="negexp"),
        "selection, beta": lambda: selection_model(*one, kind="beta"),
    }
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; fastest of {REPEATS}, ms")
    for title, calls in (
        (f"{DATA_SETS:,} data sets of k = {TRIALS}", many_calls),
        (f"one data set of k = {SELECTED}", one_calls),
    ):
        print(title)
        for name, call in calls.items():
            print(f"  {name:26}{milliseconds(call, REPEATS):10.1f}")


if __name__ == "__main__":
    main()
