"""How much evidence a meta-analysis needs: the required information size.

Numbers of participants are for two arms of equal size, both together, rounded up. ``alpha`` is the
error of the first kind over all ``sides``, ``beta`` that of the second kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    one_number,
    require,
    whole_number,
)
from liftproof.statistics.heterogeneity import cochran_q, h2_from_q, i2_from_q
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

MOST_ERROR = 0.5
"""An error as large as this is a coin's."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InformationSize(Result):
    """Required numbers of participants.

    ``common``: if the trials share one effect. ``diversity_adjusted``, ``i2_adjusted``: that over
    1 - D² and over 1 - I² (from Q). ``d2`` and ``i2``: percent. ``achieved``: participants so far.
    """

    common: int
    diversity_adjusted: int
    i2_adjusted: int
    d2: float
    i2: float
    achieved: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FurtherTrials(Result):
    """How many trials, with how many participants ``each``, and ``participants`` in all of them."""

    trials: int
    each: int
    participants: int


def errors(alpha: float, beta: float, sides: int) -> float:
    """Return z(1 - α/sides) + z(1 - β), or raise InputError.

    >>> round(errors(0.05, 0.2, 2), 6)
    2.801585
    """
    for name, error in (("alpha", alpha), ("beta", beta)):
        within = 0 < one_number(name, error) < MOST_ERROR
        require(within, np.asarray(error), f"{name} must lie between 0 and {MOST_ERROR:g}")
    require(one_number("sides", sides) in (1, 2), np.asarray(sides), "sides must be 1 or 2")
    return float(-ndtri(alpha / sides) - ndtri(beta))


def participants_for_risks(
    control: float, treated: float, *, alpha: float = 0.05, beta: float = 0.2, sides: int = 2
) -> int:
    """Return 4 (z(1 - α/sides) + z(1 - β))² p(1 - p)/(difference of risks)², p their mean.

    ``control`` and ``treated``: the two risks; for a risk ratio, treated = control · RR. Raises
    InputError.

    Source: Wetterslev, Thorlund, Brok & Gluud 2008, J Clin Epidemiol 61, 64-75. RTSA:
    ``ris(outcome="RR", mc=0.8, p0=0.12, beta=0.2)$NF``, 0.2.2 (later versions make it even).

    >>> participants_for_risks(0.12, 0.096)
    5251
    """
    risks = np.array([one_number("control", control), one_number("treated", treated)])
    require((risks > 0) & (risks < 1), risks, "Risks must lie between 0 and 1")
    p = risks.mean()
    return _needed(control - treated, 4 * p * (1 - p), errors(alpha, beta, sides))


def participants_for_difference(
    difference: float, sd: float, *, alpha: float = 0.05, beta: float = 0.2, sides: int = 2
) -> int:
    """Return 4 (z(1 - α/sides) + z(1 - β))² sd²/difference²: for a difference of means.

    ``difference`` and ``sd`` in one unit. Raises InputError.

    Source: Wetterslev et al. 2008. RTSA: ``ris(outcome="MD", mc=5, sd_mc=10, beta=0.2)$NF``.

    >>> participants_for_difference(5.0, 10.0)
    126
    """
    one_number("difference", difference)
    require(0 < one_number("sd", sd) < inf, np.asarray(sd), "sd must be positive and finite")
    return _needed(difference, 4 * sd**2, errors(alpha, beta, sides))


def _needed(effect: float, unit_variance: float, z: float) -> int:
    """Return the number at which an estimate of variance unit/n shows the effect."""
    require(0 < abs(effect) < inf, np.asarray(effect), "The effect aimed at must not be 0")
    return ceil(z**2 * unit_variance / effect**2)


@by_metafors_names
def diversity(y: ArrayLike, v: ArrayLike, *, tau2: str = "DL") -> Array:
    """Return D² = 100 (1 - V_FE/V_RE), percent; V is the variance 1/Σw of the pooled estimate.

    ``y`` and ``v`` (..., k); returns (...). Raises InputError and ConvergenceError.

    Source: Wetterslev, Thorlund, Brok & Gluud 2009, BMC Med Res Methodol 9, 86. RTSA:
    ``metaanalysis()$hete_results$hete_est$D.2``.

    >>> round(float(diversity([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 4)
    90.2077
    """
    return np.asarray(100 * (1 - 1 / _variance_ratio(*effects_and_variances(y, v), tau2)))[()]


def _variance_ratio(y: Array, v: Array, tau2: str) -> Array:
    """Return V_RE/V_FE = 1/(1 - D²)."""
    between = choose(TAU2, tau2, "τ² method")(y, v)
    ratio: Array = weighted_mean(y, v, between)[1] / weighted_mean(y, v, 0.0)[1]
    return ratio


def sizes_of(sizes: ArrayLike, k: int) -> Array:
    """Return the trials' participants, shape (k,), or raise InputError.

    >>> sizes_of([120, 80], 2).tolist()
    [120.0, 80.0]
    """
    counts = floats("sizes", sizes)
    if counts.shape != (k,):
        raise InputError(f"sizes must hold one number a trial, {k}, but has shape {counts.shape}.")
    require(counts > 0, counts, "sizes must be positive")
    return counts


@of_one_index
@by_metafors_names
def required_size(
    y: ArrayLike, v: ArrayLike, sizes: ArrayLike, common: int, *, tau2: str = "DL"
) -> InformationSize:
    """Adjust the participants that a common effect needs for the heterogeneity of the trials.

    ``y`` and ``v`` (k,): the trials so far; ``sizes`` (k,): their participants; ``common``: see
    ``participants_for_risks`` and ``participants_for_difference``. Raises InputError and
    ConvergenceError.

    Source: Wetterslev et al. 2008, 2009. RTSA: ``ris()``, ``NF``, ``NR_D2`` and ``NR_I2``.

    >>> size = required_size([-0.5, -0.2, 0.1], [0.04, 0.02, 0.09], [90, 180, 40], 1000)
    >>> size.diversity_adjusted, size.i2_adjusted
    (1752, 1525)
    """
    y, v = effects_and_variances(y, v)
    common = whole_number("common", common, least=1)
    counts = sizes_of(sizes, y.shape[-1])
    if y.ndim > 1:
        raise InputError(f"A required size is of one data set, but y has shape {y.shape}.")
    q, df = cochran_q(y, v), y.shape[-1] - 1
    return InformationSize(
        common=common,
        diversity_adjusted=ceil(common * float(_variance_ratio(y, v, tau2))),
        i2_adjusted=ceil(common * max(1.0, float(h2_from_q(q, df)))),  # 1/(1 - I²)
        d2=float(diversity(y, v, tau2=tau2)),
        i2=float(i2_from_q(q, df)),
        achieved=ceil(counts.sum()),
    )


def trials_for_tau2(
    effect: float,
    tau2: float,
    unit_variance: float,
    *,
    information: float = 0.0,
    trials: int | None = None,
    alpha: float = 0.05,
    beta: float = 0.2,
    sides: int = 2,
) -> FurtherTrials:
    """Return the further trials that a random-effects model needs.

    With I = ((z(1 - α/sides) + z(1 - β))/effect)² - ``information``, m trials of n participants
    each suffice if m/(τ² + 2 unit/n) = I: n = 2 unit/(m/I - τ²), which takes more than I τ²
    trials. ``trials``: m, by default the fewest. ``effect``: aimed at, on the analysis scale (log
    for ratios). ``unit_variance``: variance of the effect with one participant an arm, such as
    1/p1 + 1/p2 - 2 for log RR and 2 sd² for MD. ``information``: 1/variance of the random-effects
    estimate so far; where it suffices, no trial is needed. Raises InputError.

    Source: Kulinskaya & Wood 2014, Res Synth Methods 5, 324-335. RTSA: ``ris()$NR_tau``.

    >>> found = trials_for_tau2(np.log(0.8), 0.02, 1 / 0.12 + 1 / 0.096 - 2)
    >>> found.trials, found.each, found.participants
    (4, 6232, 24928)
    """
    one_number("effect", effect)
    one_number("unit_variance", unit_variance)
    for name, value in (("tau2", tau2), ("information", information)):
        within = 0 <= one_number(name, value) < inf
        require(within, np.asarray(value), f"{name} must be finite and not negative")
    require(0 < unit_variance < inf, np.asarray(unit_variance), "unit_variance must be positive")
    require(0 < abs(effect) < inf, np.asarray(effect), "The effect aimed at must not be 0")
    lacking = (errors(alpha, beta, sides) / effect) ** 2 - information
    if lacking <= 0:
        return FurtherTrials(trials=0, each=0, participants=0)
    fewest = floor(tau2 * lacking) + 1
    number = fewest if trials is None else trials
    if number < fewest:
        raise InputError(f"With this τ² at least {fewest} trials are needed, but trials={trials}.")
    each = ceil(2 * unit_variance / (number / lacking - tau2))
    return FurtherTrials(trials=number, each=each, participants=number * each)
