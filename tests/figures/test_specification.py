"""The drawn specification curve: every mark in its place, the same bytes each time."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.drawing.figure_form import NARROW
from liftproof.drawing.theme import applied
from liftproof.pages.draw_figures import write_figure
from liftproof.pages.multiverse.curve_board import BETWEEN_GROUPS, PITCH, board_of
from liftproof.pages.multiverse.curve_drawing import draw_curve
from liftproof.pages.multiverse.curve_figure import CURVE
from liftproof.pages.multiverse.curve_view import (
    MOST_CHOICES,
    curve_alt_text,
    curve_caption,
    curve_notes,
    curve_views,
)
from liftproof.reviews import find, read

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]


def plots(name):
    review = read(find(name, PROJECT))
    found = multiverse_review(review)
    return curve_views(review.settings, found.targets, found.choices, found.curves)


@pytest.fixture(scope="module")
def lauersen():
    return next(plot for plot in plots("lauersen2018") if plot.analysis == "overall")


@pytest.fixture(scope="module")
def small():
    return next(plot for plot in plots("running_economy") if plot.analysis == "high_load")


def axes_of(figure, label):
    return next(axes for axes in figure.axes if axes.get_label() == label)


def artist(axes, gid):
    return next(item for item in axes.get_children() if item.get_gid() == gid)


def test_estimates_stand_in_rising_order_with_the_settled_one_among_them(lauersen):
    curve = axes_of(draw_curve(lauersen), "curve")
    heights = artist(curve, "curve").get_ydata()
    assert (np.diff(heights) >= 0).all()
    assert (heights[0], heights[-1]) == (lauersen.row.minimum, lauersen.row.maximum)
    (place,) = artist(curve, "primary").get_offsets()
    assert place[1] == lauersen.row.primary_estimate
    left, right = heights[int(place[0])], heights[int(np.ceil(place[0]))]
    assert left <= place[1] <= right
    assert artist(curve, "printed").get_ydata()[0] == 0.338


def test_without_a_print_there_is_neither_line_nor_band():
    plot = next(plot for plot in plots("runners") if plot.analysis == "strength")
    curve = axes_of(draw_curve(plot), "curve")
    assert "printed" not in [item.get_gid() for item in curve.get_children()]
    (place,) = artist(curve, "primary").get_offsets()
    assert place[1] == plot.row.primary_estimate
    assert "print" not in f"{curve_caption(plot)} {curve_alt_text(plot)}"


def test_each_column_has_one_mark_a_choice(small):
    board = axes_of(draw_curve(small), "choices")
    assert len(small.columns) == small.row.combinations == 24
    top = 0.0
    for group in small.groups:
        y = artist(board, group.name).get_ydata().reshape(-1, 3)
        rows = np.mean(y[:, :2], axis=1) / PITCH - top - 1.5
        assert rows.round(9).tolist() == list(group.taken)
        assert sorted(set(group.taken)) == list(range(len(group.options)))
        top += len(group.options) + 1 + BETWEEN_GROUPS / PITCH


def test_a_density_is_drawn_of_many_combinations_only(lauersen, small):
    assert "density" in [axes.get_label() for axes in draw_curve(lauersen).axes]
    assert "density" not in [axes.get_label() for axes in draw_curve(small).axes]
    assert "how many estimates lie where" in curve_caption(lauersen)
    assert "how many estimates lie where" not in curve_caption(small)


def test_the_caption_states_how_many_are_drawn(lauersen, small):
    assert "120 of them, at equal steps of rank, are drawn." in curve_caption(lauersen)
    assert "of them, at equal steps" not in curve_caption(small)
    assert "A match does not identify the inputs" in curve_caption(lauersen)
    assert curve_alt_text(small).startswith("Specification curve of 24 combinations of choices")


def test_the_dashboard_shows_the_choices_that_move_most():
    overall = next(plot for plot in plots("lauersen2014") if plot.analysis == "overall")
    assert len(overall.groups) <= MOST_CHOICES
    assert overall.groups[0].name == overall.row.moves_most
    assert f"{overall.hidden} choices that move the estimate less are left out" in curve_caption(
        overall
    )


def test_no_label_leaves_the_page_or_meets_the_next(lauersen):
    figure = draw_curve(lauersen)
    with applied():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        labels = [text.get_window_extent(renderer) for text in axes_of(figure, "choices").texts]
    assert min(box.x0 for box in labels) >= 0
    middles = [(box.y0 + box.y1) / 2 for box in labels]
    assert np.diff(middles).max() <= -9.9  # rows are ten points apart


def test_stacked_marks_stand_nearer_to_the_name_above_than_to_the_next(lauersen):
    for _, name, options in board_of(lauersen, NARROW).groups:
        rows = [name, *options]
        for row, below in pairwise(rows[1:]):
            label = row.top + PITCH * len(row.lines)
            assert row.middle - label < below.top - row.middle
        assert [row.top for row in rows] == sorted(row.top for row in rows)


def test_intervals_beyond_the_axis_are_said(lauersen):
    said = "Intervals that reach the edge of the plot run beyond the axis."
    assert said not in curve_notes(lauersen)
    estimate, low, _ = lauersen.columns[-1]
    far = (*lauersen.columns[:-1], (estimate, low, 2 * lauersen.axis.high))
    assert said in curve_notes(replace(lauersen, columns=far))


def test_the_same_plot_gives_the_same_bytes(small, tmp_path):
    for folder in ("a", "b"):
        write_figure(CURVE, small, tmp_path / folder)
    for suffix in ("svg", "png", "pdf"):
        first, second = (
            tmp_path / each / "high_load" / f"multiverse.{suffix}" for each in ("a", "b")
        )
        assert first.read_bytes() == second.read_bytes()


def test_the_long_description_has_a_sentence_a_choice_with_its_options(lauersen):
    first, *lines, last = CURVE.text(lauersen).description.splitlines()
    assert first == curve_alt_text(lauersen)
    assert len(lines) == len(lauersen.groups)
    for line, group in zip(lines, lauersen.groups, strict=True):
        assert line.startswith(f"{group.name}, {group.note}: {'; '.join(group.options)}.")
        assert line.endswith(f"As settled: {group.options[group.primary]}.")
    assert last.startswith("Above: estimates in rising order")
