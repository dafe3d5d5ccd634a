"""Mixed models of two arms' counts, by sums over a grid.

A trial's likelihood is the integral of its distribution given the log odds ratio η, over
η ~ N(θ, τ²): here the trapezoid sum over a grid about where both together are largest. An intercept
of the trial is at its maximum.
"""

from collections.abc import Callable, Mapping

import numpy as np
from scipy.special import expit, gammaln, log_expit, logsumexp, ndtri

from liftproof.engines.opinion import QUADRATURE, Array, Opinion, Question, no_opinion, number
from liftproof.engines.search import lowest

GRID = np.linspace(-12, 12, 81)
"""Places of the sum, in standard deviations of a trial's η; the trapezoid rule is then exact to
rounding for anything as smooth as a normal density."""
LEAST_TAU = 1e-5
"""A smaller τ is 0: the sum would need other places."""
STEP = 0.02
"""Of the differences that give the curvature, over the standard error."""
NEWTON_STEPS, SMALLEST_STEP = 20, 1e-8
"""Of an intercept: its maximum is flat, and the square of the last step is what is lost."""
ROUNDING = 1e-10
"""Of a log-likelihood: no maximum is told from another that is higher by less."""
LogLikelihood = Callable[[float, float], float]
"""Of θ and τ."""
Given = Callable[[tuple[Array, ...], Array, Array], Array]
"""From the arms, η (k, places) and the density of η to the logarithms of the trials' distributions,
but for what does not depend on θ and τ."""


def ask(question: Question) -> Opinion:
    """Maximise the likelihood over θ and τ; limits from its curvature in both."""
    if question.measure != "OR":
        return no_opinion("not asked: effects.csv holds no person-time")

    def log_likelihood(theta: float, tau: float) -> float:
        return _log_likelihood(question, theta, max(abs(tau), LEAST_TAU))

    y, v = _normal(question.arms)
    first = [float((y / v).sum() / (1 / v).sum()), float(y.std()) or 0.1]
    found, _ = lowest(lambda at: -log_likelihood(*at), first)
    theta, tau = float(found[0]), abs(float(found[1]))
    if log_likelihood(theta, 0.0) >= log_likelihood(theta, tau) - ROUNDING:
        (theta,), _ = lowest(lambda at: -log_likelihood(at[0], 0.0), [theta])
        tau = 0.0
    se = _standard_error(log_likelihood, theta, tau)
    half = ndtri((1 + question.level) / 2) * se
    return Opinion(
        method=f"{question.model}, sums over {GRID.size} places a trial, Nelder-Mead, wald",
        kind=QUADRATURE,
        estimate=number(theta),
        ci_low=number(theta - half),
        ci_high=number(theta + half),
        tau2=tau**2,
    )


def _normal(arms: tuple[Array, ...]) -> tuple[Array, Array]:
    """Return the log odds ratios and their variances, halves added: where the sums are made."""
    a, n1, c, n2 = arms
    cells = np.array([a, n1 - a, c, n2 - c]) + 0.5
    signs = np.array([1.0, -1.0, -1.0, 1.0])
    return signs @ np.log(cells), (1 / cells).sum(axis=0)


def _log_likelihood(question: Question, theta: float, tau: float) -> float:
    """Return the log-likelihood of all trials, but for a constant."""
    y, v = _normal(question.arms)
    width = 1 / np.sqrt(1 / v + 1 / tau**2)
    centre = width**2 * (y / v + theta / tau**2)
    eta = centre[:, None] + width[:, None] * GRID
    density = -0.5 * ((eta - theta) / tau) ** 2 - np.log(tau * np.sqrt(2 * np.pi))
    given = GIVEN[question.model](question.arms, eta, density)
    step = width * (GRID[1] - GRID[0])
    return float((logsumexp(given + density, axis=1) + np.log(step)).sum())


def _own_intercepts(arms: tuple[Array, ...], eta: Array, density: Array) -> Array:
    """UM.FS: both arms binomial, log odds μ ± η/2, the trial's μ where its integral is largest."""
    a, n1, c, n2 = (each[:, None] for each in arms)
    mu = np.log((a + c + 1) / (n1 + n2 - a - c + 1))
    for _ in range(NEWTON_STEPS):
        given = _two_binomials((a, n1, c, n2), mu, eta)
        weights = np.exp(given + density - logsumexp(given + density, axis=1, keepdims=True))
        first, second = expit(mu + eta / 2), expit(mu - eta / 2)
        score = a - n1 * first + c - n2 * second
        information = n1 * first * (1 - first) + n2 * second * (1 - second)
        slope, curve = (weights * score).sum(axis=1), (weights * information).sum(axis=1)
        spread = (weights * (score - slope[:, None]) ** 2).sum(axis=1)
        step = np.clip(slope / np.maximum(curve - spread, 0.1 * curve), -1, 1)
        mu = mu + step[:, None]
        if np.abs(step).max() < SMALLEST_STEP:
            break
    return _two_binomials((a, n1, c, n2), mu, eta)


def _two_binomials(arms: tuple[Array, ...], mu: Array, eta: Array) -> Array:
    a, n1, c, n2 = arms
    first, second = mu + eta / 2, mu - eta / 2
    return np.asarray(
        a * log_expit(first)
        + (n1 - a) * log_expit(-first)
        + c * log_expit(second)
        + (n2 - c) * log_expit(-second)
    )


def _exact(arms: tuple[Array, ...], eta: Array, _: Array) -> Array:
    """CM.EL: the noncentral hypergeometric distribution of a given all margins."""
    rows = []
    for (a, n1, c, n2), places in zip(np.array(arms).T, eta, strict=True):
        x = np.arange(max(0.0, a + c - n2), min(n1, a + c) + 1)
        ways = -sum(gammaln(each + 1) for each in (x, n1 - x, a + c - x, n2 - a - c + x))
        own = ways[int(a - x[0])]
        rows.append(own + a * places - logsumexp(ways + np.outer(places, x), axis=1))
    return np.array(rows)


def _approximate(arms: tuple[Array, ...], eta: Array, _: Array) -> Array:
    """CM.AL: a of a + c binomial, with odds exp(η) n₁/n₂."""
    a, n1, c, n2 = (each[:, None] for each in arms)
    odds = eta + np.log(n1 / n2)
    return np.asarray(a * log_expit(odds) + c * log_expit(-odds))


GIVEN: Mapping[str, Given] = {
    "UM.FS": _own_intercepts,
    "CM.EL": _exact,
    "CM.AL": _approximate,
}
MODELS = (*GIVEN, "UM.RS")


def _standard_error(function: LogLikelihood, theta: float, tau: float) -> float:
    """Return the standard error of θ from the curvature in θ and τ, in θ alone where τ is 0."""
    size = float(np.sqrt(-1 / _curvature(lambda at: function(theta + at, tau), 0.1)))

    def along(direction: tuple[float, float]) -> float:
        return _curvature(
            lambda at: function(theta + at * direction[0], tau + at * direction[1]), STEP * size
        )

    if tau == 0:
        return float(np.sqrt(-1 / along((1, 0))))
    of_theta, of_tau = along((1, 0)), along((0, 1))
    mixed = (along((1, 1)) - of_theta - of_tau) / 2
    return float(np.sqrt(-of_tau / (of_theta * of_tau - mixed**2)))


def _curvature(function: Callable[[float], float], step: float) -> float:
    """Return the second derivative at 0, by central differences of two widths."""
    middle = function(0.0)
    near, far = ((function(h) - 2 * middle + function(-h)) / h**2 for h in (step, 2 * step))
    return (4 * near - far) / 3
