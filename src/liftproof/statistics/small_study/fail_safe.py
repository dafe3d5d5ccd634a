"""Fail-safe N: how many unpublished trials without effect would change the conclusion."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    one_number,
    require,
)
from liftproof.statistics.distributions import two_sided_p
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import of_fail_safe
from liftproof.statistics.tau2 import FIXED, TAU2
from liftproof.statistics.weighting import weighted_mean

Flags = NDArray[np.bool_]

MOST = 10_000_000
"""A larger number than this is returned as infinite, as metafor prints ``>1e+07``."""

WHOLE = 1e-9
"""A number this close, relatively, above a whole one is that whole number: it is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FailSafe(Result):
    """A fail-safe N. Arrays have shape (...).

    ``method``: its name in metafor. ``k``: trials observed. ``n``: the smallest number of trials
    without effect that, added, change the conclusion; 0 where there is none to change, infinite
    above ten million. ``alpha``: level of significance (NaN for Orwin or with a target);
    ``target``: effect to come down to, on the analysis scale (NaN where significance is the
    criterion). ``estimate``: observed mean (NaN for Rosenthal); ``p_value`` of it (one-sided for
    Rosenthal; NaN for Orwin). ``cannot_tell``: a sentence.
    """

    method: str
    k: int
    n: Array
    alpha: float
    target: Array
    estimate: Array
    p_value: Array
    cannot_tell: str


@in_blocks()
def rosenthal(y: ArrayLike, v: ArrayLike, *, alpha: float = 0.05) -> FailSafe:
    """Return k (z/z_α)² - k rounded up, z = |Σ y/√v|/√k: Stouffer's test made insignificant.

    ``y`` and ``v`` (..., k); ``alpha`` one-sided. Raises InputError.

    Source: Rosenthal 1979, Psychol Bull 86, 638-641. metafor: ``fsn(yi, vi, type="Rosenthal")``.

    >>> float(rosenthal([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02]).n)
    7.0
    """
    y, v = effects_and_variances(y, v)
    _require_alpha(alpha)
    k = y.shape[-1]
    z = np.abs((y / np.sqrt(v)).sum(axis=-1)) / np.sqrt(k)
    needed = k * (z / -ndtri(alpha)) ** 2 - k
    nothing = np.full_like(z, np.nan)
    return _fail_safe("Rosenthal", k, needed, alpha, nothing, nothing, ndtr(-z))


@in_blocks(per_set=("target",))
def orwin(y: ArrayLike, v: ArrayLike, *, target: ArrayLike | None = None) -> FailSafe:
    """Return k (mean - target)/target rounded up, the mean weighted by 1/v.

    ``y`` and ``v`` (..., k). ``target`` (...): an effect too small to matter; its sign is taken
    from the mean. By default half the mean, for which the answer is always k. Raises InputError.

    Source: Orwin 1983, J Educ Stat 8, 157-159. metafor: ``fsn(yi, vi, type="Orwin", target=)``.

    >>> float(orwin([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02], target=-0.1).n)
    6.0
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    mean = weighted_mean(y, v, 0.0)[0]
    towards = _target(target, mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(mean == 0, 0.0, k * (mean - towards) / towards)
    return _fail_safe("Orwin", k, needed, np.nan, towards, mean, np.full_like(mean, np.nan))


@in_blocks()
def rosenberg(y: ArrayLike, v: ArrayLike, *, alpha: float = 0.05) -> FailSafe:
    """Return ((Σwy/z)² - Σw)/(Σw/k) rounded up, w = 1/v: the fixed-effect mean made insignificant.

    The trials added have the harmonic mean variance. z is the two-sided normal quantile. ``y`` and
    ``v`` (..., k). Raises InputError.

    Source: Rosenberg 2005, Evolution 59, 464-468 (who takes t). metafor:
    ``fsn(yi, vi, type="Rosenberg")``.

    >>> float(rosenberg([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02]).n)
    1.0
    """
    y, v = effects_and_variances(y, v)
    _require_alpha(alpha)
    k = y.shape[-1]
    mean, variance, _ = weighted_mean(y, v, 0.0)
    z = mean / np.sqrt(variance)
    needed = k * ((z / ndtri(alpha / 2)) ** 2 - 1)
    nothing = np.full_like(mean, np.nan)
    return _fail_safe("Rosenberg", k, needed, alpha, nothing, mean, two_sided_p(z))


@by_metafors_names
@in_blocks(per_set=("target",))
def general(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    alpha: float = 0.05,
    target: ArrayLike | None = None,
) -> FailSafe:
    """Return how many trials without effect make the random-effects mean insignificant or small.

    N trials are added whose effects average 0 and vary by τ², with the harmonic mean variance h.
    τ² of all is ((k - 1)τ² + max(0, N - 1)τ² + kN/(k + N) mean²)/(k + N - 1); the mean of all has
    weights 1/(v + τ²) and 1/(h + τ²). N is the smallest for which p is ``alpha`` or more, or, with
    a ``target`` (...), for which the mean is no larger than that. ``y`` and ``v`` (..., k);
    ``tau2``: a name in TAU2. Raises InputError and ConvergenceError.

    metafor's search for N stops beside a step of p and so finds now N, now N + 1: for dat.bcg (log
    risk ratios) 26, for dat.bangertdrowns2004 191, where p reaches 0.05 at 25 and at 190.

    Source: metafor's documentation of ``fsn(rma(yi, vi), type="General", exact=FALSE)``.

    >>> float(general([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02]).n)
    0.0
    """
    y, v = effects_and_variances(y, v)
    _require_alpha(alpha)
    between = choose(TAU2, tau2, "τ² method")(y, v)
    mean, variance, _ = weighted_mean(y, v, between)
    p_value = two_sided_p(mean / np.sqrt(variance))
    towards = None if target is None else _target(target, mean)

    def is_enough(added: Array) -> Flags:
        diluted, z = _with_added(y, v, between, mean, added, is_fixed=tau2 == FIXED)
        if towards is None:
            return np.asarray(two_sided_p(z) >= alpha)
        return np.asarray(np.abs(diluted) <= np.abs(towards))

    return _fail_safe(
        "General",
        y.shape[-1],
        _smallest(is_enough, np.zeros_like(mean)),
        alpha if towards is None else np.nan,
        np.full_like(mean, np.nan) if towards is None else towards,
        mean,
        p_value,
    )


def _with_added(
    y: Array, v: Array, tau2: Array, mean: Array, added: Array, *, is_fixed: bool
) -> tuple[Array, Array]:
    """Return the mean of all trials, ``added`` ones of effect 0 included, and its z value."""
    k = y.shape[-1]
    harmonic = k / (1 / v).sum(axis=-1)
    spread = k * added / (k + added) * mean**2
    within = (k - 1 + np.maximum(0.0, added - 1)) * tau2
    whole = np.zeros_like(tau2) if is_fixed else (within + spread) / np.maximum(1, k + added - 1)
    w = 1 / (v + np.asarray(whole)[..., None])
    total = w.sum(axis=-1) + added / (harmonic + whole)
    product = (w * y).sum(axis=-1)
    return product / total, product / np.sqrt(total)


def _smallest(is_enough: Callable[[Array], Flags], start: Array) -> Array:
    """Return the smallest number, from 0, that is enough, by doubling and halving; infinite above
    MOST. What is enough stays enough: more trials of effect 0 never help the effect."""
    low, high = start - 1.0, start.copy()
    while (short := ~is_enough(high) & (high < MOST)).any():
        low, high = np.where(short, high, low), np.where(short, 2 * high + 1, high)
    beyond = ~is_enough(high)
    while (open_still := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = is_enough(np.maximum(0.0, middle))
        low = np.where(open_still & ~enough, middle, low)
        high = np.where(open_still & enough, middle, high)
    return np.where(beyond | (high > MOST), np.inf, high)


def _fail_safe(
    method: str, k: int, needed: Array, alpha: float, target: Array, estimate: Array, p: Array
) -> FailSafe:
    """Return the result, ``needed`` rounded up to a whole number of trials, at least 0."""
    n = np.ceil(np.maximum(0.0, needed) * (1 - WHOLE))
    return FailSafe(
        method=method,
        k=k,
        n=np.where(n > MOST, np.inf, n)[()],
        alpha=alpha,
        target=np.asarray(target)[()],
        estimate=np.asarray(estimate)[()],
        p_value=np.asarray(p)[()],
        cannot_tell=of_fail_safe(k),
    )


def _target(target: ArrayLike | None, mean: Array) -> Array:
    """Return the target with the sign of the mean; half the mean where none is given."""
    if target is None:
        return np.asarray(mean / 2)
    return np.copysign(np.abs(floats("The target", target)), mean)


def _require_alpha(alpha: float) -> None:
    """Raise InputError where a level of significance is not between 0 and 1/2."""
    one_number("alpha", alpha)
    says = "A level of significance must lie between 0 and 0.5"
    require(0 < alpha < 0.5, np.asarray(alpha), says)  # noqa: PLR2004 - z must not be 0
