"""Diagnostics in words: what each method is, what its numbers are, which of them are ratios."""

from math import ceil

from liftproof.words import numbers
from liftproof.words.forest_rows import minus

ROUNDING = 1e-9
"""10.000000000000002 people are not eleven."""

NAMES = {
    "egger": "Egger's test of funnel asymmetry",
    "begg_mazumdar": "Begg and Mazumdar's rank test",
    "harbord": "Harbord's test of funnel asymmetry",
    "peters": "Peters' test of funnel asymmetry",
    "trim_and_fill": "Trim and fill (L0)",
    "pet_peese": "PET-PEESE",
    "selection_step": "Step-function selection model (one-sided 0.025)",
    "excess_significance": "Test of excess significance",
    "leave_one_out": "Leave one out",
    "influence": "Influence of single trials",
    "baujat": "Baujat coordinates",
    "cumulative": "Cumulative by year",
    "bayes_half_normal": "Bayesian, half-normal prior with scale 0.5 on τ, flat on the effect",
    "confidence": "Confidence distribution",
    "absolute_effect": "Events per 1000 at the risk of the control arms",
    "number_needed": "Number needed to treat at that risk",
}
"""What each registered method is called in the report."""

ON_EFFECT = frozenset(
    (
        *("estimate", "ci_low", "ci_high", "pooled.estimate", "pooled.ci_low", "pooled.ci_high"),
        *("mu.median", "mu.low", "mu.high", "prediction.low", "prediction.high"),
    )
)
"""Quantities on the scale of the effect: shown as ratios for ratio measures."""
LABELS = {
    "bias_se": "standard error",
    "statistic": "t",
    "p_value": "p",
    "tau": "Kendall's τ",
    "k0": "trials filled in",
    "estimate": "effect",
    "ci_low": "lower limit",
    "ci_high": "upper limit",
    "tau2": "τ²",
    "lrt_p": "p of no selection",
    "observed": "significant trials observed",
    "expected": "expected",
    "p_exact": "p",
    "mu.median": "effect",
    "mu.low": "lower limit",
    "mu.high": "upper limit",
    "tau.median": "τ",
    "tau.low": "lower limit of τ",
    "tau.high": "upper limit of τ",
    "prediction.low": "lower prediction limit",
    "prediction.high": "upper prediction limit",
    "below_no_effect": "confidence that the effect is below no effect",
    "below_half": "that it is below one half",
    "baseline_risk": "risk without",
    "events_baseline": "events without",
    "events": "events with",
    "events_low": "lower limit",
    "events_high": "upper limit",
    "number": "people for one more helped or harmed",
    "best": "at the better limit",
    "worst": "at the worse limit",
    "is_benefit": "helped",
    "includes_no_effect": "the interval includes no effect",
}
"""What quantities are called, where their code says too little."""
PROBABILITIES = ("below_no_effect", "below_half")
LOGICAL = ("is_benefit", "includes_no_effect")
WHOLE = ("k0", "df", "observed", "number", "best", "worst")
CERTAIN = 0.995
"""From here two decimals would say 1.00, which no confidence is."""


def quantity(code: str, value: float) -> str:
    """Return a number with its name, such as "p 0.69" or "helped: yes".

    >>> quantity("p_value", 0.6902), quantity("below_half", 0.99999), quantity("is_benefit", 1.0)
    ('p 0.69', 'that it is below one half >0.99', 'helped: yes')
    """
    plain = code.removeprefix("pooled.")
    name = LABELS.get(plain, plain.replace("_", " ").replace("delta[", "weight of step ["))
    if plain in LOGICAL:
        return f"{name}: {'yes' if value else 'no'}"
    if plain in PROBABILITIES and not 1 - CERTAIN <= value <= CERTAIN:
        return f"{name} {'>0.99' if value > CERTAIN else '<0.01'}"
    if plain in WHOLE:
        return f"{name} {ceil(value - ROUNDING)}"
    return minus(f"{name} {numbers.effect(value)}")
