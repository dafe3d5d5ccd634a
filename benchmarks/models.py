"""Hold the general model and jobs on many data sets against metafor: python benchmarks/models.py.

Every round runs each job here and there once; a time is the median of the rounds, in seconds of the
processor. metafor goes through the data sets in a loop. A row of docs/benchmarks.md each.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from timing import r_vector, seconds_in_r

import liftproof as lp

ROUNDS, SETS, IN_R = 3, 1000, 50
"""Of the many data sets metafor fits so many; its time is taken for all in proportion."""
RANDOM = np.random.default_rng(15)
K = 200
STUDY, LAB = np.repeat(np.arange(40), 5), np.repeat(np.arange(10), 20)
OUTCOME, PAIR = np.tile([0, 1], 100), np.repeat(np.arange(100), 2)
V = RANDOM.uniform(0.01, 0.3, K)
Y = RANDOM.normal(0, 0.2, 10)[LAB] + RANDOM.normal(0, 0.3, 40)[STUDY] + RANDOM.normal(0, np.sqrt(V))
Y += RANDOM.normal(0, 0.3, 100)[PAIR]
MANY_V = RANDOM.uniform(0.01, 0.5, (SETS, 13))
MANY_Y = RANDOM.normal(-0.5, np.sqrt(MANY_V + 0.1))
X = np.linspace(-1, 1, 13)
PLACES = {"lab": LAB, "study": STUDY, "effect": np.arange(K), "outcome": OUTCOME, "pair": PAIR}
EVENTS, PEOPLE = RANDOM.integers(1, 40, (2, SETS, 13)), RANDOM.integers(50, 500, (2, SETS, 13))


def multilevel(
    random: str, x: np.ndarray | None = None, structure: str = "CS"
) -> Callable[[], object]:
    """Return the fit of a general model to the 200 effects."""
    return lambda: lp.multilevel(Y, V, random, x, data=PLACES, structure=structure)


def rows() -> list[tuple[str, Callable[[], object], str, int, int]]:
    """Return name, job here, R code, how many data sets that code is to stand for, and target."""
    each = f"for (i in 1:{IN_R})"
    y, v = MANY_Y, MANY_V
    return [
        ("three levels, 200 effects, REML", multilevel("1 | study/effect"),
         "rma.mv(y, v, random = ~ 1 | study/effect)", 1, 20),
        ("four levels, 200 effects, REML", multilevel("1 | lab/study/effect"),
         "rma.mv(y, v, random = ~ 1 | lab/study/effect)", 1, 20),
        ("UN with two outcomes, 200 effects, REML", multilevel("outcome | pair", OUTCOME, "UN"),
         'rma.mv(y, v, mods = ~ outcome, random = ~ outcome | pair, struct = "UN")', 1, 20),
        ("1,000 effects of escalc, OR", lambda: lp.escalc("OR", ai=EVENTS[0], n1i=PEOPLE[0],
            ci=EVENTS[1], n2i=PEOPLE[1]),
         each + ' escalc("OR", ai=ai[i, ], n1i=n1i[i, ], ci=ci[i, ], n2i=n2i[i, ])', SETS, 50),
        ("1,000 regressions of 13, REML",
         lambda: lp.meta_regression(y, v, X, intercept=True),
         each + " rma(my[i, ], mv[i, ], mods = ~ x)", SETS, 50),
        ("1,000 regressions of 13 at a given τ²",
         lambda: lp.meta_regression(y, v, X, intercept=True, tau2=0.1),
         each + " rma(my[i, ], mv[i, ], mods = ~ x, tau2 = 0.1)", SETS, 50),
        ("1,000 regressions of 13, GENQ",
         lambda: lp.meta_regression(y, v, X, intercept=True, tau2="GENQ", weights=1 / (v + 0.1)),
         each + ' rma(my[i, ], mv[i, ], mods = ~ x, method = "GENQ", weights = w[i, ])',
         SETS, 50),
    ]  # fmt: skip


def matrix(name: str, values: np.ndarray) -> str:
    """Return R code that defines a matrix, a data set a row."""
    first = values[:IN_R]
    return f"{r_vector(name, first)}; {name} <- matrix({name}, {IN_R}, byrow = TRUE)"


def main() -> None:
    """Print the rows."""
    setup = [
        "suppressWarnings(suppressMessages(library(metafor)))",
        *(r_vector(name, values) for name, values in {"y": Y, "v": V, "x": X, **PLACES}.items()),
        matrix("my", MANY_Y), matrix("mv", MANY_V), matrix("w", 1 / (MANY_V + 0.1)),
        *(matrix(name, one) for name, one in zip(("ai", "ci"), EVENTS, strict=True)),
        *(matrix(name, one) for name, one in zip(("n1i", "n2i"), PEOPLE, strict=True)),
    ]  # fmt: skip
    jobs = rows()
    for _, here, *_ in jobs:
        here()
    taken: list[list[tuple[float, float | None]]] = []
    for _ in range(ROUNDS):
        own = []
        for _, here, *_ in jobs:
            start = time.process_time()
            here()
            own.append(time.process_time() - start)
        taken.append(list(zip(own, seconds_in_r(setup, [job[2] for job in jobs]), strict=True)))
    print("| job | here | metafor | ratio | target | |\n| --- | --- | --- | --- | --- | --- |")
    for place, (name, _, _, sets, target) in enumerate(jobs):
        here = median(one[place][0] for one in taken)
        there = [one[place][1] for one in taken if one[place][1] is not None]
        if not there:
            print(f"| {name} | {1000 * here:.3g} ms | - | - | {target} | not measured |")
            continue
        other = median(there) * (sets / IN_R if sets > 1 else 1)
        verdict = "met" if other / here >= target else "**missed**"
        cells = f"{1000 * here:.3g} ms | {1000 * other:.3g} ms | {other / here:.2g}"
        print(f"| {name} | {cells} | {target} | {verdict} |")


if __name__ == "__main__":
    main()
