"""A GOSH plot before any drawing: pooled subsets by estimate and I², and how both are spread."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from liftproof.pages.diagnostics.panel_view import (
    PanelAxis,
    effect_panel_axis,
    names_of,
    plain_axis,
)
from liftproof.pages.forest.forest_view import sides
from liftproof.reviews.model.settings import Settings
from liftproof.rows.gosh_rows import GoshRow
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for, share_along
from liftproof.words.marks import MARKS
from liftproof.words.text import capital, counted, minus

HEADING = "Every choice of trials"
STEM = "gosh"
BARS = 24
"""Of equal width along each axis."""
Place = tuple[float, float]
Shares = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsetGroup:
    """Subsets with, or without, the result that moves them most.

    ``places``: where they stand, as shares of the plot from its lower left corner. ``across`` and
    ``up``: how many of them are in each bar, as a share of the most in any.
    """

    label: str
    has_trial: bool
    places: tuple[Place, ...]
    across: Shares
    up: Shares


@dataclass(frozen=True, slots=True, kw_only=True)
class GoshView:
    """Everything drawn. ``no_effect``: its share along the axis, None where it is not on it."""

    row: EstimateRow
    across: PanelAxis
    ticks: Shares
    up: PanelAxis
    no_effect: float | None
    groups: tuple[SubsetGroup, ...]
    alt_text: str
    notes: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def key(self) -> str:
        """What makes its ids unique."""
        return f"{self.row.review}-{self.row.analysis}-{STEM}"

    @property
    def title(self) -> str:
        """What stands above the drawing."""
        return f"{HEADING}: {self.row.title}"

    @property
    def description(self) -> str:
        """The long description for screen readers: a sentence for the subsets of each size."""
        return "\n".join((self.alt_text, *self.sentences, *self.notes))


def gosh_view(
    settings: Settings, row: EstimateRow, effects: Sequence[EffectRow], subsets: Sequence[GoshRow]
) -> GoshView:
    """Return the GOSH plot of an analysis from its pooled subsets."""
    measure = MEASURES[row.measure]
    left, right = sides(measure, *settings.favours(row.analysis))
    estimates = [_known(subset.estimate) for subset in subsets]
    axis = axis_for(estimates or [measure.no_effect], [], [], measure, left=left, right=right)
    up = plain_axis("I²", 0.0, max([10.0, *(_known(subset.i2) for subset in subsets)]), unit=" %")
    name = names_of(effects).get(subsets[0].trial, subsets[0].trial) if subsets else ""
    label = f"{capital(measure.name)}{', log scale' if measure.is_log else ''}"
    if axis.no_effect is not None and left:
        label = f"{label}; {left} below {measure.no_effect:g}"
    return GoshView(
        row=row,
        across=effect_panel_axis(label, axis),
        ticks=tuple(share_along(axis, tick) for tick in axis.ticks),
        up=up,
        no_effect=None if axis.no_effect is None else share_along(axis, axis.no_effect),
        groups=_groups(subsets, axis, up, name),
        alt_text=_alt_text(subsets, row, name),
        notes=tuple(_notes(subsets, row, name)),
        sentences=tuple(_sentences(subsets)),
    )


def _known(value: float | None) -> float:
    return 0.0 if value is None else value


def _groups(
    subsets: Sequence[GoshRow], axis: Axis, up: PanelAxis, name: str
) -> tuple[SubsetGroup, ...]:
    told = {"no": f"without {name}", "yes": f"with {name}"}
    places = {
        has: tuple(
            (
                share_along(axis, _known(subset.estimate)),
                (_known(subset.i2) - up.ticks[0]) / (up.ticks[-1] - up.ticks[0]),
            )
            for subset in subsets
            if subset.has_trial == has
        )
        for has in told
    }
    bars = {has: [_bars(found, side) for side in (0, 1)] for has, found in places.items()}
    most = [max(max(both[side]) for both in bars.values()) or 1 for side in (0, 1)]
    return tuple(
        SubsetGroup(
            label=label,
            has_trial=has == "yes",
            places=places[has],
            across=tuple(count / most[0] for count in bars[has][0]),
            up=tuple(count / most[1] for count in bars[has][1]),
        )
        for has, label in told.items()
    )


def _bars(places: Sequence[Place], side: int) -> list[int]:
    """Return how many places are in each bar along one side."""
    found = Counter(min(int(place[side] * BARS), BARS - 1) for place in places)
    return [found[bar] for bar in range(BARS)]


def _alt_text(subsets: Sequence[GoshRow], row: EstimateRow, name: str) -> str:
    if not subsets:
        return "GOSH plot without subsets."
    estimates = [_known(subset.estimate) for subset in subsets]
    low, middle, high = quantiles(estimates, n=4, method="inclusive")
    spread = [_known(subset.i2) for subset in subsets]
    measure = MEASURES[row.measure]
    ends = minus(numbers.interval(min(estimates), max(estimates)))
    return (
        f"GOSH plot: the pooled {measure.name} of {_which(subsets, row)} runs from {ends}, "
        f"half of them lie within {minus(numbers.interval(low, high))}, their median is "
        f"{minus(numbers.effect(middle))}; I² {_run(numbers.percent(min(spread)), spread)}. "
        f"{_with_and_without(subsets, name)}"
    )


def _run(least: str, spread: Sequence[float]) -> str:
    most = numbers.percent(max(spread))
    return f"is {least} in each" if least == most else f"runs from {least} to {most}"


def _which(subsets: Sequence[GoshRow], row: EstimateRow) -> str:
    if subsets[0].is_exhaustive == "yes":
        return f"all {len(subsets)} subsets of two or more of {row.k} results"
    return f"{len(subsets)} subsets of two or more of {row.k} results, drawn at random,"


def _with_and_without(subsets: Sequence[GoshRow], name: str) -> str:
    medians = {
        has: median([_known(each.estimate) for each in subsets if each.has_trial == has] or [0.0])
        for has in ("yes", "no")
    }
    inside, outside = (minus(numbers.effect(medians[has])) for has in ("yes", "no"))
    return f"{name} moves it most: with it the median is {inside}, without it {outside}."


def _notes(subsets: Sequence[GoshRow], row: EstimateRow, name: str) -> Iterator[str]:
    if not subsets:
        yield "Not drawn. Too few results enter the analysis."
        return
    which = capital(_which(subsets, row)).rstrip(",")
    yield (
        f"{which}, each pooled as the analysis is: a mark each. Above and at the right: how many "
        "there are of each estimate and of each I², with and without the result that moves the "
        f"estimate most, {name}. Two clouds apart mean that a pool of all is an average of two."
    )
    for kind, sign in MARKS:
        if sign in name:
            yield f"{sign} rests on {kind} numbers."


def _sentences(subsets: Sequence[GoshRow]) -> Iterator[str]:
    for size in sorted({subset.size for subset in subsets}):
        found = [_known(subset.estimate) for subset in subsets if subset.size == size]
        if len(found) == 1:
            yield f"Of {size} results: 1 subset, estimate {minus(numbers.effect(found[0]))}."
            continue
        ends = minus(numbers.interval(min(found), max(found)))
        yield f"Of {size} results: {counted(len(found), 'subset')}, estimates {ends}."
