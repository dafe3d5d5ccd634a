"""How well a pool or a meta-regression fits: log-likelihood and information criteria at its τ²."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import effects_and_variances
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.regression.fitting import meta_regression
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED
from liftproof.statistics.tau2.profile import FitStatistics, fit_statistics


@of_one_index
@by_metafors_names_or_given
@dropping_missing("y", "v", "x")
def information_criteria(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    tau2: str | ArrayLike = "REML",
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> FitStatistics:
    """Return log-likelihood, deviance, AIC, BIC and AICc of a pool, or with ``x`` of a line.

    ``y`` and ``v`` (..., k), ``x`` (..., k, p), ``tau2`` and ``intercept`` as in
    ``meta_regression``. The likelihood is the restricted one for REML, which compares models of the
    same ``x`` alone, and the full one for every other τ²; a τ² that is given is no parameter.
    Raises InputError and ConvergenceError. ``missing``: see ``statistics.missing``.

    Source: Viechtbauer 2010, J Stat Softw 36(3); AICc: Hurvich & Tsai 1989, Biometrika 76, 297-307.
    metafor: ``fitstats(rma(yi, vi, mods = ~ x, method=))``.

    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> fit = information_criteria(y, v, [44, 55, 42, 52, 13], tau2="ML", intercept=True)
    >>> round(float(fit.log_likelihood), 4), round(float(fit.aic), 4), fit.parameters
    (0.4742, 5.0515, 3)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    columns, place = (np.ones((k, 1)), 0) if x is None else (x, intercept)
    design, _ = design_and_intercept(columns, k, place)
    fit = meta_regression(y, v, design, tau2=tau2, intercept=None)
    likelihood = RESTRICTED if fit.tau2_method == RESTRICTED.name else FULL
    is_estimated = isinstance(tau2, str) and fit.tau2_method != FIXED
    return fit_statistics(
        y, v, fit.tau2, method=likelihood.name, x=design, is_estimated=is_estimated
    )
