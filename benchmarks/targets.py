"""Hold single jobs against other software: the first table of docs/benchmarks.md, in Markdown.

Every round runs each job here and there once, so that both meet the same machine; a time is the
median of the rounds, in seconds of the processor, which waiting for others does not lengthen. Fits
of many data sets are timed in a process each, as ``fresh.py`` says why. Needs
PyMARE, pimeta 1.1.0, and R with metafor and lme4: a row without is not measured.
"""

import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
from timing import r_vector, seconds_in_r

from liftproof.statistics.accumulation.cumulative import cumulative
from liftproof.statistics.dependent.covariance import marginal_covariance
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.statistics.sparse import GLMM
from liftproof.statistics.tau2.profile import profile_likelihood

ROUNDS = 5
SHORT, SOME, ONCE = 50, 5, 1
"""How often a job is repeated within a round."""
SETS = 10_000
RANDOM = np.random.default_rng(20)
V = RANDOM.uniform(0.01, 0.5, (SETS, 13))
Y = RANDOM.normal(-0.5, np.sqrt(V + 0.1))
MODERATOR = np.linspace(-1, 1, 13)
Y37, V37 = np.abs(Y.ravel()[:37]), V.ravel()[:37]
Y50, V50 = Y.ravel()[:50], V.ravel()[:50]
STUDY = np.repeat(np.arange(40), 5)
V200 = RANDOM.uniform(0.01, 0.3, STUDY.size)
Y200 = RANDOM.normal(RANDOM.normal(0, 0.3, 40)[STUDY], np.sqrt(V200 + 0.05))
ARMS = RANDOM.integers(50, 500, (2, 13))
EVENTS = RANDOM.binomial(ARMS, [[0.04], [0.06]])
DATA_IN_R = {
    "y13": Y[0],
    "v13": V[0],
    "moderator": MODERATOR,
    "y37": Y37,
    "v37": V37,
    "y50": Y50,
    "v50": V50,
    "y200": Y200,
    "v200": V200,
    "study": STUDY,
    "a": EVENTS[0],
    "n1": ARMS[0],
    "c2": EVENTS[1],
    "n2": ARMS[1],
}
SETUP = [
    "suppressWarnings(suppressMessages(library(metafor)))",
    *map(r_vector, DATA_IN_R, DATA_IN_R.values()),
    "nested <- ~ 1 | study/effect; effect <- seq_along(y200)",
    "three <- function() rma.mv(y200, v200, random = nested)",
    "of_three <- three(); of_50 <- rma(y50, v50); of_37 <- rma(y37, v37)",
    'ml_37 <- rma(y37, v37, method = "ML"); of_13 <- rma(y13, v13)',
]
Job = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A job here and elsewhere. ``there``: by Python; ``r``: R code, by metafor or ``by``.

    ``target``: how often as fast it is to be, 0 for none; ``repeats``: in a round, here and there.
    ``alone``: trials of the data sets whose fits are timed in a process each; then no job is given.
    """

    name: str
    target: float
    here: Job | None = None
    by: str = "metafor"
    r: str = ""
    there: Job | None = None
    repeats: tuple[int, int] = (SHORT, SHORT)
    alone: int = 0


def rows() -> list[Row]:
    """Return all jobs."""
    counts = (EVENTS[0], ARMS[0], EVENTS[1], ARMS[1])
    design = np.column_stack([np.ones(13), MODERATOR])
    working = marginal_covariance(np.diag(V200), STUDY, 0.09, 0.05)
    glmm = 'rma.glmm(measure = "OR", ai = a, n1i = n1, ci = c2, n2i = n2, model = "UM.FS")'
    return [
        Row(name="pool, 13 trials, REML", here=single("REML"), r="rma(y13, v13)", target=10),
        Row(
            name="pool, 13 trials, REML, all read",
            here=lambda: all_read(pool(Y[0], V[0])),
            r="{ fit <- rma(y13, v13); confint(fit); predict(fit); weights(fit) }",
            target=0,
        ),
        Row(
            name="meta-regression, 13 trials, REML",
            here=lambda: meta_regression(Y[0], V[0], design),
            r="rma(y13, v13, mods = ~ moderator)",
            target=10,
        ),
        Row(
            name="meta-regression, 13 trials, REML, with R²",
            here=lambda: meta_regression(Y[0], V[0], design).r2,
            r="rma(y13, v13, mods = ~ moderator)",
            target=10,
        ),
        Row(
            name="meta-regression, 13 trials, REML, all read",
            here=lambda: all_read(meta_regression(Y[0], V[0], design)),
            r="confint(rma(y13, v13, mods = ~ moderator))",
            target=0,
        ),
        *(of_pimeta(method) for method in ("DL", "REML")),
        *(Row(name=f"{SETS:,} fits of {k}, DL", alone=k, by="PyMARE", target=1.3) for k in (5, 13)),
        Row(
            name="cumulative, 50 trials, REML",
            here=lambda: cumulative(Y50, V50),
            r="cumul(of_50)",
            target=50,
            repeats=(SOME, ONCE),
        ),
        Row(
            name="trim and fill, 37 trials, REML",
            here=lambda: trim_and_fill(Y37, V37),
            r="trimfill(of_37)",
            target=30,
            repeats=(SOME, SOME),
        ),
        Row(
            name="trim and fill with the pool of all, 37 trials, REML",
            here=lambda: (pool(Y37, V37), trim_and_fill(Y37, V37)),
            r="trimfill(rma(y37, v37))",
            target=0,
            repeats=(SOME, SOME),
        ),
        Row(
            name="selection by one step, 37 trials, ML",
            here=lambda: selection_model(Y37, V37, steps=[0.025]),
            r='selmodel(ml_37, type = "stepfun", steps = 0.025)',
            target=20,
            repeats=(SOME, SOME),
        ),
        Row(
            name="mixed model UM.FS, 13 trials",
            here=lambda: GLMM["OR"](*counts, model="UM.FS"),
            r=glmm,
            target=50,
            repeats=(SOME, ONCE),
        ),
        Row(
            name="three-level, 200 effects, REML",
            here=lambda: three_level(Y200, V200, STUDY),
            r="three()",
            target=50,
            repeats=(SOME, ONCE),
        ),
        Row(
            name="cluster-robust, 200 effects",
            here=lambda: cluster_robust(Y200, working, STUDY, kind="CR1"),
            r="robust(of_three, cluster = study)",
            target=50,
            repeats=(SOME, SOME),
        ),
        Row(
            name="cluster-robust with its three-level fit, 200 effects",
            here=robust_three_level,
            r="robust(three(), cluster = study)",
            target=0,
            repeats=(SOME, ONCE),
        ),
        Row(
            name="profile limits of τ², 13 trials, REML",
            here=lambda: profile_likelihood(Y[0], V[0]),
            r='confint(of_13, type = "PL")',
            target=50,
            repeats=(SOME, SOME),
        ),
    ]


def robust_three_level() -> object:
    """Return a three-level fit with cluster-robust variance, from effects and variances alone."""
    fit = three_level(Y200, V200, STUDY)
    working = marginal_covariance(V200, STUDY, fit.sigma2_study, fit.sigma2_effect)
    return cluster_robust(Y200, working, STUDY, kind="CR1")


def all_read(result: Result) -> list[object]:
    """Return every field of a result, computed as it is read."""
    return [getattr(result, item.name) for item in fields(result)]


def single(method: str) -> Job:
    """Return one pool."""
    return lambda: pool(Y[0], V[0], tau2=method)


def of_pimeta(method: str) -> Row:
    """Return one pool, by the Python package pimeta, where it is."""
    rma = import_module("pimeta").rma if find_spec("pimeta") else None
    return Row(
        name=f"pool, 13 trials, {method}",
        here=single(method),
        there=rma and (lambda: rma(Y[0], V[0], method=method)),
        by="pimeta",
        target=1,
    )


def seconds(job: Job, repeats: int) -> float:
    """Return the processor's seconds of a job, the mean of a few calls."""
    start = time.process_time()
    for _ in range(repeats):
        job()
    return (time.process_time() - start) / repeats


def round_of(jobs: list[Row]) -> list[tuple[float, float | None]]:
    """Return the seconds of each job here and elsewhere, once."""
    in_r = [
        f"for (turn in 1:{row.repeats[1]}) suppressWarnings({row.r or 'stop()'})" for row in jobs
    ]
    r = seconds_in_r(SETUP, in_r)
    return [pair_of(row, taken) for row, taken in zip(jobs, r, strict=True)]


def pair_of(row: Row, in_r: float | None) -> tuple[float, float | None]:
    """Return the seconds of a job here and elsewhere; ``in_r``: of all its repeats in R."""
    if row.alone:
        return seconds_alone("here", row.alone), seconds_alone("there", row.alone)
    here = seconds(row.here, row.repeats[0])
    if row.there:
        return here, seconds(row.there, row.repeats[1])
    return here, None if in_r is None else in_r / row.repeats[1]


def seconds_alone(side: str, trials: int) -> float:
    """Return what ``fresh.py`` prints in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("fresh.py")), side, str(trials)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def in_milliseconds(value: float) -> str:
    """Return a time with three digits."""
    return f"{1000 * value:.3g} ms"


def line(row: Row, taken: list[tuple[float, float | None]]) -> str:
    """Return a row of the table from what its rounds took."""
    here = median(one for one, _ in taken)
    there = [other for _, other in taken if other is not None]
    cells = [in_milliseconds(here), "-", "-"]
    if there:
        ratio = median(there) / here
        cells[1:] = [f"{in_milliseconds(median(there))} ({row.by})", f"{ratio:.2g}"]
        cells += ["met" if ratio >= row.target else "**missed**"] if row.target else [""]
    else:
        cells += ["not measured"]
    target = f"{row.target:g}" if row.target else ""
    return f"| {' | '.join([row.name, *cells[:3], target, cells[3]])} |"


def main() -> None:
    """Print the table."""
    jobs = rows()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in jobs:
            if row.here:
                row.here()  # what is imported or built at a first call is no part of the job
        rounds = [round_of(jobs) for _ in range(ROUNDS)]
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; median of {ROUNDS}\n")
    print("| job | here | other | ratio | target | |")
    print("| --- | --- | --- | --- | --- | --- |")
    for place, row in enumerate(jobs):
        print(line(row, [one[place] for one in rounds]))


if __name__ == "__main__":
    main()
