"""The figure of printed estimates before any drawing: every text and number of it, and its words.

Nothing here is pooled or weighed: the prints stand beside each other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liftproof.reviews.model.settings import Settings
from liftproof.rows.print_rows import PrintRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.marks import UNVERIFIED
from liftproof.words.text import counted, minus

ONE_AXIS = MEASURES["RR"]
"""The measure whose axis the ratios share."""
NOT_COMPUTED = "As printed by the reviews named; nothing is computed or pooled here."


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """An estimate on the axis: ``label`` names whose, ``note`` of whom and what it tells.

    ``estimate``, ``low``, ``high``: natural scale; ``text``: as printed, with the measure.
    ``is_filled``: how its mark is drawn, which the notes explain.
    """

    label: str
    note: str
    estimate: float
    low: float
    high: float
    text: str
    is_filled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintsView:
    """The figure: by topic its prints, the axis, and the notes beneath. ``key`` is for ids."""

    review: str
    key: str
    title: str
    topics: tuple[tuple[str, tuple[PrintLine, ...]], ...]
    axis: Axis
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[PrintLine, ...]:
        """Every print that is drawn."""
        return tuple(line for _, lines in self.topics for line in lines)


def is_drawn(row: PrintRow) -> bool:
    """Say whether a print is a ratio with limits: only those share an axis."""
    is_whole = None not in (row.estimate, row.ci_low, row.ci_high)
    return MEASURES[row.measure].is_log and is_whole


def prints_view(settings: Settings, rows: Sequence[PrintRow]) -> PrintsView:
    """Return the figure of the prints that share an axis; one row at least does."""
    drawn = [row for row in rows if is_drawn(row)]
    topics = {
        row.topic: [_line(each) for each in drawn if each.topic == row.topic] for row in drawn
    }
    lines = [line for each in topics.values() for line in each]
    return PrintsView(
        review=rows[0].review,
        key=f"prints-{rows[0].review}",
        title=settings.title,
        topics=tuple((topic, tuple(each)) for topic, each in topics.items()),
        axis=axis_for(
            [line.estimate for line in lines],
            [(line.low, line.high) for line in lines],
            [],
            ONE_AXIS,
            left=f"← favours {settings.intervention}",
            right=f"favours {settings.control} →",
        ),
        notes=tuple(_notes(rows)),
    )


def _line(row: PrintRow) -> PrintLine:
    estimate, low, high = (value or 0.0 for value in (row.estimate, row.ci_low, row.ci_high))
    return PrintLine(
        label=row.label,
        note=about(row),
        estimate=estimate,
        low=low,
        high=high,
        text=shown(row),
        is_filled=bool(row.see),
    )


def about(row: PrintRow) -> str:
    """Return of whom and what a print tells, and from how many trials."""
    trials = counted(row.studies, "trial") if row.studies else ""
    return ", ".join(part for part in (row.population, row.outcome, trials) if part)


def shown(row: PrintRow) -> str:
    """Return a print with its measure, as "IRR 0.58 (0.47 to 0.72)", and its mark."""
    mark = UNVERIFIED if row.kind == "unverified" else ""
    return minus(f"{row.measure} {row.printed}{mark}") if row.printed else "not here"


def _notes(rows: Sequence[PrintRow]) -> Iterator[str]:
    yield f"{NOT_COMPUTED} Limits at {numbers.percent(95)}."
    yield "Risk, rate, hazard and odds ratios share the axis as they were printed."
    if any(row.see for row in rows):
        yield "Filled: held by another review of this project, with its verdict there."
    others = [row for row in rows if not is_drawn(row)]
    for printed, reason in (
        (True, "as no ratio with limits"),
        (False, "as what holds it is missing"),
    ):
        names = _named([row for row in others if bool(row.printed) is printed])
        if names:
            yield f"In the table alone, {reason}: {'; '.join(names)}."


def _named(rows: Sequence[PrintRow]) -> list[str]:
    """Return every print by review and outcome, with the population where that tells two apart."""
    alike = Counter((row.label, row.outcome) for row in rows)
    return [
        f"{row.label}, {row.outcome}"
        f"{f' ({row.population})' if alike[row.label, row.outcome] > 1 and row.population else ''}"
        for row in rows
    ]


def prints_alt_text(view: PrintsView) -> str:
    """Return what a reader takes from the figure at a glance."""
    lines = view.lines
    below = sum(line.high < ONE_AXIS.no_effect for line in lines)
    lowest, highest = (choice(lines, key=lambda line: line.estimate) for choice in (min, max))
    return (
        f"{counted(len(lines), 'printed estimate')} side by side, from {lowest.text} "
        f"({lowest.label}) to {highest.text} ({highest.label}). The limits of {below} of them lie "
        f"below 1 (no effect). {NOT_COMPUTED}"
    )


def prints_description(view: PrintsView) -> str:
    """Return the long description for screen readers: a sentence a print."""
    lines = [f"{line.label}, {line.note}: {line.text}." for line in view.lines]
    return "\n".join([prints_alt_text(view), *lines, *view.notes])


def prints_caption(view: PrintsView) -> str:
    """Return the caption: what is drawn and what it is not."""
    return f"{view.title}: {counted(len(view.lines), 'printed estimate')}. {' '.join(view.notes)}"
