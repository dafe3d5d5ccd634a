"""Tests of coefficients, as metafor names them. TESTS names them.

Each takes the generalised Q at the estimated τ², shape (...), and the degrees of freedom k - p; it
returns the factor on the covariance (X'WX)⁻¹ and the degrees of freedom of t.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array

Test = Callable[[Array, int], tuple[Array, float]]


def normal(q: Array, df: int) -> tuple[Array, float]:  # noqa: ARG001 - all tests take the same
    """Return factor 1 and the normal distribution. metafor: ``rma(test="z")``.

    Source: Thompson & Higgins 2002, Stat Med 21, 1559-1573.

    >>> factor, df = normal(np.array(6.0), 3)
    >>> float(factor), df
    (1.0, inf)
    """
    return np.ones_like(q), np.inf


def student(q: Array, df: int) -> tuple[Array, float]:
    """Return factor 1 and t with k - p. metafor: ``rma(test="t")``.

    Source: Follmann & Proschan 1999, Biometrics 55, 732-737.

    >>> factor, df = student(np.array(6.0), 3)
    >>> float(factor), df
    (1.0, 3.0)
    """
    return np.ones_like(q), float(df)


def knapp_hartung(q: Array, df: int) -> tuple[Array, float]:
    """Return factor Q(τ²)/(k - p) and t with k - p. metafor: ``rma(test="knha")``.

    Source: Knapp & Hartung 2003, Stat Med 22, 2693-2710.

    >>> factor, df = knapp_hartung(np.array(6.0), 3)
    >>> float(factor), df
    (2.0, 3.0)
    """
    return q / df, float(df)


def knapp_hartung_adhoc(q: Array, df: int) -> tuple[Array, float]:
    """Return factor max(1, Q(τ²)/(k - p)) and t with k - p. metafor: ``rma(test="adhoc")``.

    Source: Knapp & Hartung 2003, Stat Med 22, 2693-2710.

    >>> factor, df = knapp_hartung_adhoc(np.array(1.5), 3)
    >>> float(factor), df
    (1.0, 3.0)
    """
    return np.maximum(1.0, q / df), float(df)


TESTS: Mapping[str, Test] = {
    "z": normal,
    "t": student,
    "knha": knapp_hartung,
    "adhoc": knapp_hartung_adhoc,
}
