"""The bubble plot: labels apart, bubbles in place, the same bytes twice."""

from itertools import combinations
from pathlib import Path

import pytest

from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.pages.dose.dose_drawing import draw_dose
from liftproof.pages.dose.dose_figure import DOSE
from liftproof.pages.dose.dose_labels import Box, Circle, placed
from liftproof.pages.dose.dose_view import DoseView, dose_views
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
