"""Standardised mean differences and correlations from t, F, P and χ², and from one another.

Papers print most of these without a sign, or with one whose meaning is theirs. ``direction`` says
which way it goes: 1 where the intervention arm has the higher mean, or more events; -1 where the
control arm has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.distributions import size_of_statistic
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.smd import formula_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.vocabulary.smd_formulas import USUAL_SMD

SMALLEST_ARM = 2
"""People in an arm; with two arms of one there are no degrees of freedom."""
LEAST_N = 4
"""Pairs; the variance of Fisher's z is 1/(n - 3)."""


@of_one_index
def t_from_f(f: ArrayLike, direction: ArrayLike) -> Array:
    """Return t = ±√F, for an F of one and m degrees of freedom.

    Source: Cochrane Handbook 6.5, section 6.5.2.3. metafor:
    ``escalc(measure="SMD", ti=sign * sqrt(f))``.

    >>> t_from_f([6.25, 4.0], [1, -1]).tolist()
    [2.5, -2.0]
    """
    value, sign = in_one_shape("F and its direction", floats("f", f), _signs(direction))
    require(value >= 0, value, "F must not be negative")
    return np.asarray(sign * np.sqrt(value))


@of_one_index
def t_from_p(p: ArrayLike, df: ArrayLike, direction: ArrayLike, sides: ArrayLike = 2) -> Array:
    """Return the t of ``df`` degrees of freedom that has a P value of one side or two.

    A P value of one side above 0.5 lies on the other side of ``direction``.

    Source: Cochrane Handbook 6.5, section 6.5.2.3. metafor: ``escalc(measure="SMD", pi=)``.

    >>> t_from_p([0.02, 0.01], 38, 1, [2, 1]).round(6).tolist()
    [2.428568, 2.428568]
    """
    columns = floats("p", p), floats("df", df), _signs(direction), floats("sides", sides)
    chance, freedom, sign, tails = in_one_shape("P values and what belongs to them", *columns)
    require((chance > 0) & (chance < 1), chance, "p must be between 0 and 1")
    require(freedom > 0, freedom, "df must be positive")
    require((tails == 1) | (tails == 2), tails, "sides must be 1 or 2")  # noqa: PLR2004
    side = np.where((tails == 1) & (chance > 0.5), -sign, sign)  # noqa: PLR2004 - the middle
    return np.asarray(side * size_of_statistic(chance, tails, freedom))


@of_one_index
def smd_from_t(
    t: ArrayLike,
    n_intervention: ArrayLike,
    n_control: ArrayLike,
    *,
    formula: str = USUAL_SMD,
) -> Effect:
    """Return Hedges' g from t of two independent arms: d = t√(1/n₁ + 1/n₂), corrected.

    ``formula``: a code of ``vocabulary.smd_formulas``, with its variance. Arguments broadcast.

    Source: Borenstein et al. 2009, Introduction to Meta-Analysis, chapter 4. metafor:
    ``escalc(measure="SMD", ti=t, n1i=n_intervention, n2i=n_control)``.

    >>> g = smd_from_t(2.5, 20, 22)
    >>> round(float(g.y), 6), round(float(g.v), 6)
    (0.757804, 0.102291)
    """
    value, n1, n2 = in_one_shape(
        "t and both arms", floats("t", t), *_arms(n_intervention, n_control)
    )
    a = 1 / n1 + 1 / n2
    y, v = formula_of("means", formula)(value * np.sqrt(a), a, n1, n2)
    return Effect(y=y, v=v)


@of_one_index
def smd_from_r(
    r: ArrayLike, n_intervention: ArrayLike, n_control: ArrayLike, *, formula: str = USUAL_SMD
) -> Effect:
    """Return Hedges' g from a point-biserial correlation: t = r√(m/(1 - r²)), m = n₁ + n₂ - 2.

    Source: Jacobs & Viechtbauer 2017, Res Synth Methods 8, 161-180. metafor: ``escalc(measure=
    "SMD", ti=r * sqrt(m / (1 - r^2)), n1i=n_intervention, n2i=n_control)``.

    >>> g = smd_from_r(0.367607, 20, 22)
    >>> round(float(g.y), 5), round(float(g.v), 5)
    (0.7578, 0.10229)
    """
    value, n1, n2 = in_one_shape(
        "r and both arms", floats("r", r), *_arms(n_intervention, n_control)
    )
    require(np.abs(value) < 1, value, "r must lie between -1 and 1")
    return smd_from_t(value * np.sqrt((n1 + n2 - 2) / (1 - value**2)), n1, n2, formula=formula)


@of_one_index
def smd_from_chi2(chi2: ArrayLike, n: ArrayLike, direction: ArrayLike) -> Effect:
    """Return d = 2φ/√(1 - φ²) from χ² of one degree of freedom, φ = ±√(χ²/n), v = 4v_φ/(1 - φ²)³.

    χ² is without Yates' correction. Both arms are taken to be of one size.

    Source: Lipsey & Wilson 2001, Practical Meta-Analysis, appendix B (d = 2√(χ²/(n - χ²)));
    Borenstein et al. 2009, equations 7.5 and 7.6.

    >>> d = smd_from_chi2(6.0, 100, -1)
    >>> round(float(d.y), 6), round(float(d.v), 6)
    (-0.505291, 0.042983)
    """
    phi = correlation_from_chi2(chi2, n, direction)
    require(np.abs(phi.y) < 1, phi.y, "chi2 must be below n")
    rest = 1 - phi.y**2
    return Effect(y=2 * phi.y / np.sqrt(rest), v=4 * phi.v / rest**3)


@of_one_index
def correlation_from_t(t: ArrayLike, n: ArrayLike, *, fisher: bool = False) -> Effect:
    """Return r = t/√(t² + n - 2) with v = (1 - r²)²/(n - 1), or Fisher's z with 1/(n - 3).

    ``n``: pairs, 4 or more; of two arms r is the point-biserial correlation.

    Source: Borenstein et al. 2009, chapter 6. metafor: ``escalc(measure="COR", ti=t, ni=n)``, with
    ``fisher`` ``"ZCOR"``.

    >>> r, z = correlation_from_t(2.5, 42), correlation_from_t(2.5, 42, fisher=True)
    >>> round(float(r.y), 6), round(float(r.v), 6), round(float(z.y), 6), round(float(z.v), 6)
    (0.367607, 0.018244, 0.385654, 0.025641)
    """
    value, pairs = in_one_shape("t and n", floats("t", t), _pairs(n))
    return _correlation(value / np.sqrt(value**2 + pairs - 2), pairs, fisher=fisher)


@of_one_index
def correlation_from_chi2(
    chi2: ArrayLike, n: ArrayLike, direction: ArrayLike, *, fisher: bool = False
) -> Effect:
    """Return φ = ±√(χ²/n) with v = (1 - φ²)²/(n - 1), or Fisher's z with 1/(n - 3).

    χ² has one degree of freedom and no Yates' correction; φ is taken for a correlation.

    Source: Lipsey & Wilson 2001, Practical Meta-Analysis, appendix B.

    >>> r = correlation_from_chi2(6.0, 100, -1)
    >>> round(float(r.y), 6), round(float(r.v), 6)
    (-0.244949, 0.008925)
    """
    columns = floats("chi2", chi2), _pairs(n), _signs(direction)
    value, people, sign = in_one_shape("chi2, n and the direction", *columns)
    require(value >= 0, value, "chi2 must not be negative")
    require(value < people, value, "chi2 must be below n")
    return _correlation(sign * np.sqrt(value / people), people, fisher=fisher)


@of_one_index
def correlation_from_smd(
    y: ArrayLike, v: ArrayLike, n_intervention: ArrayLike, n_control: ArrayLike
) -> Effect:
    """Return r = d/√(d² + a) with v = a²v_d/(d² + a)³, a = (n₁ + n₂)²/(n₁n₂).

    Source: Borenstein et al. 2009, Introduction to Meta-Analysis, equations 7.7 to 7.9, whose
    example is d = 1.1547 with variance 0.0550, r = 0.5000 with variance 0.0058.

    >>> r = correlation_from_smd(1.1547, 0.0550, 50, 50)
    >>> round(float(r.y), 4), round(float(r.v), 4)
    (0.5, 0.0058)
    """
    columns = floats("y", y), floats("v", v), *_arms(n_intervention, n_control)
    d, variance, n1, n2 = in_one_shape("Effects, variances and both arms", *columns)
    require(variance > 0, variance, "v must be positive")
    a = (n1 + n2) ** 2 / (n1 * n2)
    return Effect(y=d / np.sqrt(d**2 + a), v=a**2 * variance / (d**2 + a) ** 3)


def _correlation(r: Array, n: Array, *, fisher: bool) -> Effect:
    if fisher:
        return Effect(y=np.arctanh(r), v=1 / (n - 3))
    return Effect(y=np.asarray(r), v=(1 - r**2) ** 2 / (n - 1))


def _signs(direction: ArrayLike) -> Array:
    signs = floats("direction", direction)
    require(np.abs(signs) == 1, signs, "direction must be 1 or -1")
    return signs


def _arms(n_intervention: ArrayLike, n_control: ArrayLike) -> tuple[Array, Array]:
    arms = floats("n_intervention", n_intervention), floats("n_control", n_control)
    for arm in arms:
        require(arm >= SMALLEST_ARM, arm, "An arm must have 2 participants or more")
    return arms


def _pairs(n: ArrayLike) -> Array:
    pairs = floats("n", n)
    require(pairs >= LEAST_N, pairs, f"n must be {LEAST_N} or more")
    return pairs
