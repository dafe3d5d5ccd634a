"""Distributions of counts given a linear predictor η, as the mixed models need them.

Each is an exponential family in η with its canonical link, so that its log density is concave in
η. Counts have shape (k, arms); η has shape (..., k, arms), and so have the results.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logit, xlogy

from liftproof.statistics.checks import Array


class Family(Protocol):
    """What a mixed model asks of a distribution."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of trials, and of observations in each."""

    def log_density(self, eta: Array) -> Array:
        """Return ln P(counts | η), with all constants."""

    def slopes(self, eta: Array) -> tuple[Array, Array]:
        """Return the derivative of the log density, and the second with its sign turned."""

    def saturated(self) -> Array:
        """Return the largest log density that any η gives; shape (k, arms)."""

    def without_infinite(self) -> "Family":
        """Return the same without the first arms for which no finite η is likeliest."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Binomial:
    """``events`` of ``n``, logit p = ``offset`` + η; all of shape (k, arms)."""

    events: Array
    n: Array
    offset: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of trials, and of observations in each."""
        return self.events.shape[0], self.events.shape[1]

    def log_density(self, eta: Array) -> Array:
        """Return ln P = ln P(p̂) + ad - n ln(1 + p̂(exp(d) - 1)), d = offset + η - logit p̂, p̂ = a/n.

        Near p̂ the terms are small whatever the counts, so that differences of ln P keep their
        digits. Far from it, and for p̂ of 0 or 1, ln P is summed as it stands.
        """
        total = eta + self.offset
        inner, own, own_logit, saturated = self._own
        distance = total - own_logit
        near = inner & (np.abs(distance) < FAR)
        is_near = near.all()
        distance = distance if is_near else np.where(near, distance, 0.0)
        close = self.events * distance - self.n * np.log1p(own * np.expm1(distance))
        log_density: Array = saturated + close
        if not is_near:
            plain = self._constant() + self.events * total - self.n * np.logaddexp(0, total)
            log_density = np.where(near, log_density, plain)
        return log_density

    def slopes(self, eta: Array) -> tuple[Array, Array]:
        """Return a - np and np(1 - p)."""
        total = eta + self.offset
        odds = np.exp(-np.abs(total))  # of the rarer outcome, to all digits
        commoner = 1 / (1 + odds)
        p = np.where(total > 0, commoner, odds * commoner)
        return self.events - self.n * p, self.n * (odds * commoner * commoner)

    def saturated(self) -> Array:
        """Return the log density at p = a/n."""
        a, b = self.events, self.n - self.events
        log_density: Array = self._constant() + xlogy(a, a) + xlogy(b, b) - xlogy(self.n, self.n)
        return log_density

    def without_infinite(self) -> "Binomial":
        """Return the same with n = 0 in first arms in which nobody, or everybody, had an event."""
        infinite = (self.events == 0) | (self.events == self.n)
        infinite[:, 1:] = False
        events, n = (np.where(infinite, 0.0, values) for values in (self.events, self.n))
        return replace(self, events=events, n=n)

    @cached_property
    def _own(self) -> tuple[NDArray[np.bool_], Array, Array, Array]:
        """Whether 0 < p̂ < 1 (else 1/2 stands for it), p̂, its logit, and the log density there."""
        inner = (self.events > 0) & (self.events < self.n)
        own = np.where(inner, self.events, 1.0) / np.where(inner, self.n, 2.0)
        return inner, own, logit(own), self.saturated()

    def _constant(self) -> Array:
        """Return ln C(n, a)."""
        n, a = self.n, self.events
        return np.asarray(gammaln(n + 1) - gammaln(a + 1) - gammaln(n - a + 1))


@dataclass(frozen=True, kw_only=True, eq=False)
class Poisson:
    """``events`` over person-time, ln mean = ``offset`` + η, offset = ln time; shape (k, arms)."""

    events: Array
    offset: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of trials, and of observations in each."""
        return self.events.shape[0], self.events.shape[1]

    def log_density(self, eta: Array) -> Array:
        """Return ln P = ln P(mean x) - x(exp(d) - 1 - d), d = offset + η - ln x.

        As it stands, x ln(mean) - mean - ln x!, far from there and for x = 0.
        """
        total = eta + self.offset
        inner, own_log, saturated = self._own
        distance = total - own_log
        near = inner & (np.abs(distance) < FAR)
        distance = np.where(near, distance, 0.0)
        close = -self.events * (np.expm1(distance) - distance)
        with np.errstate(over="ignore"):  # a rate beyond all numbers has density 0
            plain = self.events * total - np.exp(total) - gammaln(self.events + 1)
        return np.where(near, saturated + close, plain)

    def slopes(self, eta: Array) -> tuple[Array, Array]:
        """Return x - mean and the mean."""
        mean = np.exp(np.minimum(eta + self.offset, MOST))
        return self.events - mean, mean

    def saturated(self) -> Array:
        """Return the log density at a mean of x."""
        x = self.events
        log_density: Array = xlogy(x, x) - x - gammaln(x + 1)
        return log_density

    @cached_property
    def _own(self) -> tuple[NDArray[np.bool_], Array, Array]:
        """Whether x > 0 (else 1 stands for it), ln x, and the log density at a mean of x."""
        inner = self.events > 0
        return inner, np.log(np.where(inner, self.events, 1.0)), self.saturated()

    def without_infinite(self) -> "Poisson":
        """Return the same with next to no person-time in first arms without events."""
        infinite = self.events == 0
        infinite[:, 1:] = False
        return replace(self, offset=np.where(infinite, -NO_TIME, self.offset))


FAR = 30.0
"""Distance on the log scale from which ln P is summed as it stands."""
NO_TIME = 1e4
"""exp(-this) is 0, whatever the rate."""
MOST = 700.0
"""exp() of more is no number."""
