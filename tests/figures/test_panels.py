"""Baujat's plot, the p-value function, sequential monitoring: numbers in place, words from them."""

from dataclasses import replace
from itertools import pairwise

import pytest

from liftproof.analysis.diagnostics.diagnose import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import pool_review
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.rooms import Box, boxes_along
from liftproof.drawing.text_widths import width
from liftproof.pages.diagnostics.baujat_view import baujat_view
from liftproof.pages.diagnostics.monitoring_view import monitoring_view
from liftproof.pages.diagnostics.p_value_view import p_value_view
from liftproof.pages.diagnostics.panel_drawing import draw_panel
from liftproof.pages.diagnostics.panel_figures import PANELS, panel_text
from liftproof.pages.diagnostics.panel_view import plain_axis
from liftproof.pages.dose.dose_labels import MOST_NAMED
from liftproof.pages.draw_figures import write_figure
from liftproof.reviews import read
from liftproof.statistics.influence.baujat import baujat
from support.review_arithmetic import REVIEWS

ASKED = ("baujat", "monitoring", "p_value_function")
TO_STORED_DIGITS = 1e-9
"""Relative: rows hold the numbers as computed; the views transform them once."""


@pytest.fixture(scope="module")
def pooled():
    return pool_review(read(REVIEWS / "lauersen2018"))[0]


@pytest.fixture(scope="module")
def diagnostics(pooled):
    review = read(REVIEWS / "lauersen2018")
    (analysis,) = (each for each in review.settings.analyses if each.id == pooled.estimate.analysis)
    return diagnose(review, analysis, {name: METHODS[name] for name in ASKED})


def view_of(made, pooled, diagnostics):
    settings = read(REVIEWS / "lauersen2018").settings
    return made(settings, pooled.estimate, pooled.effects, diagnostics)


def plot_of(view, form=WIDE):
    return plot_of_figure(draw_panel(view, form))


def plot_of_figure(figure):
    return next(axes for axes in figure.axes if axes.get_label() == "plot")


def test_trials_stand_at_baujats_coordinates(pooled, diagnostics):
    view = view_of(baujat_view, pooled, diagnostics)
    y, v = ([getattr(effect, name) for effect in pooled.effects] for name in "yv")
    found = baujat(y, v)
    (marks,) = plot_of(view).collections
    places = zip(found.heterogeneity, found.influence, strict=True)
    assert marks.get_offsets().tolist() == [pytest.approx(place) for place in places]
    assert "Coppack 2011 adds most to Q, and also moves the pooled effect most" in view.alt_text
    assert view.across.ticks[-1] >= max(found.heterogeneity)


def test_the_function_runs_through_the_limits_at_every_level(pooled, diagnostics):
    view = view_of(p_value_view, pooled, diagnostics)
    row = pooled.estimate
    curve = {round(y, 3): x for x, y in view.lines[0].places}
    assert curve[1.0] == pytest.approx(row.estimate, rel=TO_STORED_DIGITS)
    low, high = view.lines[0].places[1][0], view.lines[0].places[-2][0]
    assert (low, high) == pytest.approx((row.ci_low, row.ci_high), rel=TO_STORED_DIGITS)
    assert "95\u202f%: 0.24 to 0.48." in view.notes
    assert [line.places[0][1] for line in view.lines[1:-1]] == pytest.approx(
        [0.5, 0.2, 0.1, 0.05, 0.01]
    )
    xlim = plot_of(view).get_xlim()
    assert xlim[0] <= min(x for x, _ in view.lines[0].places)


def test_z_is_held_against_the_boundaries_of_the_looks(pooled, diagnostics):
    view = view_of(monitoring_view, pooled, diagnostics)
    path, upper, lower, none = view.lines
    assert path.places[0] == (0.0, 0.0)
    assert len(path.places) == len(pooled.effects) + 1
    assert upper.places[-1][0] == 100.0
    assert [(x, -y) for x, y in upper.places] == list(lower.places)
    assert {y for _, y in none.places} == {0.0}
    assert "Boundaries of early looks run beyond the axis." in view.notes
    said = "20\u202f% of the information that is needed is there; the boundary is crossed."
    assert said in view.alt_text
    assert not any("Conditional power" in note for note in view.notes)


def test_names_keep_off_the_line_through_the_marks(pooled, diagnostics):
    whole = view_of(monitoring_view, pooled, diagnostics)
    level = zip(whole.marks[:3], (10.0, 50.0, 90.0), strict=True)
    marks = tuple(replace(mark, x=x, y=2.0) for mark, x in level)
    line = replace(whole.lines[0], places=tuple((mark.x, mark.y) for mark in marks))
    view = replace(whole, marks=marks, lines=(line,))
    figure = draw_panel(view)
    page = next(axes for axes in figure.axes if axes.get_label() == "page")
    plot = plot_of_figure(figure)
    inverse = page.transData.inverted()
    path = inverse.transform(plot.transData.transform(view.lines[0].places))
    named = {mark.label for mark in view.marks}
    names = [text for text in page.texts if text.get_text() in named]
    assert len(names) == len(named)
    steps = [box for ends in pairwise(path.tolist()) for box in boxes_along(*ends)]
    for text in names:
        (x, y), half = text.get_position(), width(text.get_text(), size=text.get_size()) / 2
        box = Box(left=x - half, top=y - 4.0, right=x + half, bottom=y)
        assert not any(box.overlaps(step) for step in steps)


def test_boundaries_that_the_axis_holds_do_not_run_beyond_it(pooled, diagnostics):
    late = [
        replace(row, value=row.value / 4)
        if row.quantity == "upper" and row.value is not None
        else row
        for row in diagnostics
    ]
    view = view_of(monitoring_view, pooled, late)
    drawn = max(y for line in view.lines for _, y in line.places)
    assert drawn <= view.up.ticks[-1]
    assert not any("beyond the axis" in note for note in view.notes)


def test_trials_that_agree_but_for_rounding_have_an_axis_and_are_drawn(pooled, diagnostics):
    alike = [replace(row, value=1e-31) for row in diagnostics if row.method == "baujat"]
    view = view_of(baujat_view, pooled, alike)
    assert view.across.ticks == (0.0, 1.0)
    assert view.marks[0].text.endswith(": contribution to Q 0.00, influence 0.00")
    assert len(plot_of(view).collections[0].get_offsets()) == len(pooled.effects)


def test_ticks_of_a_very_small_range_are_apart():
    ticks = plain_axis("x", 0.0, 3e-11).ticks
    assert ticks == pytest.approx([5e-12 * number for number in range(7)], abs=1e-20)
    assert len(set(ticks)) == len(ticks)


def test_of_very_many_marks_the_outermost_have_names(pooled, diagnostics):
    view = view_of(baujat_view, pooled, diagnostics)
    mark = view.marks[0]
    inner = (replace(mark, label=f"Inner {number}", x=0.001 * number) for number in range(300))
    crowd = replace(view, marks=(*inner, *view.marks))
    page = next(axes for axes in draw_panel(crowd).axes if axes.get_label() == "page")
    written = {text.get_text() for text in page.texts}
    assert "Coppack 2011" in written
    (said,) = (text for text in written if text.startswith("There is room for the names of "))
    named = sum(mark.label in written for mark in crowd.marks)
    assert said == f"There is room for the names of {named} of the 306 marks."
    assert 0 < named <= MOST_NAMED


@pytest.mark.parametrize("made", [baujat_view, p_value_view, monitoring_view])
def test_without_its_numbers_a_plot_says_why(made, pooled, diagnostics):
    silent = [replace(row, value=None, study="", quantity="not_applicable") for row in diagnostics]
    view = view_of(made, pooled, [replace(row, note="It has no variance.") for row in silent])
    assert view.notes == ("Not drawn. It has no variance.",)
    assert not view.marks
    assert not view.lines
    assert plot_of(view) is not None


@pytest.mark.parametrize("form", [WIDE, NARROW])
@pytest.mark.parametrize("made", [baujat_view, p_value_view, monitoring_view])
def test_every_text_stands_within_the_page(made, form, pooled, diagnostics):
    figure = draw_panel(view_of(made, pooled, diagnostics), form)
    page = next(axes for axes in figure.axes if axes.get_label() == "page")
    wide, high = figure.get_size_inches() * 72
    boxes = [text.get_window_extent() for text in page.texts]
    assert all(box.x0 >= -0.5 and box.x1 <= wide + 0.5 for box in boxes)
    assert all(box.y0 >= -0.5 and box.y1 <= high + 0.5 for box in boxes)


def test_files_are_the_same_twice_and_say_a_line_a_trial(pooled, diagnostics, tmp_path):
    view = view_of(baujat_view, pooled, diagnostics)
    kind = PANELS[0]
    for folder in ("one", "two"):
        write_figure(kind, view, tmp_path / folder)
    one, two = (tmp_path / folder / "overall" / "baujat.svg" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    said = panel_text(view).description.splitlines()
    assert len([line for line in said if ": contribution to Q " in line]) == len(pooled.effects)
    assert said[1] in one.read_text(encoding="utf-8")
