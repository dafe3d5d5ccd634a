"""How every figure looks: seaborn's white style, our own style sheet, the typeface, the colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib as mpl
import seaborn as sns

from liftproof.drawing.figure_form import WIDE
from liftproof.drawing.typeface import current

INK = "#1a1a1a"
GREY = "#666666"
TRIAL_COLOUR, POOLED_COLOUR = WIDE.trial_colour, WIDE.pooled_colour


@contextmanager
def applied() -> Iterator[None]:
    """Draw and save under our style; the caller's settings come back afterwards."""
    with mpl.rc_context():
        mpl.rcParams.update(_settings())
        mpl.rcParams["font.family"] = list(current().families)
        yield


@cache
def _settings() -> mpl.RcParams:
    settings = mpl.RcParams(sns.axes_style("white"))
    sheet = Path(__file__).with_name("liftproof.mplstyle")
    settings.update(mpl.rc_params_from_file(sheet, use_default_template=False))
    return settings
