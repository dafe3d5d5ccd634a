"""The explorer's numbers are those of the statistics, whatever is chosen."""

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.models import INVERSE_VARIANCE
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.words.numbers import limits
from support.explorer_states import (
    COLUMNS,
    COMPUTED_THERE,
    differences,
    estimate_of,
    numbers_of,
    settled_state,
    states_at_random,
)

REVIEWS = ("lauersen2018", "two")
COUNT, SEED = 1000, 13
FEWEST_VERDICTS = 3
"""Different ones that the states must come to, so that each rule is tried."""


@pytest.fixture(scope="module", params=REVIEWS)
def review(request, built):
    return built[request.param]


def test_numbers_are_those_of_the_statistics(review, asked_explorer):
    states = states_at_random(review.explored, COUNT, SEED)
    shown = asked_explorer(review.name).states([state.page for state in states])
    assert len({state.explored.analysis.id for state in states}) == len(review.explored)
    ours = numbers_of(states)
    assert differences(states, ours, [each["numbers"] for each in shown]) == []


def test_verdicts_are_those_of_the_statistics(review, asked_explorer):
    printed = {row.analysis for row in review.review.published}
    explored = [each for each in review.explored if each.analysis.id in printed]
    states = [state for state in states_at_random(explored, 200, SEED) if len(state.y)]
    shown = asked_explorer(review.name).states([state.page for state in states])
    compared = set()
    for state, numbers, there in zip(states, numbers_of(states), shown, strict=True):
        rows = reproduce(review.review, [estimate_of(state, numbers)])
        verdicts = {(row.target, row.quantity): row.verdict for row in rows}
        theirs = {(target, quantity): verdict for target, quantity, verdict in there["verdicts"]}
        assert theirs == {key: verdicts[key] for key in theirs}
        compared |= set(theirs.values())
    assert len(compared) >= FEWEST_VERDICTS


def test_as_settled_it_shows_the_numbers_of_the_report(review, asked_explorer):
    explored = [each for each in review.explored if each.specification.model == INVERSE_VARIANCE]
    states = [settled_state(each) for each in explored]
    shown = asked_explorer(review.name).states([state.page for state in states])
    rows = [pool_analysis(review.review, each.analysis).estimate for each in explored]
    ours = [
        {name: getattr(row, column) for name, column in COLUMNS.items()}
        | {"k": row.k, "studies": row.studies}
        for row in rows
    ]
    assert differences(states, ours, [each["numbers"] for each in shown]) == []


def test_it_knows_every_method_of_the_vocabulary_that_takes_no_search(asked_explorer):
    known = asked_explorer("two").page.evaluate(
        "[TAU2, INTERVALS, PREDICTIONS].map((methods) => Object.keys(methods))"
    )
    theirs = [set(names) for names in known]
    assert theirs == [set(ESTIMATORS), set(INTERVALS), set(COMPUTED_THERE)]


def test_what_it_cannot_compute_is_named_and_the_others_are_offered(asked_explorer):
    page = asked_explorer("two").page
    assert PREDICTIONS["NNF"].name in page.locator(".explorer .lacking").inner_text()
    offered = page.locator("#explorer-prediction option").evaluate_all(
        "(options) => options.map(({ value }) => value)"
    )
    assert offered == [*COMPUTED_THERE]


@pytest.mark.parametrize(
    ("low", "high", "is_ratio"),
    [(0.00028, 2447.77, True), (0.0044, 1.31, True), (0.005, 60, True), (-400, 900, False)],
)
def test_limits_are_told_as_on_the_page(asked_explorer, low, high, is_ratio):
    said = asked_explorer("two").page.evaluate(
        "(given) => limitsText(...given)", [low, high, is_ratio]
    )
    assert said == limits(low, high, is_ratio=is_ratio)
