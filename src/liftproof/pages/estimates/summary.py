"""What came out, in one sentence an analysis."""

from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.predictions import REPORTED
from liftproof.words import numbers
from liftproof.words.text import counted, minus


def outcome(estimate: EstimateRow, level: float, below: str = "") -> str:
    """Return the pooled effect with its interval, its size, and its prediction interval.

    ``below``: what an effect below none means; empty where nothing is said of it.
    """
    if estimate.estimate is None:
        return "nothing could be pooled."
    measure = MEASURES[estimate.measure]
    limits = numbers.interval(estimate.ci_low, estimate.ci_high)
    parts = [
        f"{measure.name} {numbers.effect(estimate.estimate)} "
        f"({numbers.level(level)} confidence interval {limits})",
        counted(estimate.k, "effect"),
    ]
    if estimate.participants is not None:
        parts.append(counted(estimate.participants, "participant"))
    if estimate.events is not None:
        parts.append(counted(estimate.events, "event"))
    text = f"{', '.join(parts)}. {_reading(estimate)}".rstrip()
    if estimate.pi_low is not None:
        prediction = numbers.limits(estimate.pi_low, estimate.pi_high, is_ratio=measure.is_ratio)
        text += (
            f" {numbers.level(level)} prediction interval for the true effect in a new trial: "
            f"{prediction} ({REPORTED[estimate.prediction].name})."
        )
    if below:
        null = MEASURES[estimate.measure].no_effect
        text += f" Below {null:g} means {below}."
    return minus(text)


def _reading(estimate: EstimateRow) -> str:
    """Say whether the interval leaves out "no effect", where there is such a value."""
    if estimate.ci_low is None or estimate.ci_high is None:
        return "Its interval is not estimable."
    if not MEASURES[estimate.measure].has_null:
        return ""
    null = MEASURES[estimate.measure].no_effect
    includes = estimate.ci_low <= null <= estimate.ci_high
    return f"The interval {'includes' if includes else 'excludes'} no effect ({null:g})."
