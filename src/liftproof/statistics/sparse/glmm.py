"""Generalised linear mixed models of counts: the trials' distributions themselves are pooled.

No normal approximation within trials, and no addition to empty cells. What trials without events
tell depends on the model: nothing in UM.FS, CM.EL and CM.AL, which leave them out; in UM.RS they
inform the intercepts, and are kept where ``drop00`` is false.
"""

from numpy.typing import ArrayLike

from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.sparse.glmm_counts import (
    ONE_GROUP,
    log_odds_fit,
    log_rate_fit,
    odds_ratio_fit,
    rate_ratio_fit,
)
from liftproof.statistics.sparse.glmm_fit import Glmm, pooled
from liftproof.statistics.sparse.glmm_options import Options
from liftproof.statistics.sparse.glmm_setup import HALF


@of_one_index
def odds_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
    coding: float = HALF,
    correlated: bool = False,
) -> Glmm:
    """Return the pooled log odds ratio of a binomial-normal model. Counts have shape (k,).

    ``UM.FS``: logit p = μᵢ ± (θ + τz)/2, a fixed intercept for each trial. ``UM.RS``: the same
    with μᵢ normally distributed. ``CM.EL``: the exact conditional likelihood, noncentral
    hypergeometric with log odds ratio θ + τz. ``CM.AL``: its binomial approximation for rare
    events, a of a + c with odds ψn₁/n₂. ``method``: ``ML``, or ``EE`` with τ = 0.

    ``coding``: in which arm the deviation τz shows, 1/2 as above, 1 in the intervention's alone, 0
    in the control's; ``correlated``: whether in UM.RS it goes with the trial's intercept (metafor's
    ``cor``). Conditional models have neither, and UM.FS gives nearly the same for any coding.

    ``nodes`` of the adaptive Gauss-Hermite quadrature: by default 7 for one random effect and 1
    (Laplace) for two, as metafor's ``nAGQ``; 15 for CM.EL. ``nodes=25`` is converged: seven are
    off by up to 3e-5 of τ² in the data sets tried, Laplace by 1 %. The last step of a search is
    below 1e-8 standard errors, or 4e-13 times the size of the log-likelihood where that is more
    (from 25,000 on): its rounding tells no more. τ is first searched on a grid from 0.01 to 20 and
    the highest maximum kept. Raises InputError and ConvergenceError.

    Source: Turner et al. 2000, Stat Med 19, 3417-3432; Stijnen, Hamza & Özdemir 2010, Stat Med 29,
    3046-3067; Jackson et al. 2018, Stat Med 37, 1059-1085. metafor: ``rma.glmm(measure="OR",
    model="UM.FS", method="ML")``. meta: ``metabin(method="GLMM", model.glmm="UM.FS")``.

    >>> fit = odds_ratio([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220], model="CM.AL")
    >>> round(fit.estimate, 6), round(fit.se, 6), fit.tau2, fit.at_boundary
    (-1.355437, 0.310789, 0.0, True)
    """
    options = Options(
        model=model,
        method=method,
        test=test,
        level=level,
        nodes=nodes,
        coding=coding,
        correlated=correlated,
    )
    arms = events_intervention, n_intervention, events_control, n_control
    return pooled(odds_ratio_fit(arms, options, drop00=drop00))


@of_one_index
def rate_ratio(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
    coding: float = HALF,
    correlated: bool = False,
) -> Glmm:
    """Return the pooled log rate ratio of a Poisson-normal model. Counts have shape (k,).

    ``UM.FS`` and ``UM.RS``: ln rate = μᵢ ± (θ + τz)/2. ``CM.EL``: x₁ of x₁ + x₂ binomial with odds
    t₁/t₂ exp(θ + τz). Otherwise as :func:`odds_ratio`.

    Source: as for :func:`odds_ratio`. metafor: ``rma.glmm(measure="IRR", model="UM.FS",
    method="ML")``. meta: ``metainc(method="GLMM", model.glmm="UM.FS")``.

    >>> fit = rate_ratio([9, 8, 3], [413, 263, 487], [19, 19, 13], [398, 245, 435], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-1.003272, 0.263855)
    """
    options = Options(
        model=model,
        method=method,
        test=test,
        level=level,
        nodes=nodes,
        coding=coding,
        correlated=correlated,
    )
    arms = events_intervention, person_time_intervention, events_control, person_time_control
    return pooled(rate_ratio_fit(arms, options, drop00=drop00))


@of_one_index
def log_odds(
    events: ArrayLike,
    n: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
) -> Glmm:
    """Return the pooled log odds of events in one group: logit p = θ + τz. Counts (k,).

    Otherwise as :func:`odds_ratio`. metafor: ``rma.glmm(measure="PLO", xi=, ni=)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_odds([11, 24, 179, 82], [29, 33, 326, 240], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-0.114776, 0.07994)
    """
    options = Options(model=ONE_GROUP, method=method, test=test, level=level, nodes=nodes)
    return pooled(log_odds_fit(events, n, options))


@of_one_index
def log_rate(
    events: ArrayLike,
    person_time: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
) -> Glmm:
    """Return the pooled log rate of events in one group: ln rate = θ + τz. Counts (k,).

    Otherwise as :func:`odds_ratio`. metafor: ``rma.glmm(measure="IRLN", xi=, ti=)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_rate([9, 8, 3], [413, 263, 487], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-4.063026, 0.223607)
    """
    options = Options(model=ONE_GROUP, method=method, test=test, level=level, nodes=nodes)
    return pooled(log_rate_fit(events, person_time, options))
