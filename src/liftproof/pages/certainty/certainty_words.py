"""Certainty and absolute effects as readers see them, and what contradicts a judgement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import ceil

from liftproof.pages.certainty.certainty_signs import baseline_marks
from liftproof.reviews.model.directions import HIGHER
from liftproof.reviews.model.grade import CERTAINTIES
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.statistics.statements.absolute import ASSUMPTIONS, RISKS
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.text import counted, minus

ROUNDING = 1e-9
"""1/0.1 is 10.000000000000002 in some computations: not eleven people."""
SIZES = ((0.2, "trivial"), (0.5, "small"), (0.8, "moderate"))
"""Upper ends of what a standardised mean difference is called (Cohen 1988); large beyond."""
DOMAIN_NAMES = {
    "risk_of_bias": "risk of bias",
    "inconsistency": "inconsistency",
    "indirectness": "indirectness",
    "imprecision": "imprecision",
    "publication_bias": "publication bias",
    "large_effect": "large effect",
    "dose_response": "dose-response",
    "plausible_confounding": "plausible confounding",
    "printed_certainty": "certainty as printed",
}


def findings_in_words(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Return the rows with the source of the baseline risk and the effect in words."""
    return [
        replace(row, baseline_source=baseline_text(row), effect_in_words=effect_text(row))
        for row in rows
    ]


def flags_in_words(rows: Iterable[FlagRow], level: float) -> list[FlagRow]:
    """Return contradictions with their sentences; ``level``: that of the review's limits."""
    return [replace(row, sentence=flag_text(row, level)) for row in rows]


def baseline_text(row: FindingRow) -> str:
    """Return where the baseline risk is from; empty where there is none."""
    if row.baseline_risk is None or row.baseline_arms is None:
        return row.baseline_source
    text = f"events over participants of the {counted(row.baseline_arms, 'control arm')}"
    if row.baseline_arms < row.k:
        text += f" that give both, of {row.k}"
    if (row.baseline_outcomes or 0) > 1:
        text += f", which count {row.baseline_outcomes} different outcomes"
    return text + baseline_marks(row)


def effect_text(row: FindingRow) -> str:
    """Return the effect as a sentence: per 1000 people, in sizes, or why neither can be told."""
    if row.estimate is None or row.ci_low is None or row.ci_high is None:
        return "Nothing could be pooled."
    if row.difference is not None:
        return _per_1000(row)
    if row.measure == "SMD":
        return _in_sizes(row.estimate, row.ci_low, row.ci_high, row.better)
    if row.measure in RISKS:
        return "No baseline risk is known: no absolute effect is told."
    return f"A pooled {MEASURES[row.measure].name} counts no events: none are told per 1000 people."


def difference_text(row: FindingRow) -> str:
    """Return "23 fewer (27 fewer to 18 fewer)", empty where there is none."""
    if row.difference is None:
        return ""
    low, high = _fewer(row.difference_low), _fewer(row.difference_high)
    return f"{_fewer(row.difference)} ({low} to {high})"


def corresponding_text(row: FindingRow) -> str:
    """Return the events per 1000 with the intervention, with limits; empty where there are none."""
    if row.corresponding is None or row.corresponding_low is None or row.corresponding_high is None:
        return ""
    limits = f"{row.corresponding_low:.0f} to {row.corresponding_high:.0f}"
    return f"{row.corresponding:.0f} ({limits})"


def number_needed_text(row: FindingRow) -> str:
    """Return the number needed with its limits, rounded up; why there is none; empty for means."""
    if row.difference is None:
        return ""
    needed = (row.number_needed, row.number_needed_best, row.number_needed_worst)
    number, best, worst = (None if n is None else ceil(n - ROUNDING) for n in needed)
    if number is None:
        return "none: no effect is within the limits"
    gain = "to prevent one event" if row.number_needed_for == "benefit" else "for one event more"
    return f"{number} ({best} to {worst}) {gain}"


def _per_1000(row: FindingRow) -> str:
    assumed = (
        f"Of 1000 people {row.assumed:.0f} have an event without it, at this baseline risk; with"
    )
    effect = f"it {difference_text(row)}, if {ASSUMPTIONS[row.measure]}"
    text = f"{assumed} {effect}."
    if row.capped == "yes":
        text += " That would lead beyond 0 or 1000: at this baseline risk it does not hold."
    if row.number_needed is None:
        text += " The interval includes no effect: no number needed is told."
    return text


def _fewer(value: float | None) -> str:
    """Return a difference per 1000 in words.

    >>> _fewer(-23.4), _fewer(28.2), _fewer(0.2)
    ('23 fewer', '28 more', 'no fewer')
    """
    rounded = round(value or 0.0)
    if rounded == 0:
        return "no fewer"
    return f"{abs(rounded)} {'fewer' if rounded < 0 else 'more'}"


def _in_sizes(estimate: float, low: float, high: float, better: str) -> str:
    """Return a standardised effect in words; its better side favours the intervention."""
    sign = -1 if better == HIGHER else 1
    mean, first, last = (_size(sign * value) for value in (estimate, low, high))
    return (
        f"{mean.capitalize()}; the limits run from {first} to {last}. A "
        "standardised mean difference has no unit, so no absolute effect is told."
    )


def _size(value: float) -> str:
    """Return the size and direction of a standardised mean difference of which less is better.

    >>> _size(-0.27), _size(0.9), _size(0.0)
    ('a small effect in favour of the intervention', 'a large effect against it', 'no effect')
    """
    if value == 0:
        return "no effect"
    size = next((name for end, name in SIZES if abs(value) < end), "large")
    return f"a {size} effect {'in favour of the intervention' if value < 0 else 'against it'}"


def flag_text(row: FlagRow, level: float) -> str:
    """Return a contradiction in words: the judgement, and the number that does not go with it."""
    judged = f"{DOMAIN_NAMES[row.domain]}: {row.judgement.replace('_', ' ')}"
    return f"“{judged}”, although {minus(_WORDS[row.rule](row, level))}."


def _limits(row: FlagRow) -> str:
    return numbers.interval(row.value, row.second)


def _whole(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f}"


def _events(row: FlagRow) -> str:
    return "" if row.second is None else f" (with {_whole(row.second)} events)"


def _printed(row: FlagRow, _: float) -> str:
    """Return the computed certainty; a printed one above it is refuted by its upper bound too."""
    printed, computed = int(row.value or 0), int(row.second or 0)
    bound = "at most " if printed > computed else ""
    return f"the judgements here give {bound}{CERTAINTIES[computed].replace('_', ' ')}"


_WORDS: Mapping[str, Callable[[FlagRow, float], str]] = {
    "trials_at_high_risk": lambda row, _: (
        f"{_whole(row.value)} of {_whole(row.second)} trials were judged at high risk"
    ),
    "trials_not_judged": lambda row, _: (
        f"no judgement is recorded for {_whole(row.value)} of {_whole(row.second)} trials"
    ),
    "trials_at_low_risk": lambda row, _: f"all {_whole(row.value)} trials were judged at low risk",
    "high_i2": lambda row, _: f"I² is {numbers.percent(row.value)}",
    "significant_q": lambda row, _: f"Cochran's Q has {numbers.p_value(row.value)}",
    "prediction_reaches_no_effect": lambda row, level: (
        f"the {numbers.level(level)} prediction interval, {_limits(row)}, reaches no effect while "
        "that of the mean does not"
    ),
    "consistent": lambda row, _: (
        f"I² is {numbers.percent(row.value)}, Q has {numbers.p_value(row.second)}, and no "
        "prediction interval reaches across no effect"
    ),
    "no_trial_of_population": lambda row, _: (
        f"none of {_whole(row.second)} trials is of the question's population"
    ),
    "every_trial_of_population": lambda row, _: (
        f"all {_whole(row.value)} trials are of the question's population: the reason must lie in "
        "interventions, comparisons or outcomes"
    ),
    "includes_no_effect": lambda row, level: (
        f"the {numbers.level(level)} confidence interval, {_limits(row)}, includes no effect"
    ),
    "too_few_people": lambda row, _: (
        f"{_whole(row.value)} participants{_events(row)} are fewer than the {_whole(row.needed)} "
        "that are enough"
    ),
    "hartung_knapp_reaches_no_effect": lambda row, _: (
        f"Hartung and Knapp's limits, which few trials call for, {_limits(row)}, include no effect"
    ),
    "precise": lambda row, level: (
        f"the {numbers.level(level)} confidence interval, {_limits(row)}, excludes no effect and "
        "participants are no fewer than the optimal information size"
    ),
    "too_few_trials": lambda row, _: (
        f"a test cannot tell from {_whole(row.value)} trials, fewer than {_whole(row.needed)}"
    ),
    "asymmetric": lambda row, _: f"Egger's test of asymmetry has {numbers.p_value(row.value)}",
    "symmetric": lambda row, _: f"Egger's test of asymmetry has {numbers.p_value(row.value)}",
    "not_large": lambda row, _: (
        f"the limit nearer to no effect, {numbers.effect(row.value)}, does not lie beyond "
        f"{numbers.effect(row.needed)}"
    ),
    "up_and_down": lambda row, _: (
        f"{counted(int(row.value or 0), 'domain')} rate the same evidence down"
    ),
    "printed_otherwise": _printed,
}
"""By rule, the number that contradicts."""


def measure_text(row: FindingRow) -> str:
    """Return the pooled effect with its limits and what it is."""
    if row.estimate is None:
        return ""
    limits = numbers.interval(row.ci_low, row.ci_high)
    return minus(f"{MEASURES[row.measure].name} {numbers.effect(row.estimate)} ({limits})")
