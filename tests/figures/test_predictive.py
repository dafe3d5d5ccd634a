"""The predictive distribution beneath the diamond: its table, its words, where it is drawn."""

from dataclasses import replace

import numpy as np
import pytest

import liftproof
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.predictive_curves import SHARES, predictive_rows
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.save import svg_text
from liftproof.errors import InputError
from liftproof.pages.forest.forest_captions import (
    forest_alt_text,
    forest_caption,
    forest_description,
)
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.pages.forest.forest_predictive import NO_SPREAD
from liftproof.pages.forest.forest_view import forest_view
from liftproof.result_tables import written_files
from liftproof.reviews import find, load, read
from liftproof.reviews.model.settings import NO, YES
from liftproof.rows.predictive_rows import CURVE, LIMIT, NO_EFFECT
from liftproof.words.numbers import share
from support.small_review import GOOD
from support.workflow_project import REPOSITORY

CLOSED = 1e-10


def asking(review, **changed):
    """Return a review whose first analysis asks for the curve, and no other."""
    first, *others = review.settings.analyses
    analyses = [replace(first, predictive=YES, **changed)]
    analyses += [replace(each, predictive=NO) for each in others]
    settings = replace(review.settings, analyses=tuple(analyses))
    return replace(review, settings=settings)


@pytest.fixture(scope="module")
def review():
    return asking(read(find("lauersen2018", REPOSITORY)))


@pytest.fixture(scope="module")
def pooled(review):
    return pool_review(review)


@pytest.fixture(scope="module")
def curve(pooled):
    return predictive_rows(pooled)


@pytest.fixture(scope="module")
def plot(review, pooled, curve):
    one = pooled[0]
    return forest_view(one.estimate, one.effects, (), review.settings, predictive=curve)


def test_only_a_review_that_asks_has_the_table(review):
    assert "predictive.csv" in written_files(review)
    first = replace(review.settings.analyses[0], predictive=NO)
    silent = replace(review, settings=replace(review.settings, analyses=(first,)))
    assert "predictive.csv" not in written_files(silent)


def test_rows_hold_the_curve_the_limits_and_no_effect(pooled, curve):
    points = [row.point for row in curve]
    counts = [points.count(kind) for kind in (CURVE, LIMIT, NO_EFFECT)]
    assert counts == [len(SHARES), 2, 1]
    assert {row.analysis for row in curve} == {"overall"}
    ends = [row for row in curve if row.point == LIMIT]
    estimate = pooled[0].estimate
    np.testing.assert_allclose(
        [row.estimate for row in ends], [estimate.pi_low, estimate.pi_high], rtol=CLOSED
    )
    np.testing.assert_allclose([row.at_most for row in ends], [0.025, 0.975], rtol=CLOSED)
    effects = [row.estimate for row in curve]
    assert effects == sorted(effects)
    (none,) = (row for row in curve if row.point == NO_EFFECT)
    assert none.estimate == 1.0


@pytest.fixture(scope="module")
def spread():
    """A review whose first estimate finds spread between its trials."""
    return asking(read(find("nordic", REPOSITORY)))


def drawn_with_curve(review):
    """Return the plot of the first analysis and the share of new settings below no effect."""
    one = pool_review(review)[0]
    rows = predictive_rows([one])
    (none,) = (row for row in rows if row.point == NO_EFFECT)
    plot = forest_view(one.estimate, one.effects, (), review.settings, predictive=rows)
    return plot, none.at_most


def test_words_tell_the_share_of_settings_with_benefit(spread):
    plot, below = drawn_with_curve(spread)
    told = f"in {share(below)} of new settings the effect favours Nordic exercise"
    assert f"By the predictive distribution (Riley, t with k − 2), {told}." in forest_alt_text(plot)
    assert told in forest_caption(plot)
    assert f"Predictive distribution †‡: {told[0].upper()}{told[1:]}." in forest_description(plot)


def test_without_spread_no_share_of_settings_is_told(plot, review):
    assert pool_review(review)[0].estimate.tau2 == 0
    assert plot.predictive.words == NO_SPREAD
    assert NO_SPREAD in forest_alt_text(plot)
    assert "of new settings the effect" not in forest_description(plot)


def test_benefit_above_none_is_counted_from_the_other_side(spread):
    plot, below = drawn_with_curve(asking(spread, better="higher", measure="RR"))
    assert f"in {share(1 - below)} of new settings" in plot.predictive.words


def test_it_ends_where_the_axis_does(plot):
    axis = plot.axis
    for places in (plot.predictive.places, plot.predictive.inside):
        effects = [effect for effect, _ in places]
        assert axis.low <= effects[0] <= effects[-1] <= axis.high
        assert effects == sorted(effects)
        assert all(0 <= height <= 1 for _, height in places)
    assert max(height for _, height in plot.predictive.places) == 1.0


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_is_drawn_above_its_axis(plot, form):
    figure = draw_forest(plot, form)
    (axes,) = (each for each in figure.axes if each.get_label() == "plot")
    areas = [patch for patch in axes.patches if patch.get_gid() == "density"]
    assert len(areas) == 2
    bottom, top = axes.get_ylim()
    for area in areas:
        heights = area.get_xy()[:, 1]
        assert top < heights.min() < heights.max() < bottom
    drawn = [svg_text(draw_forest(plot, form), key="k", title="t", description="d") for _ in "ab"]
    assert drawn[0] == drawn[1]


def test_without_one_the_reason_is_told(review):
    few = asking(review, select={"study": ("petersen2011", "walden2012")})
    one = pool_review(few)[0]
    rows = predictive_rows([one])
    plot = forest_view(one.estimate, one.effects, (), few.settings, predictive=rows)
    assert plot.predictive is None
    assert plot.footnotes[-1] == (
        "No predictive distribution is drawn. It has no prediction interval, and so no predictive "
        "distribution."
    )


@pytest.mark.parametrize("keys", ["tau2: FE", "model: MH"])
def test_check_refuses_it_where_there_is_no_prediction_interval(tmp_path, keys):
    for name, text in GOOD.items():
        asked = f"    {keys}\n    predictive: yes\n" if name == "review.yaml" else ""
        (tmp_path / name).write_text(text + asked, encoding="utf-8")
    (problem,) = (each for each in load(tmp_path).problems if each.column == "predictive")
    assert "no prediction interval" in problem.wrong
    assert problem.remedy == "leave it out"


def test_arrays_have_it_where_it_is_asked_for():
    y, v = [-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1]
    pooled = liftproof.pool(y, v)
    asked = liftproof.plot.forest(pooled, y, v, predictive=True, arms=("A", "B"))
    assert asked.numbers.part.tolist()[-2:] == ["prediction", "predictive"]
    assert "in 83\u202f% of new settings the effect favours A" in asked.alt
    assert "predictive" not in liftproof.plot.forest(pooled, y, v).numbers.part.tolist()
    with pytest.raises(InputError, match="no prediction interval"):
        liftproof.plot.forest(liftproof.pool(y, v, tau2="FE"), y, v, predictive=True)
