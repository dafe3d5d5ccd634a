"""Drawing traffic lights of the risk of bias. All of it stands in the BiasView."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
    whole_sheet,
)
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.pages.certainty.bias_lights import COLOURS, Place, light_circles
from liftproof.pages.certainty.bias_view import BiasView
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS

GAP = 8.0
_WIDEST = 22.0
"""From one column to the next, where there is room."""
_LIGHT = 12.0
"""Across a light, at most."""
_NARROWEST = 11.0
"""From one column to the next, at least, where lights stand beside names."""
_ROW = 15.0
_DOWN = 0.36 * FONT_SIZE
"""From the middle of a text down to its baseline."""
_BAR, _TALL = 40.0, 6.5
"""Width, on phones, and height of the bar of a domain; twice as wide elsewhere."""
_IN_A_LINE = 2
"""Entries of the key, on phones."""


def draw_bias(view: BiasView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the trials and the domains."""
    room = form.width - 2 * MARGIN
    title = wrap(view.title, room, bold=True, size=TITLE_SIZE)
    grid = _grid(view, MARGIN + len(title) * TITLE_LEADING + LEADING, room)
    numbered = [f"{number} {name}" for number, name in enumerate(view.domains, 1)]
    bar = _BAR if form.is_stacked else 2 * _BAR
    domains = [wrap(text, room - bar - GAP) for text in numbered]
    notes = [line for text in view.notes for line in wrap(text, room)]
    below = grid.bottom + (2 if form.is_stacked else 1) * _ROW + LEADING
    under = below + sum(map(len, domains)) * LEADING + LEADING / 2
    height = under + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        page = whole_sheet(figure, form.width, height)
        draw_title(page, title)
        _draw_grid(page, view, grid)
        _draw_key(page, view, grid.bottom + LEADING / 2, form)
        _draw_summary(page, view, domains, below, bar)
        for index, text in enumerate(notes):
            _text(page, (MARGIN, under + (index + 0.8) * LEADING), text, color=GREY)
    return figure


def _draw_summary(
    page: Axes, view: BiasView, domains: Sequence[Sequence[str]], top: float, wide: float
) -> None:
    """Draw a bar a domain, as wide as the shares of its judgements, and what it is beside it."""
    for counts, lines in zip(view.counts, domains, strict=True):
        left = MARGIN
        for meaning, count in counts:
            share = count / len(view.lines) * wide
            segment = Rectangle((left, top + (LEADING - _TALL) / 2), share, _TALL)
            segment.set(facecolor=COLOURS[meaning], edgecolor=INK, linewidth=0.5)
            segment.set_gid(f"bar-{meaning}")
            page.add_patch(segment)
            left += share
        for index, text in enumerate(lines):
            y = top + (index + 0.8) * LEADING
            _text(page, (MARGIN + wide + GAP, y), text, color=INK)
        top += len(lines) * LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasGrid:
    """Where lights stand, in points: columns about ``middles``, rows about ``rows``.

    ``across``: a light. ``raised``: how far names stand above the lights, 0 where beside them.
    """

    top: float
    middles: tuple[float, ...]
    rows: tuple[float, ...]
    across: float
    raised: float
    bottom: float


def _grid(view: BiasView, top: float, room: float) -> BiasGrid:
    """Place the lights beside the names of trials, or, where there is no room, beneath them."""
    count = len(view.domains)
    labels = GAP + max(width(line.label) for line in view.lines)
    is_beside = (room - labels) / count >= _NARROWEST
    left, raised = (labels, 0.0) if is_beside else (0.0, LEADING + 1.0)
    pitch = min(_WIDEST, (room - left) / count)
    first, tall = top + 4.0, _ROW + raised
    return BiasGrid(
        top=top,
        middles=tuple(MARGIN + left + (place + 0.5) * pitch for place in range(count)),
        rows=tuple(first + (place + 1) * tall - _ROW / 2 for place in range(len(view.lines))),
        across=min(_LIGHT, 0.9 * pitch),
        raised=raised,
        bottom=first + len(view.lines) * tall + LEADING,
    )


def _draw_grid(page: Axes, view: BiasView, grid: BiasGrid) -> None:
    for number, x in enumerate(grid.middles, 1):
        _text(page, (x, grid.top), str(number), ha="center", weight="bold")
    places: dict[str, list[Place]] = {}
    for line, y in zip(view.lines, grid.rows, strict=True):
        _text(page, (MARGIN, y - grid.raised + _DOWN), line.label)
        for light, x in zip(line.lights, grid.middles, strict=True):
            if light is not None:
                places.setdefault(light.meaning, []).append((x, y))
    for meaning, found in places.items():
        _lights(page, meaning, found, grid.across)


def _lights(page: Axes, meaning: str, places: Sequence[Place], across: float) -> None:
    """Draw circles with the sign, which tells the judgement without the colour."""
    light_circles(page, meaning, places, across)
    for x, y in places:
        _text(page, (x, y + _DOWN), BIAS_SIGNS[meaning], ha="center", weight="bold")


def _draw_key(page: Axes, view: BiasView, y: float, form: FigureForm) -> None:
    """Draw what each light that is there stands for, in one line or, on phones, two."""
    x = MARGIN
    for index, (meaning, name) in enumerate(view.meanings.items()):
        if form.is_stacked and index == _IN_A_LINE:
            x, y = MARGIN, y + _ROW
        _lights(page, meaning, [(x + _LIGHT / 2, y)], _LIGHT)
        _text(page, (x + _LIGHT + GAP / 2, y + _DOWN), name)
        x += _LIGHT + GAP / 2 + width(name) + 2 * GAP


def _text(page: Axes, place: tuple[float, float], text: str, **style: Any) -> None:
    page.text(*place, text, size=FONT_SIZE, va="baseline", **style)
