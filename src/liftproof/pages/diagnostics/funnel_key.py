"""The key of a funnel plot: what its shades, its dashes and its hollow marks mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from liftproof.drawing.figure_form import FigureForm
from liftproof.drawing.funnel_marks import SHADES, filled_marks
from liftproof.drawing.text_widths import FONT_SIZE, width
from liftproof.drawing.theme import GREY
from liftproof.pages.diagnostics.funnel_view import FunnelView

LINE = 18.0
"""Height of a line of the key, points."""
_SIGN, _BETWEEN, _SQUARE = 18.0, 14.0, 9.0
_DASHES, _HOLLOW = "dashes", "hollow"
"""Signs that are no shade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySign:
    """A sign of the key: ``x`` and ``line`` where it stands; ``shape``: a shade, or what it is."""

    x: float
    line: int
    shape: str
    text: str


def signs_of(view: FunnelView, left: float, wide: float) -> list[KeySign]:
    """Return the key in as many lines as it needs, from ``left`` on and so wide."""
    levels = [f"{p:g}" for p, _ in view.contours]
    texts = [f"p above {levels[0]}", *(f"below {level}" for level in levels)]
    shapes = [*zip(texts, SHADES, strict=True)]
    shapes.append(("pooled effect, 95\u202f% of results about it", _DASHES))
    if view.filled.places:
        shapes.append(("added by trim and fill", _HOLLOW))
    x, line, signs = left, 0, list[KeySign]()
    for text, shape in shapes:
        taken = _SIGN + width(text)
        if signs and x + taken > left + wide:
            x, line = left, line + 1
        signs.append(KeySign(x=x, line=line, shape=shape, text=text))
        x += taken + _BETWEEN
    return signs


def draw_key(page: Axes, signs: Sequence[KeySign], top: float, form: FigureForm) -> None:
    """Draw the key on a page whose unit is a point, y down from ``top``."""
    for sign in signs:
        x, y = sign.x, top + sign.line * LINE
        middle = y + _SQUARE / 2
        if sign.shape == _HOLLOW:
            filled_marks(page, [x + _SQUARE / 2], [middle], form.trial_colour)
        elif sign.shape == _DASHES:
            ends = [x, x + _BETWEEN], [middle] * 2
            page.plot(*ends, color=form.pooled_colour, linewidth=1, dashes=(4, 3))
        else:
            square = Rectangle(
                (x, y), _SQUARE, _SQUARE, facecolor=sign.shape, edgecolor=GREY, linewidth=0.5
            )
            page.add_patch(square)
        page.text(x + _SIGN, y + 7.6, sign.text, size=FONT_SIZE, va="baseline")
