"""The Methods of an analysis, written from its rows, so that prose cannot contradict them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from liftproof.analysis.result_rows import EffectRow, EstimateRow
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES, Measure
from liftproof.vocabulary.methods import THREE_LEVEL
from liftproof.words.names import MODEL_NAMES, estimator
from liftproof.words.predictions import prediction_sentence
from liftproof.words.references import SHORT

_SOURCES = {
    "counts": "events and participants",
    "rates": "events and person-time",
    "changes": "means before and after, and standard deviations after",
    "means": "means and standard deviations",
    "reported": "a reported estimate and its limits",
    "given": "an effect and variance given as such",
}
_TAU2 = {
    "DL": f"the one-step moment estimator of {SHORT['dersimonian1986']}, 0 where it is negative",
    "HE": "the unweighted moment estimator of Hedges, 0 where it is negative",
    "HS": "the estimator of Hunter and Schmidt, 0 where it is negative",
    "HSk": "the estimator of Hunter and Schmidt with a correction for few trials, 0 where it is "
    "negative",
    "SJ": "the two-step estimator of Sidik and Jonkman, positive unless all effects are equal",
    "ML": f"maximum likelihood ({SHORT['viechtbauer2005']})",
    "REML": f"restricted maximum likelihood ({SHORT['viechtbauer2005']})",
    "EB": f"empirical Bayes, which is the moment estimator of {SHORT['paule1982']}",
    "PM": f"the moment estimator of {SHORT['paule1982']}, 0 where it is negative",
    "PMM": f"the estimator of {SHORT['paule1982']} with the median of χ² in place of its mean",
    "DLIT": f"the estimator of {SHORT['dersimonian1986']} repeated with its own weights, which "
    f"ends at that of {SHORT['paule1982']}",
    "SJIT": "the estimator of Sidik and Jonkman repeated from its own result, which ends at that "
    f"of {SHORT['paule1982']}",
}
_INTERVALS = {
    "wald": "are Wald limits: the estimate ± 1.96 standard errors",
    "t": "are Wald limits with a t distribution of k − 1 degrees of freedom",
    "hksj": f"and p values are those of {SHORT['hartung2001']} and {SHORT['knapp2003']}: the "
    "variance is multiplied by Q at τ² over k − 1 and referred to a t distribution with k − 1 "
    "degrees of freedom; they can be narrower than Wald limits",
    "hksj_adhoc": f"and p values are those of {SHORT['knapp2003']} (t distribution with k − 1 "
    "degrees of freedom), with the factor on the variance kept from falling below 1 "
    f"({SHORT['jackson2017']}), so that the standard error is never smaller than that of Wald "
    "limits",
    "hksj_hybrid": f"are those of {SHORT['hartung2001']} or Wald limits, whichever are wider "
    f"(hybrid method 2 of {SHORT['jackson2017']})",
    "hksj_iqwig": f"are those of {SHORT['hartung2001']}; where these are narrower than Wald limits "
    f"with τ² of {SHORT['dersimonian1986']}, the factor on the variance is 1 (IQWiG General "
    "Methods 6)",
    "kr": "are those of Kenward and Roger: variance and degrees of freedom allow for τ² being "
    "estimated",
}
_MODEL_SOURCE = {
    **{name: f"{name} in metafor, {SHORT['viechtbauer2010']}" for name in MODEL_NAMES},
    "beta-binomial": "one correlation for all trials and arms, fitted by maximum likelihood",
}
_ONLY0 = (
    f'that trial and of no other (add = 1/2, to = "only0" in metafor, {SHORT["viechtbauer2010"]})'
)
_EMPTY = {
    "counts": "Where an arm has no event, or nobody without one, 1/2 is added to all four cells of "
    f"{_ONLY0}",
    "rates": f"Where an arm has no event, 1/2 is added to the events of both arms of {_ONLY0}",
}
_CLUSTERING = {
    "as_extracted": "Results of cluster-randomised trials enter as they were extracted",
    "design_effect": "Variances of cluster-randomised trials that were not yet adjusted are "
    "inflated by the design effect that is given, or by 1 + (m − 1) × ICC with the mean "
    "cluster size m",
    "ignore": "Clustering is ignored: the variances of cluster-randomised trials are too small",
}


def methods(
    estimate: EstimateRow, effects: Sequence[EffectRow], analysis: Analysis
) -> tuple[str, ...]:
    """Return the sentences that say how one analysis was made.

    ``effects`` are the rows of this analysis, those left out included; ``analysis`` is its entry
    in ``review.yaml``.
    """
    pooled = [effect for effect in effects if not effect.left_out]
    sentences = [
        *_measure(MEASURES[estimate.measure], pooled),
        *_zero_cells(estimate, effects),
        *_clusters(analysis, pooled),
        *_model(estimate),
        *_limits(estimate),
        *_heterogeneity(estimate),
    ]
    return tuple(f"{sentence}." for sentence in sentences)


def _measure(measure: Measure, pooled: Sequence[EffectRow]) -> Iterator[str]:
    scale = "as its natural logarithm" if measure.is_log else "on its own scale"
    name = (
        f"Hedges' g ({SHORT['hedges1981']}), a {measure.name}"
        if measure.code == "SMD"
        else measure.name
    )
    yield f"Effect measure: {name}, pooled {scale}"
    counted = Counter(effect.source for effect in pooled)
    parts = [
        f"{_SOURCES[source]} ({effects})" for source in _SOURCES if (effects := counted[source])
    ]
    if parts:
        yield f"Effects (how many) were computed from {_listed(parts)}"
    if counted["changes"]:
        yield (
            "A change is the mean after less the mean before; the difference between the changes "
            "of both arms is divided by their pooled standard deviation after, and the variance "
            "is that of Cohen's d times the square of Hedges' factor"
        )
    turned = [effect.label for effect in pooled if effect.better == "higher"]
    if turned:
        trials = _listed(list(dict.fromkeys(turned)))
        yield f"Where higher values are better the sign of the effect was reversed: {trials}"
    other = sorted({effect.measure for effect in pooled if effect.measure != measure.code})
    if other:
        names = _listed([f"{MEASURES[code].name}s" for code in other])
        yield f"Some trials give {names}, which are pooled as if they were {measure.name}s"


def _zero_cells(estimate: EstimateRow, effects: Sequence[EffectRow]) -> Iterator[str]:
    """Say what was done about arms without an event, where effects come from counts at all."""
    from_counts = [effect for effect in effects if effect.source in _EMPTY]
    for source in dict.fromkeys(effect.source for effect in from_counts):
        yield _EMPTY[source]
    corrected = [effect.label for effect in from_counts if not effect.left_out and _zero(effect)]
    if from_counts:
        yield f"Empty cells were corrected in {_listed(corrected) if corrected else 'no trial'}"
    if from_counts and MEASURES[estimate.measure].is_log:
        yield "Trials without an event in either arm say nothing of a ratio and are left out"
    left_out = [f"{effect.label} ({effect.left_out})" for effect in effects if effect.left_out]
    if left_out:
        yield f"Left out: {_listed(left_out)}"


def _zero(effect: EffectRow) -> bool:
    events = (effect.events_intervention, effect.events_control)
    n = (effect.n_intervention, effect.n_control)
    everyone = effect.source == "counts" and any(
        count is not None and count == size for count, size in zip(events, n, strict=True)
    )
    return 0 in events or everyone


def _clusters(analysis: Analysis, pooled: Sequence[EffectRow]) -> Iterator[str]:
    yield _CLUSTERING[analysis.clustering]
    inflated = [
        f"{effect.label} (× {effect.design_effect:.3g})"
        for effect in pooled
        if effect.design_effect is not None and effect.design_effect != 1
    ]
    trials = _listed(inflated) if inflated else "no trial"
    yield f"Variances were inflated by a design effect in {trials}"


def _model(estimate: EstimateRow) -> Iterator[str]:
    if estimate.tau2_method in MODEL_NAMES:
        yield (
            f"Model: {estimator(estimate.tau2_method)} ({_MODEL_SOURCE[estimate.tau2_method]}), "
            "from the counts themselves; the effects of single "
            "trials are shown beside it"
        )
        return
    if estimate.model == THREE_LEVEL:
        yield from _three_level(estimate)
        return
    if estimate.tau2_method == "FE":
        yield "Model: fixed effect, weights 1 / v with v the sampling variance of a trial"
        return
    yield (
        "Model: random effects, weights 1 / (v + τ²) with v the sampling variance of a trial and "
        "τ² the variance of the true effects between trials"
    )
    yield f"τ² was estimated by {_TAU2[estimate.tau2_method]}"
    yield f"The 95 % limits of τ² are those of the Q-profile method ({SHORT['viechtbauer2007']})"


def _three_level(estimate: EstimateRow) -> Iterator[str]:
    yield (
        f"Model: three levels ({SHORT['konstantopoulos2011']}): true effects vary between trials "
        "and between the results of one trial; τ² is the sum of both variances, k the number of "
        "results"
    )
    yield f"Both variances were estimated together by {_TAU2[estimate.tau2_method]}"
    yield (
        "Sampling errors of a trial's results are taken as independent, although they come from "
        "the same people"
    )


def _limits(estimate: EstimateRow) -> Iterator[str]:
    yield f"The 95 % limits of the pooled effect {_INTERVALS[estimate.interval]}"
    if estimate.pi_low is not None:
        yield prediction_sentence(estimate.prediction)


def _heterogeneity(estimate: EstimateRow) -> Iterator[str]:
    yield (
        f"Heterogeneity was tested by Q ({SHORT['cochran1954']}) against χ² with k − 1 degrees "
        "of freedom"
    )
    if estimate.tau2_method in ("FE", "MH", "Peto"):
        yield f"I² is (Q − (k − 1)) / Q in percent, 0 where negative ({SHORT['higgins2002']})"
        return
    if estimate.tau2_method == "beta-binomial":
        return
    yield (
        "I² is 100 × τ² / (τ² + s²) percent, with s² the typical sampling variance of a trial "
        f"({SHORT['higgins2002']}, equation 9)"
    )
    if estimate.tau2_method == "DL":
        yield "With the DerSimonian-Laird τ², I² is (Q − (k − 1)) / Q, and 0 where negative"
    else:
        yield "As τ² is not the DerSimonian-Laird one, I² differs from the I² made from Q"


def _listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
