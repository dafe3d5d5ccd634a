"""Mixed models of counts with moderators: what the trials' effects hang on.

As :mod:`liftproof.statistics.sparse.glmm`, with θ = xβ. In two arms the moderators are of the
effect and not of the intercepts: in UM.RS, whose intercepts are random, they are of the
intervention arm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.sparse.glmm_counts import (
    ONE_GROUP,
    log_odds_fit,
    log_rate_fit,
    odds_ratio_fit,
    rate_ratio_fit,
)
from liftproof.statistics.sparse.glmm_fit import Fitted, MixedFit
from liftproof.statistics.sparse.glmm_options import Options
from liftproof.statistics.sparse.glmm_setup import HALF
from liftproof.statistics.sparse.separation import naming_what_separates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlmmRegression(MixedFit):
    """A mixed model with moderators, see :class:`MixedFit`. Arrays are (p,) but for one.

    ``p`` coefficients: ``coefficients``, ``covariance`` (p, p) from the observed information on all
    parameters, ``se``, ``statistic``, ``df`` of t (infinite: normal), ``p_values``, ``ci_low``,
    ``ci_high``. ``qm``, ``qm_df``, ``qm_p``: test of all coefficients but the intercept; χ², or F
    for ``t``; ``qm_df`` two numbers, the second infinite for χ²; NaN without a moderator.
    """

    p: int
    coefficients: Array
    covariance: Array
    se: Array
    statistic: Array
    df: Array
    p_values: Array
    ci_low: Array
    ci_high: Array
    qm: float
    qm_df: tuple[int, float]
    qm_p: float


@of_one_index
@dropping_missing("events_intervention", "n_intervention", "events_control", "n_control", "x")
@by_metafors_names
def odds_ratio_regression(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    x: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
    coding: float = HALF,
    correlated: bool = False,
    intercept: bool | int | None = True,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> GlmmRegression:
    """Return a binomial-normal model of log odds ratios that hang on moderators ``x``.

    Counts (k,); ``x`` (k, p) or (k,), to which ``intercept`` puts a column of ones, or the columns
    that ``design`` makes, which say it of themselves. For other arguments see
    ``sparse.glmm.odds_ratio``; what follows a fit, such as ``predicted`` and ``hypotheses``, takes
    the result. Columns are made orthogonal for the search. A moderator that sets apart trials
    without events in an arm has no finite coefficient, and is refused. Raises InputError and
    ConvergenceError. ``missing``: see ``statistics.missing``.

    metafor counts no parameter for a correlation: its AIC with ``cor=TRUE`` is 2 less.

    Source: Turner et al. 2000, Stat Med 19, 3417-3432; Stijnen, Hamza & Özdemir 2010, Stat Med 29,
    3046-3067. metafor: ``rma.glmm(measure="OR", mods = ~ x, model="UM.FS", method="ML")``.

    >>> latitude = [44, 55, 42, 52, 13]
    >>> fit = odds_ratio_regression([4, 6, 3, 62, 33], [123, 306, 231, 13598, 5069],
    ...     [11, 29, 11, 248, 47], [139, 303, 220, 12867, 5808], latitude, model="CM.AL")
    >>> fit.coefficients.round(4).tolist(), round(fit.tau2, 4)
    ([0.1938, -0.0315], 0.0)
    """
    arms = events_intervention, n_intervention, events_control, n_control
    columns, place = _design(x, events_intervention, intercept)
    options = Options(
        model=model,
        method=method,
        test=test,
        level=level,
        nodes=nodes,
        coding=coding,
        correlated=correlated,
    )
    with naming_what_separates(x, columns, arms[:2], arms[2:]):
        return _regression(odds_ratio_fit(arms, options, drop00=drop00, x=columns), place)


@of_one_index
@dropping_missing(
    *("events_intervention", "person_time_intervention", "events_control", "person_time_control"),
    "x",
)
@by_metafors_names
def rate_ratio_regression(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    x: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
    coding: float = HALF,
    correlated: bool = False,
    intercept: bool | int | None = True,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> GlmmRegression:
    """Return a Poisson-normal model of log rate ratios that hang on moderators ``x``.

    Otherwise as :func:`odds_ratio_regression`; models are those of ``sparse.glmm.rate_ratio``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067. metafor:
    ``rma.glmm(measure="IRR", mods = ~ x, model="UM.FS", method="ML")``.

    >>> fit = rate_ratio_regression([9, 8, 3, 10], [413, 263, 487, 237], [19, 19, 13, 12],
    ...     [398, 245, 435, 265], [1, 2, 4, 3], method="EE")
    >>> fit.coefficients.round(4).tolist(), fit.p_values.round(4).tolist()
    ([-0.6431, -0.055], [0.2129, 0.7901])
    """
    arms = events_intervention, person_time_intervention, events_control, person_time_control
    columns, place = _design(x, events_intervention, intercept)
    options = Options(
        model=model,
        method=method,
        test=test,
        level=level,
        nodes=nodes,
        coding=coding,
        correlated=correlated,
    )
    with naming_what_separates(x, columns, (arms[0], None), (arms[2], None)):
        return _regression(rate_ratio_fit(arms, options, drop00=drop00, x=columns), place)


@of_one_index
@dropping_missing("events", "n", "x")
def log_odds_regression(
    events: ArrayLike,
    n: ArrayLike,
    x: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    intercept: bool | int | None = True,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> GlmmRegression:
    """Return a model of the log odds of events in one group that hang on moderators ``x``.

    Otherwise as :func:`odds_ratio_regression`. metafor: ``rma.glmm(measure="PLO", mods = ~ x)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_odds_regression([11, 24, 179, 82], [29, 33, 326, 240], [1, 2, 3, 4], method="EE")
    >>> fit.coefficients.round(4).tolist()
    [1.1716, -0.3975]
    """
    columns, place = _design(x, events, intercept)
    options = Options(model=ONE_GROUP, method=method, test=test, level=level, nodes=nodes)
    with naming_what_separates(x, columns, (events, n)):
        return _regression(log_odds_fit(events, n, options, columns), place)


@of_one_index
@dropping_missing("events", "person_time", "x")
def log_rate_regression(
    events: ArrayLike,
    person_time: ArrayLike,
    x: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    intercept: bool | int | None = True,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> GlmmRegression:
    """Return a model of the log rate of events in one group that hangs on moderators ``x``.

    Otherwise as :func:`odds_ratio_regression`. metafor: ``rma.glmm(measure="IRLN", mods = ~ x)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_rate_regression([9, 8, 3], [413, 263, 487], [1, 2, 3], method="EE")
    >>> fit.coefficients.round(4).tolist()
    [-3.1537, -0.484]
    """
    columns, place = _design(x, events, intercept)
    options = Options(model=ONE_GROUP, method=method, test=test, level=level, nodes=nodes)
    with naming_what_separates(x, columns, (events, None)):
        return _regression(log_rate_fit(events, person_time, options, columns), place)


def _design(
    x: ArrayLike, events: ArrayLike, intercept: bool | int | None
) -> tuple[Array, int | None]:
    """Return the columns (k, p) of all trials, and which of them is the intercept."""
    return design_and_intercept(x, np.size(floats("Events", events)), intercept)


def _regression(fit: Fitted, intercept: int | None) -> GlmmRegression:
    """Return the fit with a test of each coefficient, and of all but the intercept."""
    se = np.sqrt(np.diagonal(fit.covariance))
    p, statistic = len(se), fit.coefficients / se
    ci_low, ci_high = limits(fit.coefficients, se, fit.shared.level, fit.df)
    tested = [place for place in range(p) if place != intercept]
    qm, qm_df, qm_p = omnibus(fit.coefficients, fit.covariance, tested, fit.df)
    return GlmmRegression(
        **fit.shared.given(),
        p=p,
        coefficients=fit.coefficients,
        covariance=fit.covariance,
        se=se,
        statistic=statistic,
        df=np.full(p, fit.df),
        p_values=two_sided_p(statistic, fit.df),
        ci_low=ci_low,
        ci_high=ci_high,
        qm=float(qm),
        qm_df=qm_df,
        qm_p=float(qm_p),
    )
