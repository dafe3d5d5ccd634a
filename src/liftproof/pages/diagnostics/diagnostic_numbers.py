"""Single numbers of diagnostics, and centres with limits, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from liftproof.words import numbers
from liftproof.words.text import minus

ROUNDING = 1e-9
"""10.000000000000002 people are not eleven."""
CERTAIN = 0.995
"""From here two decimals would say 1.00, which no confidence is."""
LARGEST_SHOWN, SMALLEST_SHOWN = 1000.0, 0.001
"""Ratios beyond these are no estimate that could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsTogether:
    """A centre with its two limits, or two limits. ``on_effect``: on the scale of the effect."""

    codes: tuple[str, ...]
    name: str
    on_effect: bool = True


SPANS = (
    LimitsTogether(codes=("estimate", "ci_low", "ci_high"), name="effect"),
    LimitsTogether(codes=("pooled.estimate", "pooled.ci_low", "pooled.ci_high"), name="effect"),
    LimitsTogether(codes=("mu.median", "mu.low", "mu.high"), name="effect"),
    LimitsTogether(codes=("tau.median", "tau.low", "tau.high"), name="τ", on_effect=False),
    LimitsTogether(codes=("prediction.low", "prediction.high"), name="prediction"),
    LimitsTogether(
        codes=("limit_estimate", "limit_ci_low", "limit_ci_high"), name="at infinite size"
    ),
    LimitsTogether(codes=("estimate_median", "estimate_min", "estimate_max"), name="median effect"),
    LimitsTogether(codes=("estimate_q1", "estimate_q3"), name="middle half"),
)
"""Numbers that are read together."""

LABELS = {
    "bias_se": "standard error",
    "slope_se": "standard error",
    "statistic": "statistic",
    "p_value": "p",
    "tau": "Kendall's τ",
    "k0": "trials filled in",
    "k0_p": "p of none missing",
    "tau2": "τ²",
    "pooled.tau2": "τ²",
    "lrt_p": "p of no selection",
    "delta[0]": "δ",
    "delta[1]": "δ₂",
    "observed": "significant trials observed",
    "p_exact": "p",
    "subsets": "subsets",
    "i2_median": "median I²",
    "i2_max": "largest I²",
    "share_below_no_effect": "share of subsets below no effect",
    "below_no_effect": "below no effect",
    "below_half": "below one half",
    "probability_below_no_effect": "probability below no effect",
    "probability_below_half": "below one half",
    "bayes_factor_mu_0": "no effect:",
    "bayes_factor_tau_0": "τ = 0:",
}
"""What quantities are called, where their code says too little."""
PROBABILITIES = (
    *("below_no_effect", "below_half", "share_below_no_effect"),
    *("probability_below_no_effect", "probability_below_half"),
)
P_VALUES = ("p_value", "p_exact", "lrt_p", "k0_p")
SMALLEST_P = 0.001
WHOLE = ("k0", "df", "observed", "subsets")
PERCENT = ("i2_median", "i2_max")
HIDDEN = ("k0_se", "is_exhaustive", "log_marginal_likelihood", "at_boundary")
FILLED = ("filled_y[", "filled_v[")
"""Left to diagnostics.csv; the second are by place, and stand in the funnel plot."""
SIDES = {"side_left": "missing on the left", "side_right": "missing on the right"}


def quantity(code: str, value: float) -> str:
    """Return a number with its name, such as "p 0.69"; nothing where it is not shown.

    >>> quantity("p_value", 0.6902), quantity("below_half", 0.99999), quantity("df", 4.0)
    ('p 0.69', 'below one half >0.99', 'df 4')
    """
    if code in HIDDEN or code.startswith(FILLED):
        return ""
    if code in SIDES:
        return SIDES[code]
    name = LABELS.get(code, code.replace("_", " "))
    if code in PROBABILITIES and not 1 - CERTAIN <= value <= CERTAIN:
        return f"{name} {'>0.99' if value > CERTAIN else '<0.01'}"
    if code in P_VALUES:
        return f"{name} {p(value)}"
    if code in WHOLE:
        return f"{name} {rounded_up(value)}"
    return f"{name} {numbers.percent(value) if code in PERCENT else numbers.effect(value)}"


def span(limits: LimitsTogether, values: Sequence[float], natural: Callable[[float], float]) -> str:
    """Return a centre with its limits: "effect 0.34 (0.24 to 0.48)".

    >>> span(SPANS[0], [-0.5, -1.0, 0.0], float)
    'effect −0.50 (−1.00 to 0.00)'
    """
    *centre, low, high = (
        bounded_effect(natural(x)) if limits.on_effect else numbers.effect(x) for x in values
    )
    both = f"{low} to {high}"
    text = f"{limits.name} {centre[0]} ({both})" if centre else f"{limits.name} {both}"
    return minus(text)


def bounded_effect(value: float) -> str:
    """Return an effect, or that it is beyond all that could be read.

    >>> bounded_effect(0.3381), bounded_effect(1.8e10), bounded_effect(1e-12)
    ('0.34', '>1000', '<0.001')
    """
    if value > LARGEST_SHOWN:
        return f">{LARGEST_SHOWN:.0f}"
    return f"<{SMALLEST_SHOWN:g}" if 0 < value < SMALLEST_SHOWN else numbers.effect(value)


def p(value: float) -> str:
    """Return a p value, of which small ones are not told apart.

    >>> p(0.0337), p(0.00002)
    ('0.034', '<0.001')
    """
    return f"<{SMALLEST_P:g}" if value < SMALLEST_P else numbers.effect(value)


def rounded_up(value: float) -> str:
    """Return the next whole number.

    >>> rounded_up(42.97), rounded_up(10.000000000000002)
    ('43', '10')
    """
    return str(ceil(value - ROUNDING)) if isfinite(value) else "∞"
