"""The figure of printed estimates: no line runs through a printed number."""

from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection

from liftproof.analysis.printed_pools import printed_pools
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.pages.prints.prints_drawing import draw_prints
from liftproof.pages.prints.prints_view import prints_view
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from support.prints import PRINT

POOL = replace(PRINT, outcome="injuries of the lower limb, in all who were asked", ci_high="1.80")
PRINTS = (POOL, replace(POOL, target="two", label="Two 2021", ci_high="0.90"))


def crossings(figure):
    """Return the texts of the page that an upright line of the plot runs through."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    page, plot = (
        next(a for a in figure.axes if a.get_label() == name) for name in ("page", "plot")
    )
    paths = [
        path.transformed(each.get_transform()).get_extents()
        for each in plot.collections
        if isinstance(each, LineCollection)
        for path in each.get_paths()
    ]
    paths += [line.get_window_extent(renderer) for line in plot.lines]
    upright = [box for box in paths if box.width < box.height]
    assert upright
    boxes = [(each.get_text(), each.get_window_extent(renderer)) for each in page.texts]
    return [
        text
        for text, box in boxes
        for line in upright
        if box.x0 < line.x0 < box.x1 and line.y0 < box.y1 and box.y0 < line.y1
    ]


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_the_line_of_no_effect_runs_through_no_text(form):
    review = Review(
        name="shown",
        folder=Path("shown"),
        settings=Settings(title="What was printed"),
        studies=(),
        outcomes=(),
        prints=PRINTS,
    )
    view = prints_view(review.settings, printed_pools(review, {}))
    assert crossings(draw_prints(view, form)) == []
