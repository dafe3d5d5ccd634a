"""Ways to be certain that an effect is better than a threshold, each with what it rests on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite

from liftproof.analysis.claims.better_side import is_worse, worse_limit
from liftproof.analysis.claims.pooled_claim import PooledClaim
from liftproof.analysis.diagnostics.bayesian import SCALE
from liftproof.analysis.estimates import cautious_limits
from liftproof.errors import InputError, StatisticsError
from liftproof.reviews.model.claim import Claim
from liftproof.reviews.model.claim_point import (
    AS_PRINTED,
    CONFIDENCE,
    FEW_TRIALS,
    INTERVAL,
    POSTERIOR,
    PREDICTION,
)
from liftproof.reviews.model.directions import HIGHER
from liftproof.rows.claim_rows import ReadingRow
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import TauPrior, half_cauchy, half_normal, half_t
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.statements.confidence import (
    confidence_distribution_of,
    confidence_that,
)
from liftproof.vocabulary.models import INVERSE_VARIANCE, MODELS

DF = 3
WIDER, NARROWER = 2 * SCALE, SCALE / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingValue:
    """A limit or a probability; ``low`` where there are limits."""

    value: float | None
    low: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A way to be certain: ``is_limit`` where its value is an upper limit."""

    find: Callable[[PooledClaim, float], ReadingValue]
    note: str
    is_limit: bool = False


def readings(claim: Claim, of: PooledClaim) -> Iterator[ReadingRow]:
    """Yield every reading of a claim that has a condition on the estimate."""
    if claim.point is None:
        return
    for name, reading in READINGS.items():
        row = ReadingRow(
            claim=claim.id,
            review=claim.review,
            analysis=claim.analysis,
            reading=name,
            asked="yes" if name in claim.certainty else "no",
            needed=claim.point.threshold if reading.is_limit else of.specification.level,
            better=of.better,
            note=reading.note,
        )
        yield _answered(row, reading, of, claim.point.threshold)


def few_trials(of: PooledClaim, _threshold: float = 0.0) -> ReadingValue:
    """Return the limits by REML and Hartung-Knapp, never narrower than Wald, natural scale."""
    if of.specification.model != INVERSE_VARIANCE:
        model = MODELS[of.specification.model].name
        raise InputError(f"They are for inverse variance; the analysis is pooled by {model}.")
    if len(of.effects) == 1:
        raise InputError("One trial has no such interval.")
    low, high = cautious_limits(of.effects, of.specification)
    return ReadingValue(value=high, low=low)


def _answered(row: ReadingRow, reading: Reading, of: PooledClaim, threshold: float) -> ReadingRow:
    try:
        found = reading.find(of, threshold)
    except StatisticsError as error:
        return replace(row, note=str(error))
    if found.value is None or not isfinite(found.value):
        return replace(row, note="It does not exist for these trials.")
    if reading.is_limit:
        holds = _reaches(found, threshold, of.better)
    else:
        holds = found.value >= of.specification.level
    return replace(row, value=found.value, low=found.low, holds="yes" if holds else "no")


def _reaches(found: ReadingValue, threshold: float, better: str) -> bool:
    """Say whether the limit on the worse side is at the threshold or on its better side."""
    limit = worse_limit(found.low, found.value, better)
    return limit is not None and not is_worse(limit, threshold, better)


def _interval(of: PooledClaim, _threshold: float) -> ReadingValue:
    return ReadingValue(value=of.estimate.ci_high, low=of.estimate.ci_low)


def _prediction(of: PooledClaim, _threshold: float) -> ReadingValue:
    return ReadingValue(value=of.estimate.pi_high, low=of.estimate.pi_low)


def _printed(of: PooledClaim, _threshold: float) -> ReadingValue:
    if of.printed is None:
        raise InputError("No printed interval is known.")
    return ReadingValue(value=of.printed.high, low=of.printed.low)


def _confidence(of: PooledClaim, threshold: float) -> ReadingValue:
    distribution = confidence_distribution_of(of.pooled)
    at = of.at(threshold)
    sides = {"above": at} if of.better == HIGHER else {"below": at}
    return ReadingValue(value=float(confidence_that(distribution, **sides)))


def _posterior(prior: TauPrior, of: PooledClaim, threshold: float) -> ReadingValue:
    if not of.is_log:
        raise InputError("The prior on τ is for log ratios only.")
    if of.specification.model != INVERSE_VARIANCE or len(of.effects) == 1:
        raise InputError("The posterior is shown for two trials or more, each with one effect.")
    found = posterior(
        [effect.y for effect in of.effects],
        [effect.v for effect in of.effects],
        tau_prior=prior,
    )
    return ReadingValue(value=float(probability_that(found, below=of.at(threshold))))


def _bayesian(prior: TauPrior) -> Reading:
    return Reading(
        find=partial(_posterior, prior),
        note="Probability of the mean effect, given the prior named for τ and a flat one for it.",
    )


READINGS: Mapping[str, Reading] = {
    INTERVAL: Reading(
        find=_interval, note="Limits of the mean effect, as the analysis settles.", is_limit=True
    ),
    CONFIDENCE: Reading(
        find=_confidence,
        note="Confidence from the distribution that the interval is drawn from; no probability.",
    ),
    POSTERIOR: _bayesian(half_normal(SCALE)),
    PREDICTION: Reading(
        find=_prediction, note="Limits of the true effect in a new setting.", is_limit=True
    ),
    FEW_TRIALS: Reading(
        find=few_trials,
        note="Limits of the mean effect by REML and Hartung-Knapp, never narrower than Wald.",
        is_limit=True,
    ),
    AS_PRINTED: Reading(
        find=_printed, note="Limits of the mean effect, as printed by the review.", is_limit=True
    ),
    "posterior_wider": _bayesian(half_normal(WIDER)),
    "posterior_narrower": _bayesian(half_normal(NARROWER)),
    "posterior_half_cauchy": _bayesian(half_cauchy(SCALE)),
    "posterior_half_t": _bayesian(half_t(SCALE, df=DF)),
}
"""By name; the last four show how far the posterior depends on the prior."""
