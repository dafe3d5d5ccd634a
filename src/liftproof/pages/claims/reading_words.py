"""Ways to be certain of a claim, as readers see them."""

from collections.abc import Iterator, Mapping, Sequence

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
from liftproof.words import numbers
from liftproof.words.text import minus, uncapital

READING_NAMES: Mapping[str, str] = {
    INTERVAL: "the {level} confidence interval",
    CONFIDENCE: "the confidence distribution",
    POSTERIOR: "the posterior (prior of τ half-normal 0.5)",
    PREDICTION: "the prediction interval for a new setting",
    FEW_TRIALS: "Hartung and Knapp's limits, which few trials call for,",
    AS_PRINTED: "the interval that the review printed",
    "posterior_wider": "the posterior with a wider prior (half-normal 1)",
    "posterior_narrower": "the posterior with a narrower prior (half-normal 0.25)",
    "posterior_half_cauchy": "the posterior with a half-Cauchy prior (0.5)",
    "posterior_half_t": "the posterior with a half-t prior (0.5, 3 df)",
}
"""By reading; ``level`` in braces is that of the review."""
HOLDS = {"yes": "✓ holds", "no": "✗ does not hold", "": "— does not apply"}


def reading_name(reading: str, level: float) -> str:
    """Return what a way to be certain is called.

    >>> reading_name("interval", 0.99)
    'the 99\u202f% confidence interval'
    """
    return READING_NAMES[reading].format(level=numbers.level(level))


def reading_text(row: ReadingRow, level: float) -> str:
    """Return a way to be certain with its number."""
    return f"{reading_name(row.reading, level).removesuffix(',')} ({value_text(row)})"


def value_text(row: ReadingRow) -> str:
    """Return the limits or the probability of a reading, or that there is none.

    >>> value_text(ReadingRow(claim="a", review="b", analysis="c", reading="confidence",
    ...     value=0.985))
    '98.5\\u202f%'
    """
    if row.value is None:
        return "not available"
    if row.low is None:
        return numbers.percent(100 * row.value, 1)
    return minus(numbers.interval(row.low, row.value))


def unread_sentences(rows: Sequence[ReadingRow], level: float) -> Iterator[str]:
    """Yield why ways to be certain do not apply, those of one reason in a sentence.

    >>> row = ReadingRow(claim="a", review="b", analysis="c", reading="prediction",
    ...     note="It does not exist for these trials.")
    >>> list(unread_sentences([row], 0.95))
    ['No prediction interval for a new setting: it does not exist for these trials.']
    """
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        name = reading_name(row.reading, level).partition(", which")[0].removeprefix("the ")
        by_reason.setdefault(row.note, []).append(name)
    for reason, names in by_reason.items():
        yield f"No {'; no '.join(_priors_together(names))}: {uncapital(reason)}"


def _priors_together(names: Sequence[str]) -> list[str]:
    """Return names with those of posteriors, where there are several, as one."""
    others = [name for name in names if not name.startswith("posterior")]
    priors = len(names) - len(others)
    return [*others, f"posterior with any of {priors} priors"] if priors > 1 else list(names)


def needed_text(row: ReadingRow) -> str:
    """Return what a reading asks for."""
    if row.needed is None:
        return ""
    if row.low is None and row.reading not in (INTERVAL, PREDICTION, FEW_TRIALS, AS_PRINTED):
        return f"at least {numbers.percent(100 * row.needed)}"
    if row.better == HIGHER:
        return f"lower limit at least {row.needed:.3g}"
    return f"upper limit at most {row.needed:.3g}"
