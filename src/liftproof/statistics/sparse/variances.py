"""Variances of Mantel-Haenszel estimates. All take arrays (..., k) and return (...)."""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.two_arm_tables import Table


def robins_breslow_greenland(r: Array, s: Array, p: Array) -> Array:
    """Return ½ Σpr/R² + ½ Σ(ps + qr)/(RS) + ½ Σqs/S², q = 1 - p, of the log odds ratio.

    r = ad/N and s = bc/N with sums R and S, p = (a + d)/N.

    Source: Robins, Breslow & Greenland 1986, Biometrics 42, 311-323.

    >>> a, b, c, d, n = 4, 119, 11, 128, 262
    >>> terms = (np.array([x]) for x in (a * d / n, b * c / n, (a + d) / n))
    >>> round(float(robins_breslow_greenland(*terms)), 6)  # of one trial, 1/a + 1/b + 1/c + 1/d
    0.357125

    metafor: ``rma.mh(measure="OR")$se``, squared.
    """
    q = 1 - p
    big_r, big_s = r.sum(axis=-1), s.sum(axis=-1)
    first = (p * r).sum(axis=-1) / big_r**2
    second = (p * s + q * r).sum(axis=-1) / (big_r * big_s)
    third = (q * s).sum(axis=-1) / big_s**2
    return np.asarray((first + second + third) / 2)


def greenland_robins_risk_ratio(table: Table, r: Array, s: Array) -> Array:
    """Return Σ((n₁n₂m - acN)/N²)/(RS), m = a + c, of the log risk ratio.

    r = a n₂/N and s = c n₁/N with sums R and S.

    Source: Greenland & Robins 1985, Biometrics 41, 55-68, equation 13.

    metafor: ``rma.mh(measure="RR")$se``, squared.

    >>> from liftproof.statistics.effects.checked_arms import table_of
    >>> table = table_of([4, 6], [123, 306], [11, 29], [139, 303])
    >>> r, s = table.a * table.n2 / table.n, table.c * table.n1 / table.n
    >>> round(float(greenland_robins_risk_ratio(table, r, s)), 6)
    0.119371
    """
    n = np.where(table.kept, table.n, 1.0)
    terms = (table.n1 * table.n2 * table.events - table.a * table.c * n) / n**2
    return np.asarray(terms.sum(axis=-1) / (r.sum(axis=-1) * s.sum(axis=-1)))


def sato(table: Table, estimate: Array) -> Array:
    """Return (δ ΣP + ΣQ)/(Σn₁n₂/N)² of the risk difference δ.

    P = (n₁²c - n₂²a + n₁n₂(n₂ - n₁)/2)/N², Q = (a(n₂ - c) + c(n₁ - a))/(2N).

    Source: Sato, Greenland & Robins 1989, Biometrics 45, 1323-1324.

    metafor: ``rma.mh(measure="RD")$se``, squared.

    >>> from liftproof.statistics.effects.checked_arms import table_of
    >>> table = table_of([4, 6], [123, 306], [11, 29], [139, 303])
    >>> round(float(sato(table, np.array(-0.06))), 8)
    0.00024188
    """
    a, c, n1, n2 = table.a, table.c, table.n1, table.n2
    n = np.where(table.kept, table.n, 1.0)
    p = (n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / n**2
    q = (a * table.d + c * table.b) / (2 * n)
    total = (n1 * n2 / n).sum(axis=-1)
    return np.asarray((estimate * p.sum(axis=-1) + q.sum(axis=-1)) / total**2)


def greenland_robins_risk_difference(
    table: Table,
    estimate: Array,  # noqa: ARG001 - all variances take the same
) -> Array:
    """Return Σ((ab n₂³ + cd n₁³)/(n₁n₂N²))/(Σn₁n₂/N)² of the risk difference.

    Source: Greenland & Robins 1985, Biometrics 41, 55-68.

    meta: ``metabin(sm="RD", method="MH")$seTE.common``, squared.

    >>> from liftproof.statistics.effects.checked_arms import table_of
    >>> table = table_of([4, 6], [123, 306], [11, 29], [139, 303])
    >>> round(float(greenland_robins_risk_difference(table, np.array(-0.06))), 8)
    0.00024095
    """
    n1, n2, n = (np.where(table.kept, values, 1.0) for values in (table.n1, table.n2, table.n))
    terms = (table.a * table.b * n2**3 + table.c * table.d * n1**3) / (n1 * n2 * n**2)
    total = (table.n1 * table.n2 / n).sum(axis=-1)
    return np.asarray(terms.sum(axis=-1) / total**2)


RISK_DIFFERENCE_VARIANCES: Mapping[str, Callable[[Table, Array], Array]] = {
    "sato": sato,
    "greenland_robins": greenland_robins_risk_difference,
}
