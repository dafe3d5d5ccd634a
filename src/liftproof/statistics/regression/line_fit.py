"""A regression line and the spread about it, from data sets that are laid side by side once."""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.batches import Trials, batched, quick_on_one
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.heterogeneity import limits_by_q
from liftproof.statistics.projection import Projection, as_columns, at_tau2, without_spread
from liftproof.statistics.regression.estimates import (
    Estimates,
    constant_effect,
    packed,
    unpacked,
)
from liftproof.statistics.tau2 import TAU2, TAU2_SE

GIVEN = "given"
"""The method in which τ² is a number of the caller's."""
OF_SPREAD = 4
"""How many numbers of a line stand before those of its coefficients."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineFit:
    """Coefficients by weights 1/(v + τ²), and τ²; arrays have shape (...).

    ``tau2`` with its standard error, which is NaN where τ² is not estimated. ``qe`` and ``trace``:
    Q and tr P at τ² = 0. ``estimates``: the fit at τ².
    """

    tau2: Array
    tau2_se: Array
    qe: Array
    trace: Array
    estimates: Estimates


def line_fit(y: Array, v: Array, x: Array, *, method: str, given: Array | float = 0.0) -> LineFit:
    """Return the fit of checked ``y``, ``v`` (..., k) and ``x`` (..., k, p).

    ``method``: a name in TAU2, or GIVEN with ``given`` (...), τ² itself. Raises InputError and
    ConvergenceError.
    metafor: ``rma(yi, vi, mods = x, intercept=FALSE)``.

    >>> x = np.column_stack((np.ones(4), [0.0, 1.0, 2.0, 3.0]))
    >>> found = line_fit(np.array([0.0, 1.0, 2.0, 5.0]), np.ones(4), x, method="DL")
    >>> found.estimates.coefficients.round(6).tolist(), round(float(found.qe), 6)
    ([-0.4, 1.6], 1.2)
    """
    if method != GIVEN:
        choose(TAU2, method, "τ² method")
    constant, origin = constant_effect(y, v, x)
    rows = _numbers.unchecked(y - origin, v, given, x=x, method=method)
    tau2, tau2_se, qe, trace = rows[:OF_SPREAD]
    return LineFit(
        tau2=tau2,
        tau2_se=tau2_se,
        qe=qe,
        trace=trace,
        estimates=unpacked(rows[OF_SPREAD:], constant),
    )


def limits_about_line(y: Array, v: Array, x: Array, level: float) -> tuple[Array, Array]:
    """Return limits of τ² about a line by Q-profile, (...) each; the arguments of ``line_fit``.

    Raises ConvergenceError. metafor: ``confint(rma(yi, vi, mods = x, intercept=FALSE))``.
    """
    _, origin = constant_effect(y, v, x)
    low, high = _limits.unchecked(y - origin, v, x=x, level=level)
    return low, high


_limits = batched(quick_on_one(limits_by_q))


@batched
def _numbers(trials: Trials, given: Array, *, method: str) -> Array:
    """Return τ², its error, Q and tr P at 0, then the fit, (4 + p + p² + 2, n)."""
    if trials.is_one:  # in vectors, a fraction of the time; the digits are the same
        spread, fit = _spread_and_fit(trials.as_vectors, given[0], method=method)
        return np.concatenate((spread[:, None], packed(trials, as_columns(fit))))
    spread, fit = _spread_and_fit(trials, given, method=method)
    return np.concatenate((spread, packed(trials, fit)))


def _spread_and_fit(trials: Trials, given: Array, *, method: str) -> tuple[Array, Projection]:
    """Return τ², its error, Q and tr P at 0, shape (4, n), and the fit at τ²."""
    at_zero = without_spread(trials)
    tau2 = given if method == GIVEN else TAU2[method].on_trials(trials)
    if method == GIVEN:
        error = np.full_like(tau2, np.nan)
    else:
        error = TAU2_SE[method].on_trials(trials, tau2)
    return np.array((tau2, error, at_zero.q, at_zero.trace())), at_tau2(trials, tau2)


def line_with_tau2(y: Array, v: Array, x: Array, method: str) -> Estimates:
    """Return the line alone, τ² by the estimator called ``method``; as ``line_fit``."""
    constant, origin = constant_effect(y, v, x)
    return unpacked(_line.unchecked(y - origin, v, x=x, method=method), constant)


@batched
def _line(trials: Trials, *, method: str) -> Array:
    """Return the fit at τ², (p + p² + 2, n)."""
    if trials.is_one:
        vectors = trials.as_vectors
        fit = at_tau2(vectors, TAU2[method].on_trials(vectors))
        return packed(trials, as_columns(fit))
    return packed(trials, at_tau2(trials, TAU2[method].on_trials(trials)))
