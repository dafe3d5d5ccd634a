"""The Methods of an analysis, written from its rows, so that prose cannot contradict them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from liftproof.reviews.model.directions import HIGHER, LOWER
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.vocabulary.clustering import CLUSTERINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import MODELS, THREE_LEVEL
from liftproof.vocabulary.sources import SOURCES
from liftproof.vocabulary.zero_cells import USUAL_ZERO_CELLS, ZERO_CELLS
from liftproof.words.empty_cells import corrected_trials, from_counts
from liftproof.words.form_words import form_sentences
from liftproof.words.names import count_model, i2_source
from liftproof.words.prediction_sentences import prediction_sentence
from liftproof.words.references import SHORT, filled
from liftproof.words.smd_words import changes_sentence, formula_of, uses_formula
from liftproof.words.text import capital

SCALE_WORDS = {
    "none": "on its own scale",
    "log": "as its natural logarithm",
    "logit": "as its log odds",
    "probit": "as its probit",
    "arcsine": "as the arcsine of its root",
    "root": "as its root",
    "fisher_z": "as Fisher's z",
}
"""By code of ``vocabulary.scales``, how a measure is pooled."""


def methods(
    estimate: EstimateRow, effects: Sequence[EffectRow], analysis: Analysis
) -> tuple[str, ...]:
    """Return the sentences that say how one analysis was made.

    ``effects`` are the rows of this analysis, those left out included; ``analysis`` is its entry
    in ``review.yaml``.
    """
    pooled = [effect for effect in effects if not effect.left_out]
    sentences = [
        *_measure(MEASURES[estimate.measure], pooled, analysis),
        *_zero_cells(estimate, effects),
        *_clusters(analysis, pooled),
        *_model(estimate, analysis.level),
        *_limits(estimate, analysis.level),
        *_heterogeneity(estimate),
    ]
    return tuple(f"{sentence}." for sentence in sentences)


def _measure(measure: Measure, pooled: Sequence[EffectRow], analysis: Analysis) -> Iterator[str]:
    scale = SCALE_WORDS[measure.scale]
    sentence = measure.sentence or measure.name
    if uses_formula(analysis, {effect.source for effect in pooled}):
        sentence = formula_of(analysis).sentence
    yield f"Effect measure: {filled(sentence)}, pooled {scale}"
    counted = Counter(effect.source for effect in pooled)
    parts = [
        f"{source.name} ({counted[code]})" for code, source in SOURCES.items() if counted[code]
    ]
    if parts:
        yield f"Effects (how many) were computed from {_listed(parts)}"
    yield from form_sentences(pooled)
    if measure.caution:
        yield capital(measure.caution)
    if measure.scale == "none" and set(measure.sources) & {"rates", "group_rates"}:
        yield "τ² has the square of the unit of the rates, events by the person-time typed in"
    if counted["changes"]:
        yield changes_sentence(analysis)
    yield from _direction(pooled, analysis)
    other = sorted({effect.measure for effect in pooled if effect.measure != measure.code})
    if other:
        names = _listed([f"{MEASURES[code].name}s" for code in other])
        yield f"Some trials give {names}, which are pooled as if they were {measure.name}s"


def _direction(pooled: Sequence[EffectRow], analysis: Analysis) -> Iterator[str]:
    """Say which side is the better one where it is not below no effect, and what was reversed."""
    if analysis.better == HIGHER:
        yield "Higher values are better: an effect above none favours the intervention"
    turned = [effect.label for effect in pooled if analysis.reverses(effect.better)]
    if turned:
        trials = _listed(list(dict.fromkeys(turned)))
        other = LOWER if analysis.better == HIGHER else HIGHER
        yield f"Where {other} values are better the sign of the effect was reversed: {trials}"


def _zero_cells(estimate: EstimateRow, effects: Sequence[EffectRow]) -> Iterator[str]:
    """Say what was done about arms without an event, where effects come from counts at all."""
    sentences = ZERO_CELLS[USUAL_ZERO_CELLS].sentences
    counted = from_counts(effects)
    measure = MEASURES[estimate.measure]
    if counted and measure.takes_empty:
        yield "Nothing is added to empty cells: the measure exists with them"
        yield from _left_out(effects)
        return
    for source in dict.fromkeys(effect.source for effect in counted):
        yield filled(sentences[source])
    corrected = corrected_trials(effects)
    if counted:
        yield f"Empty cells were corrected in {_listed(corrected) if corrected else 'no trial'}"
    if counted and measure.is_ratio:
        yield "Trials without an event in either arm say nothing of a ratio and are left out"
    yield from _left_out(effects)


def _left_out(effects: Sequence[EffectRow]) -> Iterator[str]:
    left_out = [f"{effect.label} ({effect.left_out})" for effect in effects if effect.left_out]
    if left_out:
        yield f"Left out: {_listed(left_out)}"


def _clusters(analysis: Analysis, pooled: Sequence[EffectRow]) -> Iterator[str]:
    """Say what was done about clusters; models of counts take the counts as they are."""
    if MODELS[analysis.model].is_of_counts:
        return
    yield CLUSTERINGS[analysis.clustering].sentence
    inflated = [
        f"{effect.label} (× {effect.design_effect:.3g})"
        for effect in pooled
        if effect.design_effect is not None and effect.design_effect != 1
    ]
    trials = _listed(inflated) if inflated else "no trial"
    yield f"Variances were inflated by a design effect in {trials}"


def _model(estimate: EstimateRow, level: float) -> Iterator[str]:
    model = count_model(estimate)
    if model is not None:
        yield (
            f"Model: {model.name} ({filled(model.source)}), from the counts themselves; the "
            "effects of single trials are shown beside it"
        )
        return
    if estimate.model == THREE_LEVEL:
        yield from _three_level(estimate)
        return
    if ESTIMATORS[estimate.tau2_method].is_common_effect:
        yield "Model: fixed effect, weights 1 / v with v the sampling variance of a trial"
        return
    yield (
        "Model: random effects, weights 1 / (v + τ²) with v the sampling variance of a trial and "
        "τ² the variance of the true effects between trials"
    )
    yield f"τ² was estimated by {filled(ESTIMATORS[estimate.tau2_method].sentence)}"
    limits = f"The {level_text(level)} limits of τ²"
    yield f"{limits} are those of the Q-profile method ({SHORT['viechtbauer2007']})"


def _three_level(estimate: EstimateRow) -> Iterator[str]:
    source = filled(MODELS[THREE_LEVEL].source)
    yield (
        f"Model: three levels ({source}): true effects vary between trials and between the results "
        "of one trial; τ² is the sum of both variances, k the number of results"
    )
    tau2 = filled(ESTIMATORS[estimate.tau2_method].sentence)
    yield f"Both variances were estimated together by {tau2}"
    yield (
        "Sampling errors of a trial's results are taken as independent, although they come from "
        "the same people"
    )


def _limits(estimate: EstimateRow, level: float) -> Iterator[str]:
    how = filled(INTERVALS[estimate.interval].sentence)
    yield f"The {level_text(level)} limits of the pooled effect {how}"
    if estimate.pi_low is not None:
        yield prediction_sentence(estimate.prediction, level)


def _heterogeneity(estimate: EstimateRow) -> Iterator[str]:
    yield (
        f"Heterogeneity was tested by Q ({SHORT['cochran1954']}) against χ² with k − 1 degrees "
        "of freedom"
    )
    i2 = i2_source(estimate)
    if i2 == "q":
        yield f"I² is (Q − (k − 1)) / Q in percent, 0 where negative ({SHORT['higgins2002']})"
    if i2 != "tau2":
        return
    yield (
        "I² is 100 × τ² / (τ² + s²) percent, with s² the typical sampling variance of a trial "
        f"({SHORT['higgins2002']}, equation 9)"
    )
    if estimate.tau2_method == "DL":  # the only τ² from which both ways make one number
        yield "With the DerSimonian-Laird τ², I² is (Q − (k − 1)) / Q, and 0 where negative"
    else:
        yield "As τ² is not the DerSimonian-Laird one, I² differs from the I² made from Q"


def _listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
