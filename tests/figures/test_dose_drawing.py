"""The bubble plot: labels apart, bubbles in place, the same bytes twice."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.drawing.rooms import Box, Circle
from liftproof.pages.dose.dose_drawing import draw_dose
from liftproof.pages.dose.dose_figure import DOSE
from liftproof.pages.dose.dose_labels import NEARER, names_beneath, placed
from liftproof.pages.dose.dose_view import DoseView, dose_notes, dose_views
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.draw_figures import write_figure
from liftproof.reviews import read
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

ROOM = Box(left=40.0, top=40.0, right=500.0, bottom=290.0)


@pytest.fixture(scope="module")
def plots() -> list[DoseView]:
    review = read(REVIEWS / "lauersen2018")
    answers = answer_doses(review)
    models = doses_in_words(answers.models, answers.trials)
    return dose_views(review.settings, models, answers.trials, answers.curves)


def test_labels_overlap_neither_each_other_nor_bubbles_nor_the_edge() -> None:
    circles = [
        Circle(x=200.0 + 9 * (place % 5), y=150.0 + 7 * (place // 5), radius=5.0, label="Ache-Dias")
        for place in range(15)
    ]
    boxes = [label.box for label in placed(circles, ROOM)]
    assert len(boxes) == 15
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert not any(box.overlaps(circle.box) for box in boxes for circle in circles)
    assert all(ROOM.holds(box) for box in boxes)


def test_labels_keep_off_a_line() -> None:
    line = Box(left=40.0, top=149.0, right=500.0, bottom=151.0)
    circle = Circle(x=200.0, y=150.0, radius=5.0, label="Coppack 2011")
    (label,) = placed([circle], ROOM, [line])
    assert not label.box.overlaps(line)
    assert not label.is_led


def test_a_label_without_a_line_is_far_nearer_to_its_own_bubble_than_to_any_other() -> None:
    circles = [
        Circle(x=200.0 + 13 * (place % 4), y=150.0 + 17 * (place // 4), radius=4.0, label="12")
        for place in range(8)
    ]
    labels = placed(circles, ROOM)
    beside = [label for label in labels if not label.is_led]
    assert beside
    assert all(
        other.gap(label.box) >= NEARER * label.circle.gap(label.box)
        for label in beside
        for other in circles
        if other is not label.circle
    )


def test_lines_to_bubbles_that_overlap_lead_away_from_each_other() -> None:
    walls = [
        Box(left=180.0, top=y, right=240.0, bottom=y + 12.0) for y in (125.0, 138.0, 150.0, 163.0)
    ]
    circles = [Circle(x=x, y=150.0, radius=6.0, label="12") for x in (205.0, 213.0)]
    one, other = sorted(placed(circles, ROOM, walls), key=lambda label: label.circle.x)
    assert one.is_led
    assert other.is_led
    assert one.line[1][0] <= one.circle.x < other.circle.x <= other.line[1][0]


def test_limits_stand_behind_bubbles_and_what_runs_beyond_the_axis_is_said(
    plots: list[DoseView],
) -> None:
    plot = next(plot for plot in plots if plot.row.dose == "sessions")
    first, *others = plot.bubbles
    far = replace(first, limits=(plot.axis.low / 2, plot.axis.high * 2))
    band = ((16.0, 0.4, plot.axis.low / 2, 1.0), *plot.curve)
    cut = replace(plot, bubbles=(far, *others), curve=band)
    axes = next(axes for axes in draw_dose(cut).axes if axes.get_label() == "plot")
    marks = {each.get_gid(): each for each in axes.collections}
    segments = [part.vertices.tolist() for part in marks["limits"].get_paths()]
    assert segments == [
        [[bubble.dose, bubble.limits[0]], [bubble.dose, bubble.limits[1]]]
        for bubble in cut.bubbles
        if bubble.limits
    ]
    heads = [each.get_offsets().tolist() for each in axes.collections if each.get_gid() == "cut"]
    assert heads == [[[far.dose, plot.axis.low]], [[far.dose, plot.axis.high]]]
    said = dose_notes(cut)
    assert "Arrowheads: the limits run beyond the axis." in said
    assert "The band runs beyond the axis." in said
    assert not any("beyond the axis" in note for note in dose_notes(plot))


def test_bubbles_at_the_ends_of_the_axis_of_doses_stand_within_it(plots: list[DoseView]) -> None:
    plot = next(plot for plot in plots if plot.row.dose == "weeks")
    assert plot.ticks[0] == min(bubble.dose for bubble in plot.bubbles)
    axes = next(axes for axes in draw_dose(plot).axes if axes.get_label() == "plot")
    low, high = axes.get_xlim()
    assert low < plot.ticks[0]
    assert plot.ticks[-1] < high


def test_a_question_that_no_trial_gives_a_dose_for_is_drawn_without_bubbles(
    plots: list[DoseView],
) -> None:
    bare = replace(plots[0], bubbles=(), curve=())
    axes = next(axes for axes in draw_dose(bare).axes if axes.get_label() == "plot")
    assert axes.get_xlim() == (bare.ticks[0], bare.ticks[-1])


def test_of_very_many_bubbles_those_with_room_beside_them_have_names() -> None:
    circles = [
        Circle(x=45.0 + 22 * (place % 20), y=45.0 + 8 * (place // 20), radius=2.0, label="A 2015")
        for place in range(400)
    ]
    labels = placed(circles, ROOM)
    assert 0 < len(labels) < 400
    assert not any(label.is_led or label.number for label in labels)
    assert names_beneath(labels, 400, "Bubbles") == [
        f"There is room for the names of {len(labels)} of the 400 bubbles."
    ]


def test_bubbles_stand_where_the_numbers_say(plots: list[DoseView]) -> None:
    plot = next(plot for plot in plots if plot.row.dose == "sessions")
    axes = next(axes for axes in draw_dose(plot).axes if axes.get_label() == "plot")
    (bubbles,) = [each for each in axes.collections if each.get_gid() == "bubbles"]
    expected = [[bubble.dose, bubble.estimate] for bubble in plot.bubbles]
    assert bubbles.get_offsets().tolist() == expected
    assert sorted(bubble.dose for bubble in plot.bubbles) == [16, 25, 27, 98]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == list(plot.axis.labels)


def test_files_are_the_same_twice_and_say_what_they_show(
    plots: list[DoseView], tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        write_figure(DOSE, plots[0], tmp_path / folder)
    for suffix in ("svg", "png", "pdf"):
        name = f"overall/dose_repetitions.{suffix}"
        one, two = (tmp_path / folder / name for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    svg = (tmp_path / "one" / "overall" / "dose_repetitions.svg").read_text(encoding="utf-8")
    assert "Petersen 2011: 718, 0.41 (0.18 to 0.93)" in svg
    assert "Not reported by: Askling 2003, Coppack 2011, Waldén 2012, Zouita 2016." in svg
