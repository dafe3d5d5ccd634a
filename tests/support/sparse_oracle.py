"""A second way to the standard errors and Wald's Q of mixed models, by differences and by sums."""

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import hypergeom

from liftproof.statistics.effects.checked_arms import rates_of, table_of
from liftproof.statistics.sparse.glmm_models import FROM_RATES, FROM_TABLES, interactions
from liftproof.statistics.sparse.glmm_setup import CountTerms
from liftproof.statistics.sparse.newton import Points
from liftproof.statistics.sparse.search import climb, maximise
from support.curvature import hessian
from support.sparse_cases import counts, fitted

WIDTH = 0.1
"""Largest step of the differences, in units of a log odds ratio."""


def setup_of(case):
    """Return the model of a case, of the trials that inform it."""
    is_rate = case["measure"] == "IRR"
    first, n1, second, n2 = counts(case["dataset"])
    events = first + second
    used = events > 0 if is_rate else (events > 0) & (events < n1 + n2)
    columns = [column[used] for column in (first, n1, second, n2)]
    terms = CountTerms(x=np.ones((used.sum(), 1)), nodes=fitted(case).nodes)
    if is_rate:
        return FROM_RATES[case["model"]](rates_of(*columns), terms)
    return FROM_TABLES[case["model"]](table_of(*columns), terms)


def covariance_of_free(model, maximum, is_known):
    """Return the covariance of the parameters that are not known, trials' own effects first.

    The log-likelihood is a sum over trials, and no other trial's own effects are in a trial's term:
    all trials take their steps at once.
    """
    own, shared = maximum.point.own[0], maximum.point.shared[0]
    places = np.arange(own.size).reshape(own.shape)
    free = np.flatnonzero(~is_known[own.size :])

    def each_trial(steps):
        moved = np.tile(shared, (len(steps), 1))
        moved[:, free] += steps[:, own.shape[1] :]
        first = own + steps[:, None, : own.shape[1]]
        rest = np.broadcast_to(moved[:, None], (*first.shape[:2], shared.size))
        return model.log_likelihood(np.concatenate((first, rest), axis=-1))

    origin = np.zeros(own.shape[1] + free.size)
    whole = np.zeros((is_known.size, is_known.size))
    for trial, second in zip(places, hessian(each_trial, origin, origin + WIDTH), strict=True):
        place = [*trial, *(own.size + free)]
        whole[np.ix_(place, place)] += second
    return np.linalg.inv(-whole[np.ix_(~is_known, ~is_known)])


def standard_error(case):
    """Return the standard error of the effect, the first parameter of UM.RS."""
    setup = setup_of(case)
    fit = setup.common() if case["method"] == "EE" else setup
    maximum = maximise(fit.model, fit.start)
    shared = maximum.point.shared[0]
    is_known = (np.arange(shared.size) >= maximum.fixed) & (shared == 0)
    return float(np.sqrt(covariance_of_free(fit.model, maximum, is_known)[0, 0]))


def q_wald_of_random_studies(case):
    """Return Wald's Q of UM.RS from the covariance of the trials' own effects."""
    model, start = interactions(setup_of(case))
    maximum = maximise(model, start)
    own = maximum.point.own[0, :, 0]
    is_infinite = (
        model.family.slopes(model.predictor(maximum.point.by_trial(model)[0])[0])[1][:, 0] == 0
    )
    is_known = np.concatenate((is_infinite, maximum.point.shared[0] == 0))
    among = covariance_of_free(model, maximum, is_known)
    d = own[~is_infinite]
    return q_about_mean(d, np.linalg.inv(among[: len(d), : len(d)]))


def q_about_mean(d, precision):
    """Return (d - mean)' P (d - mean), the mean weighted by P."""
    towards = precision.sum(axis=0)
    return float(d @ precision @ d - (towards @ d) ** 2 / towards.sum())


def exact_moments(a, n1, c, n2, eta):
    """Return mean and variance of events of a 2x2 table given its margins, by their definition."""
    x = np.arange(max(0, a + c - n2), min(n1, a + c) + 1)
    logs = hypergeom(n1 + n2, n1, a + c).logpmf(x) + x * eta
    p = np.exp(logs - logs.max())
    p /= p.sum()
    mean = p @ x
    return mean, p @ (x - mean) ** 2


def exact_standard_error(case):
    """Return 1/√information of the conditional model with one common effect."""
    eta = fitted(case).estimate
    trials = zip(*counts(case["dataset"]), strict=True)
    return sum(exact_moments(*trial, eta)[1] for trial in trials) ** -0.5


def exact_q_wald(case):
    """Return Wald's Q of the trials' own conditional log odds ratios."""
    d, information = [], []
    for trial in zip(*counts(case["dataset"]), strict=True):
        a, n1, c, n2 = trial
        if max(0, a + c - n2) < a < min(n1, a + c):
            eta = brentq(lambda eta, t=trial: exact_moments(*t, eta)[0] - t[0], -30, 30, xtol=1e-13)
            d.append(eta)
            information.append(exact_moments(*trial, eta)[1])
    return q_about_mean(np.array(d), np.diag(information))


def checked(case, quantity):
    """Return the number by the second way; None where there is none."""
    ways = {
        ("UM.RS", "se"): standard_error,
        ("UM.RS", "q_wald"): q_wald_of_random_studies,
        ("CM.EL", "q_wald"): exact_q_wald,
    }
    if case["method"] == "EE":
        ways["CM.EL", "se"] = exact_standard_error
    way = ways.get((case["model"], quantity))
    return way(case) if way else None


def log_likelihood_at(case):
    """Return the highest log-likelihood of UM.FS or UM.RS with metafor's effect and variances.

    Intercepts, which it does not print, are at their best for those.
    """
    model, start = setup_of(case).model, setup_of(case).start
    effect, tau = case["estimate"], np.sqrt(case["tau2"])
    if case["model"] == "UM.FS":
        shared = np.array([[effect, tau]])
        best = climb(model, Points(own=start.own, shared=shared), free=0)
        return float(model.log_likelihood(best.by_trial(model)).sum())

    def minus(intercept):
        shared = np.array([[effect, intercept, np.sqrt(case["sigma2"]), tau]])
        return -model.log_likelihood(Points(own=start.own, shared=shared).by_trial(model)).sum()

    return -float(minimize_scalar(minus, bracket=(start.shared[0, 1], 0.0), tol=1e-12).fun)
