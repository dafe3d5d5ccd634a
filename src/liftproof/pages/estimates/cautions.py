"""What an estimate does not show: said beside it, from its own numbers."""

from collections.abc import Iterator, Sequence

from liftproof.pages.forest.forest_captions import ENOUGH_TO_JUDGE
from liftproof.pages.forest.forest_rows import SMALLEST_POOL
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.vocabulary.predictions import REPORTED
from liftproof.vocabulary.suitability import fewest_trials
from liftproof.words import numbers
from liftproof.words.names import has_common_effect
from liftproof.words.pool_cautions import hidden_by_numbers
from liftproof.words.text import minus


def cautions(estimate: EstimateRow, effects: Sequence[EffectRow]) -> tuple[str, ...]:
    """Return sentences on few trials, on τ² = 0, on limits and on unverified numbers."""
    pooled = [effect for effect in effects if not effect.left_out]
    return (
        *_few_trials(estimate),
        *_no_prediction(estimate),
        *_no_spread(estimate),
        *_narrow_limits(estimate),
        *hidden_by_numbers(estimate),
        *_moved_differences(pooled),
        *_unsure_numbers(pooled),
    )


def _few_trials(estimate: EstimateRow) -> Iterator[str]:
    if estimate.k == 0:
        yield "No trial can be pooled."
    elif estimate.k == 1:
        yield "One trial is no meta-analysis: its own result is shown."
    elif estimate.k < ENOUGH_TO_JUDGE:
        yield (
            "With fewer than ten effects the test of heterogeneity has little power: a large p "
            "value does not show that trials agree, and I² and τ² are known only roughly. Tests "
            "for small-study effects, and for what modifies the effect, tell little."
        )


def _no_prediction(estimate: EstimateRow) -> Iterator[str]:
    """Say why there is no prediction interval."""
    if estimate.k < SMALLEST_POOL or estimate.estimate is None:
        return
    if has_common_effect(estimate):
        yield "One effect for all trials has no spread, and therefore no prediction interval."
    elif not estimate.prediction:
        yield "The model is shown without a prediction interval."
    elif estimate.k < fewest_trials(estimate.prediction):
        yield "A prediction interval needs three trials."
    elif estimate.pi_low is None:
        yield (
            f"The prediction interval ({REPORTED[estimate.prediction].name}) has too few "
            "degrees of freedom, or is too wide to be written."
        )


def _no_spread(estimate: EstimateRow) -> Iterator[str]:
    if estimate.tau2 != 0 or estimate.k == 1 or has_common_effect(estimate):
        return
    has_limits = estimate.tau2_ci_high is not None
    limits = ": see the limits of τ²" if has_limits else ", and τ² has no limits here to tell"
    yield (
        "The estimate of τ² is 0, so weights and pooled effect are those of the fixed-effect "
        f"model. It is no proof that trials share one effect{limits}."
    )


def _narrow_limits(estimate: EstimateRow) -> Iterator[str]:
    few = 1 < estimate.k < ENOUGH_TO_JUDGE
    if few and estimate.interval == "wald" and not has_common_effect(estimate):
        yield "Wald limits take τ² as known, and with few trials tend to be too narrow."


def _moved_differences(pooled: Sequence[EffectRow]) -> Iterator[str]:
    """Say which risk differences the halves added to empty cells have moved, and how far."""
    moved = [text for effect in pooled for text in _moved(effect)]
    if moved:
        yield f"The half added to empty cells moves the risk difference of {', '.join(moved)}."


def _moved(effect: EffectRow) -> Iterator[str]:
    a, n1, c, n2 = (
        effect.events_intervention,
        effect.n_intervention,
        effect.events_control,
        effect.n_control,
    )
    if effect.measure != "RD" or effect.source != "counts" or effect.y is None:
        return
    if a is None or c is None or not n1 or not n2:
        return
    sign = -1 if effect.better == "higher" else 1
    observed, entered = (minus(numbers.decimal(x, 4)) for x in (sign * (a / n1 - c / n2), effect.y))
    if observed != entered:
        yield f"{effect.label} from {observed} to {entered}"


def _unsure_numbers(pooled: Sequence[EffectRow]) -> Iterator[str]:
    for kind in ("unverified", "reconstructed"):
        labels = [effect.label for effect in pooled if getattr(effect, kind) == "yes"]
        if labels:
            yield f"Trials that rest on {kind} numbers: {', '.join(dict.fromkeys(labels))}."
