"""The forms in which one layout is drawn: wide for paper and screens, narrow for phones.

Nothing here imports what draws: the workflow asks for the files of a form while it starts.
"""

from dataclasses import dataclass

from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR

PHONE = 360
"""Width of the narrowest phones that are still in use, CSS pixels."""
PIXELS_PER_POINT = 4 / 3
"""CSS pixels: 96 to an inch of 72 points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureForm:
    """How a figure is drawn. Lengths are in points of the drawing.

    ``suffix``: what the names of its files and its key end in. ``width``: of the page, which texts
    may widen in the wide form alone. ``is_stacked``: whether the parts of a row stand one above the
    other. ``enlarged``: how much larger an SVG is shown than it is drawn. ``smallest``: font size
    that no text goes below. Colours are those of trials and of what is pooled.
    """

    suffix: str = ""
    width: float = 518.0
    is_stacked: bool = False
    enlarged: float = 1.0
    smallest: float = 7.0
    trial_colour: str = TRIAL_COLOUR
    pooled_colour: str = POOLED_COLOUR


WIDE = FigureForm()
"""7.2 inches, two columns of a journal; colours of seaborn's palette for the colour-blind."""
NARROW_WIDTH = 234.0
NARROW = FigureForm(
    suffix="_narrow",
    width=NARROW_WIDTH,
    is_stacked=True,
    enlarged=PHONE / (NARROW_WIDTH * PIXELS_PER_POINT),
    smallest=8.0,
)
"""As wide as a phone: a text of 8 points has 12 pixels there, and 11 between margins of 16."""
