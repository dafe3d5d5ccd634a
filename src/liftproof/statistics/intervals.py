"""Kinds of confidence interval for the pooled estimate. INTERVALS names them.

Each takes the generalised Q at the estimated τ², shape (...), and the number of trials; it returns
the factor on the variance 1/Σw, shape (...), and the degrees of freedom of t (infinite: normal).
A single trial has its own Wald interval, whatever the kind: nothing can be learnt from the spread.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array

Interval = Callable[[Array, int], tuple[Array, float]]


def wald(q: Array, k: int) -> tuple[Array, float]:  # noqa: ARG001 - all kinds take the same
    """Return factor 1 and the normal distribution. metafor: ``rma(yi, vi, test="z")``.

    >>> factor, df = wald(np.array(4.0), 3)
    >>> float(factor), df
    (1.0, inf)
    """
    return np.ones_like(q)[()], np.inf


def hartung_knapp(q: Array, k: int) -> tuple[Array, float]:
    """Return factor Q(τ²)/(k - 1) and t with k - 1. metafor: ``rma(yi, vi, test="knha")``.

    Narrower than Wald's where the trials agree better than chance allows, down to no width at all
    for identical effects. metafor warns where τ² is FE; the formula holds there as well.

    Source: Hartung & Knapp 2001, Stat Med 20, 3875-3889; Sidik & Jonkman 2002, Stat Med 21,
    3153-3159.

    >>> factor, df = hartung_knapp(np.array(4.0), 3)
    >>> float(factor), df
    (2.0, 2.0)
    """
    return wald(q, k) if k == 1 else (q / (k - 1), float(k - 1))


def hartung_knapp_adhoc(q: Array, k: int) -> tuple[Array, float]:
    """Return factor max(1, Q(τ²)/(k - 1)) and t with k - 1: never narrower than Wald's.

    metafor: ``rma(yi, vi, test="adhoc")``. Source: Knapp & Hartung 2003, Stat Med 22, 2693-2710;
    Röver, Knapp & Friede 2015, BMC Med Res Methodol 15, 99.

    >>> factor, df = hartung_knapp_adhoc(np.array(1.0), 3)
    >>> float(factor), df
    (1.0, 2.0)
    """
    factor, df = hartung_knapp(q, k)
    return np.maximum(1.0, factor), df


INTERVALS: Mapping[str, Interval] = {
    "wald": wald,
    "hksj": hartung_knapp,
    "hksj_adhoc": hartung_knapp_adhoc,
}
