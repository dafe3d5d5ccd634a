"""Trim and fill: how many trials an even funnel would lack, and the estimate with them added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.pooling import Pooled, pool
from liftproof.statistics.regression.line_fit import line_with_tau2
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import at_least, of_correction
from liftproof.statistics.small_study.line import FEWEST
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighted_fit import mean_with_tau2

MAX_STEPS = 100
"""Trials trimmed settle within a few steps, or go round in a circle for ever."""

SIDES = ("left", "right", "auto")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrimAndFill(Result):
    """A funnel with the trials added that its evenness asks for; analysis scale.

    ``estimator``: L0, R0 or Q0. ``side`` on which trials are missing, ``left`` or ``right``. ``k``:
    trials observed; ``k0``: trials added, with ``k0_se``; ``k0_p``: p value that none is missing on
    that side, R0 only (else NaN). ``filled_y``, ``filled_v`` (k0,): the trials added. ``pooled``:
    of all k + k0 trials. ``cannot_tell``: a sentence.
    """

    estimator: str
    side: str
    k: int
    k0: int
    k0_se: float
    k0_p: float
    filled_y: Array
    filled_v: Array
    pooled: Pooled
    cannot_tell: str


Missing = tuple[float, float]


def linear(signed_ranks: Array) -> Missing:
    """Return L0 = (4S - k(k + 1))/(2k - 1), S the sum of positive ranks, and its standard error.

    metafor: ``trimfill(estimator="L0")``.

    >>> missing, se = linear(np.array([-1.0, 2.0, 3.0, 4.0, 5.0]))
    >>> round(missing, 4), round(se, 4)
    (2.8889, 1.4845)
    """
    k = len(signed_ranks)
    missing = (4 * _positive(signed_ranks) - k * (k + 1)) / (2 * k - 1)
    return missing, float(4 * np.sqrt(_rank_variance(k, missing)) / (2 * k - 1))


def run(signed_ranks: Array) -> Missing:
    """Return R0, the length of the run of largest ranks that are positive less 1, and its se.

    metafor: ``trimfill(estimator="R0")``.

    >>> missing, se = run(np.array([-1.0, -2.0, 3.0, 4.0, 5.0]))
    >>> missing, round(se, 4)
    (2.0, 2.4495)
    """
    negative = -signed_ranks[signed_ranks < 0]
    missing = len(signed_ranks) - (negative.max() if negative.size else 0.0) - 1.0
    return float(missing), float(np.sqrt(2 * max(0.0, missing) + 2))


def quadratic(signed_ranks: Array) -> Missing:
    """Return Q0 = k - 1/2 - √(2k² - 4S + 1/4) and its standard error.

    Raises ConvergenceError where the root does not exist. metafor: ``trimfill(estimator="Q0")``,
    which then stops with an error of R's.

    >>> missing, se = quadratic(np.array([-1.0, 2.0, -3.0, 4.0, 5.0]))
    >>> round(missing, 4), round(se, 4)
    (2.0, 2.8844)
    """
    k = len(signed_ranks)
    square = 2 * k**2 - 4 * _positive(signed_ranks) + 0.25
    if square < 0:
        raise ConvergenceError(
            "Q0 does not exist for this funnel: too few effects lie on its other side. Take L0."
        )
    missing = k - 0.5 - np.sqrt(square)
    below = (k - 0.5) ** 2 - missing * (2 * k - missing - 1)
    return float(missing), float(2 * np.sqrt(_rank_variance(k, missing)) / np.sqrt(below))


MISSING: Mapping[str, Callable[[Array], Missing]] = {"L0": linear, "R0": run, "Q0": quadratic}
"""Estimators of the number of missing trials, from the signed ranks of effects (k,) ."""


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
def trim_and_fill(
    y: ArrayLike,
    v: ArrayLike,
    *,
    estimator: str = "L0",
    side: str = "auto",
    tau2: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> TrimAndFill:
    """Trim the funnel's longer side until it is even, and fill the other with mirror images.

    ``y`` and ``v``: one data set (k,), k of 3 or more. ``estimator``: a name in MISSING. ``side``
    on which trials are missing; ``auto``: the left where effects rise with the standard error,
    by the mixed-effects regression with the same τ² method, else the right. ``tau2``,
    ``interval``, ``level``: as ``pool`` takes them, for trimming (τ²) and for the result. Raises
    InputError, and ConvergenceError where the number trimmed goes round in a circle or Q0 does
    not exist.
    ``missing``: see ``statistics.missing``.

    Source: Duval & Tweedie 2000, Biometrics 56, 455-463, and J Am Stat Assoc 95, 89-98. metafor:
    ``trimfill(rma(yi, vi, method="REML"), estimator="L0")``.

    >>> filled = trim_and_fill([1.2, 1.0, 0.9, 0.3, 0.2, 0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02])
    >>> filled.side, filled.k0, round(float(filled.pooled.estimate), 4)
    ('left', 2, 0.2277)
    """
    y, v = effects_and_variances(y, v)
    if y.ndim != 1:
        raise InputError("Trim and fill takes one data set: y and v of shape (k,).")
    at_least(len(y), FEWEST, "Trim and fill")
    count = choose(MISSING, estimator, "estimator")
    choose(TAU2, tau2, "τ² method")
    choose(dict.fromkeys(SIDES), side, "side")
    side = _emptier_side(y, v, tau2) if side == "auto" else side
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    k0, centre, (lacking, k0_se) = _trim(sign * y[order], v[order], count, tau2)
    mirrored = order[len(y) - k0 :]
    filled_y, filled_v = 2 * sign * centre - y[mirrored], v[mirrored]
    both = np.concatenate((y, filled_y)), np.concatenate((v, filled_v))
    return TrimAndFill(
        estimator=estimator,
        side=side,
        k=len(y),
        k0=k0,
        k0_se=k0_se,
        k0_p=0.5 ** (max(0.0, lacking) + 1) if estimator == "R0" else np.nan,
        filled_y=filled_y,
        filled_v=filled_v,
        pooled=pool(*both, tau2=tau2, interval=interval, level=level),
        cannot_tell=of_correction(len(y)),
    )


def _emptier_side(y: Array, v: Array, tau2: str) -> str:
    """Return the side that small trials lie away from; right where all are of one size."""
    if np.ptp(v) <= 1e-12 * v.max():
        return "right"
    errors = np.sqrt(v)
    line = np.column_stack((np.ones(len(y)), errors / errors.max()))
    slope = line_with_tau2(y, v, line, tau2).coefficients[1]
    return "left" if slope >= 0 else "right"


def _trim(
    y: Array, v: Array, count: Callable[[Array], Missing], tau2: str
) -> tuple[int, float, Missing]:
    """Return how many of the largest effects to trim, the centre without them, and the estimate.

    ``y`` must rise. Each step ranks all effects about the centre of those left.
    """
    k, k0 = len(y), 0
    for _ in range(MAX_STEPS):
        centre = float(mean_with_tau2(y[: k - k0], v[: k - k0], tau2)[1])
        missing = count(_signed_ranks(y - centre))
        following = max(0, round(missing[0]))
        if following >= k:
            raise ConvergenceError("Trim and fill would trim every trial; take another estimator.")
        if following == k0:
            return k0, centre, missing
        k0 = following
    raise ConvergenceError(
        f"Trim and fill did not settle within {MAX_STEPS} steps: the number trimmed goes round in"
        " a circle. Take another estimator."
    )


def _signed_ranks(deviations: Array) -> Array:
    """Return the ranks of absolute deviations, the first of equals first, with their signs."""
    ranks = np.empty(len(deviations))
    ranks[np.argsort(np.abs(deviations), kind="stable")] = np.arange(1.0, len(deviations) + 1)
    return np.asarray(np.sign(deviations) * ranks)


def _positive(signed_ranks: Array) -> float:
    """Return the sum of positive ranks."""
    return float(signed_ranks[signed_ranks > 0].sum())


def _rank_variance(k: int, m: float) -> float:
    """Return the variance of the sum of positive ranks where m trials are missing, at least 0."""
    polynomial = (
        k * (k + 1) * (2 * k + 1)
        + 10 * m**3
        + 27 * m**2
        + 17 * m
        - 18 * k * m**2
        - 18 * k * m
        + 6 * k**2 * m
    )
    return max(0.0, polynomial / 24)
