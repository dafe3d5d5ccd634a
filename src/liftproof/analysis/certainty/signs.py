"""What in the numbers of an analysis speaks against a judgement on it."""

from collections.abc import Callable
from dataclasses import dataclass

from liftproof.analysis.certainty.graded_analysis import ENOUGH_FOR_ASYMMETRY, GradedAnalysis
from liftproof.reviews.model.grade import CERTAINTIES, PRINTED

HIGH_I2, LOW_I2 = 50.0, 25.0
"""Percent. Cochrane Handbook, version 6, section 10.10.2: 50 to 90 may be substantial."""
SIGNIFICANT = 0.10
"""The usual level for tests of low power: Q and funnel asymmetry."""
LARGE, VERY_LARGE = 0.5, 0.2
"""GRADE's ratios of a large and a very large effect; for ratios above 1, their reciprocals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The number that contradicts, a second one, and the threshold; None where there is none."""

    value: float | None = None
    second: float | None = None
    needed: float | None = None


def includes_no_effect(of: GradedAnalysis) -> Sign | None:
    """Return the limits where they include no effect."""
    if of.row.ci_low is None or of.excludes_no_effect:
        return None
    return Sign(value=of.row.ci_low, second=of.row.ci_high, needed=of.no_effect)


def too_few_people(of: GradedAnalysis) -> Sign | None:
    """Return the participants where they are fewer than the optimal information size."""
    if of.size is None or of.optimal_size is None or of.size >= of.optimal_size:
        return None
    return Sign(value=of.size, second=of.row.events, needed=of.optimal_size)


def hartung_knapp_reaches_no_effect(of: GradedAnalysis) -> Sign | None:
    """Return Hartung-Knapp limits where they include no effect and those that were judged do not.

    How much wider they are says little by itself: of four trials or fewer they are by 60 percent
    or more, whatever the trials found.
    """
    if of.hartung_knapp is None or not of.excludes_no_effect:
        return None
    low, high = of.hartung_knapp
    return (
        Sign(value=low, second=high, needed=of.no_effect) if low <= of.no_effect <= high else None
    )


def is_precise(of: GradedAnalysis) -> Sign | None:
    """Return the limits where nothing that is known speaks of imprecision."""
    is_enough = of.size is not None and of.optimal_size is not None and of.size >= of.optimal_size
    if not (of.excludes_no_effect and is_enough) or hartung_knapp_reaches_no_effect(of):
        return None
    return Sign(value=of.row.ci_low, second=of.row.ci_high, needed=of.optimal_size)


def high_i2(of: GradedAnalysis) -> Sign | None:
    """Return an I² that may be substantial."""
    i2 = of.row.i2
    return Sign(value=i2, needed=HIGH_I2) if i2 is not None and i2 >= HIGH_I2 else None


def significant_q(of: GradedAnalysis) -> Sign | None:
    """Return the p value of Q where it is small."""
    p = of.row.q_p
    is_low = p is not None and of.row.k > 1 and p < SIGNIFICANT
    return Sign(value=p, needed=SIGNIFICANT) if is_low else None


def prediction_reaches_no_effect(of: GradedAnalysis) -> Sign | None:
    """Return prediction limits that include no effect where those of the mean do not."""
    low, high = of.row.pi_low, of.row.pi_high
    if low is None or high is None or not of.excludes_no_effect:
        return None
    return (
        Sign(value=low, second=high, needed=of.no_effect) if low <= of.no_effect <= high else None
    )


def is_consistent(of: GradedAnalysis) -> Sign | None:
    """Return I² and the p value of Q where neither, nor the prediction, shows inconsistency."""
    i2, p = of.row.i2, of.row.q_p
    if i2 is None or p is None or i2 >= LOW_I2 or p < SIGNIFICANT:
        return None
    return None if prediction_reaches_no_effect(of) else Sign(value=i2, second=p, needed=LOW_I2)


def too_few_trials(of: GradedAnalysis) -> Sign | None:
    """Return the number of trials where no test of asymmetry could tell."""
    studies = of.row.studies or 0
    few = studies < ENOUGH_FOR_ASYMMETRY
    return Sign(value=studies, needed=ENOUGH_FOR_ASYMMETRY) if few else None


def is_asymmetric(of: GradedAnalysis) -> Sign | None:
    """Return Egger's p where it is small."""
    p = of.asymmetry_p
    return Sign(value=p, needed=SIGNIFICANT) if p is not None and p < SIGNIFICANT else None


def is_symmetric(of: GradedAnalysis) -> Sign | None:
    """Return Egger's p where it is not small."""
    p = of.asymmetry_p
    return Sign(value=p, needed=SIGNIFICANT) if p is not None and p >= SIGNIFICANT else None


def none_of_population(of: GradedAnalysis) -> Sign | None:
    """Return zero and the number of trials where none is of the population."""
    return Sign(value=0, second=of.bias.trials) if of.of_population == 0 else None


def all_of_population(of: GradedAnalysis) -> Sign | None:
    """Return the number of trials where each is of the population."""
    every = of.bias.trials
    is_all = every > 0 and of.of_population == every
    return Sign(value=every, second=every) if is_all else None


def some_at_high_risk(of: GradedAnalysis) -> Sign | None:
    """Return how many trials were judged at high risk, if any."""
    return Sign(value=of.bias.high, second=of.bias.trials) if of.bias.high else None


def most_not_judged(of: GradedAnalysis) -> Sign | None:
    """Return how many trials nobody judged, if more than half."""
    unknown = of.bias.trials - of.bias.judged
    is_most = 2 * unknown > of.bias.trials
    return Sign(value=unknown, second=of.bias.trials) if is_most else None


def all_at_low_risk(of: GradedAnalysis) -> Sign | None:
    """Return the number of trials where each was judged at low risk."""
    every = of.bias.trials
    is_all = every > 0 and of.bias.low == every
    return Sign(value=every, second=every) if is_all else None


def not_beyond(threshold: float) -> Callable[[GradedAnalysis], Sign | None]:
    """Return whether the limit nearer to no effect falls short of a large ratio."""

    def holds(of: GradedAnalysis) -> Sign | None:
        row = of.row
        if not of.is_log or row.estimate is None or row.ci_low is None or row.ci_high is None:
            return None
        below = row.estimate < of.no_effect
        limit, needed = (row.ci_high, threshold) if below else (row.ci_low, 1 / threshold)
        is_beyond = limit < needed if below else limit > needed
        return None if is_beyond else Sign(value=limit, needed=needed)

    return holds


def also_down(of: GradedAnalysis) -> Sign | None:
    """Return how many domains rate the evidence down, if any."""
    return Sign(value=len(of.certainty.down)) if of.certainty.down else None


def printed_otherwise(of: GradedAnalysis) -> Sign | None:
    """Return the places of the printed and the computed certainty where they disagree."""
    printed = CERTAINTIES.index(of.grades[PRINTED].judgement)
    computed = CERTAINTIES.index(of.certainty.level)
    agrees = printed <= computed if of.certainty.at_most else printed == computed
    return None if agrees else Sign(value=printed, second=computed)
