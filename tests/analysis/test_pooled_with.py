"""Ratios of another kind, from trials' own numbers, in a pool that says that it takes them."""

from math import log

import pytest

from liftproof.analysis.estimates import pool_review
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews.loading import load
from liftproof.words.methods import methods

CLOSED = 1e-12
SETTINGS = """\
title: A question
citation: made up
measure: {measure}
{review}analyses:
  - id: overall
    title: All
{analysis}"""
STUDIES = "study,label,year\na,A 2001,2001\nb,B 2002,2002\nc,C 2003,2003\n"
OUTCOMES = """\
study,outcome,events_intervention,n_intervention,events_control,n_control,\
person_time_intervention,person_time_control
a,o,5,100,12,98,,
b,o,12,,20,,3400,3100
c,o,8,60,14,62,900,880
"""


@pytest.fixture
def review(tmp_path):
    """Return a function that writes a review of counts, of rates, and of both, and loads it."""

    def written(measure="RR", review="", analysis=""):
        text = SETTINGS.format(measure=measure, review=review, analysis=analysis)
        for name, content in {
            "review.yaml": text,
            "studies.csv": STUDIES,
            "outcomes.csv": OUTCOMES,
        }.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return load(tmp_path)

    return written


def effects(loaded):
    assert loaded.review, loaded.problems
    (pooled,) = pool_review(loaded.review)
    return {row.study: row for row in pooled.effects}, pooled.estimate


def errors(loaded):
    return [each for each in loaded.problems if not each.is_warning]


def test_rates_are_pooled_as_rate_ratios_where_an_analysis_says_so(review):
    """By hand: ln((12/3400) / (20/3100)), 1/12 + 1/20; people where a trial gives them."""
    rows, estimate = effects(review(analysis="    pooled_with: [IRR]\n    tau2: DL\n"))
    assert {name: (row.source, row.measure) for name, row in rows.items()} == {
        "a": ("counts", "RR"),
        "b": ("rates", "IRR"),
        "c": ("counts", "RR"),
    }
    assert rows["b"].y == pytest.approx(log(12 / 3400 / (20 / 3100)), rel=CLOSED)
    assert rows["b"].v == pytest.approx(1 / 12 + 1 / 20, rel=CLOSED)
    weights = {name: 1 / row.v for name, row in rows.items()}
    mean = sum(weights[name] * rows[name].y for name in rows) / sum(weights.values())
    assert estimate.k == 3
    assert (estimate.tau2, log(estimate.estimate)) == (0, pytest.approx(mean, rel=CLOSED))


def test_counts_are_pooled_with_rates_the_other_way_round(review):
    rows, _ = effects(review("IRR", "pooled_with: [RR]\n"))
    assert [rows[name].measure for name in "abc"] == ["RR", "IRR", "IRR"]


def test_without_the_key_a_trial_of_rates_is_refused_and_told_of_it(review):
    (problem,) = errors(review())
    assert "RR cannot be computed from this row" in problem.wrong
    assert "or say pooled_with: [IRR] in the analysis" in problem.remedy


def test_an_analysis_goes_before_its_review(review):
    (problem,) = errors(review("RR", "pooled_with: [IRR]\n", "    pooled_with: []\n"))
    assert "RR cannot be computed" in problem.wrong


def test_readers_are_told_which_trials_give_another_ratio(review):
    loaded = review(review="pooled_with: [IRR]\n")
    rows, estimate = effects(loaded)
    view = forest_view(estimate, list(rows.values()), [], loaded.review.settings)
    assert (
        "Incidence rate ratios from events and person-time, pooled as if they were risk ratios: "
        "B 2002."
    ) in view.footnotes
    said = methods(estimate, list(rows.values()), loaded.review.settings.analysis("overall"))
    assert any(
        "incidence rate ratios, which are pooled as if they were risk" in one for one in said
    )
    assert [each.found for each in loaded.problems if "mixes measures" in each.wrong] == ["b IRR"]


@pytest.mark.parametrize(
    ("measure", "analysis", "words"),
    [
        ("RR", "    pooled_with: [RR]\n", "write IRR, or delete it"),
        ("SMD", "    pooled_with: [IRR]\n", "IRR cannot stand for it"),
        ("RR", "    pooled_with: [HR]\n", "HR"),
        ("RR", "    pooled_with: [IRR]\n    model: MH\n", "B 2002"),
    ],
)
def test_what_cannot_be_pooled_together_is_refused(review, measure, analysis, words):
    loaded = review(measure, analysis=analysis)
    assert any(words in str(each) for each in errors(loaded))
