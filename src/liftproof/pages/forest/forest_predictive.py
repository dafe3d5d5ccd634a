"""The predictive distribution beneath the diamond of a forest plot: row, curve and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.rows.predictive_rows import LIMIT, NO_EFFECT, PredictiveRow
from liftproof.vocabulary.measure import Measure
from liftproof.words import numbers
from liftproof.words.axis import Axis, share_along
from liftproof.words.text import capital

KIND = "predictive"
LABEL = "Predictive distribution"
NO_SPREAD = (
    "no spread between trials was found, which few trials can hide: the curve is how uncertain "
    "their average is"
)
"""In place of the share of new settings that benefit, which would then be that of the average."""
Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictiveCurve:
    """A curve as far as the axis shows it.

    ``places``: an effect on the natural scale and the density there, as a share of the highest;
    ``inside``: those within the prediction limits. ``words``: how many new settings lie on which
    side of no effect, or that no spread was found; empty for a measure without no effect.
    """

    places: tuple[Place, ...]
    inside: tuple[Place, ...]
    words: str

    def beneath(self, rows: Sequence[ForestRow]) -> list[ForestRow]:
        """Return the lines of a plot with that of the curve behind, marked as the pool is."""
        marks = next((row.marks for row in rows if row.kind == "pooled"), "")
        return [*rows, ForestRow(kind=KIND, label=LABEL, marks=marks, note=capital(self.words))]


def curve_of(
    rows: Sequence[PredictiveRow],
    axis: Axis,
    measure: Measure,
    *,
    intervention: str,
    below: str,
    has_spread: bool,
) -> PredictiveCurve | None:
    """Return the curve of one analysis; None where it has none.

    ``intervention``: the first arm; ``below``: the arm that effects below none favour;
    ``has_spread``: whether τ² is above 0.
    """
    known = [
        (row.estimate, row.density)
        for row in rows
        if row.estimate is not None and row.density is not None
    ]
    if not known:
        return None
    highest = max(density for _, density in known)
    finite = [
        (effect, density / highest)
        for effect, density in known
        if isfinite(effect) and (effect > 0 or not axis.is_log)
    ]
    low, high = (row.estimate for row in rows if row.point == LIMIT)
    return PredictiveCurve(
        places=_between(finite, axis, axis.low, axis.high),
        inside=_between(finite, axis, max(axis.low, low or 0.0), min(axis.high, high or 0.0)),
        words=_share(rows, measure, intervention, below) if has_spread else NO_SPREAD,
    )


def _between(places: Sequence[Place], axis: Axis, low: float, high: float) -> tuple[Place, ...]:
    """Return the part of a curve between two effects, with the places at both."""
    inside = [place for place in places if low < place[0] < high]
    ends = [(end, _at(places, axis, end)) for end in (low, high)]
    return (ends[0], *inside, ends[1])


def _at(places: Sequence[Place], axis: Axis, effect: float) -> float:
    """Return the density at an effect, on a straight line between its neighbours."""
    for (start, first), (end, last) in pairwise(places):
        if start <= effect <= end:
            left, here, right = (share_along(axis, value) for value in (start, effect, end))
            share = (here - left) / (right - left) if right > left else 0.0
            return first + share * (last - first)
    return 0.0


def _share(rows: Sequence[PredictiveRow], measure: Measure, intervention: str, below: str) -> str:
    """Say in what share of new settings the effect is a benefit, or on which side it lies."""
    share = next((row.at_most for row in rows if row.point == NO_EFFECT), None)
    if share is None:
        return ""
    settings = "of new settings the effect"
    if measure.is_of_one_group:
        return f"in {numbers.share(share)} {settings} is lower after than before"
    if not below:
        return f"in {numbers.share(share)} {settings} is below {measure.no_effect:g}"
    benefit = share if intervention == below else 1 - share
    return f"in {numbers.share(benefit)} {settings} favours {intervention}"


def reason_without(rows: Sequence[PredictiveRow]) -> tuple[str, ...]:
    """Return why an analysis that asks for the curve has none, as a footnote."""
    notes = [row.note for row in rows if row.note]
    return tuple(f"No predictive distribution is drawn. {note}" for note in notes)
