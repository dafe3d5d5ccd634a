"""Evidence as it accumulated: cumulative estimates, sequential monitoring, information sizes."""

import numpy as np

from liftproof.analysis.diagnostics.method import Finding, Method, Methods, sentences
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials
from liftproof.errors import InputError
from liftproof.reviews.model.directions import HIGHER
from liftproof.statistics.accumulation import (
    Monitoring,
    conditional_power,
    cumulative,
    diversity,
    monitor,
    participants_for_risks,
    required_size,
)
from liftproof.statistics.accumulation.information import errors
from liftproof.statistics.result import Result
from liftproof.statistics.statements.absolute import RISKS

ALPHA, BETA, SIDES = 0.05, 0.2, 2
RATIO, STANDARDISED = 0.8, 0.5
"""Effects to be found, assumed as a review names none: a fifth less; half a standard deviation, the
smallest that people notice: Norman, Sloan & Wyrwich 2003, Med Care 41, 582-592."""
ASSUMED = ("trend", "sought", "none")
"""What is assumed of the trials to come: that they go on with the trend so far, that the effect is
the one sought, or none."""
ERRORS = f"two-sided α of {ALPHA:g} and power of {1 - BETA:g}"


def _cumulative(of: PooledTrials) -> Result:
    return of.refitted(cumulative, order=of.dates, level=of.level)


def _monitoring(of: PooledTrials) -> Finding:
    """Hold z after each trial against the boundaries, with Σ1/v as the information.

    Information so measured allows for events, follow-up and clusters, which participants do not.
    """
    tau2, effect = of.inverse_variance().tau2, effect_sought(of)
    single = (errors(ALPHA, BETA, SIDES) / effect) ** 2
    required = single / (1 - float(diversity(of.y, of.v, tau2=tau2)) / 100)
    found = monitor(
        of.y,
        of.v,
        1 / of.v,
        required,
        order=of.dates,
        tau2=tau2,
        alpha=ALPHA,
        beta=BETA,
        sides=SIDES,
        spending="esOF",
    )
    return Finding(
        order=found.order,
        values={
            "required": required,
            "required_sequential": found.required_sequential,
            "achieved": found.size[-1],
            "fraction": found.timing[-1],
            "is_crossed": found.crossed >= 0,
            "timing": found.timing,
            "z": found.z,
            "is_look": found.is_look,
            "upper": found.upper,
            "lower": found.lower,
            "final": found.planned.upper[-1],
            **_powers(found, np.sign(effect)),
        },
    )


def _powers(found: Monitoring, side: float) -> dict[str, float]:
    """Return the chance that z crosses the final boundary, by what is assumed of the rest."""
    z, fraction = found.z[-1], found.timing[-1]
    if fraction >= 1:
        return {f"power_{assumed}": np.nan for assumed in ASSUMED}
    drifts = (z / np.sqrt(fraction), side * found.planned.drift, 0.0)
    power = conditional_power(z, fraction, np.array(drifts), float(found.planned.upper[-1]))
    return {
        f"power_{assumed}": chance
        for assumed, chance in zip(ASSUMED, power.above + power.below, strict=True)
    }


def effect_sought(of: PooledTrials) -> float:
    """Return the effect to be found on the analysis scale, on the side of the intervention.

    Raises InputError for a measure of which none is assumed.
    """
    side = 1.0 if of.better == HIGHER else -1.0
    if of.is_log:
        return side * float(abs(np.log(RATIO)))
    if of.specification.measure == "SMD":
        return side * STANDARDISED
    raise InputError(
        "It needs the smallest effect that matters; one is assumed for ratios and for standardised "
        "mean differences only."
    )


def _information_size(of: PooledTrials) -> Result:
    """Return the participants needed to find the ratio at the risk of the control arms."""
    measure, tau2 = of.specification.measure, of.inverse_variance().tau2
    if not (of.is_log and measure in RISKS):
        raise InputError("It is for ratios of risks, odds, rates or hazards.")
    if not (np.isfinite(of.sizes).all() and 0 < of.baseline_risk < 1):
        raise InputError("It needs the participants of every trial and a risk in control arms.")
    treated = RISKS[measure](np.log(RATIO), np.asarray(of.baseline_risk))
    common = participants_for_risks(
        of.baseline_risk, float(treated), alpha=ALPHA, beta=BETA, sides=SIDES
    )
    return required_size(of.y, of.v, of.sizes, common, tau2=tau2)


def _sought(of: PooledTrials) -> str:
    size = f"a ratio of {RATIO:g} or {1 / RATIO:g}" if of.is_log else f"±{STANDARDISED:g}"
    return f"To find {size} with {ERRORS}, adjusted for the diversity of the trials."


def _looks(of: PooledTrials, _found: Finding) -> str:
    return sentences(
        _sought(of),
        "Information is the sum of 1/v; O'Brien-Fleming-type boundaries, a look a trial.",
        "Conditional power is that of the final boundary, as if z went on as a Brownian motion.",
        of.dated,
    )


def _participants(of: PooledTrials, _found: Result) -> str:
    inflated = any(effect.design_effect != 1 for effect in of.effects)
    divided = ", divided by the design effect" if inflated else ""
    risk = f"the risk without is {of.baseline_risk:.3g}, that of {of.baselines} control arms"
    return f"{_sought(of)} Participants{divided}; {risk}."


METHODS: Methods = {
    "cumulative": Method(
        compute=_cumulative,
        fields=("k", "estimate", "ci_low", "ci_high", "p_value", "tau2", "i2", "q"),
        of_none=("p_value",),
        note=lambda of, _found: of.dated,
    ),
    "monitoring": Method(
        compute=_monitoring,
        fields=(
            *("required", "required_sequential", "achieved", "fraction", "is_crossed"),
            *("timing", "z", "is_look", "upper", "lower", "final"),
            *(f"power_{assumed}" for assumed in ASSUMED),
        ),
        note=_looks,
    ),
    "information_size": Method(
        compute=_information_size,
        fields=("common", "diversity_adjusted", "i2_adjusted", "d2", "achieved"),
        note=_participants,
    ),
}
