"""The flow of trials: counts and reasons are those of the data, and nothing is said of a search."""

from collections import Counter
from dataclasses import replace

import pytest

from liftproof.analysis.entries import trial_entries
from liftproof.analysis.estimates import pool_analysis
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.pages.draw_figures import write_figure
from liftproof.pages.sources.flow_drawing import draw_flow
from liftproof.pages.sources.flow_figure import FLOW, flow_text
from liftproof.pages.sources.flow_view import MOST_REASONS, NO_SEARCH, flow_view
from liftproof.pages.sources.left_out_words import plain_reason
from liftproof.reviews import read
from support.page_inputs import result_rows
from support.review_arithmetic import REVIEWS

POOLING = ("copenhagen", "lauersen2014", "lauersen2018", "nordic", "runners")


def flow_of(review):
    pooled = pool_analysis(review, review.settings.analyses[0])
    return flow_view(review, pooled.effects)


@pytest.fixture(scope="module")
def copenhagen():
    return read(REVIEWS / "copenhagen")


@pytest.fixture(scope="module")
def view(copenhagen):
    return flow_of(copenhagen)


@pytest.mark.parametrize("name", POOLING)
def test_trials_and_reasons_are_those_that_check_tells(name):
    review = read(REVIEWS / name)
    flow, first = flow_of(review), review.settings.analyses[0].id
    of_first = [
        (each.study.study, member)
        for each in trial_entries(review)
        for member in each.memberships
        if member.analysis == first
    ]
    assert flow.entering.studies == tuple(study for study, each in of_first if each.enters)
    names = review.settings.names
    out = [each for _, each in of_first if not each.enters]
    reasons = Counter(plain_reason(each.in_short, {}, names) for each in out)
    left = flow.left.lines if flow.left else ()
    assert set(left) >= {f"{number}: {reason}" for reason, number in reasons.items()}
    assert len(flow.held.studies) == len(review.studies)


def test_boxes_count_trials_and_results(view):
    assert view.held.heading == "16 trials held"
    assert view.held.lines == (
        "Trials by outcome: adduction strength against before\u00a012, adduction strength against "
        "controls\u00a05, abduction strength against before\u00a03, groin injury\u00a02, abduction "
        "strength against controls\u00a02; 1 other outcome",
    )
    assert (view.left.heading, view.left.lines) == (
        "13 trials not in the first analysis",
        (
            "12: outcome class is “adduction strength against before”",
            "1: outcome class is “adduction strength against controls”",
            "All of them in other analyses",
        ),
    )
    assert view.entering.lines == ("Groin injury, three trials: 3 results pooled",)


def test_a_trial_without_numbers_is_told_with_the_reason_of_its_row(copenhagen):
    effects = pool_analysis(copenhagen, copenhagen.settings.analyses[0]).effects
    lost = (replace(effects[0], left_out="no events in both arms", y=None, v=None), *effects[1:])
    view = flow_view(copenhagen, lost)
    assert "1: no events in both arms" in view.left.lines
    assert view.alt_text.endswith("2 of them pooled in “Groin injury, three trials”, 14 not.")


def test_many_reasons_are_counted_together():
    review = read(REVIEWS / "running_economy")
    many = tuple(
        replace(study, category=f"kind_{index}") for index, study in enumerate(review.studies)
    )
    analysis = replace(review.settings.analyses[0], select={"category": ("kind_0",)})
    settings = replace(review.settings, analyses=(analysis,))
    view = flow_view(replace(review, studies=many, settings=settings), ())
    assert len(view.left.lines) == MOST_REASONS + 1
    assert view.left.lines[-1] == "35: 35 other reasons"


def test_words_say_that_this_is_no_record_of_a_search(view):
    text = flow_text(view)
    assert NO_SEARCH in text.caption
    assert text.alt_text == (
        "Flow of trials: 16 held, 3 of them pooled in “Groin injury, three trials”, 13 not."
    )
    assert "Pooled: Fujisaki 2022; Harøy 2019; Lindblom 2023." in text.description
    assert (
        "Outcome class is “adduction strength against controls”: Quintana-Cepedal 2024."
        in text.description
    )
    drawn = text.description + " ".join(view.held.lines + view.left.lines + view.entering.lines)
    assert not any(word in drawn.lower() for word in ("identified", "excluded", "eligib"))


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_every_line_stands_inside_its_box(view, form):
    (page,) = draw_flow(view, form).axes
    for patch, box in zip(page.patches, (view.held, view.left, view.entering), strict=True):
        left, top, width, height = (*patch.get_xy(), patch.get_width(), patch.get_height())
        inside = [
            text.get_text()
            for text in page.texts
            if left < text.get_position()[0] < left + width
            and top < text.get_position()[1] < top + height
        ]
        assert " ".join(inside) == " ".join((box.heading, *box.lines))


def test_a_review_whose_trials_all_enter_has_no_branch():
    view = flow_of(read(REVIEWS / "lauersen2018"))
    assert view.left is None
    (page,) = draw_flow(view).axes
    assert len(page.patches) == 2


def test_a_review_of_prints_alone_has_no_flow():
    review = read(REVIEWS / "injury_prevention_pools")
    assert not FLOW.places(review)
    assert not FLOW.views(review, result_rows(()))


def test_files_are_the_same_twice(view, tmp_path):
    for folder in ("one", "two"):
        write_figure(FLOW, view, tmp_path / folder)
    one, two = (tmp_path / each / "injury_all/flow.svg" for each in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
