"""A specification curve as it will be drawn: every text and position, before any drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from liftproof.pages.multiverse import multiverse_words as multiverse
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.option_names import option_name
from liftproof.words.text import capital

MOST_CHOICES = 8
MOST_ROWS = 44
"""Choices and options that the dashboard shows: those that move the estimate most."""
FEW = 300
Band = tuple[float, float, float]
"""Estimate, lower and upper limit, natural scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """A choice in the dashboard: its name, its options, the option of each column shown.

    ``note``: its share of the variance; ``primary``: the option of the analysis as settled.
    """

    name: str
    note: str
    options: tuple[str, ...]
    taken: tuple[int, ...]
    primary: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """A whole specification curve. ``columns``: from the smallest estimate to the largest.

    ``primary`` stands ``rank`` of the way from left to right. ``printed``: NaN where there is no
    such print. ``hidden``: choices that the dashboard leaves out. ``level``: of all limits.
    """

    key: str
    analysis: str
    title: str
    subtitle: str
    axis: Axis
    level: float
    columns: tuple[Band, ...]
    primary: Band
    rank: float
    printed: Band
    groups: tuple[ChoiceGroup, ...]
    hidden: int
    row: MultiverseRow
    sentences: tuple[str, ...]

    @property
    def has_density(self) -> bool:
        """Whether there are so many combinations that a density of estimates says something."""
        return self.row.combinations > FEW


def curve_views(
    settings: Settings,
    rows: Sequence[MultiverseRow],
    choices: Sequence[ChoiceRow],
    curves: Sequence[CurveRow],
) -> list[CurveView]:
    """Return the specification curve of every analysis, with the first print of it if any."""
    first = {row.analysis: row for row in reversed(rows)}
    return [
        _curve_view(
            analysis,
            settings.names,
            first[analysis.id],
            [row for row in choices if row.analysis == analysis.id],
            [row for row in curves if row.analysis == analysis.id],
        )
        for analysis in settings.analyses
        if analysis.id in first
    ]


def curve_alt_text(plot: CurveView) -> str:
    """Return the alternative text: what a reader takes from the figure at a glance."""
    what = f"Specification curve of {_combinations(plot.row)}"
    return " ".join([f"{what}, {plot.title}.", *plot.sentences[1:3]])


def curve_description(plot: CurveView) -> str:
    """Return the long description for screen readers: a sentence a choice of the dashboard."""
    return "\n".join((curve_alt_text(plot), *map(_said, plot.groups), curve_key(plot)))


def _said(group: ChoiceGroup) -> str:
    settled = group.options[group.primary]
    return f"{group.name}, {group.note}: {'; '.join(group.options)}. As settled: {settled}."


def curve_caption(plot: CurveView) -> str:
    """Return the caption: what is shown, what came out, how to read it."""
    thinned = ""
    if len(plot.columns) < plot.row.combinations:
        thinned = f" {len(plot.columns)} of them, at equal steps of rank, are drawn."
    said = " ".join(plot.sentences[1:])
    return f"{plot.title}. {plot.sentences[0]}{thinned} {said} {curve_key(plot)}"


def curve_key(plot: CurveView) -> str:
    """Return what the signs mean, those that are drawn."""
    hidden = ""
    if plot.hidden:
        choices = "1 choice that moves" if plot.hidden == 1 else f"{plot.hidden} choices that move"
        hidden = f"; {choices} the estimate less {'is' if plot.hidden == 1 else 'are'} left out"
    density = "; at the right, how many estimates lie where" if plot.has_density else ""
    printed = "band and line: what the review printed; " if plot.row.printed else ""
    return (
        f"Above: estimates in rising order with their {numbers.level(plot.level)} intervals; "
        f"{printed}diamond: the analysis as settled{density}. Below: the option of each "
        f"choice in each combination, with the choice's share of the variance{hidden}."
    )


def curve_notes(plot: CurveView) -> tuple[str, ...]:
    """Return what stands beneath the drawing, so that it can leave the page: findings and key."""
    return (*plot.sentences[1:3], curve_key(plot), *_cuts(plot))


def _cuts(plot: CurveView) -> tuple[str, ...]:
    """Return what is said of intervals that run beyond the axis."""
    shown = (*plot.columns, plot.primary, plot.printed)
    cut = sum(low < plot.axis.low or high > plot.axis.high for _, low, high in shown)
    return ("Intervals that reach the edge of the plot run beyond the axis.",) if cut else ()


def _curve_view(
    analysis: Analysis,
    names: Mapping[str, str],
    row: MultiverseRow,
    choices: Sequence[ChoiceRow],
    curve: Sequence[CurveRow],
) -> CurveView:
    columns = [each for each in curve if each is not curve[-1]]
    measure = MEASURES[analysis.measure]
    printed = tuple(
        value if value is not None and (value > 0 or not measure.is_ratio) else float("nan")
        for value in (row.printed_estimate, row.printed_ci_low, row.printed_ci_high)
    )
    bands = [_band(each) for each in (*columns, curve[-1])]
    shown = [band for band in (*bands, printed) if all(map(isfinite, band))]
    groups = _groups(choices, columns, names)
    many = len({each.choice for each in choices})
    return CurveView(
        key=f"multiverse-{row.review}-{analysis.id}",
        analysis=analysis.id,
        title=analysis.title,
        subtitle=f"{capital(measure.name)} in {_combinations(row)}",
        axis=axis_for(
            [band[0] for band in shown],
            [(band[1], band[2]) for band in shown],
            [],
            measure,
            left="",
            right="",
        ),
        level=analysis.level,
        columns=tuple(bands[:-1]),
        primary=bands[-1],
        rank=curve[-1].rank or 0.0,
        printed=(printed[0], printed[1], printed[2]),
        groups=groups,
        hidden=many - len(groups),
        row=row,
        sentences=multiverse.sentences(row, choices, names),
    )


def _combinations(row: MultiverseRow) -> str:
    many = multiverse.whole(row.combinations)
    sample = f" of {multiverse.whole(row.of)}" if row.sampled == "yes" else ""
    return f"{many}{sample} {'combination' if row.of == 1 else 'combinations'} of choices"


def _band(row: CurveRow) -> Band:
    low, high = row.ci_low, row.ci_high
    nan = float("nan")
    return (
        nan if row.estimate is None else row.estimate,
        nan if low is None else low,
        nan if high is None else high,
    )


def _groups(
    choices: Sequence[ChoiceRow], columns: Sequence[CurveRow], names: Mapping[str, str]
) -> tuple[ChoiceGroup, ...]:
    """Return the choices that move the estimate most, as many as there is room for."""
    options: dict[str, list[ChoiceRow]] = {}
    for row in choices:
        options.setdefault(row.choice, []).append(row)
    places = {name: place for place, name in enumerate(options)}
    falling = sorted(options, key=lambda name: -(options[name][0].total or 0.0))
    kept, rows = [], 0
    for name in falling[:MOST_CHOICES]:
        rows += len(options[name]) + 1
        if rows > MOST_ROWS:
            break
        taken = tuple(int(each.options.split("|")[places[name]]) for each in columns)
        kept.append(_group(name, options[name], taken, names))
    return tuple(kept)


def _group(
    name: str, rows: Sequence[ChoiceRow], taken: tuple[int, ...], names: Mapping[str, str]
) -> ChoiceGroup:
    return ChoiceGroup(
        name=name,
        note=multiverse.share(rows[0].total),
        options=tuple(option_name(row.kind, row.option, names) for row in rows),
        taken=taken,
        primary=next(place for place, row in enumerate(rows) if row.settled == "yes"),
    )
