"""The registered diagnostics: each takes the material of an analysis and returns a result.

``METHODS`` names, for each, the fields of the result that become rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from liftproof.analysis.diagnostics.material import Material
from liftproof.errors import InputError
from liftproof.measures import MEASURES
from liftproof.methods import INVERSE_VARIANCE
from liftproof.reviews.settings import Analysis
from liftproof.statistics.accumulation import cumulative
from liftproof.statistics.bayes.priors import half_normal
from liftproof.statistics.bayes.random_effects import random_effects
from liftproof.statistics.influence import baujat, influence, leave_one_out
from liftproof.statistics.pooling import Pooled, pool
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.count_tests import harbord, peters
from liftproof.statistics.small_study.egger import egger
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.statistics.statements.absolute import AbsoluteEffect, absolute_effect
from liftproof.statistics.statements.confidence import confidence_distribution_of, confidence_that
from liftproof.statistics.statements.number_needed import number_needed_of

HALF_NORMAL_SCALE = 0.5
"""Of the prior on τ for log ratios: weakly informative, Röver and others 2021, Res Synth Methods
12, 448-474."""

STEP = 0.025
"""One-sided p value at which a trial in favour of the intervention becomes significant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A diagnostic: what it computes, the fields it shows, and the fewest trials it is shown for.

    Below ``fewest`` the method exists, but its numbers would say nothing.
    """

    compute: Callable[[Material], Result]
    fields: tuple[str, ...]
    fewest: int = 2


def _as_pooled(of: Material) -> Analysis:
    """Return the analysis, whose choices the methods below share.

    Raises InputError where it is pooled from counts: its numbers would be those of another model.
    """
    if of.analysis.model != INVERSE_VARIANCE:
        raise InputError(
            f"It is for inverse variance only; the analysis is pooled by {of.analysis.model}."
        )
    return of.analysis


def _pooled(of: Material) -> Pooled:
    asked = _as_pooled(of)
    return pool(of.y, of.v, tau2=asked.tau2, interval=asked.interval)


def _leave_one_out(of: Material) -> Result:
    asked = _as_pooled(of)
    return leave_one_out(of.y, of.v, tau2=asked.tau2, interval=asked.interval)


def _influence(of: Material) -> Result:
    asked = _as_pooled(of)
    return influence(of.y, of.v, tau2=asked.tau2, interval=asked.interval)


def _cumulative(of: Material) -> Result:
    asked = _as_pooled(of)
    return cumulative(of.y, of.v, of.years, tau2=asked.tau2, interval=asked.interval)


def _peters(of: Material) -> Result:
    return peters(of.y, *of.counts())


def _trim_and_fill(of: Material) -> Result:
    return trim_and_fill(of.y, of.v, estimator="L0", side="auto", tau2=_as_pooled(of).tau2)


def _selection(of: Material) -> Result:
    return selection_model(of.y, of.v, kind="stepfun", alternative="less", steps=[STEP, 1.0])


def _bayes(of: Material) -> Result:
    _require_log(of, "The prior on τ is for log ratios only.")
    return random_effects(of.y, of.v, tau_prior=half_normal(HALF_NORMAL_SCALE), interval="central")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Confidence(Result):
    """Confidence that the pooled effect is below no effect, and below a halving (ratios)."""

    below_no_effect: float
    below_half: float


def _confidence(of: Material) -> Result:
    distribution = confidence_distribution_of(_pooled(of))
    is_log = MEASURES[of.analysis.measure].is_log
    half = float(confidence_that(distribution, below=np.log(0.5))) if is_log else np.nan
    return Confidence(
        below_no_effect=float(confidence_that(distribution, below=0.0)), below_half=half
    )


def _absolute(of: Material) -> AbsoluteEffect:
    """Return events per 1000 at the risk of the control arms that give their counts."""
    if not 0 < of.baseline_risk < 1:
        raise InputError("It needs a baseline risk: events and participants of control arms.")
    pooled = _pooled(of)
    return absolute_effect(
        of.analysis.measure, pooled.estimate, pooled.ci_low, pooled.ci_high, of.baseline_risk
    )


def _number_needed(of: Material) -> Result:
    return number_needed_of(_absolute(of))


def _require_log(of: Material, reason: str) -> None:
    if not MEASURES[of.analysis.measure].is_log:
        raise InputError(reason)


_POOL = ("estimate", "ci_low", "ci_high", "p_value", "tau2", "i2", "q")
_TEST = ("bias", "bias_se", "statistic", "df", "p_value")
_EVENTS = ("baseline_risk", "events_baseline", "events", "events_low", "events_high")

METHODS: Mapping[str, Method] = {
    "egger": Method(compute=lambda of: egger(of.y, of.v), fields=_TEST, fewest=3),
    "begg_mazumdar": Method(
        compute=lambda of: begg_mazumdar(of.y, of.v), fields=("tau", "p_value"), fewest=3
    ),
    "harbord": Method(compute=lambda of: harbord(*of.counts()), fields=_TEST, fewest=3),
    "peters": Method(compute=_peters, fields=_TEST, fewest=3),
    "trim_and_fill": Method(
        compute=_trim_and_fill,
        fields=("k0", "pooled.estimate", "pooled.ci_low", "pooled.ci_high"),
        fewest=3,
    ),
    "pet_peese": Method(
        compute=lambda of: pet_peese(of.y, of.v),
        fields=("estimate", "ci_low", "ci_high", "p_value"),
        fewest=3,
    ),
    "selection_step": Method(
        compute=_selection,
        fields=("estimate", "ci_low", "ci_high", "tau2", "delta", "lrt_p"),
        fewest=4,
    ),
    "excess_significance": Method(
        compute=lambda of: excess_significance(of.y, of.v),
        fields=("observed", "expected", "ratio", "p_exact"),
    ),
    "leave_one_out": Method(compute=_leave_one_out, fields=_POOL),
    "influence": Method(
        compute=_influence,
        fields=(
            *("rstandard", "rstudent", "dffits", "cook_distance", "cov_ratio"),
            *("tau2_deleted", "q_deleted", "hat", "is_influential"),
        ),
        fewest=3,
    ),
    "baujat": Method(compute=lambda of: baujat(of.y, of.v), fields=("heterogeneity", "influence")),
    "cumulative": Method(compute=_cumulative, fields=("k", *_POOL)),
    "bayes_half_normal": Method(
        compute=_bayes,
        fields=(
            *("mu.median", "mu.low", "mu.high", "tau.median", "tau.low", "tau.high"),
            *("prediction.low", "prediction.high"),
        ),
    ),
    "confidence": Method(compute=_confidence, fields=("below_no_effect", "below_half"), fewest=1),
    "absolute_effect": Method(compute=_absolute, fields=_EVENTS, fewest=1),
    "number_needed": Method(
        compute=_number_needed,
        fields=("number", "best", "worst", "is_benefit", "includes_no_effect"),
        fewest=1,
    ),
}
"""By name, in the order of the report. All numbers are on the analysis scale (log for ratios)."""
