"""Time fits of many data sets by DL, here or by PyMARE, in a process of their own.

``python benchmarks/fresh.py here 5``: prints the processor's seconds of a call, the mean of a few
after a first one, for data sets of so many trials. What a process did before, above all how large
the arrays were that it freed, decides whether memory for the next ones is at hand.
"""

import sys
import time
import warnings

from packages import pymare_fit
from targets import V, Y

from liftproof.statistics.weighted_fit import mean_with_tau2

CALLS = 5


def main(side: str, trials: int) -> None:
    """Print the seconds of a call."""
    y, v = Y[:, :trials].copy(), V[:, :trials].copy()
    jobs = {"here": lambda: mean_with_tau2(y, v, "DL"), "there": pymare_fit("DL", y.T, v.T).job}
    jobs[side]()
    start = time.process_time()
    for _ in range(CALLS):
        jobs[side]()
    print((time.process_time() - start) / CALLS)


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        main(sys.argv[1], int(sys.argv[2]))
