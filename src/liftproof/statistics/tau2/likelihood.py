"""The likelihood of τ², full and restricted, and the terms of its first two derivatives.

With P = W - WX(X'WX)⁻¹X'W the log-likelihood has the derivative (score) (y'P²y - tr A)/2 and the
second derivative (tr A² - 2 y'P³y)/2, where A is W for the full likelihood and P for the
restricted one. Each of these four terms falls as τ² rises, whatever the moderators.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Projection, at_tau2
from liftproof.statistics.weighting import dot

ROUNDING = 1e-15
"""Relative to tr A: a score below k times this is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of the score and its slope, in the shape of the τ² they were computed for.

    ``trace``: tr A; ``quadratic``: y'P²y; ``trace_of_square``: tr A²; ``cubic``: y'P³y.
    """

    trace: Array
    quadratic: Array
    trace_of_square: Array
    cubic: Array
    rounding: Array

    @property
    def score(self) -> Array:
        """Derivative of the log-likelihood."""
        return (self.quadratic - self.trace) / 2

    @property
    def slope(self) -> Array:
        """Derivative of the score."""
        return self.trace_of_square / 2 - self.cubic

    @property
    def is_rising(self) -> NDArray[np.bool_]:
        """Whether the likelihood rises, beyond what rounding explains."""
        return self.score > self.rounding

    @property
    def is_falling(self) -> NDArray[np.bool_]:
        """Whether the likelihood falls, beyond what rounding explains."""
        return self.score < -self.rounding

    def __getitem__(self, part: slice) -> "Terms":
        return Terms(**{item.name: getattr(self, item.name)[part] for item in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likelihood:
    """What a search needs to know of one kind of likelihood.

    ``traces``: tr A and tr A². ``observations``: a number m with tr A >= m/(vmax + τ²).
    ``log``: the log-likelihood at τ².
    """

    name: str
    traces: Callable[[Projection], tuple[Array, Array]]
    observations: Callable[[Trials], Array]
    log: Callable[[Trials, Array], Array]

    def terms(self, trials: Trials, tau2: Array) -> Terms:
        """Return the terms of score and slope at τ²."""
        fit = at_tau2(trials, tau2)
        trace, trace_of_square = self.traces(fit)
        return Terms(
            trace=trace,
            quadratic=dot(fit.py, fit.py),
            trace_of_square=trace_of_square,
            cubic=fit.form(fit.py),
            rounding=ROUNDING * len(trials.y) * trace,
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
    variances = np.where(np.isfinite(trials.v), trials.v + tau2, 1.0)
    return np.asarray(np.log(variances).sum(axis=0))


RESTRICTED = Likelihood(
    name="REML",
    traces=lambda fit: (fit.trace(), fit.trace_of_product()),
    observations=lambda trials: trials.df,
    log=restricted_log_likelihood,
)
FULL = Likelihood(
    name="ML",
    traces=lambda fit: (np.asarray(fit.w.sum(axis=0)), dot(fit.w, fit.w)),
    observations=lambda trials: trials.count,
    log=full_log_likelihood,
)
