"""From trials and a specification to every number that a review could have printed."""

from collections.abc import Mapping

import numpy as np

from liftproof.analysis.count_arms import arms_under
from liftproof.analysis.effects import Pair, effects_under
from liftproof.analysis.engine import pool_under
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import LiftproofError
from liftproof.vocabulary.measures import MEASURES, Measure
from liftproof.vocabulary.quantities import REDUCTIONS

Numbers = Mapping[str, float]
ON_ANALYSIS_SCALE: tuple[str, ...] = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
AS_THEY_ARE = (
    *("se", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
    *("tau2_between", "tau2_within"),
)
LINE = ("intercept", "slope")


def numbers_under(
    trials: TrialData, specification: Specification, effects: Pair | None = None
) -> Numbers | None:
    """Return what a specification gives, each number as it would be printed, or None for nothing.

    Estimates and their limits are on the natural scale, and on the scale of logarithms under
    ``log_...`` for ratios; ``i2`` and reductions in percent; ``p`` two-sided. Quantities that do
    not exist are absent. None where a trial or a method does not fit the specification.
    ``effects``: those under the specification, where they are known.

    >>> from liftproof.analysis.trial_data import trials_of
    >>> trials = trials_of(y=[-0.51, -0.22, 0.05], v=[0.04, 0.001, 0.09])
    >>> found = numbers_under(trials, Specification(measure="RR", tau2="DL", interval="wald"))
    >>> round(found["estimate"], 4), round(found["i2"], 3)
    (0.7801, 30.917)
    """
    try:
        y, v = effects or effects_under(trials, specification)
        arms = arms_under(trials, specification)
        result = pool_under(y, v, specification, study=trials.study, x=trials.x, arms=arms)
    except LiftproofError:
        return None
    return _as_printed(result, MEASURES[specification.measure])


def _as_printed(result: PoolResult, measure: Measure) -> Numbers:
    plain = {name: float(getattr(result, name)) for name in AS_THEY_ARE}
    for name in ON_ANALYSIS_SCALE:
        value = float(getattr(result, name))
        plain[name] = measure.natural(value)
        if measure.is_log:
            plain[f"log_{name}"] = value
    plain["tau"] = float(np.sqrt(plain["tau2"]))
    plain |= {"z": float(result.statistic), "p": float(result.p_value)}
    if measure.is_log:
        plain |= {name: 100 * (1 - plain[other]) for name, other in REDUCTIONS.items()}
    ses = np.sqrt(np.diagonal(result.covariance))
    plain |= {name: float(b) for name, b in zip(LINE, result.coefficients, strict=False)}
    plain |= {f"{name}_se": float(se) for name, se in zip(LINE, ses, strict=False)}
    return {name: value for name, value in plain.items() if np.isfinite(value)}
