"""Formulas of a standardised mean difference: effect and variance from a difference over an SD.

Each takes ``d``, the difference over the standard deviation s; ``a``, the variance of the
difference in units of s², as a rule 1/n₁ + 1/n₂; and the participants ``n1``, ``n2``, all of shape
(..., k). N = n₁ + n₂, m = N - 2, J as in :func:`~.dispersion.hedges_correction`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.effects.dispersion import (
    STANDARDISERS,
    Standardiser,
    control_sd,
    hedges_correction,
)
from liftproof.statistics.effects.vtypes import mean_of_all
from liftproof.statistics.registries import Registry
from liftproof.vocabulary.smd_formulas import SMD_FORMULAS, USUAL_SMD

Pair = tuple[Array, Array]
Formula = Callable[[Array, Array, Array, Array], Pair]


def large_sample(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = Jd and a + g²/(2N).

    Source: Hedges 1982, Psychol Bull 92, 490-499, equation 8. metafor: ``vtype="LS"``.

    >>> y, v = large_sample(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.721458, 0.195163)
    """
    g = hedges_correction(n1 + n2 - 2) * d
    return g, a + g**2 / (2 * (n1 + n2))


def corrected_twice(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = Jd and J²(a + d²/(2N)).

    Source: Borenstein 2009, in Cooper, Hedges & Valentine, The Handbook of Research Synthesis,
    equation 12.17. metafor: ``vtype="LS2"``.

    >>> y, v = corrected_twice(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.721458, 0.181475)
    """
    j = hedges_correction(n1 + n2 - 2)
    return j * d, j**2 * (a + d**2 / (2 * (n1 + n2)))


def unbiased(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = Jd and a + (1 - (m - 2)/(mJ²))g², whose expectation is the variance of g.

    Source: Hedges 1983, Psychol Bull 93, 388-395, equation 9. metafor: ``vtype="UB"``.

    >>> y, v = unbiased(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.721458, 0.197586)
    """
    m = n1 + n2 - 2
    j = hedges_correction(m)
    return j * d, a + (1 - (m - 2) / (m * j**2)) * (j * d) ** 2


def at_the_mean(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = Jd and a + ḡ²/(2N), ḡ the mean of g over the last axis, weighted by N.

    Source: Viechtbauer 2010, J Stat Softw 36(3). metafor: ``vtype="AV"``.

    >>> y, v = at_the_mean(np.array([0.75, 0.25]), *map(np.array, (11 / 60, 10, 12)))
    >>> y.round(6).tolist(), v.round(6).tolist()
    ([0.721458, 0.240486], [0.188591, 0.188591])
    """
    g = hedges_correction(n1 + n2 - 2) * d
    total = np.broadcast_to(n1 + n2, g.shape)
    return g, a + mean_of_all(g, total) ** 2 / (2 * total)


def uncorrected(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return Cohen's d as it is and a + d²/(2N).

    Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences; variance: Borenstein
    2009, equation 12.13. metafor from version 5: ``correct=FALSE``.

    >>> y, v = uncorrected(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.75, 0.196117)
    """
    return d, a + d**2 / (2 * (n1 + n2))


def by_metan(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return Cohen's d as it is and a + d²/(2(N - 2)).

    Source: Deeks, Altman & Bradburn 2001, in Egger, Davey Smith & Altman, Systematic Reviews in
    Health Care. Stata: ``metan n1 m1 s1 n2 m2 s2, cohen``.

    >>> y, v = by_metan(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.75, 0.197396)
    """
    return d, a + d**2 / (2 * (n1 + n2 - 2))


def by_borenstein(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = Jd and J²(a + d²/(2N)) with the approximate J = 1 - 3/(4m - 1).

    Source: Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to Meta-Analysis, chapter 4,
    as Comprehensive Meta-Analysis has it.

    >>> y, v = by_borenstein(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.721519, 0.181505)
    """
    j = 1 - 3 / (4 * (n1 + n2 - 2) - 1)
    return j * d, j**2 * (a + d**2 / (2 * (n1 + n2)))


def by_revman(d: Array, a: Array, n1: Array, n2: Array) -> Pair:
    """Return g = (1 - 3/(4N - 9))d and a + g²/(2(N - 3.94)); a = N/(n₁n₂) as a rule.

    Source: Deeks & Higgins 2010, Statistical algorithms in Review Manager 5. meta:
    ``metacont(sm="SMD", method.smd="Hedges", exact.smd=FALSE)``.

    >>> y, v = by_revman(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.721519, 0.197746)
    """
    total = n1 + n2
    g = (1 - 3 / (4 * total - 9)) * d
    return g, a + g**2 / (2 * (total - 3.94))


def over_control(d: Array, a: Array, n1: Array, n2: Array) -> Pair:  # noqa: ARG001
    """Return Glass's Δ as it is and a + Δ²/(2(n₂ - 1)); s is that of the control arm.

    Source: Glass 1976, Educ Res 5(10), 3-8; variance: Deeks, Altman & Bradburn 2001, in Egger,
    Davey Smith & Altman, Systematic Reviews in Health Care. meta:
    ``metacont(sm="SMD", method.smd="Glass")``. metafor's ``SMD1`` is corrected, by J(n₂ - 1).

    >>> y, v = over_control(*map(np.array, (0.75, 11 / 60, 10, 12)))
    >>> round(float(y), 6), round(float(v), 6)
    (0.75, 0.208902)
    """
    return d, a + d**2 / (2 * (n2 - 1))


_FUNCTIONS: Mapping[str, Formula] = {
    "LS": large_sample,
    "LS2": corrected_twice,
    "UB": unbiased,
    "AV": at_the_mean,
    "cohen": uncorrected,
    "cohen_metan": by_metan,
    "borenstein": by_borenstein,
    "revman": by_revman,
    "glass": over_control,
}
_HOMES = ("vocabulary.smd_formulas", "statistics.effects.smd")
OF_SOURCE: Mapping[str, Mapping[str, Formula]] = {
    "means": Registry(
        "SMD formula", SMD_FORMULAS, {**_FUNCTIONS, USUAL_SMD: large_sample}, *_HOMES
    ),
    "changes": Registry(
        "SMD formula", SMD_FORMULAS, {**_FUNCTIONS, USUAL_SMD: corrected_twice}, *_HOMES
    ),
}
"""By source and code, the formulas; the usual one has another variance of changes."""


def formula_of(source: str, code: str) -> Formula:
    """Return the formula of a code, or raise UsageError with the nearest."""
    return choose(OF_SOURCE[source], code, "SMD formula")


def divisor(code: str, dispersion: str) -> Standardiser:
    """Return the standard deviation of two arms that a formula divides by, or raise InputError.

    >>> divisor("glass", "separate")
    Traceback (most recent call last):
    liftproof.errors.InputError: glass divides by the standard deviation of the control arm: leave \
dispersion out.
    """
    if not SMD_FORMULAS[code].is_of_control:
        return choose(STANDARDISERS, dispersion, "dispersion of a standardised difference")
    if dispersion != "pooled":
        raise InputError(
            f"{code} divides by the standard deviation of the control arm: leave dispersion out."
        )
    return control_sd
