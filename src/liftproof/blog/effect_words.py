"""A pooled effect in plain words: how much lower or higher, how sure, whom it favours."""

from collections.abc import Iterator
from math import isfinite

from liftproof.blog.kit_facts import KitFacts
from liftproof.pages.certainty.certainty_words import SIZES
from liftproof.pages.forest.forest_captions import side
from liftproof.pages.forest.forest_cells import limits_of
from liftproof.reviews.model.directions import LOWER
from liftproof.vocabulary.measure import Measure
from liftproof.words import numbers
from liftproof.words.text import minus

PLAIN = {"RR": "risk", "OR": "odds", "IRR": "rate", "HR": "hazard", "ROM": "mean"}
"""Of which a ratio is one, in a word."""
DOUBLE = 2.0
"""From here on a ratio is told as a multiple: "140 % higher" is hard to picture."""
HUNDREDFOLD = 100.0


def change(ratio: float) -> str:
    """Return a ratio as a change in percent, or as a multiple.

    >>> change(0.339), change(1.23), change(2.44), change(1.001), change(0.001)
    ('66 % lower', '23 % higher', '2.4 times as high', 'the same', 'more than 99 % lower')
    """
    percent = round(100 * abs(ratio - 1))
    if ratio >= HUNDREDFOLD:
        return f"more than {HUNDREDFOLD:.0f} times as high"
    if ratio >= DOUBLE:
        return f"{numbers.decimal(ratio, 1)} times as high"
    if percent == 0:
        return "the same"
    if ratio > 1:
        return f"{percent} % higher"
    return f"{percent} % lower" if percent < 100 else "more than 99 % lower"  # noqa: PLR2004


def span(facts: KitFacts, low: float, high: float) -> str:
    """Return two limits in words: "76 % lower to 52 % lower", "−0.52 to −0.02"."""
    measure = facts.view.measure
    if measure.code in PLAIN:
        return f"{change(low)} to {change(high)}"
    return limits_of(measure.code, low, high)


def has_effect(facts: KitFacts) -> bool:
    """Say whether there is an estimate with limits to tell."""
    row = facts.view.pooled or next(iter(facts.view.trials), None)
    return row is not None and all(map(isfinite, (row.estimate, row.low, row.high)))


def headline(facts: KitFacts) -> str:
    """Return the finding in one sentence; its numbers are those of the figure.

    The limits are those of the diamond, or of the one trial.
    """
    if not has_effect(facts):
        return "No effect can be told from these trials."
    row = facts.view.pooled or facts.view.trials[0]
    where = "On average" if facts.view.pooled else "In this one trial"
    said = f"{where} the {_said(facts, row.estimate)}"
    limits = f"{numbers.level(facts.view.level)} interval".replace("\u202f", " ")
    return minus(f"{said} ({limits}: {span(facts, row.low, row.high)}){verdict(facts)}.")


def verdict(facts: KitFacts) -> str:
    """Return whom the interval favours as the end of a sentence; nothing without a line for it."""
    row = facts.view.pooled or facts.view.trials[0]
    null = facts.view.axis.no_effect
    if null is None:
        return ""
    if row.low <= null <= row.high:
        return ", so there may be no effect"
    winner = facts.view.below if row.high < null else facts.view.above
    if facts.view.measure.is_of_one_group:
        return f", {side(facts.view, winner)}"
    against = "" if winner == facts.view.intervention else ": worse than without"
    return f", which favours {winner}{against}"


def direction(facts: KitFacts) -> Iterator[str]:
    """Yield which way of a difference is better; "lower risk" needs no such words."""
    view = facts.view
    null = view.axis.no_effect
    told = view.measure.code in PLAIN or view.measure.is_of_one_group
    if null is None or told or not has_effect(facts):
        return
    better = facts.review.settings.better_in(view.estimate.analysis)
    way = "below" if better == LOWER else "above"
    yield f"Here {better} is better: {way} {null:g} favours {view.intervention}."


def _said(facts: KitFacts, value: float) -> str:
    """Return "risk was 66 % lower with strength training", or the estimate of a difference."""
    measure, arm = facts.view.measure, facts.view.intervention
    if measure.code in PLAIN:
        return f"{PLAIN[measure.code]} was {change(value)} with {arm}"
    return f"{measure.name} was {numbers.effect(value)}{_size(measure, value)}"


def _size(measure: Measure, value: float) -> str:
    """Return what a standardised mean difference is called, without a direction."""
    if measure.code != "SMD":
        return ""
    name = next((name for end, name in SIZES if abs(value) < end), "large")
    return f", a {name} effect"
