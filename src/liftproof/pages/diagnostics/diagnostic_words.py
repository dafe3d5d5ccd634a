"""Diagnostics in words: what each method is called, and what it found in a line."""

from collections.abc import Callable, Mapping
from math import ceil

from liftproof.pages.diagnostics.diagnostic_numbers import (
    SPANS,
    bounded_effect,
    p,
    quantity,
    rounded_up,
    span,
)
from liftproof.words import numbers
from liftproof.words.text import minus

_PREDICTORS = {
    "sei": "standard error",
    "vi": "variance",
    "ni": "participants",
    "ninv": "1/participants",
    "sqrtni": "√participants",
    "sqrtninv": "1/√participants",
}
_SELECTION = {
    "step": "a step at one-sided p 0.025",
    "beta": "beta function of p",
    "negexp": "negative exponential in p",
    "moderate": "moderate, weights fixed",
    "severe": "severe, weights fixed",
}
_PRIORS = {
    "half_normal": "half-normal prior on τ, scale 0.5",
    "half_cauchy": "half-Cauchy prior on τ, scale 0.5",
    "half_t": "half-t prior on τ, scale 0.5, 3 degrees of freedom",
    "turner": "Turner's prior on τ, any outcome",
}
NAMES = {
    "egger": "Egger's test of funnel asymmetry",
    **{
        f"regtest_{model}_{code}": f"Funnel regression, {kind}: {name}"
        for model, kind in (("lm", "weighted"), ("rma", "mixed-effects"))
        for code, name in _PREDICTORS.items()
        if (model, code) != ("lm", "sei")
    },
    "begg_mazumdar": "Begg and Mazumdar's rank test",
    "harbord": "Harbord's test of funnel asymmetry",
    "peters": "Peters' test of funnel asymmetry",
    "excess_significance": "Test of excess significance",
    "funnel": "Funnel coordinates",
    **{f"trim_and_fill_{name.lower()}": f"Trim and fill: {name}" for name in ("L0", "R0", "Q0")},
    "pet_peese": "PET-PEESE",
    **{f"selection_{code}": f"Selection model: {name}" for code, name in _SELECTION.items()},
    "leave_one_out": "Leave one out",
    "influence": "Influence of single trials",
    "baujat": "Baujat coordinates",
    "gosh": "Subsets of the trials (GOSH)",
    "shrinkage": "Shrunken effects of the trials",
    "cumulative": "Cumulative estimates",
    "monitoring": "Trial sequential monitoring",
    "information_size": "Participants required",
    "next_trials": "Next trials",
    "fragility": "Fragility",
    **{f"bayes_{code}": f"Bayesian: {name}" for code, name in _PRIORS.items()},
    "bayes_factor": "Bayes factors",
    "bayes_shrinkage": "Bayesian effects of the trials",
    "confidence": "Confidence that the effect is",
    "confidence_half": "Confidence in a halving",
    "p_value_function": "P-value function",
    "absolute_effect": "Events per 1000",
    "number_needed": "Number needed to treat",
}
"""What each registered method is called; what follows a colon tells it from others of its kind."""

BEYOND = "relative chance to be seen beyond the step"
Values = Mapping[str, float]
Natural = Callable[[float], float]


def method_text(method: str, values: Values, natural: Natural) -> str:
    """Return the numbers of a method with their names; effects are taken to the natural scale.

    >>> method_text("egger", {"bias": -0.62, "p_value": 0.69}, float)
    'bias −0.62; p 0.69'
    """
    writer = _regression if method.startswith("regtest") else _WRITERS.get(method, _listed)
    return minus(writer(values, natural))


def _listed(values: Values, natural: Natural) -> str:
    """Return centres with their limits, then the other numbers."""
    known = [each for each in SPANS if values.keys() >= set(each.codes)]
    said = {code for each in known for code in each.codes}
    spans = [span(each, [values[code] for code in each.codes], natural) for each in known]
    others = [quantity(code, value) for code, value in values.items() if code not in said]
    return "; ".join(part for part in (*spans, *others) if part)


def _regression(values: Values, natural: Natural) -> str:
    """Leave the slope, in a unit of its own, to diagnostics.csv."""
    shown = ("p_value", "tau2", "limit_estimate", "limit_ci_low", "limit_ci_high")
    return _listed({code: x for code, x in values.items() if code in shown}, natural)


def _pet_peese(values: Values, natural: Natural) -> str:
    chosen = "PEESE" if values.get("chose_peese") else "PET"
    limits = [natural(values[code]) for code in ("ci_low", "ci_high")]
    both = ", ".join(
        f"{name} {bounded_effect(natural(values[f'{name.lower()}.intercept']))} "
        f"(p {p(values[f'{name.lower()}.intercept_p'])})"
        for name in ("PET", "PEESE")
    )
    low, high = map(bounded_effect, limits)
    limited = f"{bounded_effect(natural(values['estimate']))} ({low} to {high})"
    return f"effect {limited}, by {chosen}; {both}"


def _step(values: Values, natural: Natural) -> str:
    """Name the second weight; the first, up to the step, is 1."""
    named = {code.replace("delta[1]", BEYOND): x for code, x in values.items()}
    return _listed({code: x for code, x in named.items() if code != "delta[0]"}, natural)


def _absolute(values: Values, _natural: Natural) -> str:
    without, with_it, low, high = (
        _people(values[code]) for code in ("events_baseline", "events", "events_low", "events_high")
    )
    fewer = values["events_difference"]
    difference = f"{_people(abs(fewer))} {'fewer' if fewer < 0 else 'more'}"
    return f"{without} events without; {with_it} with ({low} to {high}), {difference}"


def _people(value: float) -> str:
    """Return whole people, or a decimal where there are few."""
    return numbers.decimal(value, 0 if value >= 10 else 1)  # noqa: PLR2004


def _number_needed(values: Values, _natural: Natural) -> str:
    if "number" not in values:
        return ""
    outcome = "helped" if values["is_benefit"] else "harmed"
    first = f"{rounded_up(values['number'])} people treated for one more {outcome}"
    best, worst = (
        rounded_up(values[code]) if code in values else "∞" for code in ("best", "worst")
    )
    if values["includes_no_effect"]:
        return f"{first} ({best} for one more helped, through ∞, to {worst} for one more harmed)"
    return f"{first} ({' to '.join(sorted((best, worst), key=_size))})"


def _size(text: str) -> float:
    return float("inf") if text == "∞" else float(text)


def _monitoring(values: Values, _natural: Natural) -> str:
    crossed = "crossed" if values["is_crossed"] else "not crossed"
    share = numbers.percent(100 * values["fraction"])
    return f"{share} of the required information; boundary {crossed}"


def _next_trials(values: Values, _natural: Natural) -> str:
    """Return the fewest trials like the median one that change the conclusion, by their effect."""
    names = {"trend": "of the effect pooled", "sought": "of that sought", "none": "of none"}
    return "; ".join(
        f"{values[f'trials_{assumed}']:.0f} more {name}"
        for assumed, name in names.items()
        if f"trials_{assumed}" in values
    )


def _fragility(values: Values, _natural: Natural) -> str:
    if "fewest" not in values:
        return f"more than {values['at_least'] - 1:.0f} events"
    relation = "" if values["is_exact"] else f", at least {values['at_least']:.0f}"
    return f"{values['fewest']:.0f} events moved{relation}"


def _participants(values: Values, _natural: Natural) -> str:
    achieved, common, adjusted = (
        f"{ceil(values[code])}" for code in ("achieved", "common", "diversity_adjusted")
    )
    return f"{achieved} so far; {common} required if the effect is common, {adjusted} with D²"


def _p_values(values: Values, natural: Natural) -> str:
    levels = [code.removeprefix("low_") for code in values if code.startswith("low_")]
    limits = (
        f"{numbers.percent(float(level))} limits "
        f"{bounded_effect(natural(values[f'low_{level}']))} to "
        f"{bounded_effect(natural(values[f'high_{level}']))}"
        for level in levels
    )
    return "; ".join(limits)


_WRITERS: Mapping[str, Callable[[Values, Natural], str]] = {
    "pet_peese": _pet_peese,
    "selection_step": _step,
    "absolute_effect": _absolute,
    "number_needed": _number_needed,
    "monitoring": _monitoring,
    "information_size": _participants,
    "next_trials": _next_trials,
    "fragility": _fragility,
    "p_value_function": _p_values,
}
