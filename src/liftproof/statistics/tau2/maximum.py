"""The τ² at which a likelihood is largest, found among all its maxima."""

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import without_spread
from liftproof.statistics.tau2.brackets import Brackets, brackets
from liftproof.statistics.tau2.concave import Concave
from liftproof.statistics.tau2.likelihood import ROUNDING, Likelihood, concave_functions
from liftproof.statistics.tau2.of_one import maxima_of_one
from liftproof.statistics.tau2.quadratic_parts import positive_ratio
from liftproof.statistics.tau2.search_ends import MAX_STEPS, TOLERANCE, no_end, no_maximum


def highest_maximum(trials: Trials, likelihood: Likelihood) -> Array:
    """Return the τ² >= 0 at which the likelihood is largest, among all its maxima; shape (n,).

    The zero of the score is found to 1e-14 of τ² plus the smallest variance, or to where the two
    terms of the score differ by less than their rounding. A second maximum can only be missed if
    it rises above its surroundings by less than 2e-10 k in log-likelihood. Raises ConvergenceError
    where the bound is not reached.
    """
    if trials.is_one:
        likeliest = _likeliest(trials.as_vectors, likelihood)
        return np.reshape(likeliest, trials.origin.shape)[()]
    sets, tau2 = local_maxima(trials, likelihood)
    best = np.full(trials.origin.size, np.nan)
    best[sets] = tau2
    if sets.size > best.size:  # some data set has several
        rivals = np.flatnonzero(np.bincount(sets, minlength=best.size)[sets] > 1)
        sets, tau2 = sets[rivals], tau2[rivals]
        order = np.argsort(likelihood.log(trials.take(sets), tau2), kind="stable")
        best[sets[order]] = tau2[order]  # of several, the last and so the likeliest stays
    if np.isnan(best).any():
        raise ConvergenceError(no_maximum(trials, likelihood, int(np.isnan(best).argmax())))
    return best


def _likeliest(trials: Trials, likelihood: Likelihood) -> float:
    """Return the highest maximum of one data set, ``trials`` in vectors; the last of equal ones."""
    found = maxima_of_one(trials, likelihood)
    if not found:
        raise ConvergenceError(no_maximum(trials, likelihood, 0))
    if len(found) == 1:
        return found[0]
    heights = [float(likelihood.log(trials, np.asarray(tau2))) for tau2 in found]
    return found[int(np.argsort(heights, kind="stable")[-1])]


def local_maxima(trials: Trials, likelihood: Likelihood) -> tuple[NDArray[np.intp], Array]:
    """Return every maximum for τ² >= 0: of which data set, and where."""
    if trials.is_one:
        of_one = maxima_of_one(trials.as_vectors, likelihood)
        return np.zeros(len(of_one), dtype=np.intp), np.array(of_one)
    fit = without_spread(trials)
    terms = likelihood.terms(fit)
    at_zero = concave_functions(terms, len(trials.y))
    rises = at_zero.is_rising
    moment = positive_ratio(fit.q - likelihood.observations(trials), terms.trace)
    inside = brackets(trials, likelihood, at_zero, np.where(rises, moment, 0.0))
    roots = _roots(trials.take(inside.sets), inside, likelihood)
    here = (~rises).nonzero()[0]
    return np.concatenate((here, inside.sets)), np.concatenate((np.zeros(here.size), roots))


def _roots(trials: Trials, bracket: Brackets, likelihood: Likelihood) -> Array:
    """Return the τ² at which the score is 0, one a bracket, by Newton's steps kept inside it.

    A step that leaves the bracket, or is more than half the one before, is replaced by bisection of
    log(v + τ²), v the smallest variance.
    """
    tau2, left = bracket.start.copy(), np.arange(bracket.start.size)
    low, high, last = bracket.low, bracket.high, bracket.high - bracket.low
    for _ in range(MAX_STEPS):
        if not left.size:
            return tau2
        t = tau2[left]
        at = likelihood.concave(trials, t)
        rises = at.f < at.g
        low, high = np.where(rises, t, low), np.where(rises, high, t)
        step, error = _step(at, t, trials.v[0], low, high, last)
        tau2[left] = t + step
        reached = error <= TOLERANCE * (trials.v[0] + t)
        reached |= np.abs(at.f - at.g) <= ROUNDING * at.g
        rest, last = (~reached).nonzero()[0], np.abs(step)
        if rest.size < left.size:
            trials, left, last = trials.take(rest), left[rest], last[rest]
            low, high = low[rest], high[rest]
    raise ConvergenceError(no_end(trials, likelihood, MAX_STEPS))


def _step(
    at: Concave, tau2: Array, smallest: Array, low: Array, high: Array, last: Array
) -> tuple[Array, Array]:
    """Return Newton's step where it is safe, else that to the middle, and a bound on the error."""
    newton, total = at.newton(), smallest + tau2
    inside = (tau2 + newton >= low) & (tau2 + newton <= high)
    safe = inside & (np.abs(newton) <= last / 2)
    if safe.all():
        return newton, np.minimum(np.abs(newton), at.error_after(newton, total))
    middle = np.sqrt((smallest + low) * (smallest + high)) - smallest
    step: Array = np.where(safe, newton, np.minimum(np.maximum(middle, low), high) - tau2)
    size = np.abs(step)
    return step, np.where(safe, np.minimum(size, at.error_after(step, total)), size)
