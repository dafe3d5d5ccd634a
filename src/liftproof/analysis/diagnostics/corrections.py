"""Estimates corrected for small-study effects and for selection by p value."""

from functools import cache, partial
from typing import Any

import numpy as np

from liftproof.analysis.diagnostics.method import Method, Methods, cannot_tell, sentences
from liftproof.analysis.diagnostics.pooled_trials import Array, PooledTrials
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.selection.weights import CENSORED, MOST
from liftproof.statistics.small_study.trim_and_fill import MISSING, trim_and_fill
from liftproof.statistics.tau2 import FIXED

STEP = 0.025
"""One-sided p value at which a trial on the favoured side becomes significant."""

STEPS = (
    *(0.005, 0.01, 0.05, 0.10, 0.25, 0.35, 0.50),
    *(0.65, 0.75, 0.90, 0.95, 0.99, 0.995, 1.0),
)
MODERATE = (1, 0.99, 0.95, 0.80, 0.75, 0.65, 0.60, 0.55, 0.50, 0.50, 0.50, 0.50, 0.50, 0.50)
SEVERE = (1, 0.99, 0.90, 0.75, 0.60, 0.50, 0.40, 0.35, 0.30, 0.25, 0.10, 0.10, 0.10, 0.10)
"""Steps and weights of moderate and of severe one-sided selection, as in metafor's tests; Vevea &
Woods 2005, Psychol Methods 10, 428-443."""

DRAWN_ESTIMATOR = "L0"
"""The estimator of trim and fill whose added results a funnel plot shows."""

AT_END = "A parameter lies at an end of its range: the trials hardly tell how they were selected."


def _trim_and_fill(estimator: str, of: PooledTrials) -> Result:
    return of.refitted(trim_and_fill, estimator=estimator, side="auto", level=of.level)


def _filled(of: PooledTrials, found: Any) -> str:
    return sentences(f"Trials are taken to be missing on the {found.side}.", cannot_tell(of, found))


def _selection(options: tuple[tuple[str, Any], ...], of: PooledTrials) -> Result:
    """Return a selection model that favours the side of the pooled effect."""
    favoured = "less" if of.pooled.estimate < 0 else "greater"
    tau2 = FIXED if of.specification.tau2 == FIXED else "ML"
    settled = (*options, ("level", of.level))
    return _searched(tuple(of.y), tuple(of.v), favoured, tau2, settled)


@cache
def _searched(
    y: tuple[float, ...],
    v: tuple[float, ...],
    alternative: str,
    tau2: str,
    options: tuple[tuple[str, Any], ...],
) -> Result:
    """Search once for analyses that pool the same effects by different methods."""
    effects, variances = np.array(y), np.array(v)
    return selection_model(effects, variances, alternative=alternative, tau2=tau2, **dict(options))


def _favoured(of: PooledTrials, found: Any) -> str:
    side = "below" if found.alternative == "less" else "above"
    return sentences(
        f"Selection is taken to favour effects {side} no effect, the side of the pooled one.",
        AT_END if found.lrt_df and _is_at_end(found.delta) else "",
        cannot_tell(of, found),
    )


def _is_at_end(delta: Array) -> bool:
    """Return whether a parameter of the selection function is the least or the most there is."""
    return bool(((delta <= CENSORED) | (delta >= MOST)).any())


def _selection_method(fields: tuple[str, ...], **options: Any) -> Method:
    return Method(
        compute=partial(_selection, tuple(options.items())),
        fields=(shown := ("estimate", "ci_low", "ci_high", "tau2", *fields)),
        fewest=4,
        of_none=shown,
        note=_favoured,
    )


def _trim_and_fill_method(estimator: str) -> Method:
    tested = ("k0_p",) if estimator == "R0" else ()
    drawn = ("filled_y", "filled_v") if estimator == DRAWN_ESTIMATOR else ()
    pooled = ("pooled.estimate", "pooled.ci_low", "pooled.ci_high", "pooled.tau2")
    return Method(
        compute=partial(_trim_and_fill, estimator),
        fields=("side", "k0", "k0_se", *tested, *pooled, *drawn),
        fewest=3,
        note=_filled,
    )


def _lines(*names: str) -> tuple[str, ...]:
    numbers = ("intercept", "intercept_se", "intercept_p", "slope", "slope_se", "p_value")
    return tuple(f"{name}.{number}" for name in names for number in numbers)


_ESTIMATED = ("delta", "lrt_p", "at_boundary")

_PET_PEESE = (
    *("chose_peese", "estimate", "ci_low", "ci_high", "p_value"),
    *_lines("pet", "peese"),
)

METHODS: Methods = {
    **{f"trim_and_fill_{name.lower()}": _trim_and_fill_method(name) for name in MISSING},
    "pet_peese": Method(
        compute=lambda of: pet_peese(of.y, of.v, level=of.level),
        fields=_PET_PEESE,
        fewest=3,
        of_none=_PET_PEESE,
    ),
    "selection_step": _selection_method(_ESTIMATED, kind="stepfun", steps=(STEP, 1.0)),
    "selection_beta": _selection_method(_ESTIMATED, kind="beta"),
    "selection_negexp": _selection_method(_ESTIMATED, kind="negexp"),
    "selection_moderate": _selection_method((), kind="stepfun", steps=STEPS, delta=MODERATE),
    "selection_severe": _selection_method((), kind="stepfun", steps=STEPS, delta=SEVERE),
}
