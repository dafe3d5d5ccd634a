"""An estimate in steps: which analysis, which rows with which numbers and marks, and its words."""

from dataclasses import replace
from math import exp

import pytest

from liftproof.analysis.changes.by_date import change_rows
from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import entering, pool_analysis
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.pages.forest.step_analysis import analysis_in_rows, analysis_in_steps
from liftproof.pages.forest.step_figure import IN_TIME, WITHOUT_EACH
from liftproof.result_tables import ResultRows
from liftproof.reviews import find, read
from liftproof.rows.change_rows import ChangeRow
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.statistics.pooling import pool
from liftproof.words.numbers import estimate_text
from support.workflow_project import REPOSITORY


@pytest.fixture(scope="module")
def review():
    """Six trials of runners; two of them were added later."""
    found = read(find("runners", REPOSITORY))
    added = {"taddei2020": "2026-05-05", "leppanen2024": "2026-06-01"}
    studies = tuple(replace(one, added=added.get(one.study, "")) for one in found.studies)
    first = next(one for one in found.settings.analyses if one.id == "all_exercise")
    settings = replace(found.settings, analyses=(first,))
    return replace(found, studies=studies, settings=settings)


@pytest.fixture(scope="module")
def rows(review):
    analysis = analysis_in_steps(review)
    pooled = pool_analysis(review, analysis)
    steps = {name: METHODS[name] for name in ("cumulative", "leave_one_out")}
    return ResultRows(
        by_class={
            EstimateRow: (pooled.estimate,),
            EffectRow: pooled.effects,
            DiagnosticRow: diagnose(review, analysis, steps),
            ChangeRow: change_rows(review),
        }
    )


@pytest.fixture(scope="module")
def views(review, rows):
    every = [view for kind in (IN_TIME, WITHOUT_EACH) for view in kind.views(review, rows)]
    return {view.kind.stem: view for view in every}


def lines(view):
    return [(row.label, row.weight, row.text) for row in view.forest.rows]


def pooled_by_hand(review, studies):
    analysis = review.settings.analyses[0]
    effects = [one for one in entering(review, analysis) if one.study.study in studies]
    y, v = ([getattr(one, name) for one in effects] for name in ("y", "v"))
    found = pool(y, v, tau2=analysis.tau2, interval=analysis.interval)
    return estimate_text(*(exp(float(x)) for x in (found.estimate, found.ci_low, found.ci_high)))


@pytest.mark.slow
def test_places_are_told_from_the_data_and_are_those_of_the_views(review, views):
    places = [place for kind in (IN_TIME, WITHOUT_EACH) for place in kind.places(review)]
    assert [place.path for place in places] == [
        "all_exercise/cumulative",
        "all_exercise/additions",
        "all_exercise/leave_one_out",
    ]
    assert [IN_TIME.text(view).place for view in views.values()] == places
    assert list(views) == [place.stem for place in places]


def test_without_dates_of_addition_there_is_no_figure_of_them(review):
    studies = tuple(replace(one, added="") for one in review.studies)
    places = IN_TIME.places(replace(review, studies=studies))
    assert [place.stem for place in places] == ["cumulative"]


def test_an_analysis_by_another_model_or_of_two_trials_is_passed_over(review, rows):
    first = review.settings.analyses[0]
    settings = replace(review.settings, analyses=(replace(first, model="MH"),))
    assert analysis_in_steps(replace(review, settings=settings)) is None
    assert IN_TIME.places(replace(review, settings=settings)) == ()
    assert analysis_in_rows(settings, rows.of_class(EffectRow)) is None
    assert analysis_in_rows(review.settings, rows.of_class(EffectRow)[:2]) is None


def test_each_line_of_the_cumulative_plot_pools_the_trials_up_to_it(review, views):
    found = lines(views["cumulative"])
    assert [label for label, _, _ in found] == [
        *("van Mechelen 1993", "Bredeweg 2012", "Baltich 2017", "Toresdahl 2020", "Taddei 2020"),
        *("Leppänen 2024, hip core", "All 6 trials"),
    ]
    assert [k for _, k, _ in found] == ["1", "2", "3", "4", "5", "6", "6"]
    first_three = {"vanmechelen1993", "bredeweg2012", "baltich2017"}
    assert found[2][2] == pooled_by_hand(review, first_three)
    assert found[5][2] == found[6][2]


def test_each_line_without_a_trial_pools_the_others(review, views):
    found = lines(views["leave_one_out"])
    assert {k for _, k, _ in found[:-1]} == {"5"}
    every = {one.study.study for one in entering(review, review.settings.analyses[0])}
    (without,) = [text for label, _, text in found if label == "Taddei 2020"]
    assert without == pooled_by_hand(review, every - {"taddei2020"})


def test_additions_stand_with_their_dates_after_what_was_there_before(review, views):
    found = lines(views["additions"])
    assert [(label, k) for label, k, _ in found] == [
        ("Before", "4"),
        ("2026-05-05: Taddei 2020", "5"),
        ("2026-06-01: Leppänen 2024", "6"),
        ("All 6 trials", "6"),
    ]
    assert found[0][2] == lines(views["cumulative"])[3][2]


def test_a_line_is_marked_by_the_trials_that_it_pools(views):
    marks = {row.label: row.marks for row in views["cumulative"].forest.rows}
    assert marks["van Mechelen 1993"] == ""
    assert marks["Bredeweg 2012"] == marks["Baltich 2017"] == "‡"


def test_words_follow_from_the_rows(views):
    text = IN_TIME.text(views["cumulative"])
    assert (
        "In 6 lines the risk ratio lies between 0.86 and 1.19; 0 of the intervals" in text.alt_text
    )
    assert "In the order of publication years" in text.caption
    assert "Up to Toresdahl 2020‡: 1.03 (0.82 to 1.30)." in text.description.split("\n")
    assert "publication years" not in WITHOUT_EACH.text(views["leave_one_out"]).caption


def test_lines_told_by_date_begin_with_it(views):
    figure = IN_TIME.draw(views["additions"], WIDE)
    texts = {text.get_text() for axes in figure.axes for text in axes.texts}
    assert {"Added", "Effects", "2026-05-05: Taddei 2020‡"} <= texts


def test_a_head_that_stands_alone_has_its_capital(views):
    figure = IN_TIME.draw(views["cumulative"], NARROW)
    texts = {text.get_text() for axes in figure.axes for text in axes.texts}
    assert "Effects" in texts
