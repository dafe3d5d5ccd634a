"""What came out, in one sentence an analysis."""

from collections.abc import Sequence
from typing import Protocol

from liftproof.analysis.records import EffectRow, EstimateRow
from liftproof.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.forest_rows import RECONSTRUCTED, UNVERIFIED, minus
from liftproof.words.predictions import PREDICTION_NAMES

LEVEL = numbers.percent(95)
MARKS = (("unverified", UNVERIFIED), ("reconstructed", RECONSTRUCTED))


def outcome(estimate: EstimateRow) -> str:
    """Return the pooled effect with its interval, its size, and its prediction interval."""
    if estimate.estimate is None:
        return "nothing could be pooled."
    measure = MEASURES[estimate.measure]
    limits = numbers.interval(estimate.ci_low, estimate.ci_high)
    parts = [
        f"{measure.name} {numbers.effect(estimate.estimate)} "
        f"({LEVEL} confidence interval {limits})",
        counted(estimate.k, "effect"),
    ]
    if estimate.participants is not None:
        parts.append(counted(estimate.participants, "participant"))
    if estimate.events is not None:
        parts.append(counted(estimate.events, "event"))
    text = f"{', '.join(parts)}. {_reading(estimate)}"
    if estimate.pi_low is not None:
        prediction = numbers.interval(estimate.pi_low, estimate.pi_high)
        text += (
            f" {LEVEL} prediction interval for the true effect in a new trial: {prediction} "
            f"({PREDICTION_NAMES[estimate.prediction]})."
        )
    return minus(text)


def counted(number: int, noun: str) -> str:
    """Return "1 trial" or "6 trials".

    >>> counted(6, "trial")
    '6 trials'
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def marks(effects: Sequence[EffectRow]) -> str:
    """Return the signs of an estimate that rests on unverified or reconstructed numbers."""
    pooled = [effect for effect in effects if not effect.left_out]
    return "".join(
        sign for kind, sign in MARKS if any(getattr(effect, kind) == "yes" for effect in pooled)
    )


class Marked(Protocol):
    """A row that says itself whether it rests on unverified or reconstructed numbers."""

    @property
    def unverified(self) -> str:
        """``yes`` or ``no``."""

    @property
    def reconstructed(self) -> str:
        """``yes`` or ``no``."""


def own_marks(row: Marked) -> str:
    """Return the signs of a row that rests on unverified or reconstructed numbers."""
    return "".join(sign for kind, sign in MARKS if getattr(row, kind) == "yes")


def _reading(estimate: EstimateRow) -> str:
    """Say whether the interval leaves out "no effect"."""
    if estimate.ci_low is None or estimate.ci_high is None:
        return "Its interval is not estimable."
    null = MEASURES[estimate.measure].no_effect
    includes = estimate.ci_low <= null <= estimate.ci_high
    return f"The interval {'includes' if includes else 'excludes'} no effect ({null:g})."
