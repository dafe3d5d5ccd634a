"""The picture for social networks: the finding in a sentence, a dot with its interval, the source.

It is 1200 by 630 pixels, what most networks ask for; lengths are in those pixels.
"""

import re
from math import isfinite
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import imread

from liftproof.blog.effect_words import has_effect, headline
from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_scope import scope
from liftproof.blog.kit_words import attribution, doubt
from liftproof.drawing.figure_form import FigureForm
from liftproof.drawing.text_widths import wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.words.axis import Axis, axis_for, share_along
from liftproof.words.text import NBSP, capital

WIDTH, HEIGHT = 1200, 630
_DPI = 72
"""So that a point is a pixel."""
_MARGIN = 64.0
_ROOM = WIDTH - 2 * _MARGIN
_SENTENCE_SIZES = (44.0, 38.0, 32.0, 26.0)
_TITLE, _SMALL = 26.0, 20.0
_LEADING = 1.25
_SENTENCE_TOP, _SENTENCE_ROOM = 130.0, 240.0
_PLOT = 440.0
_FOOT = 530.0
_FOOT_ROOM = 84.0
_LOGO = 64.0
_PERCENT = re.compile(r"(?<=\d) %")
"""A line must not end between number and sign."""


def draw_share_card(facts: KitFacts, form: FigureForm, project: Path) -> Figure:
    """Return the card; ``project``: the folder from which a logo is named."""
    with applied():
        figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI)
        page = figure.add_axes((0, 0, 1, 1), label="page")
        page.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        page.set_axis_off()
        _write(page, wrap(facts.view.title, _ROOM - 2 * _LOGO, size=_TITLE)[:2], 78.0, _TITLE, GREY)
        size, lines = _fitted(said_alone(facts), _SENTENCE_SIZES, _SENTENCE_ROOM, bold=True)
        _write(page, lines, _SENTENCE_TOP + size, size, INK, bold=True)
        row = facts.view.pooled or next(iter(facts.view.trials), None)
        if row is not None and has_effect(facts):
            _draw_dot(page, facts, row, form)
        said = (
            *(certainty(facts), scope(facts), facts.house.name),
            *(doubt(facts), attribution(facts)),
        )
        source = " ".join(filter(None, said))
        size, lines = _fitted(source, (_SMALL, 17.0, 14.0), _FOOT_ROOM, bold=False)
        _write(page, lines, _FOOT + size, size, GREY)
        if facts.house.logo:
            _draw_logo(figure, project / facts.house.logo)
    return figure


def said_alone(facts: KitFacts) -> str:
    """Return the finding in a sentence, numbers and signs of percent in one piece."""
    return _PERCENT.sub(f"{NBSP}%", headline(facts))


def certainty(facts: KitFacts) -> str:
    """Return how sure the finding is: a card goes where no page stands beside it."""
    row = facts.finding
    if row is None or not row.certainty:
        return ""
    bound = "at most " if row.at_most == "yes" else ""
    return f"Certainty (GRADE): {bound}{row.certainty.replace('_', ' ')}."


def _fitted(
    text: str, sizes: tuple[float, ...], room: float, *, bold: bool
) -> tuple[float, list[str]]:
    """Return the largest size in which a text fits, with its lines; what never fits is cut."""
    for size in sizes:
        lines = wrap(text, _ROOM, bold=bold, size=size)
        if len(lines) * size * _LEADING <= room:
            return size, lines
    most = int(room // (sizes[-1] * _LEADING))
    return sizes[-1], [*lines[: most - 1], f"{lines[most - 1]} …"]


def _write(
    page: Axes, lines: list[str], baseline: float, size: float, colour: str, *, bold: bool = False
) -> None:
    for index, text in enumerate(lines):
        y = baseline + index * size * _LEADING
        weight = "bold" if bold else "normal"
        page.text(_MARGIN, y, text, size=size, weight=weight, color=colour, va="baseline")


def _draw_dot(page: Axes, facts: KitFacts, row: ForestRow, form: FigureForm) -> None:
    """Draw the estimate with its limits on a line, and where no effect is."""
    view = facts.view
    axis = axis_for(
        [row.estimate], [(row.low, row.high)], [], view.measure, left=view.axis.left, right=""
    )
    low, dot, high = (_across(axis, value) for value in (row.low, row.estimate, row.high))
    page.hlines(_PLOT, _MARGIN, WIDTH - _MARGIN, colors="#cccccc", linewidths=2)
    page.hlines(_PLOT, low, high, colors=form.pooled_colour, linewidths=9, gid="interval")
    page.scatter([dot], [_PLOT], s=620, color=form.pooled_colour, linewidths=0, zorder=3, gid="dot")
    if axis.no_effect is not None:
        _draw_no_effect(page, _across(axis, axis.no_effect))
    text = f"{capital(view.measure.name)} {row.text}"
    middle = min(max(dot, _MARGIN + 200), WIDTH - _MARGIN - 200)
    page.text(middle, _PLOT - 30, text, ha="center", va="baseline", size=_TITLE, color=INK)


def _draw_no_effect(page: Axes, null: float) -> None:
    page.vlines(null, _PLOT - 18, _PLOT + 30, colors=INK, linewidths=2)
    side = "right" if null > WIDTH / 2 else "left"
    away = -8 if side == "right" else 8
    below = _PLOT + 58
    page.text(null + away, below, "no effect", ha=side, va="baseline", size=_SMALL, color=INK)


def _across(axis: Axis, value: float) -> float:
    """Return where a value stands; what lies beyond the axis stands at its end."""
    share = share_along(axis, value) if isfinite(value) and (value > 0 or not axis.is_log) else 0.0
    return _MARGIN + min(max(share, 0.0), 1.0) * _ROOM


def _draw_logo(figure: Figure, path: Path) -> None:
    """Put the logo into the upper right corner, in its own proportions."""
    picture = imread(path)
    high, wide = picture.shape[:2]
    width = min(2 * _LOGO, _LOGO * wide / high)
    height = width * high / wide
    left = (WIDTH - _MARGIN - width) / WIDTH
    axes = figure.add_axes(
        (left, 1 - (40 + height) / HEIGHT, width / WIDTH, height / HEIGHT), label="logo"
    )
    axes.imshow(picture, aspect="auto")
    axes.set_axis_off()
