"""The funnel plot: trials and contours where the numbers say, words that follow from them."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from liftproof.analysis.diagnostics.diagnose import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import pool_review
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.funnel_marks import SHADES
from liftproof.pages.diagnostics.filled_trials import METHOD, filled_trials
from liftproof.pages.diagnostics.funnel_drawing import draw_funnel
from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.diagnostics.funnel_view import (
    funnel_alt_text,
    funnel_caption,
    funnel_view,
)
from liftproof.reviews import read
from liftproof.rows.result_rows import DiagnosticRow
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.small_study.funnel import CONTOURS
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.words.numbers import estimate_text
from support.review_arithmetic import REVIEWS, Z

LIMITS = ("estimate", "ci_low", "ci_high")


@pytest.fixture(scope="module")
def view():
    review = read(REVIEWS / "lauersen2018")
    pooled = pool_review(review)[0]
    return funnel_view(review.settings, pooled.estimate, pooled.effects, [])


@pytest.fixture(scope="module")
def filled_view():
    """An uneven funnel of four results, with what the diagnostics say of it."""
    review = read(REVIEWS / "lauersen2014")
    pooled = next(each for each in pool_review(review) if each.estimate.analysis == "strength")
    analysis = next(each for each in review.settings.analyses if each.id == "strength")
    rows = diagnose(review, analysis, {METHOD: METHODS[METHOD]})
    return funnel_view(review.settings, pooled.estimate, pooled.effects, rows)


def plot_of(view):
    return next(axes for axes in draw_funnel(view).axes if axes.get_label() == "plot")


def test_trials_stand_at_their_effects_and_standard_errors_the_precise_ones_above(view):
    plot = plot_of(view)
    (points,) = plot.collections
    assert points.get_offsets().tolist() == [[point.estimate, point.se] for point in view.points]
    assert view.points[0].se == pytest.approx(0.547722557505075)
    low, high = plot.get_ylim()
    assert low > max(point.se for point in view.points) > high == 0


def test_contours_run_from_no_effect_by_the_quantiles_of_p(view):
    fills = plot_of(view).patches
    assert [tuple(round(255 * part) for part in fill.get_facecolor()[:3]) for fill in fills] == [
        tuple(bytes.fromhex(shade[1:])) for shade in SHADES[-2::-1]
    ]
    corners = fills[1].get_xy()[1:3, 0].tolist()
    assert corners == pytest.approx([exp(-Z * view.largest_se), exp(Z * view.largest_se)])


def test_the_contours_are_those_of_the_diagnostics(view):
    assert tuple(p for p, _ in view.contours) == CONTOURS
    assert [z for _, z in view.contours] == pytest.approx(
        [critical_value(1 - p) for p in CONTOURS], rel=1e-12
    )


def test_words_count_the_trials_beyond_the_contour_and_say_what_cannot_be_told(view):
    text = funnel_alt_text(view)
    assert "Funnel plot of 6 results: Risk ratio, log scale against its standard error." in text
    assert "In 5 of them p of no effect is below 0.05." in text
    assert text.endswith("Of 6 results, fewer than 10, no test can tell asymmetry.")


def test_of_enough_results_eggers_p_is_told():
    review = read(REVIEWS / "lauersen2018")
    pooled = pool_review(review)[0]
    effects = [*pooled.effects, *(replace(each, study=f"{each.study}b") for each in pooled.effects)]
    egger = DiagnosticRow(
        review="lauersen2018",
        analysis="overall",
        method="egger",
        quantity="p_value",
        study="",
        value=0.0421,
        note="",
    )
    view = funnel_view(review.settings, pooled.estimate, effects, [egger])
    assert funnel_alt_text(view).endswith("Egger's test of asymmetry: p = 0.042.")


def test_it_stands_beside_the_diagnostics_of_the_analysis_that_is_drawn_in_steps(view):
    text = FUNNEL.text(view)
    assert text.place.path == "overall/funnel"
    assert text.description.count("standard error 0.") == 6
    assert [place.path for place in FUNNEL.places(read(REVIEWS / "running_economy"))] == [
        "performance_high_load/funnel"
    ]


def test_what_trim_and_fill_adds_is_hollow_and_said_in_key_caption_and_alternative_text(
    filled_view,
):
    logs = [log(point.estimate) for point in filled_view.points]
    added = trim_and_fill(logs, [point.se**2 for point in filled_view.points], tau2="DL")
    assert added.k0 == 2
    _, filled = plot_of(filled_view).collections
    assert filled.get_offsets().data == pytest.approx(
        np.column_stack([np.exp(added.filled_y), added.filled_v**0.5])
    )
    assert filled.get_facecolor()[0].tolist() == [1, 1, 1, 1]
    low, high = plot_of(filled_view).get_xlim()
    assert all(low < effect < high for effect, _ in filled_view.filled.places)
    said = (
        "Trim and fill (L0) adds 2 results on the left, which no trial observed; the pooled effect "
        f"with them: {estimate_text(*np.exp([getattr(added.pooled, name) for name in LIMITS]))}."
    )
    assert said in funnel_alt_text(filled_view)
    assert said in funnel_caption(filled_view)
    assert "Hollow: added by trim and fill." in funnel_caption(filled_view)


def test_no_mark_is_hollow_where_nothing_is_added_or_nothing_is_known(view):
    rows = [
        DiagnosticRow(
            review="lauersen2018",
            analysis="overall",
            method=METHOD,
            quantity="k0",
            study="",
            value=0.0,
            note="",
        )
    ]
    none = replace(view, filled=filled_trials(view.row, rows))
    assert none.filled.sentence == "Trim and fill (L0) adds no result."
    assert view.filled.sentence == ""
    for each in (none, view):
        assert len(plot_of(each).collections) == 1
        assert "Hollow" not in funnel_caption(each)


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_hollow_marks_have_their_sign_in_the_key_of_both_forms(filled_view, view, form):
    def texts(each):
        page = next(axes for axes in draw_funnel(each, form).axes if axes.get_label() == "page")
        return [text.get_text() for text in page.texts]

    assert "added by trim and fill" in texts(filled_view)
    assert "added by trim and fill" not in texts(view)
