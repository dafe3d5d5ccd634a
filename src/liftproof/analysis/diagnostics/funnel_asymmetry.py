"""Tests of funnel asymmetry, the funnel's own numbers, and the test of excess significance."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from liftproof.analysis.diagnostics.method import Method, Methods, cannot_tell, sentences
from liftproof.analysis.diagnostics.pooled_trials import Array, PooledTrials
from liftproof.errors import InputError
from liftproof.statistics.effects.counts import odds_ratio
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.count_tests import harbord, peters
from liftproof.statistics.small_study.egger import egger, funnel_regression
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.funnel import funnel
from liftproof.statistics.small_study.predictors import NEEDS_N, PREDICTORS
from liftproof.statistics.small_study.rank_tests import begg_mazumdar
from liftproof.vocabulary.intervals import TESTS


def _peters(of: PooledTrials) -> Result:
    counts = of.counts()
    return peters(odds_ratio(*counts).y, *counts)


def _regression(model: str, predictor: str, of: PooledTrials) -> Result:
    """Return a regression of effects on a predictor, with the analysis's τ² and test (rma)."""
    asked = of.specification if model == "lm" else of.inverse_variance()
    return funnel_regression(
        of.y,
        of.v,
        _sizes(of) if predictor in NEEDS_N else None,
        model=model,
        predictor=predictor,
        tau2=asked.tau2,
        test=TESTS.get(asked.interval, "z"),
        level=of.level,
    )


def _sizes(of: PooledTrials) -> Array:
    if not np.isfinite(of.sizes).all():
        raise InputError("It needs the participants of every trial.")
    return of.sizes


def _on_odds_ratios(of: PooledTrials, found: Any) -> str:
    return sentences("On log odds ratios, whatever the analysis pools.", cannot_tell(of, found))


def _of_sizes(of: PooledTrials, found: Any) -> str:
    inflated = any(effect.design_effect != 1 for effect in of.effects)
    divided = "Participants are divided by the design effect." if inflated else ""
    return sentences(divided, cannot_tell(of, found))


def _of_power(of: PooledTrials, found: Any) -> str:
    return sentences("Power is that at the fixed-effect mean.", cannot_tell(of, found))


def _regression_method(model: str, predictor: str) -> Method:
    note: Callable[[PooledTrials, Any], str] = _of_sizes if predictor in NEEDS_N else cannot_tell
    fields = ("slope", "slope_se", "statistic", "df", "p_value")
    limit = () if predictor in ("ni", "sqrtni") else _LIMIT
    tau2 = ("tau2",) if model == "rma" else ()
    compute = partial(_regression, model, predictor)
    return Method(compute=compute, fields=(*fields, *limit, *tau2), fewest=3, note=note)


_LIMIT = ("limit_estimate", "limit_ci_low", "limit_ci_high")
_TEST = ("bias", "bias_se", "statistic", "df", "p_value")

_EXCESS = ("observed", "expected", "ratio", "p_exact")

METHODS: Methods = {
    "egger": Method(compute=lambda of: egger(of.y, of.v), fields=_TEST, fewest=3),
    **{
        f"regtest_{model}_{predictor}": _regression_method(model, predictor)
        for model in ("lm", "rma")
        for predictor in PREDICTORS
        if (model, predictor) != ("lm", "sei")  # that is Egger's
    },
    "begg_mazumdar": Method(
        compute=lambda of: begg_mazumdar(of.y, of.v), fields=("tau", "p_value"), fewest=3
    ),
    "harbord": Method(
        compute=lambda of: harbord(*of.counts()), fields=_TEST, fewest=3, note=_on_odds_ratios
    ),
    "peters": Method(compute=_peters, fields=_TEST, fewest=3, note=_on_odds_ratios),
    "excess_significance": Method(
        compute=lambda of: excess_significance(of.y, of.v),
        fields=_EXCESS,
        of_none=_EXCESS,
        note=_of_power,
    ),
    "funnel": Method(
        compute=lambda of: funnel(of.y, of.v),
        fields=("y", "se", "p_value", "p_class"),
        of_none=("p_value", "p_class"),
        fewest=1,
        takes_dependent=True,
        note=lambda _of, _found: (
            "Contour (p_class): how many of the levels 0.1, 0.05 and 0.01 p lies below."
        ),
    ),
}
