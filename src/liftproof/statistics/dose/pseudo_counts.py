"""Numbers of cases and people that would give a trial's adjusted log ratios, dose by dose.

Arrays have shape (..., a) for a arms, the reference arm first. Designs are dosresmeta's: ``cc``
case-control, ``ci`` cumulative incidence, ``ir`` incidence rate; ``n`` are cases with controls,
people, or person-time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.dose.hamling import HAMLING, solved
from liftproof.statistics.result import Result

CASE_CONTROL, CUMULATIVE, RATE = "cc", "ci", "ir"

STEPS = 200
TOLERANCE = 1e-14
"""Of log odds: the last step of a search that a bracket keeps from straying."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PseudoCounts(Result):
    """``design``; ``cases`` and ``n`` of each arm, the reference arm first, shape (..., a)."""

    design: str
    cases: Array
    n: Array


def greenland_longnecker(y: ArrayLike, cases: ArrayLike, n: ArrayLike, design: str) -> PseudoCounts:
    """Return the counts with the margins of the table as printed and the log ratios ``y``.

    ``y``: log ratios to the reference arm, 0 there; ``cases``, ``n`` as printed; all (..., a). The
    arms' ``n`` and the total of cases are kept. With Aᵢ cases of nᵢ: for ``cc`` and ``ci`` the odds
    Aᵢ/(nᵢ - Aᵢ) are e^{yᵢ} times the reference arm's, for ``ir`` the rates Aᵢ/nᵢ are. The total of
    cases increases with the reference odds, so that there is one answer and the search cannot
    fail; dosresmeta's Newton steps stop some 1e-3 cases short. For ``ci`` it takes odds, too.
    Raises InputError.

    Source: Greenland & Longnecker 1992, Am J Epidemiol 135, 1301-1309; Orsini et al. 2006, Stata J
    6, 40-57. dosresmeta: ``grl(y, v, cases, n, type)``.

    >>> counts = greenland_longnecker([0.0, 0.7], [10, 30], [100, 150], "ir")
    >>> counts.cases.round(4).tolist()
    [9.9487, 30.0513]
    """
    y, cases, n = _arms(y, cases, n, design)
    if design == RATE:
        expected = n * np.exp(y - y.max(axis=-1, keepdims=True))
        total = cases.sum(axis=-1, keepdims=True)
        pseudo = total * expected / expected.sum(axis=-1, keepdims=True)
    else:
        log_odds = _reference_log_odds(y, cases.sum(axis=-1), n)[..., None] + y
        pseudo = n * expit(log_odds)
    return PseudoCounts(design=design, cases=pseudo, n=np.broadcast_to(n, pseudo.shape))


def hamling(
    y: ArrayLike, v: ArrayLike, cases: ArrayLike, n: ArrayLike, design: str
) -> PseudoCounts:
    """Return the counts with the log ratios ``y``, their variances ``v``, and two printed ratios.

    ``y``, ``v``: log ratios to the reference arm and their variances, 0 there; ``cases``, ``n`` as
    printed; all (..., a). Kept are the reference arm's share of those without the event (``cc``),
    of people or of person-time, and these per case in all other arms.

    dosresmeta 2.2.0 takes the formulas of ``ci`` and ``ir`` for one another, and its search stops
    early: in its own examples its covariances differ from these by 1e-3, from its own formulas' by
    2e-4. Raises InputError, and ConvergenceError where no counts have these ratios.

    Source: Hamling et al. 2008, Stat Med 27, 954-970. dosresmeta: ``hamling(y, v, cases, n,
    type)``.

    >>> counts = hamling([0.0, 0.7], [0.0, 0.16], [10, 30], [100, 150], "ir")
    >>> counts.cases.round(4).tolist(), counts.n.round(4).tolist()
    ([8.3191, 25.1289], [83.7631, 125.6447])
    """
    y, cases, n = _arms(y, cases, n, design)
    v = floats("v", v)
    others = v[..., 1:]
    require(others > 0, others, "Variances of log ratios must be positive")
    counts = solved(HAMLING[design], y[..., 1:], others, cases, n)
    if not all((part > 0).all() and np.isfinite(part).all() for part in counts):
        raise ConvergenceError(
            "No numbers of cases and people have these ratios and variances (Hamling's method): "
            "use Greenland and Longnecker's, and check the standard errors against the counts."
        )
    return PseudoCounts(design=design, cases=counts[0], n=counts[1])


def log_ratio_covariance(counts: PseudoCounts, v: ArrayLike) -> Array:
    """Return the covariance of the log ratios of arms 1 to a - 1, shape (..., a - 1, a - 1).

    ``v``: their printed variances, which are kept. With sᵢ the variance that pseudo-counts give
    (``cc`` 1/A₀ + 1/B₀ + 1/Aᵢ + 1/Bᵢ; ``ci`` 1/A - 1/n for both; ``ir`` 1/A for both) and s₀ the
    reference arm's part, the correlation is s₀/√(sᵢsⱼ). Raises InputError.

    Source: Greenland & Longnecker 1992, equations 3 and 4; Orsini et al. 2012, Am J Epidemiol 175,
    66-73. dosresmeta: ``covar.logrr(cases, n, y, v, type, covariance="gl")``.

    >>> counts = greenland_longnecker([0, 0.2, 0.7], [10, 14, 30], [100, 110, 150], "ir")
    >>> log_ratio_covariance(counts, [0.18, 0.14]).round(4).tolist()
    [[0.18, 0.1042], [0.1042, 0.14]]
    """
    v = floats("v", v)
    require(v > 0, v, "Variances of log ratios must be positive")
    parts = _variance_parts(counts)
    shared, own = parts[..., :1], parts[..., 1:]
    ratio = np.sqrt(v / (shared + own))
    covariance = shared[..., None] * ratio[..., :, None] * ratio[..., None, :]
    arm = np.arange(v.shape[-1])
    covariance[..., arm, arm] = v
    return np.asarray(covariance)


def _variance_parts(counts: PseudoCounts) -> Array:
    """Return what each arm contributes to the variance of a log ratio, (..., a)."""
    cases, n = counts.cases, counts.n
    parts = PARTS[counts.design](cases, n)
    require(
        parts > 0,
        parts,
        "Each arm's pseudo-counts must leave people without the event, or the covariance of log "
        "ratios does not exist; variances of arms must be positive",
    )
    return parts


PARTS: Mapping[str, Callable[[Array, Array], Array]] = {
    CASE_CONTROL: lambda cases, n: 1 / cases + 1 / (n - cases),
    CUMULATIVE: lambda cases, n: 1 / cases - 1 / n,
    RATE: lambda cases, n: 1 / cases,  # noqa: ARG005 - all take the same
}
"""An arm's part of the variance of a log odds ratio, log risk ratio, log rate ratio."""


def _arms(y: ArrayLike, cases: ArrayLike, n: ArrayLike, design: str) -> tuple[Array, Array, Array]:
    """Return checked arms of one shape."""
    choose(PARTS, design, "design")
    y, cases, n = np.broadcast_arrays(floats("y", y), floats("cases", cases), floats("n", n))
    if y.ndim == 0 or y.shape[-1] < 2:  # noqa: PLR2004 - something to compare
        raise InputError("A trial needs a reference arm and another one.")
    require(y[..., 0] == 0, y[..., 0], "The log ratio of the reference arm, the first, must be 0")
    require(cases >= 0, cases, "Cases must not be negative")
    require(n > 0, n, "Numbers of people and person-time must be positive")
    require(
        cases[..., 0] > 0,
        cases[..., 0],
        "The reference arm must have cases, since ratios to it do not exist without: add 1/2 to "
        "every cell of the trial and compute its ratios anew, or leave it out",
    )
    if design != RATE:
        require(cases <= n, cases, "Cases must not exceed the number of people")
        total, people = cases.sum(axis=-1), n.sum(axis=-1)
        require(total < people, total, "Someone must be without the event")
    return y, cases, n


def _reference_log_odds(y: Array, total: Array, n: Array) -> Array:
    """Return the log odds of the reference arm with which the cases add up to ``total``.

    Newton's steps within a bracket that each of them narrows.
    """
    crude = np.log(total) - np.log(n.sum(axis=-1) - total)
    low, high = crude - y.max(axis=-1), crude - y.min(axis=-1)
    odds = np.clip(crude, low, high)
    for _ in range(STEPS):
        share = expit(odds[..., None] + y)
        excess = (n * share).sum(axis=-1) - total
        low, high = np.where(excess <= 0, odds, low), np.where(excess >= 0, odds, high)
        steepness = (n * share * (1 - share)).sum(axis=-1)
        step = odds - excess / np.maximum(steepness, np.finfo(float).tiny)
        moved = np.where((step > low) & (step < high), step, (low + high) / 2)
        size = np.abs(moved - odds)
        odds = moved
        if (size <= TOLERANCE * (1 + np.abs(odds))).all():
            return np.asarray(odds)
    raise ConvergenceError("The odds of the reference arm were not found: check cases and n.")
