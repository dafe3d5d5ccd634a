"""The figure of printed beside computed estimates before any drawing: its numbers and words."""

from collections.abc import Iterator, Sequence
from math import isfinite

from liftproof.pages.printed.verdict_words import (
    UNSEEN,
    PrintedResult,
    printed_results,
    verdict_text,
)
from liftproof.pages.prints.prints_view import PrintLine, PrintsView
from liftproof.reviews.model.printed_number import printed_number
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.marks import UNVERIFIED
from liftproof.words.text import capital, counted, listed

WHOLE = ("estimate", "ci_low", "ci_high")
MOST = 20
"""Results that are drawn: those that agree least first, the others in the table alone."""
Triple = tuple[float, float, float]


def reproduction_view(settings: Settings, rows: Sequence[ReproductionRow]) -> PrintsView:
    """Return the figure of the printed estimates with limits that were computed again, too."""
    measures = {one.id: MEASURES[one.measure] for one in settings.analyses}
    whole = [one for one in printed_results(rows) if is_whole(one)]
    kinds = {one: measures[one.rows[0].analysis] for one in whole}
    drawable = [one for one in whole if _has_place(one, kinds[one])]
    measure = _usual([kinds[one] for one in drawable])
    fitting = [one for one in drawable if _axis_kind(kinds[one]) == _axis_kind(measure)]
    drawn = _least_agreeing(fitting)
    lines = {one: _lines(one) for one in drawn}
    marks = [line for both in lines.values() for line in both]
    axis = axis_for(
        [line.estimate for line in marks],
        [(line.low, line.high) for line in marks],
        [],
        measure,
        left=f"← below {measure.no_effect:g}",
        right=f"above {measure.no_effect:g} →",
    )
    return PrintsView(
        review=rows[0].review,
        key=f"reproduction-{rows[0].review}",
        title=f"{settings.title}: printed and computed",
        topics=tuple((capital(one.name), both) for one, both in lines.items()),
        axis=axis,
        notes=(
            *_effects([kinds[one] for one in drawn]),
            *_cuts(axis, marks),
            *_notes(drawn, len(whole) - len(drawn), numbers.level(settings.level)),
        ),
    )


def is_whole(result: PrintedResult) -> bool:
    """Say whether an estimate was printed and computed with its limits, and counts here."""
    are_numbers = all(None not in (row.computed, _printed(row)) for row in result.rows)
    return tuple(row.quantity for row in result.rows) == WHOLE and are_numbers and not result.see


def reproduction_alt_text(view: PrintsView) -> str:
    """Return what a reader takes from the figure at a glance."""
    verdicts = [both[1].note for _, both in view.topics]
    texts = map(verdict_text, VERDICTS)
    counts = [f"{verdicts.count(text)} {text}" for text in texts if text in verdicts]
    said = f": {', '.join(counts)}" if counts else ""
    return f"{counted(len(verdicts), 'printed estimate')}, the computed one beneath each{said}."


def reproduction_description(view: PrintsView) -> str:
    """Return the long description for screen readers: a sentence a printed estimate."""
    lines = [
        f"{name}: printed {printed.text}, computed {computed.text}, {computed.note}."
        for name, (printed, computed) in view.topics
    ]
    return "\n".join([reproduction_alt_text(view), *lines, *view.notes])


def reproduction_caption(view: PrintsView) -> str:
    """Return the caption: what is drawn, how to read it."""
    return f"{view.title}. {reproduction_alt_text(view)} {' '.join(view.notes)}"


def _least_agreeing(results: Sequence[PrintedResult]) -> list[PrintedResult]:
    """Return as many results as are drawn, in the order of the table."""
    order = list(VERDICTS)
    falling = sorted(results, key=lambda one: -order.index(one.verdict))[:MOST]
    return [one for one in results if one in falling]


def _lines(result: PrintedResult) -> tuple[PrintLine, PrintLine]:
    printed = _triple([_printed(row) or 0.0 for row in result.rows])
    computed = _triple([row.computed or 0.0 for row in result.rows])
    return (
        _line("printed", "", printed, result.printed, is_filled=False),
        _line("computed", verdict_text(result.verdict), computed, result.computed, is_filled=True),
    )


def _has_place(result: PrintedResult, measure: Measure) -> bool:
    """Say whether an axis of the measure can show every number: a ratio's has no zero."""
    values = [value for row in result.rows for value in (_printed(row), row.computed)]
    return all(
        value is not None and isfinite(value) and (value > 0 or not measure.is_ratio)
        for value in values
    )


def _axis_kind(measure: Measure) -> tuple[bool, bool]:
    """Return what measures on one axis share: its scale, and whether it has a line of no effect."""
    return measure.is_ratio, measure.has_null


def _usual(measures: Sequence[Measure]) -> Measure:
    """Return the first measure of the commonest kind of axis."""
    kinds = [_axis_kind(measure) for measure in measures]
    return max(measures, key=lambda one: kinds.count(_axis_kind(one)), default=MEASURES["RR"])


def _effects(measures: Sequence[Measure]) -> Iterator[str]:
    """Yield which measures the axis shows."""
    names = list(dict.fromkeys(measure.name for measure in measures))
    if names:
        yield f"{capital(listed(names))}."


def _cuts(axis: Axis, lines: Sequence[PrintLine]) -> Iterator[str]:
    """Yield what is said of limits that run beyond the axis."""
    if any(line.low < axis.low or line.high > axis.high for line in lines):
        yield "Arrowheads: the limits run beyond the axis."


def _printed(row: ReproductionRow) -> float | None:
    number = printed_number(row.printed)
    return number.value if number and not number.bound else None


def _triple(values: Sequence[float]) -> Triple:
    estimate, low, high = values
    return estimate, low, high


def _line(label: str, note: str, values: Triple, text: str, *, is_filled: bool) -> PrintLine:
    estimate, low, high = values
    return PrintLine(
        label=label,
        note=note,
        estimate=estimate,
        low=low,
        high=high,
        text=text,
        is_filled=is_filled,
    )


def _notes(drawn: Sequence[PrintedResult], others: int, level: str) -> Iterator[str]:
    yield f"Hollow: as printed. Filled: computed again from the trials. Lines: {level} limits."
    if any(UNVERIFIED in one.printed + one.computed for one in drawn):
        yield f"{UNSEEN}."
    if others:
        yield f"In the table alone: {counted(others, 'more estimate')} with limits."
