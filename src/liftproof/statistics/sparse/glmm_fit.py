"""What every mixed model reports."""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import choose, is_number
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.heterogeneity import (
    h2_from_tau2,
    i2_from_tau2,
    q_p_value,
    typical_variance,
)
from liftproof.statistics.result import Result
from liftproof.statistics.sparse.glmm_heterogeneity import homogeneity
from liftproof.statistics.sparse.glmm_models import RANDOM_STUDIES, Setup
from liftproof.statistics.sparse.search import Maximum, maximise


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glmm(Result):
    """A mixed model's pooled estimate, on the log scale (log odds of a proportion).

    ``measure``, ``model``, ``method`` (``EE`` or ``ML``), ``test`` (``z`` or ``t``), ``level``,
    ``nodes`` (of the quadrature, per random effect): how it was computed. ``k``: trials used.
    ``estimate``, ``se``, ``variance`` (= ``se``², from the observed information on all
    parameters), ``statistic`` = estimate/se, ``df`` of t (infinite: normal), ``p_value`` of no
    effect, two-sided, ``ci_low``, ``ci_high``.
    ``tau2``: variance of the effect between trials, 0 for EE; ``at_boundary``: whether ML put it
    at 0. ``sigma2``: variance of the intercepts in UM.RS, else NaN. ``i2`` (percent) and ``h2``:
    from τ² and the typical variance of the trials' effects.
    ``q_wald``, ``q_lrt``: tests that all trials share one effect, ``q_df`` = k - 1,
    ``q_wald_p``, ``q_lrt_p``.
    ``log_likelihood``: marginal, with all constants. ``log_likelihood_at_modes``: of the counts
    given the likeliest random effects, from which metafor's ``logLik()`` is computed for ML in
    UM.FS, CM.AL and one-group models. ``parameters``: their number; ``aic``, ``aicc``, ``bic``.
    """

    measure: str
    model: str
    method: str
    test: str
    level: float
    nodes: int
    k: int
    estimate: float
    se: float
    variance: float
    statistic: float
    df: float
    p_value: float
    ci_low: float
    ci_high: float
    tau2: float
    at_boundary: bool
    sigma2: float
    i2: float
    h2: float
    q_wald: float
    q_wald_p: float
    q_lrt: float
    q_lrt_p: float
    q_df: int
    log_likelihood: float
    log_likelihood_at_modes: float
    parameters: int
    aic: float
    aicc: float
    bic: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a model is fitted: the arguments that all public functions share."""

    model: str
    method: str
    test: str
    level: float
    nodes: int | None

    def resolved_nodes(self, default: int) -> int:
        """Return the number of nodes, or raise InputError for one that is not 1 to 100."""
        nodes = default if self.nodes is None else self.nodes
        if not is_number(nodes) or not 1 <= nodes <= MOST_NODES or nodes != int(nodes):
            raise InputError(f"nodes must be a whole number from 1 to {MOST_NODES}, not {nodes!r}.")
        return int(nodes)


MOST_NODES = 100
METHODS = {"EE": True, "ML": False}
"""Whether a method holds τ² at 0."""
TESTS = {"z": False, "t": True}
"""Whether a test uses t with k - 1 degrees of freedom."""


def fit_model(measure: str, options: Options, setup: Setup, effects: Effects) -> Glmm:
    """Fit the model and return all that is reported."""
    is_common = choose(METHODS, options.method, "method")
    uses_t = choose(TESTS, options.test, "test")
    common = setup.common()
    at_common = maximise(common.model, common.start)
    maximum = at_common if is_common else maximise(setup.model, setup.start)
    fitted = common if is_common else setup
    k = setup.model.family.shape[0]
    wald, lrt, _ = homogeneity(options.model, setup, at_common.log_likelihood)
    estimate, se = float(maximum.point.shared[0, 0]), float(np.sqrt(maximum.variance_of_first()))
    df = float(k - 1) if uses_t and k > 1 else np.inf
    ci_low, ci_high = limits(estimate, se, options.level, df)
    tau2 = 0.0 if is_common else float(maximum.point.shared[0, -1] ** 2)
    typical = typical_variance(effects.v[effects.kept])
    parameters = maximum.point.own.size + maximum.point.shared.size
    ll = maximum.log_likelihood
    aic, aicc, bic = _criteria(ll, parameters, setup.observations)
    return Glmm(
        measure=measure,
        model=options.model,
        method=options.method,
        test=options.test,
        level=options.level,
        nodes=setup.model.nodes,
        k=k,
        estimate=estimate,
        se=se,
        variance=se**2,
        statistic=estimate / se,
        df=df,
        p_value=float(two_sided_p(np.asarray(estimate / se), df)),
        ci_low=float(ci_low),
        ci_high=float(ci_high),
        tau2=tau2,
        at_boundary=not is_common and tau2 == 0,
        sigma2=_sigma2(options.model, maximum),
        i2=float(i2_from_tau2(tau2, typical)),
        h2=float(h2_from_tau2(tau2, typical)),
        q_wald=wald,
        q_wald_p=float(q_p_value(wald, k - 1)),
        q_lrt=lrt,
        q_lrt_p=float(q_p_value(lrt, k - 1)),
        q_df=k - 1,
        log_likelihood=ll,
        log_likelihood_at_modes=fitted.model.log_density_at_modes(maximum.point.by_trial()[0]),
        parameters=parameters,
        aic=aic,
        aicc=aicc,
        bic=bic,
    )


def _sigma2(model: str, maximum: Maximum) -> float:
    """Return the variance of intercepts in UM.RS, else NaN."""
    return float(maximum.point.shared[0, 2] ** 2) if model == RANDOM_STUDIES else np.nan


def _criteria(log_likelihood: float, parameters: int, n: int) -> tuple[float, float, float]:
    """Return AIC, AICc and BIC; n at least parameters + 2 in AICc, as in metafor."""
    deviance = -2 * log_likelihood
    larger = max(n, parameters + 2)
    aicc = deviance + 2 * parameters * larger / (larger - parameters - 1)
    return deviance + 2 * parameters, aicc, deviance + parameters * float(np.log(n))
