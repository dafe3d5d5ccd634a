"""The three-level model by its dense covariance: V + σ²ZZ' of the trials + σ²I of their results."""

from itertools import product

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import ndtri, stdtrit

from liftproof.engines.opinion import ITERATIVE, Array, Opinion, Question, no_opinion, number
from liftproof.engines.search import lowest

SIZES = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Standard deviations to start from, over that of the effects and their errors together."""
STARTS = 2
"""Of the pairs of sizes, as many as the likelihood is highest at are climbed from."""
METHODS = ("REML", "ML")
INTERVALS = ("wald", "t")


def ask(question: Question) -> Opinion:
    """Maximise the (restricted) likelihood over both standard deviations."""
    if question.tau2_method not in METHODS or question.interval not in INTERVALS:
        return no_opinion(f"no {question.tau2_method} with {question.interval} limits")
    same = np.equal.outer(question.studies, question.studies).astype(float)
    restricted = question.tau2_method == "REML"

    def minus(sigmas: Array) -> float:
        return -_log_likelihood(question, same, sigmas, restricted=restricted)[0]

    scale = float(np.sqrt(question.y.var() + question.v.mean()))
    pairs = sorted((np.array(pair) * scale for pair in product(SIZES, SIZES)), key=minus)
    climbed = [lowest(minus, pair, _simplex(pair, scale)) for pair in pairs[:STARTS]]
    sigmas, _ = min(climbed, key=lambda each: each[1])
    _, estimate, variance = _log_likelihood(question, same, sigmas, restricted=restricted)
    tau2 = float(sigmas @ sigmas)
    wanted = (1 + question.level) / 2
    quantile = ndtri(wanted)
    if question.interval == "t":
        quantile = stdtrit(len(question.y) - 1, wanted)
    half, far = quantile * np.sqrt(variance), quantile * np.sqrt(variance + tau2)
    return Opinion(
        method=f"dense covariance, {question.tau2_method}, Nelder-Mead, {question.interval}",
        kind=ITERATIVE,
        estimate=number(estimate),
        ci_low=number(estimate - half),
        ci_high=number(estimate + half),
        tau2=tau2,
        pi_low=number(estimate - far),
        pi_high=number(estimate + far),
    )


def _simplex(start: Array, scale: float) -> Array:
    """Return a first simplex a tenth of the scale wide: the default is tiny where a start is 0."""
    return np.array([start, *(start + 0.1 * scale * np.eye(2))])


def _log_likelihood(
    question: Question, same: Array, sigmas: Array, *, restricted: bool
) -> tuple[float, float, float]:
    """Return the log-likelihood but for a constant, the mean, and the variance of the mean.

    ``same``, (k, k): 1 for effects of one trial. ``sigmas``: the standard deviations between trials
    and within, of either sign.
    """
    between, within = sigmas**2
    factor = cho_factor(np.diag(question.v + within) + between * same, lower=True)
    right = np.column_stack((np.ones_like(question.y), question.y))
    ones, solved = cho_solve(factor, right).T  # type: ignore[no-untyped-call]
    information = float(ones.sum())
    mean = float(ones @ question.y) / information
    residual = question.y - mean
    determinant = 2 * float(np.log(np.diag(factor[0])).sum())
    squares = float(residual @ (solved - mean * ones))
    extra = np.log(information) if restricted else 0.0
    return -0.5 * (determinant + squares + float(extra)), mean, 1 / information
