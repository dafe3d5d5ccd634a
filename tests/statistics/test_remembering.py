"""Results kept within one computation: told apart by every bit, and gone at its end."""

import numpy as np
import pytest

from liftproof.statistics import remembering
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool
from liftproof.statistics.remembering import remembered, results_kept


@pytest.fixture
def calls():
    return []


@pytest.fixture
def plus(calls):
    @remembered
    def plus(values, number=0.0):
        calls.append(number)
        return np.asarray(values) + number

    return plus


def test_nothing_is_kept_outside_and_nothing_beyond_the_end(plus, calls):
    plus(np.ones(2), 1.0)
    plus(np.ones(2), 1.0)
    with results_kept():
        plus(np.ones(2), 1.0)
        with results_kept():
            plus(np.ones(2), 1.0)
        plus(np.ones(2), 1.0)
    plus(np.ones(2), 1.0)
    assert len(calls) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((np.ones(2),), (np.array([1.0, np.nextafter(1.0, 2.0)]),)),
        ((np.zeros(2),), (np.array([0.0, -0.0]),)),
        ((np.ones((2, 1)),), (np.ones(2),)),
        ((np.ones(2),), (np.ones(2, dtype=np.float32),)),
        (([1.0, 2.0],), ([1.0, 2.5],)),
        ((np.ones(2), 1.0), (np.ones(2), 2.0)),
    ],
)
def test_whatever_differs_is_computed(plus, calls, one, other):
    with results_kept():
        for given in (one, other, one):
            found = plus(*given)
            assert found.tolist() == (np.asarray(given[0]) + sum(given[1:])).tolist()
    assert len(calls) == 2


def test_what_a_caller_does_to_a_result_stays_with_it(plus):
    with results_kept():
        plus(np.ones(2))[:] = 7.0
        assert plus(np.ones(2)).tolist() == [1.0, 1.0]


def test_large_arrays_and_other_objects_are_computed_each_time(plus, calls):
    with results_kept():
        for _ in range(2):
            plus(np.ones(remembering.LARGEST + 1))
            plus(np.array([1, 2], dtype=object))
    assert len(calls) == 4


def test_functions_of_one_name_do_not_share():
    both = [remembered(lambda values, factor=factor: factor * values) for factor in (2.0, 3.0)]
    with results_kept():
        assert [function(np.ones(1)).item() for function in both] == [2.0, 3.0]


def test_all_are_dropped_when_they_are_too_many(plus, calls, monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 2)
    with results_kept():
        for number in (1.0, 2.0, 3.0, 1.0):
            plus(np.ones(2), number)
    assert calls == [1.0, 2.0, 3.0, 1.0]


def test_pools_and_three_levels_are_the_same_bits():
    y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.02, 0.01, 0.03, 0.02, 0.05]
    study = ["a", "a", "b", "b", "c"]
    alone = pool(y, v), three_level(y, v, study, test="t", level=0.9)
    with results_kept():
        for _ in range(2):
            three_level(y, v, study)
            again = pool(y, v), three_level(y, v, study, test="t", level=0.9)
    for one, other in zip(alone, again, strict=True):
        assert [str(number) for number in one.numbers()] == [
            str(number) for number in other.numbers()
        ]
