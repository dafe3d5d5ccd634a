"""Time the statistics beside PyMARE, statsmodels and, where Rscript has metafor, metafor.

All in one run on the same numbers, made from a fixed seed; prints seconds for the whole job, "-"
where a package has no such method or is not there, and "~" before a time scaled up from a part of
the job, where the package takes data sets, subsets or permutations one by one. A fit is τ² with the
pooled estimate and its variance. Nothing here is a test.
"""

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from timing import milliseconds, r_vector, seconds_in_r

from liftproof.statistics.dependent.components import component_limits
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.influence import gosh, leave_one_out
from liftproof.statistics.regression import permutation_test
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.sparse import GLMM
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

Job = Callable[[], object]

SETS, K = 10_000, 13
LOOPED = 200
"""Data sets, or permutations, of a package that takes them one by one."""
SUBSETS, SUBSETS_LOOPED = 2**20 - 1, 1000
PERMUTATIONS = 10_000
RUNS = 3
FIRST_RUN_ONLY = 2.0
"""Seconds: what takes longer is not repeated."""

RANDOM = np.random.default_rng(20)
V = RANDOM.uniform(0.01, 0.5, (SETS, K))
Y = RANDOM.normal(-0.5, np.sqrt(V + 0.1))
Y20, V20, Y50, V50 = Y.ravel()[:20], V.ravel()[:20], Y.ravel()[:50], V.ravel()[:50]
SELECTED = np.abs(Y.ravel()[:37]), V.ravel()[:37]
MODERATOR = np.linspace(-1, 1, K)
STUDY = np.repeat(np.arange(40), 5)
V200 = RANDOM.uniform(0.01, 0.3, STUDY.size)
Y200 = RANDOM.normal(RANDOM.normal(0, 0.3, 40)[STUDY], np.sqrt(V200 + 0.05))
ARMS = RANDOM.integers(50, 500, (2, K))
EVENTS = RANDOM.binomial(ARMS, [[0.04], [0.06]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What another package does: all of it (``scale`` 1), or one part in ``scale``."""

    job: Job
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A job by each package. ``metafor``: R code for one part in ``metafor_scale`` of it."""

    name: str
    here: Job
    pymare: Theirs | None = None
    statsmodels: Theirs | None = None
    metafor: str
    metafor_scale: float = 1.0


def fits(method: str) -> Row:
    """Return the fits of all data sets by one τ² method."""
    return Row(
        name=f"{SETS:,} fits of {K}, {method}",
        here=lambda: weighted_mean(Y, V, TAU2[method](Y, V)),
        pymare=pymare_fit(method, Y.T, V.T),
        statsmodels=statsmodels_fits(method),
        metafor=f'for (i in 1:{LOOPED}) try(rma(Y[i, ], V[i, ], method = "{method}"), TRUE)',
        metafor_scale=SETS / LOOPED,
    )


def subsets(method: str) -> Row:
    """Return the fits of all subsets of 20 trials."""
    return Row(
        name=f"all 2^20 - 1 subsets of 20, {method}",
        here=lambda: gosh(Y20, V20, tau2=method),
        metafor=f'gosh(rma(y20, v20, method = "{method}"), subsets = {SUBSETS_LOOPED}, '
        "progbar = FALSE)",
        metafor_scale=SUBSETS / SUBSETS_LOOPED,
    )


def rows() -> list[Row]:
    """Return all jobs."""
    counts = (EVENTS[0], ARMS[0], EVENTS[1], ARMS[1])
    without_each = ~np.eye(50, dtype=np.bool_)
    left = [np.array([values[kept] for kept in without_each]).T for values in (Y50, V50)]
    design = np.column_stack([np.ones(K), MODERATOR])
    return [
        *(fits(method) for method in ("DL", "HE", "PM", "ML", "REML")),
        subsets("DL"),
        subsets("REML"),
        Row(
            name="leave one out of 50, REML",
            here=lambda: leave_one_out(Y50, V50),
            pymare=pymare_fit("REML", *left),
            metafor="leave1out(rma(y50, v50))",
        ),
        Row(
            name=f"{PERMUTATIONS:,} permutations, 13, REML",
            here=lambda: permutation_test(Y[0], V[0], design, iterations=PERMUTATIONS),
            pymare=pymare_permutations(),
            metafor=f"permutest(rma(Y[1, ], V[1, ], mods = ~ moderator), iter = {LOOPED}, "
            "progbar = FALSE)",
            metafor_scale=PERMUTATIONS / LOOPED,
        ),
        Row(
            name="three-level, 200, REML",
            here=lambda: three_level(Y200, V200, STUDY),
            metafor="three()",
        ),
        Row(
            name="profile limits of both components",
            here=lambda: component_limits(Y200, V200, STUDY),
            metafor="confint(three())",
        ),
        Row(
            name="beta selection model, 37, ML",
            here=lambda: selection_model(*SELECTED, kind="beta"),
            metafor='selmodel(rma(y37, v37, method = "ML"), type = "beta")',
        ),
        Row(
            name=f"mixed model UM.FS, {K}, ML",
            here=lambda: GLMM["OR"](*counts, model="UM.FS"),
            metafor='rma.glmm(measure = "OR", ai = a, n1i = n1, ci = c2, n2i = n2, '
            'model = "UM.FS")',
        ),
    ]


def pymare_estimator(method: str) -> Callable[[], object] | None:
    """Return PyMARE's estimator of a τ² method, with Wald's interval; None where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from pymare.estimators import (  # noqa: PLC0415 - heavy, and only timed here
            DerSimonianLaird,
            Hedges,
            VarianceBasedLikelihoodEstimator,
        )
    wald = {"small_sample_correction": "wald"}
    return {
        "DL": lambda: DerSimonianLaird(**wald),
        "HE": lambda: Hedges(**wald),
        "ML": lambda: VarianceBasedLikelihoodEstimator(method="ML", **wald),
        "REML": lambda: VarianceBasedLikelihoodEstimator(method="REML", **wald),
    }.get(method)


def pymare_fit(method: str, y: np.ndarray, v: np.ndarray) -> Theirs | None:
    """Return PyMARE's fit of all data sets at once: it takes them as columns."""
    estimator = pymare_estimator(method)
    ones = np.ones((len(y), 1))
    return estimator and Theirs(job=lambda: estimator().fit(y=y, v=v, X=ones))


def pymare_permutations() -> Theirs:
    """Return PyMARE's permutation test of a meta-regression."""
    from pymare import Dataset  # noqa: PLC0415 - heavy, and only timed here

    data = Dataset(y=Y[0], v=V[0], X=MODERATOR[:, None], add_intercept=True)
    estimator = pymare_estimator("REML")
    return Theirs(
        job=lambda: estimator().fit_dataset(data).summary().permutation_test(PERMUTATIONS)
    )


def statsmodels_fits(method: str) -> Theirs | None:
    """Return statsmodels' fits of the first data sets, one by one."""
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

    name = {"DL": "dl", "PM": "pm"}.get(method)

    def loop() -> None:
        # Its DL is not floored at 0, so that it takes roots of negative variances.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            for y, v in zip(Y[:LOOPED], V[:LOOPED], strict=True):
                combine_effects(y, v, method_re=name, use_t=False)

    return name and Theirs(job=loop, scale=SETS / LOOPED)


def data_in_r() -> list[str]:
    """Return R code that defines the same numbers."""
    numbers = {
        "y20": Y20,
        "v20": V20,
        "y50": Y50,
        "v50": V50,
        "y37": SELECTED[0],
        "v37": SELECTED[1],
        "y200": Y200,
        "v200": V200,
        "study": STUDY,
        "moderator": MODERATOR,
        "a": EVENTS[0],
        "n1": ARMS[0],
        "c2": EVENTS[1],
        "n2": ARMS[1],
        "Y": Y[:LOOPED],
        "V": V[:LOOPED],
    }
    return [
        "suppressWarnings(suppressMessages(library(metafor)))",
        *map(r_vector, numbers, numbers.values()),
        *(f"{name} <- matrix({name}, ncol = {K}, byrow = TRUE)" for name in "YV"),
        "effect <- seq_along(y200)",
        "three <- function() rma.mv(y200, v200, random = ~ 1 | study/effect)",
    ]


def seconds(job: Job) -> float:
    """Return the fastest of a few runs."""
    first = milliseconds(job, 1) / 1000
    return first if first > FIRST_RUN_ONLY else min(first, milliseconds(job, RUNS - 1) / 1000)


def cell(taken: float | None, scale: float = 1.0) -> str:
    """Return one time as it is printed."""
    if taken is None:
        return "-"
    return f"{'~' if scale != 1 else ''}{taken * scale:.4f}"


def main() -> None:
    """Print the table."""
    jobs = rows()
    in_r = seconds_in_r(data_in_r(), [row.metafor for row in jobs])
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}; seconds, fastest of {RUNS}")
    print(f"{'':36}" + "".join(f"{n:>13}" for n in ("here", "PyMARE", "statsmodels", "metafor")))
    for row, r in zip(jobs, in_r, strict=True):
        others = [
            cell(seconds(theirs.job), theirs.scale) if theirs else "-"
            for theirs in (row.pymare, row.statsmodels)
        ]
        cells = [cell(seconds(row.here)), *others, cell(r, row.metafor_scale)]
        print(f"{row.name:36}" + "".join(f"{text:>13}" for text in cells), flush=True)


if __name__ == "__main__":
    main()
