"""The beta-binomial model of two arms: risks vary between arms of trials, by a common correlation.

In each arm the risk follows a beta distribution with mean p₁ (intervention) or p₂ (control); ρ is
the correlation of two participants of one arm. Trials with no event in one arm or in both inform
the means as any other; that two arms belong to one trial is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.effects.checked_arms import whole_table_of
from liftproof.statistics.effects.two_arm_tables import Table
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.sparse.beta_binomial_likelihood import (
    BetaBinomialLikelihood,
    likelihood_of,
)

GRID = np.concatenate(([0.0], 10.0 ** np.arange(-6, 4)))
"""Overdispersions γ = ρ/(1 - ρ) from which the search starts: ρ is 0, or from 1e-6 to 0.999."""
TOLERANCE = 1e-16
"""Of the square of the last step, in standard errors: it is then below 1e-8 of one."""
MAX_STEPS = 200
"""Newton's method takes some 10."""
LONGEST = 2.0
"""No step changes a log odds by more."""
MOST_PARTICIPANTS = 10**6
"""In an arm: a search takes some 5 s with so many."""
WORSE = 4.0
"""A fall of the log-likelihood by fewer than these rounding errors of its summands is none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BetaBinomial(Result):
    """A beta-binomial model's pooled estimate, on the analysis scale (log for ratios).

    ``measure``, ``level``, ``k``. ``estimate``, ``se``, ``variance`` (= ``se``², delta method
    from the observed information), ``statistic`` = estimate/se, ``p_value`` of no effect (normal,
    two-sided), ``ci_low``, ``ci_high``. ``risk_intervention``, ``risk_control``: mean risks;
    ``correlation`` ρ, and ``at_boundary``: whether it is 0. ``log_likelihood`` with all constants.
    """

    measure: str
    level: float
    k: int
    estimate: float
    se: float
    variance: float
    statistic: float
    p_value: float
    ci_low: float
    ci_high: float
    risk_intervention: float
    risk_control: float
    correlation: float
    at_boundary: bool
    log_likelihood: float


Measure = Callable[[Array], tuple[float, Array]]


def _odds_ratio(eta: Array) -> tuple[float, Array]:
    """Return the difference of log odds and its gradient."""
    return float(eta[0] - eta[1]), np.array([1.0, -1.0])


def _risk_ratio(eta: Array) -> tuple[float, Array]:
    """Return ln p₁ - ln p₂ and its gradient."""
    return float(np.log(expit(eta[0])) - np.log(expit(eta[1]))), expit(-eta) * [1.0, -1.0]


def _risk_difference(eta: Array) -> tuple[float, Array]:
    """Return p₁ - p₂ and its gradient."""
    return float(expit(eta[0]) - expit(eta[1])), expit(eta) * expit(-eta) * [1.0, -1.0]


MEASURES: Mapping[str, Measure] = {"OR": _odds_ratio, "RR": _risk_ratio, "RD": _risk_difference}
"""From the log odds of p₁ and p₂ to the effect and its gradient."""


@of_one_index
def beta_binomial(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    measure: str = "OR",
    level: float = 0.95,
) -> BetaBinomial:
    """Return the effect of ``measure`` between the mean risks of a beta-binomial model, by ML.

    ln L = Σ over arms of ln C(n, a) + ln B(a + α, n - a + β) - ln B(α, β), α = p(1 - ρ)/ρ,
    β = (1 - p)(1 - ρ)/ρ, one ρ >= 0 for all arms. Counts have shape (k,). All three measures are of
    one fit. The search starts from a grid of ρ, keeps the highest maximum, and ends with a step
    below 1e-8 standard errors. Raises InputError, also where an arm has no event, or only events,
    in any trial, and ConvergenceError.

    Source: Kuss 2015, Stat Med 34, 1097-1116; Griffiths 1973, Biometrics 29, 637-648. metafor has
    no such model; R: ``aod::betabin(cbind(a, n - a) ~ arm, ~ 1)``.

    >>> fit = beta_binomial([0, 1, 2, 0], [116, 44, 208, 66], [3, 3, 9, 7], [117, 35, 195, 64])
    >>> round(fit.estimate, 4), round(fit.se, 4), round(fit.correlation, 4)
    (-2.095, 0.6194, 0.0)
    """
    effect = choose(MEASURES, measure, "measure of the beta-binomial model")
    table = whole_table_of(events_intervention, n_intervention, events_control, n_control)
    _require_usable(table)
    likelihood = likelihood_of(table)
    eta, gamma, value, information = _maximum(likelihood, table)
    estimate, gradient = effect(eta)
    free = slice(0, 2) if gamma == 0 else slice(0, 3)
    covariance = np.linalg.inv(information[free, free])[:2, :2]
    variance = float(gradient @ covariance @ gradient)
    se = float(np.sqrt(variance))
    ci_low, ci_high = limits(estimate, se, level)
    return BetaBinomial(
        measure=measure,
        level=level,
        k=len(table.a),
        estimate=estimate,
        se=se,
        variance=variance,
        statistic=estimate / se,
        p_value=float(two_sided_p(np.asarray(estimate / se))),
        ci_low=float(ci_low),
        ci_high=float(ci_high),
        risk_intervention=float(expit(eta[0])),
        risk_control=float(expit(eta[1])),
        correlation=gamma / (1 + gamma),
        at_boundary=gamma == 0,
        log_likelihood=value,
    )


def _require_usable(table: Table) -> None:
    """Raise InputError unless the counts are of one data set and bound both risks."""
    if table.a.ndim != 1:
        raise InputError(f"A beta-binomial model takes shape (k,), not {table.a.shape}.")
    for events, others, arm in ((table.a, table.b, "intervention"), (table.c, table.d, "control")):
        for counts, what in ((events, "nobody has"), (others, "everybody has")):
            if not counts.sum() > 0:
                raise InputError(
                    f"The beta-binomial model has no finite estimate: {what} an event in the "
                    f"{arm} arms. Use a risk difference by Mantel-Haenszel."
                )
    largest = float(max(table.n1.max(), table.n2.max()))
    if largest > MOST_PARTICIPANTS:
        raise InputError(
            f"The beta-binomial likelihood counts participants one by one: {largest:g} in an arm "
            f"are more than the {MOST_PARTICIPANTS} it takes. Use a mixed model such as UM.FS."
        )


def _maximum(likelihood: BetaBinomialLikelihood, table: Table) -> tuple[Array, float, float, Array]:
    """Return log odds, γ, log-likelihood and information at the highest maximum."""
    pooled = np.array([table.a.sum() / table.n1.sum(), table.c.sum() / table.n2.sum()])
    eta, on_grid = logit(pooled), []
    for gamma in GRID:
        eta, value = _climb(likelihood, eta, gamma, free=2)[:2]
        on_grid.append((value, eta, gamma))
    values = np.array([value for value, _, _ in on_grid])
    if values[-1] > values[:-1].max():
        raise ConvergenceError(
            "The beta-binomial likelihood rises as the correlation goes to 1: all arms have events "
            "in nobody or in everybody. Use Mantel-Haenszel."
        )
    padded = np.concatenate(([-np.inf], values, [-np.inf]))
    peaks = np.flatnonzero((values >= padded[:-2]) & (values >= padded[2:]))
    found = [_climb(likelihood, on_grid[i][1], on_grid[i][2], free=3) for i in peaks]
    eta, value, gamma = max(found, key=lambda maximum: maximum[1])
    return eta, gamma, value, -likelihood.derivatives(eta, gamma)[2]


def _climb(
    likelihood: BetaBinomialLikelihood, eta: Array, gamma: float, free: int
) -> tuple[Array, float, float]:
    """Return log odds, log-likelihood and γ at the maximum by Newton's method, γ >= 0.

    γ is held where only two parameters are ``free``, and at 0 where the likelihood falls there.
    """
    at = np.array([*eta, gamma])
    rounding = WORSE * likelihood.rounding(eta, gamma)
    value, gradient, hessian = likelihood.derivatives(at[:2], at[2])
    for _ in range(MAX_STEPS):
        count = 2 if at[2] == 0 and gradient[2] <= 0 else free
        step, squared = _step(gradient[:count], -hessian[:count, :count])
        if squared <= TOLERANCE:
            return at[:2], value, float(at[2])
        at, value = _shortened(likelihood, at, value, step, rounding)
        _, gradient, hessian = likelihood.derivatives(at[:2], at[2])
    raise ConvergenceError(
        f"The beta-binomial search did not end within {MAX_STEPS} steps; use Mantel-Haenszel."
    )


def _step(gradient: Array, information: Array) -> tuple[Array, float]:
    """Return Newton's step, upwards where the likelihood is not concave, and its square."""
    scale = 1 / np.sqrt(np.abs(np.diag(information)) + np.finfo(float).tiny)
    values, vectors = np.linalg.eigh(information * np.outer(scale, scale))
    turned = vectors.T @ (gradient * scale)
    sizes = np.maximum(np.abs(values), np.finfo(float).eps)
    return scale * (vectors @ (turned / sizes)), float(turned**2 @ (1 / sizes))


def _shortened(
    likelihood: BetaBinomialLikelihood, at: Array, value: float, step: Array, rounding: float
) -> tuple[Array, float]:
    """Return the point after a step that does not lower the likelihood, and its value there."""
    share = min(1.0, LONGEST / max(np.abs(step[:2]).max(), np.finfo(float).tiny))
    for _ in range(MAX_STEPS):
        moved = at.copy()
        moved[: len(step)] += share * step
        moved[2] = max(0.0, moved[2])
        after = likelihood.derivatives(moved[:2], moved[2])[0]
        if after >= value - rounding:
            return moved, after
        share /= 2
    return at, value
