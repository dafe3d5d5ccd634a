"""Effects from means before and after of one group, with the correlation between the two.

The correlation is never guessed. It follows from the standard deviation of the change:
(s₁² + s₂² - s²)/(2 s₁ s₂). ``before`` and ``after`` name the two measurements: a standardised mean
change by the standard deviation before is another number when the two are exchanged, and not its
negative.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.correlations import unbiased
from liftproof.statistics.effects.dispersion import hedges_factor
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.pairs import Pairs, pairs_of
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index

_LEAST = 3
"""A standard deviation's factor J(n - 1) needs three participants."""
_LEAST_UNBIASED = 5


@of_one_index
def mean_change(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
) -> Effect:
    """Return mean changes: y = m₂ - m₁ (after minus before), v = (s₁² + s₂² - 2 r s₁ s₂)/n.

    ``r``: correlation between before and after. Arguments broadcast. Raises InputError.

    Source: Becker 1988, Br J Math Stat Psychol 41, 257-278. metafor: ``escalc(measure="MC",
    m1i=m2, m2i=m1, sd1i=s2, sd2i=s1, ni=n, ri=r)``, whose first measurement is that after.

    >>> change = mean_change(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (7.9, 9.8)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r)
    return Effect(y=pairs.after - pairs.before, v=pairs.sd_change**2 / pairs.n)


@of_one_index
def change_by_sd_before(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    vtype: Literal["LS", "LS2", "UB"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return standardised mean changes: y = J(n - 1)(m₂ - m₁)/s₁, v = 2(1 - r)/n + y²/(2n).

    s₁ is the standard deviation *before*; that after is not used. ``vtype`` ``LS2``: J²(2(1 - r)/n
    + d²/(2n)); ``UB``, the unbiased one, from n = 5. ``correct=False``: J = 1. Arguments broadcast.
    Raises InputError.

    Source: Becker 1988, Br J Math Stat Psychol 41, 257-278; UB: Viechtbauer 2007, Biometrical J 49,
    equation 37. metafor: ``escalc(measure="SMCR", m1i=m2, m2i=m1, sd1i=s1, ni=n, ri=r, vtype=,
    correct=)``.

    >>> change = change_by_sd_before(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.505553, 0.05939)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r, least=_LEAST)
    d = (pairs.after - pairs.before) / pairs.sd_before
    return _standardised("SMCR", d, lambda r: 2 * (1 - r) / pairs.n, pairs, vtype, correct=correct)


@of_one_index
def change_by_sd_of_change(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    vtype: Literal["LS", "LS2", "UB"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return standardised mean changes: y = J(n - 1)(m₂ - m₁)/s, v = 1/n + y²/(2n).

    s is the standard deviation of the change, √(s₁² + s₂² - 2 r s₁ s₂): y depends on ``r``.
    ``vtype`` ``LS2``: J²(1/n + d²/(2n)); ``UB``, the unbiased one. ``correct=False``: J = 1.
    Arguments broadcast. Raises InputError.

    Source: Gibbons, Hedeker & Davis 1993, J Educ Stat 18, 271-279; UB: Viechtbauer 2007,
    Biometrical J 49, equation 26. metafor: ``escalc(measure="SMCC", m1i=m2, m2i=m1, sd1i=s2,
    sd2i=s1, ni=n, ri=r, vtype=, correct=)``.

    >>> change = change_by_sd_of_change(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.541664, 0.057335)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r, least=_LEAST)
    d = (pairs.after - pairs.before) / pairs.sd_change
    return _standardised("SMCC", d, lambda _: 1 / pairs.n, pairs, vtype, correct=correct)


@of_one_index
def change_by_sd_before_heteroscedastic(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    vtype: Literal["LS", "LS2"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return the y of :func:`change_by_sd_before`, v = s²/(s₁²(n - 1)) + y²/(2(n - 1)).

    s is the standard deviation of the change: those before and after need not be equal. ``vtype``
    ``LS2``: n for n - 1. ``correct=False``: J = 1. Arguments broadcast. Raises InputError.

    Source: Bonett 2008, Psychol Methods 13, 99-109, equation 13. metafor: ``escalc(
    measure="SMCRH", m1i=m2, m2i=m1, sd1i=s1, sd2i=s2, ni=n, ri=r, vtype=, correct=)``.

    >>> change = change_by_sd_before_heteroscedastic(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.505553, 0.052574)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r, least=_LEAST)
    y = hedges_factor(pairs.n - 1, correct=correct) * (pairs.after - pairs.before) / pairs.sd_before
    share = (pairs.sd_change / pairs.sd_before) ** 2
    return Effect(
        y=y,
        v=variance_of(
            "SMCRH",
            vtype,
            {
                "LS": lambda: share / (pairs.n - 1) + y**2 / (2 * (pairs.n - 1)),
                "LS2": lambda: share / pairs.n + y**2 / (2 * pairs.n),
            },
        ),
    )


@of_one_index
def ratio_of_change(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Return log ratios of means: y = ln(m₂/m₁), v = c₁² + c₂² - 2 r c₁ c₂ with c = s/(m√n).

    ``correct`` adds (c₂² - c₁²)/2 to y; metafor does so by default since version 5.0. The two means
    of a group must have one sign. Arguments broadcast. Raises InputError.

    Source: Lajeunesse 2011, Ecology 92, 2049-2055; correction: Senior, Viechtbauer & Nakagawa 2020,
    Res Synth Methods 11, 553-567. metafor: ``escalc(measure="ROMC", m1i=m2, m2i=m1, sd1i=s2,
    sd2i=s1, ni=n, ri=r, correct=)``.

    >>> change = ratio_of_change(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.22592, 0.009612)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r)
    signs = np.sign(pairs.before) * np.sign(pairs.after)
    require(signs > 0, signs, "The two means of a ratio must have one sign and not be 0")
    c1 = pairs.sd_before / (pairs.before * np.sqrt(pairs.n))
    c2 = pairs.sd_after / (pairs.after * np.sqrt(pairs.n))
    bias = (c2**2 - c1**2) / 2 if correct else 0.0
    return Effect(
        y=np.log(pairs.after / pairs.before) + bias, v=c1**2 + c2**2 - 2 * pairs.r * c1 * c2
    )


FROM_PAIRS: dict[str, Callable[..., Effect]] = {
    "MC": mean_change,
    "SMCR": change_by_sd_before,
    "SMCC": change_by_sd_of_change,
    "SMCRH": change_by_sd_before_heteroscedastic,
    "ROMC": ratio_of_change,
}


def _standardised(
    measure: str,
    d: Array,
    of_difference: Callable[[Array], Array],
    pairs: Pairs,
    vtype: str,
    *,
    correct: bool,
) -> Effect:
    """Return g = Jd with the variance of a ``vtype``; ``of_difference``: its first part from r."""
    n, m = pairs.n, pairs.n - 1
    j = hedges_factor(n - 1, correct=correct)
    y = j * d
    return Effect(
        y=y,
        v=variance_of(
            measure,
            vtype,
            {
                "LS": lambda: of_difference(pairs.r) + y**2 / (2 * n),
                "LS2": lambda: j**2 * (of_difference(pairs.r) + d**2 / (2 * n)),
                "UB": lambda: of_difference(_unbiased(pairs)) + (1 - (m - 2) / (m * j**2)) * y**2,
            },
        ),
    )


def _unbiased(pairs: Pairs) -> Array:
    """Return the unbiased correlation between before and after."""
    require(pairs.n >= _LEAST_UNBIASED, pairs.n, "n must be 5 or more for vtype UB")
    return unbiased(pairs.r, pairs.n)
