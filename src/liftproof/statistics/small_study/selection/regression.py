"""Selection models with moderators: a line as it would be had every trial been published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from liftproof.statistics.checks import Array, level_of_confidence
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.regression.estimates import least_squares
from liftproof.statistics.regression.line_fit import GIVEN
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import of_correction
from liftproof.statistics.small_study.selection.curvature import inverse_information
from liftproof.statistics.small_study.selection.likelihood import LOG_2PI
from liftproof.statistics.small_study.selection.line import line_bounds
from liftproof.statistics.small_study.selection.question import SelectionQuestion, asked
from liftproof.statistics.small_study.selection.selected import Selected, selected
from liftproof.statistics.small_study.selection.sentences import (
    of_empty_steps,
    of_extrapolation,
    of_joined_steps,
)
from liftproof.statistics.small_study.selection.setup import STEP_FUNCTION
from liftproof.statistics.tau2 import TAU2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SelectionRegression(Result):
    """A selection model with moderators fitted to one data set, on the analysis scale.

    ``kind``, ``alternative``, ``tau2_method``, ``is_decreasing``, ``level``: how it was computed;
    ``k`` trials, ``p`` coefficients. ``coefficients`` (p,) before selection, ``covariance`` (p, p),
    ``se``, ``statistic``, ``df`` (infinite: normal), ``p_values``, ``ci_low``, ``ci_high`` (p,).
    ``qm``, ``qm_df``, ``qm_p``: test of all but the intercept. ``unadjusted_coefficients`` (p,),
    ``unadjusted_tau2``: by ML without selection. All else as in ``SelectionModel``; ``delta_se`` is
    NaN too for a weight that is joined to the first.
    """

    kind: str
    alternative: str
    tau2_method: str
    is_decreasing: bool
    level: float
    k: int
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
    unadjusted_coefficients: Array
    unadjusted_tau2: float
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v", "x")
@by_metafors_names_or_given
def selection_regression(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    *,
    kind: str = STEP_FUNCTION,
    alternative: str = "greater",
    steps: ArrayLike | None = None,
    delta: ArrayLike | None = None,
    tau2: str | float = "ML",
    decreasing: bool = False,
    level: float = 0.95,
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> SelectionRegression:
    """Fit a meta-regression to trials selected by their p values, by maximum likelihood.

    ``y``, ``v`` (k,); ``x`` (k, p) and ``intercept`` as in ``meta_regression``; ``kind``,
    ``alternative``, ``steps``, ``delta`` and ``level`` as in ``selection_model``. ``tau2``: ML, FE,
    or a number, τ² itself. ``decreasing``: weights of a step function may not rise from step to
    step; what would is joined to the step before, which ``cannot_tell`` names, and the p value of
    no selection, by χ², is then too large. Raises InputError and ConvergenceError.

    The search starts from lines shifted up and down, and is a search: a maximum with slopes far
    from those of least squares can be missed. ``missing``: see ``statistics.missing``.

    Source: as ``selection_model``. metafor:
    ``selmodel(rma(yi, vi, mods = ~ x, method="ML"), type="stepfun", steps=0.025)``.

    >>> y, v = [1.2, 1.0, 0.9, 0.3, 0.2, 0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    >>> found = selection_regression(y, v, [1, 2, 3, 4, 5, 7], intercept=True, steps=[0.025])
    >>> found.coefficients.round(3).tolist(), found.delta.round(3).tolist()
    ([0.642, -0.087], [1.0, 0.181])
    """
    question, place = asked(
        y, v, x, kind, alternative, steps, delta, tau2, decreasing=decreasing, intercept=intercept
    )
    level = level_of_confidence(level)
    found = selected(question)
    highest = found.maxima[0]
    at = highest.at
    k, q = found.line.x.shape
    variance = inverse_information(highest.hessian, found.unknown)
    coefficients = found.to_x @ at[:q]
    covariance = found.to_x @ variance[:q, :q] @ found.to_x.T
    se = np.sqrt(covariance.diagonal())
    ci_low, ci_high = limits(coefficients, se, level)
    statistic = quotient(coefficients, se)
    qm, qm_df, qm_p = omnibus(coefficients, covariance, [i for i in range(q) if i != place], np.inf)
    others = np.sqrt(variance.diagonal())
    value = highest.value - k * np.log(question.unit) / 2
    without, between, plain = _unadjusted(question)
    is_none = tuple(at[q + 1 :]) == found.setup.model.selection.none  # the rest would be rounding
    lrt = 0.0 if is_none else max(0.0, 2 * (value - plain))
    lrt_df = _estimated(found, question)
    first = [1.0] if kind == STEP_FUNCTION else []
    return SelectionRegression(
        kind=kind,
        alternative=alternative,
        tau2_method=tau2 if isinstance(tau2, str) else GIVEN,
        is_decreasing=decreasing,
        level=level,
        k=k,
        p=q,
        coefficients=coefficients,
        covariance=covariance,
        se=se,
        statistic=statistic,
        df=np.full(q, np.inf),
        p_values=two_sided_p(statistic),
        ci_low=ci_low,
        ci_high=ci_high,
        qm=float(qm),
        qm_df=qm_df,
        qm_p=float(qm_p),
        tau2=float(at[q] * question.unit),
        tau2_se=float(others[q] * question.unit),
        delta=np.concatenate((first, found.weights(at[q + 1 :], 1.0))),
        delta_se=np.concatenate(
            (np.full(len(first), np.nan), found.weights(others[q + 1 :], np.nan))
        ),
        at_boundary=_at_boundary(found),
        steps=found.steps,
        counts=found.counts,
        log_likelihood=float(value),
        lrt=lrt,
        lrt_df=lrt_df,
        lrt_p=float(chdtrc(lrt_df, lrt)) if lrt_df else np.nan,
        unadjusted_coefficients=without,
        unadjusted_tau2=between,
        cannot_tell=of_correction(k)
        + of_empty_steps(found.setup)
        + of_joined_steps(found)
        + of_extrapolation(question.y, question.x @ coefficients),
    )


def _estimated(found: Selected, question: SelectionQuestion) -> int:
    """Return how many parameters of selection are estimated; of falling steps all are."""
    return len(found.of) if question.is_decreasing else int(found.setup.estimated.sum())


def _at_boundary(found: Selected) -> bool:
    """Return whether an estimated parameter lies at an end of its range."""
    lowest, highest = line_bounds(found.line)
    at, q = found.maxima[0].at, found.line.x.shape[1]
    estimated = np.concatenate((found.line.is_free[: q + 1], found.setup.estimated))
    return bool((estimated & ((at <= lowest) | (at >= highest))).any())


def _unadjusted(question: SelectionQuestion) -> tuple[Array, float, float]:
    """Return coefficients, τ² and log-likelihood of a model without selection."""
    y, v, x, tau2 = question.y, question.v, question.x, question.tau2
    between = float(TAU2["ML"](y, v, x=x)) if tau2 is None else tau2
    fit = least_squares(y, v, x, between)
    value = -(LOG_2PI * len(y) + np.log(v + between).sum() + fit.q) / 2
    return fit.coefficients, between, float(value)
