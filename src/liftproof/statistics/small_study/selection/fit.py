"""Selection models: effects as they would be had every trial been published."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances, level_of_confidence
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import at_least, of_correction
from liftproof.statistics.small_study.selection.climb import Summit
from liftproof.statistics.small_study.selection.curvature import inverse_information
from liftproof.statistics.small_study.selection.likelihood import LOG_2PI
from liftproof.statistics.small_study.selection.question import FEWEST, TAU2_METHODS
from liftproof.statistics.small_study.selection.regression import selection_regression
from liftproof.statistics.small_study.selection.search import bounds, highest_maximum
from liftproof.statistics.small_study.selection.sentences import of_empty_steps, of_extrapolation
from liftproof.statistics.small_study.selection.setup import (
    ALTERNATIVES,
    STEP_FUNCTION,
    SelectionSetup,
    set_up,
)
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.weighted_fit import mean_with_tau2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectionModel(Result):
    """A selection model fitted to one data set, on the analysis scale.

    ``kind``, ``alternative``, ``tau2_method``, ``level``: how it was computed; ``k``: trials.
    ``estimate`` (mean effect before selection), ``se``, ``ci_low``, ``ci_high`` (normal) and
    ``p_value``; ``tau2`` before selection, with ``tau2_se``; ``delta`` (d,): parameters of the
    selection function, with ``delta_se``; a standard error is NaN for what is fixed, lies on its
    bound, or cannot be told apart by the likelihood. ``at_boundary``: whether τ² or a parameter is
    estimated at an end of its range. ``steps`` (c,): of a step function, else empty, and ``counts``
    (c,): trials with p up to each. ``log_likelihood``; ``lrt``, ``lrt_df``, ``lrt_p``: test of no
    selection (NaN without a free parameter). ``unadjusted_estimate``, ``unadjusted_tau2``: of the
    same trials without selection. ``cannot_tell``: a sentence.
    """

    kind: str
    alternative: str
    tau2_method: str
    level: float
    k: int
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    p_value: float
    tau2: float
    tau2_se: float
    delta: Array
    delta_se: Array
    at_boundary: bool
    steps: Array
    counts: NDArray[np.intp]
    log_likelihood: float
    lrt: float
    lrt_df: int
    lrt_p: float
    unadjusted_estimate: float
    unadjusted_tau2: float
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
def selection_model(
    y: ArrayLike,
    v: ArrayLike,
    *,
    kind: str = STEP_FUNCTION,
    alternative: str = "greater",
    steps: ArrayLike | None = None,
    delta: ArrayLike | None = None,
    tau2: str = "ML",
    decreasing: bool = False,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> SelectionModel:
    """Fit a random-effects model to trials selected by their p values, by maximum likelihood.

    A trial of p value p is seen with relative probability w(p); its likelihood is
    w(p) N(y; μ, v + τ²)/A, A the mean of w over that distribution. ``y`` and ``v``: one data set
    (k,), k of 3 or more. ``kind``: stepfun, or a name in SELECTION. ``alternative``: which effects
    selection favours, ``greater`` and ``less`` with one-sided p values, ``two.sided``. ``steps``:
    of a step function. ``delta``: fixed parameters, NaN for those to be estimated; for a step
    function one an interval, the first 1. ``tau2``: ML, or FE for τ² = 0. ``decreasing``: see
    ``selection_regression``, which takes moderators; limits of τ² and δ: ``selection_limits``.

    The search starts from the 16 highest maxima of a grid and ends where Newton's steps from the
    highest end shrink no more: at the rounding of the gradient. Of more than 96 trials, 32
    variances stand for theirs until those last steps. The grid reaches 48 times the range of the
    effects beyond them; where the likeliest mean lies far outside, ``cannot_tell`` says so.
    Parameters lie in metafor's ranges (``delta.max`` 100; p kept 1e-5 from 0 and 1 for beta and
    power). Raises InputError and ConvergenceError.

    Standard errors are from the exact Hessian; τ² at 0, and parameters of step and beta functions
    at their smallest, are taken as known, as metafor does. metafor searches the logarithms of τ²
    and δ and so stops short of such values: of dat.bcg (log risk ratios, EE, steps 0.025 and 0.05,
    no p value between) at δ₂ = 0.00041 for 0. It integrates to 1e-4 and differentiates that, so
    that its standard errors of smooth functions may be far off: 0.0436 for 0.0523 (dat.bcg, beta,
    EE). Of dat.bangertdrowns2004 and dat.li2007 (beta, ML) it finds local maxima: the
    log-likelihoods are -14.572 for -13.644 and -20.555 for -20.347.
    ``missing``: see ``statistics.missing``.

    Source: Hedges 1992, Stat Sci 7, 246-255; Vevea & Woods 2005, Psychol Methods 10, 428-443;
    Citkowicz & Vevea 2017, Psychol Methods 22, 28-41; Preston et al. 2004, J Eval Clin Pract 10,
    313-322. metafor: ``selmodel(rma(yi, vi, method="ML"), type="stepfun", steps=0.025)``.

    >>> y, v = [1.2, 1.0, 0.9, 0.3, 0.2, 0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    >>> model = selection_model(y, v, steps=[0.025], delta=[1.0, 0.2])
    >>> round(model.estimate, 4), round(model.tau2, 4)
    (0.179, 0.0)
    """
    y, v = effects_and_variances(y, v)
    if y.ndim != 1:
        raise InputError("A selection model takes one data set: y and v of shape (k,).")
    at_least(len(y), FEWEST, "A selection model")
    level_of_confidence(level)
    choose(dict.fromkeys(ALTERNATIVES), alternative, "alternative")
    choose(dict.fromkeys(TAU2_METHODS), tau2, "τ² method of a selection model")
    if decreasing:
        return _falling(y, v, kind, alternative, steps, delta, tau2, level)
    sign = -1.0 if alternative == "less" else 1.0
    unit = float(np.exp(np.log(v).mean()))  # the answer does not depend on the unit of y
    scaled = sign * y / np.sqrt(unit), v / unit
    setup = set_up(*scaled, kind, alternative, steps, delta, is_random=tau2 != FIXED)
    found = highest_maximum(setup.model, setup.start)
    parameters, se = found.at, _standard_errors(setup, found)
    value = found.value - len(y) * np.log(unit) / 2
    mean, between, without = _unadjusted(y, v, tau2)
    is_none = tuple(parameters[2:]) == setup.model.selection.none  # the rest would be rounding
    lrt = 0.0 if is_none else max(0.0, 2 * (value - without))
    lrt_df = int(setup.estimated.sum())
    estimate, estimate_se = sign * parameters[0] * np.sqrt(unit), se[0] * np.sqrt(unit)
    ci_low, ci_high = limits(estimate, estimate_se, level)
    first = [1.0] if kind == STEP_FUNCTION else []
    return SelectionModel(
        kind=kind,
        alternative=alternative,
        tau2_method=tau2,
        level=level,
        k=len(y),
        estimate=float(estimate),
        se=float(estimate_se),
        ci_low=float(ci_low),
        ci_high=float(ci_high),
        p_value=float(two_sided_p(estimate / estimate_se)),
        tau2=float(parameters[1] * unit),
        tau2_se=float(se[1] * unit),
        delta=np.concatenate((first, parameters[2:])),
        delta_se=np.concatenate((np.full(len(first), np.nan), se[2:])),
        at_boundary=_at_boundary(setup, parameters),
        steps=setup.steps,
        counts=setup.counts,
        log_likelihood=value,
        lrt=lrt,
        lrt_df=lrt_df,
        lrt_p=float(chdtrc(lrt_df, lrt)) if lrt_df else np.nan,
        unadjusted_estimate=mean,
        unadjusted_tau2=between,
        cannot_tell=of_correction(len(y))
        + of_empty_steps(setup)
        + of_extrapolation(y, np.array([estimate])),
    )


def _falling(
    y: Array,
    v: Array,
    kind: str,
    alternative: str,
    steps: ArrayLike | None,
    delta: ArrayLike | None,
    tau2: str,
    level: float,
) -> SelectionModel:
    """Return the model whose weights may not rise: a line with no moderator but the constant."""
    line = selection_regression(
        y, v, np.ones((len(y), 1)), kind=kind, alternative=alternative, steps=steps, delta=delta,
        tau2=tau2, level=level, decreasing=True,
    )  # fmt: skip
    of_mean = {
        "estimate": line.coefficients,
        "se": line.se,
        "ci_low": line.ci_low,
        "ci_high": line.ci_high,
        "p_value": line.p_values,
        "unadjusted_estimate": line.unadjusted_coefficients,
    }
    numbers: dict[str, Any] = {
        each.name: getattr(line, each.name)
        for each in fields(SelectionModel)
        if each.init and each.name not in of_mean
    }
    numbers.update({name: float(values[0]) for name, values in of_mean.items()})
    return SelectionModel(**numbers)


def _standard_errors(setup: SelectionSetup, found: Summit) -> Array:
    """Return standard errors of (μ, τ², δ); NaN for what is known or cannot be told apart."""
    lowest, _ = bounds(setup.model)
    at_lowest = found.at <= lowest
    at_lowest[2:] &= setup.model.selection.known_at_lowest
    unknown = setup.model.is_free & ~at_lowest
    return np.sqrt(inverse_information(found.hessian, unknown).diagonal())


def _at_boundary(setup: SelectionSetup, parameters: Array) -> bool:
    """Return whether an estimated parameter lies at an end of its range."""
    lowest, highest = bounds(setup.model)
    estimated = np.concatenate((setup.model.is_free[:2], setup.estimated))
    return bool((estimated & ((parameters <= lowest) | (parameters >= highest))).any())


def _unadjusted(y: Array, v: Array, tau2: str) -> tuple[float, float, float]:
    """Return mean, τ² and log-likelihood of a model without selection."""
    between, mean, _, q = mean_with_tau2(y, v, tau2)
    value = -(LOG_2PI * len(y) + np.log(v + between).sum() + q) / 2
    return float(mean), float(between), float(value)
