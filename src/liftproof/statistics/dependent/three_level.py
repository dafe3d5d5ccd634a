"""Three-level random effects: effects within studies, both with their own variance component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from liftproof.errors import ConvergenceError, LiftproofError
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.dependent.components import DEFAULT_METHOD, Prepared, maxima, prepared
from liftproof.statistics.dependent.design import has_constant
from liftproof.statistics.dependent.estimates import ThreeLevelEstimates, estimates
from liftproof.statistics.dependent.search import NO_END
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.result import HIDDEN, Result

P = ParamSpec("P")
Found = TypeVar("Found")
TESTS = {"z": False, "t": True}
"""Whether a test takes t with k - p degrees of freedom instead of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedData:
    """What a three-level model was fitted to: ``y`` (k,), ``v`` (k,) or (k, k), ``study`` (k,),
    and the moderators ``x`` (k,), (k, q) or None, beside an ``intercept`` or without.
    """

    y: Array
    v: Array
    study: NDArray[np.generic]
    x: Array | None
    intercept: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThreeLevel(Result):
    """A fitted three-level model, on the analysis scale (log for ratios).

    ``method``, ``test``, ``level``: how it was computed. ``k`` effects in ``m`` studies.
    ``coefficients``: the intercept first, then moderators, shape (p,), with ``se``,
    ``covariance`` (p, p), ``statistic``, ``p_value``, ``ci_low`` and ``ci_high`` (p,); ``df`` of
    the test: k - p for t, infinite for z.
    ``sigma2_study``, ``sigma2_effect``: variance between studies and within, in the unit of y
    squared; ``study_at_boundary``, ``effect_at_boundary``: whether that is exactly 0.
    ``log_likelihood``: restricted for REML.
    ``q``, ``q_df``, ``q_p``: weighted sum of squared residuals with both components 0, the test
    of residual heterogeneity. ``qm``, ``qm_df``, ``qm_p``: test of all coefficients but the
    intercept (of the intercept where there is none other): χ², for t an F with k - p.
    ``pi_low``, ``pi_high``: prediction limits of a new effect in a new study, from the variance
    of the estimate and both components, with the test's distribution; NaN with moderators.
    ``data``: what was fitted, for what follows a fit: ``multilevel_residuals``,
    ``multilevel_effects``, ``multilevel_influence``, ``multilevel_limits``, ``compare_multilevel``.
    """

    method: str
    test: str
    level: float
    k: int
    m: int
    coefficients: Array
    se: Array
    covariance: Array
    statistic: Array
    df: float
    p_value: Array
    ci_low: Array
    ci_high: Array
    sigma2_study: float
    sigma2_effect: float
    study_at_boundary: bool
    effect_at_boundary: bool
    log_likelihood: float
    q: float
    q_df: int
    q_p: float
    qm: float
    qm_df: int
    qm_p: float
    pi_low: float
    pi_high: float
    data: FittedData = field(metadata=HIDDEN)


@of_one_index
@dropping_missing("y", "v", "study", "x")
def three_level(
    y: ArrayLike,
    v: ArrayLike,
    study: ArrayLike,
    x: ArrayLike | None = None,
    *,
    intercept: bool = True,
    method: str = DEFAULT_METHOD,
    test: str = "z",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> ThreeLevel:
    """Fit y = Xb + study + effect + error by REML or ML.

    ``y``: effects, shape (k,). ``v``: their sampling variances (k,), or covariance (k, k), which
    must be 0 between studies and span no more than ten decades. ``study``: one label an effect.
    ``x``: moderators (k,) or (k, q). ``method``: ``REML`` or ``ML``; ``test``: ``z`` or ``t``.

    The errors have covariance V, effects in a study share σ²study, each has σ²effect of its own.
    No other pair of components has a log-likelihood higher by more than 5e-6; both are then found
    to 1e-12 of themselves plus the smallest variance, or to their rounding. Raises InputError,
    and ConvergenceError where that is not reached.
    ``missing``: see ``statistics.missing``.

    Source: Konstantopoulos 2011, Res Synth Methods 2, 61-76; Van den Noortgate et al. 2013, Behav
    Res Methods 45, 576-594. metafor: ``rma.mv(yi, V, mods, random = ~ 1 | study/effect,
    method="REML", test="z")``, which climbs from one starting value.

    >>> fit = three_level([0.1, 0.3, 0.9, 0.7, 0.2], [0.02] * 5, ["a", "a", "b", "b", "c"])
    >>> round(float(fit.coefficients[0]), 4), round(float(fit.se[0]), 4)
    (0.4053, 0.2027)
    >>> round(fit.sigma2_study, 4), fit.sigma2_effect, fit.effect_at_boundary
    (0.1101, 0.0, True)
    """
    asked = ThreeLevelAsked(
        y=y, v=v, study=study, x=x, intercept=intercept, method=method, test=test, level=level
    )
    [found] = three_levels([asked])
    if isinstance(found, LiftproofError):
        raise found
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThreeLevelAsked:
    """The arguments of one fit by :func:`three_level`, of effects of which nothing is missing."""

    y: ArrayLike
    v: ArrayLike
    study: ArrayLike
    x: ArrayLike | None = None
    intercept: bool = True
    method: str = DEFAULT_METHOD
    test: str = "z"
    level: float = 0.95


def three_levels(asked: Sequence[ThreeLevelAsked]) -> list[ThreeLevel | LiftproofError]:
    """Return the fit of each set of data, or the error in its place.

    Sets whose studies have the same sizes, in the order given, are searched side by side, which
    takes a fraction of the time; each set's numbers are those of :func:`three_level`.
    """
    data = [_caught(_prepared, each) for each in asked]
    ready = {place: one for place, one in enumerate(data) if isinstance(one, Prepared)}
    found = dict(zip(ready, maxima(list(ready.values())), strict=True))
    pairs = {place: pair for place, pair in found.items() if pair is not None}
    at = estimates([ready[place] for place in pairs], list(pairs.values()))
    fits = {
        place: _caught(_fit, asked[place], ready[place], pairs[place], each)
        for place, each in zip(pairs, at, strict=True)
    }
    no_end = ConvergenceError(NO_END)
    errors = [no_end if isinstance(one, Prepared) else one for one in data]
    return [fits.get(place, error) for place, error in enumerate(errors)]


def _caught(
    function: Callable[P, Found], *args: P.args, **options: P.kwargs
) -> Found | LiftproofError:
    try:
        return function(*args, **options)
    except LiftproofError as error:
        return error


def _prepared(asked: ThreeLevelAsked) -> Prepared:
    choose(TESTS, asked.test, "test")
    intercept = has_constant(asked.x, asked.intercept)
    return prepared(
        asked.y, asked.v, asked.study, asked.x, intercept=intercept, method=asked.method
    )


def _fit(
    asked: ThreeLevelAsked, data: Prepared, sigma2: Array, at: ThreeLevelEstimates
) -> ThreeLevel:
    """Return the fit of a set of data whose components and estimates are known."""
    k, p = data.columns.shape
    intercept, level = has_constant(asked.x, asked.intercept), asked.level
    se = np.sqrt(at.covariance.diagonal())
    df = float(k - p) if TESTS[asked.test] else np.inf
    ci_low, ci_high = limits(at.coefficients, se, level, df)
    tested = list(range(int(intercept and p > 1), p))
    qm, (qm_df, _), qm_p = omnibus(at.coefficients, at.covariance, tested, df)
    is_mean = intercept and p == 1
    pi_low, pi_high = _prediction(at, sigma2, level, df, is_mean=is_mean)
    return ThreeLevel(
        method=asked.method,
        test=asked.test,
        level=level,
        k=k,
        m=data.studies.sizes.size,
        coefficients=at.coefficients,
        se=se,
        covariance=at.covariance,
        statistic=at.coefficients / se,
        df=df,
        p_value=two_sided_p(at.coefficients / se, df),
        ci_low=ci_low,
        ci_high=ci_high,
        sigma2_study=float(sigma2[0]),
        sigma2_effect=float(sigma2[1]),
        study_at_boundary=bool(sigma2[0] == 0),
        effect_at_boundary=bool(sigma2[1] == 0),
        log_likelihood=at.log_likelihood,
        q=at.q,
        q_df=k - p,
        q_p=float(chdtrc(k - p, at.q)),
        qm=float(qm),
        qm_df=qm_df,
        qm_p=float(qm_p),
        pi_low=pi_low,
        pi_high=pi_high,
        data=FittedData(
            y=floats("y", asked.y).copy(),
            v=floats("v", asked.v).copy(),
            study=np.array(asked.study),
            x=None if asked.x is None else floats("x", asked.x).copy(),
            intercept=intercept,
        ),
    )


def _prediction(
    at: ThreeLevelEstimates, sigma2: Array, level: float, df: float, *, is_mean: bool
) -> tuple[float, float]:
    """Return prediction limits of a new effect; NaN where moderators would have to be given."""
    if not is_mean:
        return np.nan, np.nan
    se = np.sqrt(at.covariance[0, 0] + sigma2.sum())
    low, high = limits(at.coefficients[0], se, level, df)
    return float(low), float(high)
