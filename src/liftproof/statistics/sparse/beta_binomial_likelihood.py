"""The likelihood of beta-binomial counts in two arms, stable down to no overdispersion."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.two_arm_tables import Table

Derivatives = tuple[float, Array, Array]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arm:
    """The likelihood of one arm's counts in all trials, by η = logit p and γ = ρ/(1 - ρ).

    ln L = Σ ln(p + rγ) over events + Σ ln(1 - p + rγ) over participants without one - Σ ln(1 + rγ)
    over all, r counting those before. So it needs but how many trials have more than r of each.
    The outcome that fewer have, of probability m, is summed as it stands: ``few``, shape (r,).
    The other is taken together with all participants, Σ ln(1 - m/(1 + rγ)), so that long sums
    do not cancel: ``many`` (r,), and ``rest`` (r,), all participants less those.
    ``sign``: 1 where events are the fewer, else -1: logit m = sign η. ``constant``: Σ ln C(n, a).
    """

    few: Array
    many: Array
    rest: Array
    sign: float
    constant: float

    def derivatives(self, eta: float, gamma: float) -> Derivatives:
        """Return value, gradient (2,) and Hessian (2, 2) by η and γ."""
        m, other = expit(self.sign * eta), expit(-self.sign * eta)
        value, by_m, by_gamma, second = self._few(m, gamma)
        for part in (self._many(m, other, gamma), self._rest(gamma)):
            value, by_m = value + part[0], by_m + part[1]
            by_gamma, second = by_gamma + part[2], second + part[3]
        slope = self.sign * m * other
        gradient = np.array([slope * by_m, by_gamma])
        hessian = second * np.array([[slope**2, slope], [slope, 1.0]])
        hessian[0, 0] += (other - m) * m * other * by_m
        return float(value + self.constant), gradient, hessian

    def rounding(self, eta: float, gamma: float) -> float:
        """Return the order of the value's rounding error: of its summands, not of their sum."""
        m = expit(self.sign * eta)
        r = np.arange(len(self.many), dtype=np.float64)
        whole = np.log1p(r * gamma)
        parts = (
            self.few @ np.abs(np.log(m + r[: len(self.few)] * gamma)),
            self.many @ -np.log1p(-m / (1 + r * gamma)),
            np.abs(self.rest) @ whole,
            abs(self.constant),
        )
        return float(sum(parts) * np.finfo(float).eps)

    def _few(self, m: float, gamma: float) -> tuple[float, float, float, Array]:
        """Return Σ ln(m + rγ), its slopes by m and γ, and its second derivatives."""
        r = np.arange(len(self.few), dtype=np.float64)
        term = m + r * gamma
        first = self.few / term
        square = first / term
        mixed = square @ r
        second = -np.array([[square.sum(), mixed], [mixed, square @ r**2]])
        return float(self.few @ np.log(term)), float(first.sum()), float(first @ r), second

    def _many(self, m: float, other: float, gamma: float) -> tuple[float, float, float, Array]:
        """Return Σ ln(1 - m/(1 + rγ)) with its slopes and second derivatives."""
        r = np.arange(len(self.many), dtype=np.float64)
        whole, term = 1 + r * gamma, other + r * gamma
        value = self.many @ np.log1p(-m / whole)
        first, share = self.many / term, r / whole
        square = first / term
        mixed = square @ r
        by_gamma = m * (first @ share)
        last = -m * (square @ (share**2 * (whole + term)))
        second = np.array([[-square.sum(), mixed], [mixed, last]])
        return float(value), -float(first.sum()), float(by_gamma), second

    def _rest(self, gamma: float) -> tuple[float, float, float, Array]:
        """Return -Σ ln(1 + rγ) with its slopes and second derivatives."""
        r = np.arange(len(self.rest), dtype=np.float64)
        share = r / (1 + r * gamma)
        second = np.array([[0.0, 0.0], [0.0, self.rest @ share**2]])
        return -float(self.rest @ np.log1p(r * gamma)), 0.0, -float(self.rest @ share), second


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BetaBinomialLikelihood:
    """The likelihood of both arms, which share γ."""

    intervention: Arm
    control: Arm

    def derivatives(self, eta: Array, gamma: float) -> Derivatives:
        """Return value, gradient (3,) and Hessian (3, 3) by the two log odds and γ."""
        total, gradient, hessian = 0.0, np.zeros(3), np.zeros((3, 3))
        for arm, own in enumerate((self.intervention, self.control)):
            value, slopes, curvatures = own.derivatives(float(eta[arm]), gamma)
            places = [arm, 2]
            total += value
            gradient[places] += slopes
            hessian[np.ix_(places, places)] += curvatures
        return total, gradient, hessian

    def rounding(self, eta: Array, gamma: float) -> float:
        """Return the order of the rounding error of the value."""
        arms = (self.intervention, self.control)
        return sum(arm.rounding(float(eta[i]), gamma) for i, arm in enumerate(arms))


def likelihood_of(table: Table) -> BetaBinomialLikelihood:
    """Return the likelihood of a table of shape (k,)."""
    return BetaBinomialLikelihood(
        intervention=_arm(table.a, table.b), control=_arm(table.c, table.d)
    )


def _arm(events: Array, others: Array) -> Arm:
    """Return the likelihood of one arm's counts."""
    n = events + others
    is_rare = events.sum() <= others.sum()
    few, many = (events, others) if is_rare else (others, events)
    longest = int(n.max())
    constant = gammaln(n + 1) - gammaln(events + 1) - gammaln(others + 1)
    return Arm(
        few=_more_than(few, int(few.max())),
        many=_more_than(many, longest),
        rest=_more_than(n, longest) - _more_than(many, longest),
        sign=1.0 if is_rare else -1.0,
        constant=float(constant.sum()),
    )


def _more_than(counts: Array, longest: int) -> Array:
    """Return how many of the counts exceed r = 0, 1, ..., longest - 1."""
    at_most = np.searchsorted(np.sort(counts), np.arange(longest), side="right")
    return np.asarray(len(counts) - at_most, dtype=np.float64)
