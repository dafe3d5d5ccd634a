"""Plots from arrays: matplotlib Axes in; Axes, the drawn numbers and a text for them out.

Each function takes what the statistics of the same name return (``forest``, ``radial``, ``bubble``
and ``profile`` the data as well, which a pool does not hold), draws into ``ax`` or into a figure of
its own, and returns :class:`Drawn`. Effects of ratio measures are drawn as ratios, on a log axis:
``measure="RR"`` says so. Marks, typeface and colours are those of the reports.

Nothing here is imported before it is asked for; matplotlib and pandas come with
``pip install 'liftproof[plots]'``.
"""

from liftproof.extras import require_extra

require_extra("plots", "liftproof.plot")

from liftproof.plot.baujat_plot import baujat  # noqa: E402  says first what is missing
from liftproof.plot.bubble_plot import bubble  # noqa: E402
from liftproof.plot.drawn import Drawn  # noqa: E402
from liftproof.plot.forest_plot import forest  # noqa: E402
from liftproof.plot.funnel_plot import funnel  # noqa: E402
from liftproof.plot.gosh_plot import gosh  # noqa: E402
from liftproof.plot.influence_plot import influence  # noqa: E402
from liftproof.plot.labbe_plot import labbe  # noqa: E402
from liftproof.plot.p_value_plot import p_value_function  # noqa: E402
from liftproof.plot.profile_plot import profile  # noqa: E402
from liftproof.plot.qq_plot import qq  # noqa: E402
from liftproof.plot.radial_plot import radial  # noqa: E402
from liftproof.plot.step_plots import cumulative, leave_one_out  # noqa: E402

__all__ = [
    "Drawn",
    "baujat",
    "bubble",
    "cumulative",
    "forest",
    "funnel",
    "gosh",
    "influence",
    "labbe",
    "leave_one_out",
    "p_value_function",
    "profile",
    "qq",
    "radial",
]
