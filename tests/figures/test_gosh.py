"""The GOSH plot: its subsets, its words from them, and that every subset is drawn."""

from dataclasses import replace
from itertools import combinations
from statistics import median

import numpy as np
import pytest

from liftproof.analysis.estimates import pool_review
from liftproof.analysis.gosh_subsets import SUBSETS, gosh_rows
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.save import svg_text
from liftproof.pages.diagnostics.gosh_drawing import draw_gosh
from liftproof.pages.diagnostics.gosh_figure import GOSH, gosh_text
from liftproof.pages.diagnostics.gosh_view import BARS, gosh_view
from liftproof.pages.forest.step_analysis import analysis_in_steps
from liftproof.result_tables import ResultRows, written_files
from liftproof.reviews import find, read
from liftproof.rows.gosh_rows import GoshRow
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.statistics.pooling import pool
from liftproof.words.numbers import effect
from support.workflow_project import REPOSITORY

SEARCHED = 1e-6
"""Of τ² by REML, found in all subsets at once here and one by one there."""


@pytest.fixture(scope="module")
def nordic():
    return read(find("nordic", REPOSITORY))


def rows_of(review):
    pooled = pool_review(review)
    return ResultRows(
        by_class={
            EstimateRow: tuple(one.estimate for one in pooled),
            EffectRow: tuple(row for one in pooled for row in one.effects),
            GoshRow: gosh_rows(review, pooled),
        }
    )


@pytest.fixture(scope="module")
def rows(nordic):
    return rows_of(nordic)


@pytest.fixture(scope="module")
def view(nordic, rows):
    (only,) = GOSH.views(nordic, rows)
    return only


def test_every_subset_of_two_or_more_is_pooled_as_the_analysis_is(nordic, rows):
    subsets = rows.of_class(GoshRow)
    effects = [row for row in rows.of_class(EffectRow) if row.analysis == "rct_alone"]
    expected = []
    for size in range(2, len(effects) + 1):
        for chosen in combinations(effects, size):
            found = pool([row.y for row in chosen], [row.v for row in chosen], tau2="REML")
            expected.append((size, float(np.exp(found.estimate)), float(found.i2)))
    assert len(subsets) == len(expected) == 57
    ours = sorted((row.size, row.estimate, row.i2) for row in subsets)
    np.testing.assert_allclose(ours, sorted(expected), rtol=SEARCHED, atol=SEARCHED)
    whole = next(row for row in rows.of_class(EstimateRow) if row.analysis == "rct_alone")
    assert ours[-1][1] == pytest.approx(whole.estimate, rel=SEARCHED)
    assert {row.is_exhaustive for row in subsets} == {"yes"}


def test_the_trial_in_colour_parts_the_medians_most(rows, view):
    subsets = rows.of_class(GoshRow)
    medians = {
        has: median(row.estimate for row in subsets if row.has_trial == has)
        for has in ("yes", "no")
    }
    assert {row.trial for row in subsets} == {"petersen2011"}
    assert view.alt_text.endswith(
        f"Petersen 2011 moves it most: with it the median is {effect(medians['yes'])}, without it "
        f"{effect(medians['no'])}."
    )


def test_many_results_have_a_bounded_sample_that_is_the_same_each_time():
    review = read(find("copenhagen", REPOSITORY))
    pooled = pool_review(review)
    first, second = gosh_rows(review, pooled), gosh_rows(review, pooled)
    assert first == second
    assert SUBSETS - 10 < len(first) <= SUBSETS
    assert {row.is_exhaustive for row in first} == {"no"}
    (view,) = GOSH.views(review, rows_of(review))
    assert f"{len(first)} subsets of two or more of 12 results, drawn at random," in view.alt_text


def test_a_review_of_few_results_has_neither_table_nor_figure(nordic):
    few = tuple(row for row in nordic.settings.analyses if row.id == "four_protocols")
    small = replace(nordic, settings=replace(nordic.settings, analyses=few))
    assert analysis_in_steps(small) is not None
    assert GOSH.places(small) == ()
    assert "gosh.csv" not in written_files(small)
    assert gosh_rows(small, pool_review(small)) == ()


def test_each_subset_is_counted_once_in_the_bars_of_each_side(view):
    for side in ("across", "up"):
        shares = [share for group in view.groups for share in getattr(group, side)]
        assert len(shares) == 2 * BARS
        assert max(shares) == 1.0
    assert sum(len(group.places) for group in view.groups) == 57
    assert all(
        0 <= share <= 1 for group in view.groups for place in group.places for share in place
    )


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_subset_is_a_mark_of_one_path_a_group(view, form):
    figure = draw_gosh(view, form)
    (page,) = figure.axes
    paths = {patch.get_gid(): patch.get_path() for patch in page.patches if patch.get_gid()}
    drawn = {name: len(path.vertices) // 2 for name, path in paths.items()}
    assert drawn == {"subsets-without": 26, "subsets-with": 31}
    for path in paths.values():
        assert (path.vertices[:, 0] > 0).all()
        assert (path.vertices[:, 0] < form.width).all()
    written = [
        svg_text(draw_gosh(view, form), key="k", title="t", description="d") for _ in range(2)
    ]
    assert written[0] == written[1]
    assert written[0].count("<") < 200


def test_words_have_a_sentence_for_each_size_and_a_place(view):
    text = gosh_text(view)
    assert text.place.path == "rct_alone/gosh"
    assert [line.split(":")[0] for line in text.description.splitlines()[1:6]] == [
        f"Of {size} results" for size in range(2, 7)
    ]
    assert "All 57 subsets of two or more of 6 results" in text.caption


def test_an_analysis_without_subsets_says_so(nordic, rows):
    estimate = rows.of_class(EstimateRow)[0]
    empty = gosh_view(nordic.settings, estimate, (), ())
    assert empty.notes == ("Not drawn. Too few results enter the analysis.",)
    assert draw_gosh(empty).axes
