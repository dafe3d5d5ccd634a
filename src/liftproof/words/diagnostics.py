"""Diagnostics in words: what each method is, and which of its numbers are ratios."""

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
