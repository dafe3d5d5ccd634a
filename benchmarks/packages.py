"""Time the statistics beside PyMARE, statsmodels and, where Rscript has metafor, metafor.

All in one run on the same data sets, made from a fixed seed; prints seconds for the whole job and
"-" where a package has no such method or is not there. Nothing here is a test.
"""

import shutil
import subprocess
import time
import warnings
from collections.abc import Callable

import numpy as np

from liftproof.statistics.influence import gosh, leave_one_out
from liftproof.statistics.regression import permutation_test
from liftproof.statistics.tau2 import TAU2

SETS, K = 10_000, 13
LOOPED = 200
"""Data sets that a package without batches pools one by one; the time is scaled up."""
RUNS = 3


def data() -> tuple[np.ndarray, np.ndarray]:
    """Return effects and variances of many data sets, shape (SETS, K)."""
    random = np.random.default_rng(20)
    v = random.uniform(0.01, 0.5, (SETS, K))
    return random.normal(-0.5, np.sqrt(v + 0.1)), v


def seconds(job: Callable[[], object]) -> float:
    """Return the fastest of a few runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def pymare(method: str, y: np.ndarray, v: np.ndarray) -> Callable[[], object]:
    """Return PyMARE's fit of all data sets at once: it takes them as columns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from pymare.estimators import (  # noqa: PLC0415 - heavy, and only timed here
            DerSimonianLaird,
            VarianceBasedLikelihoodEstimator,
        )
    ones = np.ones((K, 1))
    estimators = {
        "DL": lambda: DerSimonianLaird(small_sample_correction="wald"),
        "REML": lambda: VarianceBasedLikelihoodEstimator(
            method="REML", small_sample_correction="wald"
        ),
    }
    return lambda: estimators[method]().fit(y=y.T, v=v.T, X=ones)


def statsmodels(method: str, y: np.ndarray, v: np.ndarray) -> Callable[[], object]:
    """Return statsmodels' fits of the first data sets, one by one."""
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

    def loop() -> None:
        # Its DL is not floored at 0, so that it takes roots of negative variances.
        warnings.simplefilter("ignore", RuntimeWarning)
        for row in range(LOOPED):
            combine_effects(y[row], v[row], method_re=method.lower(), use_t=False)

    return loop


def metafor(method: str) -> float | None:
    """Return metafor's seconds for a loop, scaled up; None where it is not installed."""
    if not shutil.which("Rscript"):
        return None
    code = (
        "suppressMessages(library(metafor)); set.seed(20); "
        f"d <- lapply(1:{LOOPED}, function(i) {{ v <- runif({K}, .01, .5); "
        f"list(y = rnorm({K}, -.5, sqrt(v + .1)), v = v) }}); "
        f't <- system.time(for (x in d) rma(x$y, x$v, method = "{method}")); cat(t[["elapsed"]])'
    )
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=False)
    return float(done.stdout) * SETS / LOOPED if done.returncode == 0 else None


def line(name: str, *numbers: float | None) -> None:
    """Print one row."""
    cells = ("-" if number is None else f"{number:.4f}" for number in numbers)
    print(f"{name:38}" + "".join(f"{cell:>13}" for cell in cells))


def main() -> None:
    """Print the table."""
    y, v = data()
    scale = SETS / LOOPED
    print(
        f"{'seconds':38}"
        + "".join(f"{n:>13}" for n in ("here", "PyMARE", "statsmodels", "metafor"))
    )
    for method in ("DL", "REML"):
        ours = seconds(lambda method=method: TAU2[method](y, v))
        theirs = seconds(pymare(method, y, v))
        looped = seconds(statsmodels(method, y, v)) * scale if method == "DL" else None
        line(f"{SETS} data sets of {K}, {method}", ours, theirs, looped, metafor(method))
    line("leave one out of 50, REML", seconds(lambda: leave_one_out(*_first(50))), *[None] * 3)
    line("all subsets of 20, DL", seconds(lambda: gosh(*_first(20), tau2="DL")), *[None] * 3)
    x = np.column_stack([np.ones(K), np.linspace(-1, 1, K)])
    permutations = seconds(lambda: permutation_test(y[0], v[0], x, iterations=10_000))
    line("10000 permutations of 13, REML", permutations, *[None] * 3)


def _first(k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return one data set of ``k`` trials."""
    y, v = data()
    return y.ravel()[:k], v.ravel()[:k]


if __name__ == "__main__":
    main()
