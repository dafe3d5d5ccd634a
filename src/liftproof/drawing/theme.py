"""How every figure looks: seaborn's white style, our own style sheet, the typeface, the colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib as mpl

from liftproof.drawing.typeface import current
from liftproof.reviews.model.house_style import POOLED_COLOUR, TRIAL_COLOUR

INK = "#1a1a1a"
GREY = "#666666"
COLOURS = (
    *(TRIAL_COLOUR, "#de8f05", "#029e73", POOLED_COLOUR, "#cc78bc"),
    *("#ca9161", "#fbafe4", "#949494", "#ece133", "#56b4e9"),
)
"""seaborn's palette for the colour-blind."""
_SHEETS = ("white.mplstyle", "liftproof.mplstyle")
"""The later overrules the earlier."""


@contextmanager
def applied() -> Iterator[None]:
    """Draw and save under our style; the caller's settings come back afterwards."""
    with mpl.rc_context():
        mpl.rcParams.update(_settings())
        mpl.rcParams["font.family"] = list(current().families)
        yield


@cache
def _settings() -> mpl.RcParams:
    settings = mpl.RcParams()
    for name in _SHEETS:
        sheet = Path(__file__).with_name(name)
        settings.update(mpl.rc_params_from_file(sheet, use_default_template=False))
    return settings
