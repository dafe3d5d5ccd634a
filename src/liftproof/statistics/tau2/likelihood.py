"""The likelihood of τ², full and restricted, and the terms of its first two derivatives.

With P = W - WX(X'WX)⁻¹X'W the log-likelihood has the derivative (score) (y'P²y - tr A)/2 and the
second derivative (tr A² - 2 y'P³y)/2, where A is W for the full likelihood and P for the
restricted one. Each of these four terms falls as τ² rises, whatever the moderators.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftproof.statistics.batches import Trials, quick_on_one
from liftproof.statistics.checks import Array
from liftproof.statistics.division import Numbers, larger, square_root
from liftproof.statistics.projection import Projection, at_tau2
from liftproof.statistics.tau2.concave import Concave
from liftproof.statistics.tau2.terms_of_one import terms_about_line, terms_about_mean
from liftproof.statistics.weighting import dot

ROUNDING = 1e-15
"""Relative to the terms: differences below k times this are rounding."""

LEAST = 1e-300
"""Put for a term of 0, which identical effects and a single trial have."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of the score and its slope, in the shape of the τ² they were computed for.

    ``trace``: tr A; ``quadratic``: y'P²y; ``trace_of_square``: tr A²; ``cubic``: y'P³y.
    """

    trace: Array
    quadratic: Array
    trace_of_square: Array
    cubic: Array

    def as_numbers(self) -> "Terms":
        """Return the same of one data set as plain numbers."""
        names = ("trace", "quadratic", "trace_of_square", "cubic")
        return Terms(**{name: float(getattr(self, name)) for name in names})  # type: ignore[arg-type]

    @property
    def score(self) -> Array:
        """Derivative of the log-likelihood."""
        return (self.quadratic - self.trace) / 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likelihood:
    """What a search needs to know of one kind of likelihood.

    ``traces``: tr A and tr A². ``observations``: a number m with tr A >= m/(vmax + τ²).
    ``log``: the log-likelihood at τ². ``is_restricted``: whether A is P, else W.
    """

    name: str
    is_restricted: bool
    traces: Callable[[Projection], tuple[Array, Array]]
    observations: Callable[[Trials], Array]
    log: Callable[[Trials, Array], Array]

    def terms(self, fit: Projection) -> Terms:
        """Return the terms of score and slope for the weights of ``fit``."""
        trace, trace_of_square = self.traces(fit)
        return Terms(
            trace=trace,
            quadratic=dot(fit.py, fit.py),
            trace_of_square=trace_of_square,
            cubic=fit.form(fit.py),
        )

    def concave(self, trials: Trials, tau2: Array) -> Concave:
        """Return f and g of ``concave`` at τ² of shape (n,)."""
        f, f_slope, g, g_slope = self._concave(trials, tau2)
        rounding = ROUNDING * len(trials.y)
        return Concave(f=f, f_slope=f_slope, g=g, g_slope=g_slope, rounding=rounding)

    def concave_of_one(self, trials: Trials, tau2: float) -> Concave:
        """Return the same of one data set in vectors, as numbers in place of arrays."""
        about = terms_about_mean if trials.moderators is None else terms_about_line
        found = about(trials, tau2, is_restricted=self.is_restricted)
        if found is None:
            terms = self.terms(at_tau2(trials, tau2)).as_numbers()
            return concave_functions(terms, len(trials.y))
        return _concave_of(*found, len(trials.y))

    @quick_on_one
    def _concave(self, trials: Trials, tau2: Array) -> Array:
        """Return f, its slope, g and its slope, shape (4, n)."""
        at = concave_functions(self.terms(at_tau2(trials, tau2)), len(trials.y))
        return np.array((at.f, at.f_slope, at.g, at.g_slope))


def concave_functions(terms: Terms, k: int) -> Concave:
    """Return f and g from the terms of the score of k trials."""
    return _concave_of(terms.trace, terms.quadratic, terms.trace_of_square, terms.cubic, k)


def _concave_of(
    trace: Numbers, quadratic: Numbers, trace_of_square: Numbers, cubic: Numbers, k: int
) -> Concave:
    """Return f and g from the four terms one by one."""
    quadratic, trace = larger(quadratic, LEAST), larger(trace, LEAST)
    f, g = 1 / square_root(quadratic), 1 / square_root(trace)
    return Concave(
        f=f,
        f_slope=f * (cubic / quadratic),
        g=g,
        g_slope=g * (trace_of_square / trace / 2),
        rounding=ROUNDING * k,
    )


def full_log_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return -(k log 2π + Σ log(v + τ²) + Q(τ²))/2 for τ² of shape (n,)."""
    logs = trials.count * np.log(2 * np.pi) + _log_variances(trials, tau2)
    return np.asarray(-(logs + at_tau2(trials, tau2).q) / 2)


def restricted_log_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return the same for k - p contrasts: less log det X'WX, plus log det X'X, as in metafor.

    The determinants are those of orthonormal columns, in which X'X has determinant 1.
    """
    fit = at_tau2(trials, tau2)
    unit = 0.0 if trials.moderators is not None else np.log(trials.count)
    logs = trials.df * np.log(2 * np.pi) + _log_variances(trials, tau2)
    return np.asarray(-(logs + fit.log_determinant - unit + fit.q) / 2)


def _log_variances(trials: Trials, tau2: Array) -> Array:
    """Return Σ log(v + τ²) over the trials that take part."""
    variances = trials.v + tau2
    taking_part = variances if trials.are_all else np.where(np.isfinite(variances), variances, 1.0)
    return np.asarray(np.log(taking_part).sum(axis=0))


RESTRICTED = Likelihood(
    name="REML",
    is_restricted=True,
    traces=lambda fit: fit.traces(),
    observations=lambda trials: trials.df,
    log=restricted_log_likelihood,
)
FULL = Likelihood(
    name="ML",
    is_restricted=False,
    traces=lambda fit: (np.asarray(fit.w.sum(axis=0)), dot(fit.w, fit.w)),
    observations=lambda trials: trials.count,
    log=full_log_likelihood,
)
