"""Small made-up reviews printed under each known departure: the true cause is among the first."""

import numpy as np
import pytest

from liftproof.analysis.causes.cause_search import search
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.analysis.effects import effects_under
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of
from liftproof.errors import UsageError
from liftproof.reviews.model.printed_number import printed_number, rounds_to
from support.causes_at_random import counts, given, means

QUANTITIES = ("estimate", "ci_low", "ci_high", "i2")
AXES = ("q_about", "entered", "smd", "zero_cells")
FIRST = 0.93
"""The share of prints whose true cause is of the first rank; two decimals hide the others."""
EXACT = 1e-12
"""The same arithmetic in another order."""


def planted():
    """Yield a pool, a departure, and the prints under it where two or more miss ours."""
    random = np.random.default_rng(20)
    for make in 2 * (counts, counts, counts, means, means, given):
        trials, usual = make(random)
        pool = Pool(trials=trials, specification=usual, quantities=QUANTITIES)
        for (departure,), numbers in pool.singles.items():
            prints = {
                name: f"{numbers[name]:.{0 if name == 'i2' else 2}f}"
                for name in QUANTITIES
                if name in numbers
            }
            missed = [
                name
                for name, text in prints.items()
                if not rounds_to(pool.numbers[name], printed_number(text))
            ]
            if departure.axis in AXES and len(missed) > 1:
                yield from ((pool, departure, name, prints) for name in missed)


def is_first(found, departure, value):
    """Say whether the departure, or one that is the same here, is of the first rank."""
    return any(
        one.cause == departure.id or abs(one.gives - value) < EXACT
        for one in found.candidates
        if one.rank == 1
    )


@pytest.mark.slow
def test_the_true_cause_is_named_and_in_nearly_all_cases_among_the_first():
    first = []
    for pool, departure, name, prints in planted():
        others = {other: text for other, text in prints.items() if other != name}
        question = PrintQuestion(quantity=name, printed=prints[name], others=others)
        found = search(pool, question)
        assert found.verdict == "named", (departure.id, question)
        assert found.candidates[0].departures == 1
        first.append(is_first(found, departure, pool.singles[(departure,)][name]))
    assert len(first) > 200
    assert np.mean(first) >= FIRST


EVENTS = ([0, 5, 40], [40, 60, 40], [4, 9, 30], [42, 58, 30])
"""No event with the intervention; no empty cell; an event in everybody."""


def effects(measure, rule):
    trials = trials_of(source="counts", numbers=EVENTS)
    return effects_under(trials, Specification(measure=measure, zero_cells=rule))


def test_metabin_adds_to_events_and_participants_of_a_risk_ratio():
    """By hand from meta 8.4, ``metabin(sm="RR")``; in the third trial h stays out of 1/a."""
    y, v = effects("RR", "metabin")
    expected = [np.log(0.5 / 40.5 / (4.5 / 42.5)), np.log(5 / 60 / (9 / 58)), 0.0]
    assert y == pytest.approx(expected, rel=EXACT)
    first = 1 / 0.5 - 1 / 40.5 + 1 / 4.5 - 1 / 42.5
    second = 1 / 5 - 1 / 60 + 1 / 9 - 1 / 58
    third = 1 / 40 - 1 / 40.5 + 1 / 30 - 1 / 30.5
    assert v == pytest.approx([first, second, third], rel=EXACT)


def test_metabin_adds_to_the_variance_alone_of_a_risk_difference():
    y, v = effects("RD", "metabin")
    assert y == pytest.approx([-4 / 42, 5 / 60 - 9 / 58, 0.0], rel=EXACT)
    assert v[0] == pytest.approx(0.5 * 40.5 / 41**3 + 4.5 * 38.5 / 43**3, rel=EXACT)
    assert v == pytest.approx(effects("RD", "only_empty")[1], rel=EXACT)


def test_q_about_mantel_haenszel_needs_counts_and_the_estimator_of_q():
    trials = trials_of(y=[0.1, 0.2], v=[0.1, 0.1])
    usual = Specification(measure="RR", tau2="DL", interval="wald", q_about="mantel_haenszel")
    pool = Pool(trials=trials, specification=usual)
    assert pool.numbers == {}
    with pytest.raises(UsageError, match="There is no q_about mantel; known are"):
        Specification(measure="RR", q_about="mantel")
