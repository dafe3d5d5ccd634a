"""Numbers that are computed when they are first read: readers see what they always saw."""

import pickle
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, asdict, dataclass, fields, replace
from threading import Barrier, Thread

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.heterogeneity import q_profile
from liftproof.statistics.influence.leave_one_out import LeaveOneOut
from liftproof.statistics.on_request import on_request
from liftproof.statistics.result import Result

Y, V = np.array([-0.51, -0.22, 0.05, 0.3]), np.array([0.04, 0.01, 0.09, 0.05])
X = np.array([1.0, 4.0, 2.0, 9.0])
MANY_Y, MANY_V = np.stack((Y, Y + 0.1, 3 * Y)), np.stack((V, V, 2 * V))
MAKERS = {
    "pool": lambda y=Y, v=V: lp.pool(y, v),
    "pool of many": lambda y=MANY_Y, v=MANY_V: lp.pool(y, v),
    "by given weights": lambda y=Y, v=V: lp.pool(y, v, tau2="GENQ", weights=1 / v),
    "leave one out": lambda y=Y, v=V: lp.leave_one_out(y, v),
    "cumulative": lambda y=Y, v=V: lp.cumulative(y, v),
    "regression": lambda y=Y, v=V: lp.meta_regression(y, v, X, intercept=True),
    "regressions": lambda y=MANY_Y, v=MANY_V: lp.meta_regression(y, v, X, intercept=True),
    "robust": lambda y=Y, v=V: lp.cluster_robust(y, v, ["a", "b", "b", "c"], kind="CR1"),
}


def waiting(result):
    """Return the fields that are still to be computed."""
    found = []
    for name in result.on_request:
        try:
            object.__getattribute__(result, name)
        except AttributeError:
            found.append(name)
    return set(found)


def numbers(result):
    """Return all numbers, as text, which shows every digit and tells NaN from NaN."""
    return [(name, place, repr(value)) for name, place, value in result.numbers()]


@pytest.fixture(params=MAKERS.values(), ids=MAKERS.keys())
def make(request):
    """Return a function that makes a result."""
    return request.param


def test_a_result_waits_with_all_that_it_declares(make):
    result = make()
    assert waiting(result) == set(result.on_request) != set()
    assert set(result.on_request) <= {item.name for item in fields(result)}


def test_a_group_is_computed_once_and_no_other_with_it(make):
    result = make()
    name, group = next(iter(result.on_request.items()))
    first = getattr(result, name)
    assert getattr(result, name) is first
    of_others = {each for each, own in result.on_request.items() if own != group}
    assert waiting(result) == of_others


def test_what_is_read_does_not_hang_on_the_order(make):
    result, backwards = make(), make()
    for name in reversed(result.on_request):
        getattr(backwards, name)
    assert numbers(backwards) == numbers(result)
    assert waiting(result) == waiting(backwards) == set()


def test_the_source_is_let_go_once_all_is_read(make):
    result = make()
    assert object.__getattribute__(result, "_source") is not None
    list(result.numbers())
    assert not hasattr(result, "_source")


@pytest.mark.parametrize(
    "again",
    [copy, deepcopy, replace, lambda result: pickle.loads(pickle.dumps(result))],
    ids=["copy", "deepcopy", "replace", "pickle"],
)
def test_copies_hold_the_same_numbers(make, again):
    twin = again(make())
    assert type(twin) is type(make())
    assert waiting(twin) == set()
    assert numbers(twin) == numbers(make())


def test_tables_frames_and_dictionaries_hold_all(make):
    result = make()
    assert repr(result) == repr(make())
    assert set(asdict(make())) == {item.name for item in fields(result)}
    assert lp.tidy(make()).equals(lp.tidy(result))
    assert make()._repr_html_() == result._repr_html_()


def test_numbers_come_from_the_columns_as_they_were(make):
    shape = np.shape(make.__defaults__[0])
    y, v = make.__defaults__[0].copy(), make.__defaults__[1].copy()
    result = make(y, v)
    y[...], v[...] = np.linspace(0, 9, y.size).reshape(shape), 7.0
    assert numbers(result) == numbers(make())


def test_three_levels_keep_columns_of_their_own():
    y, v, study = Y.copy(), V.copy(), np.array([1, 1, 2, 2])
    fit = lp.three_level(y, v, study)
    expected = lp.multilevel_limits(lp.three_level(Y, V, study.copy())).ci_high
    y[:], v[:], study[:] = 9.0, 7.0, [1, 2, 2, 2]
    np.testing.assert_array_equal(lp.multilevel_limits(fit).ci_high, expected)


def test_what_is_done_to_numbers_that_were_read_reaches_no_others(make):
    result, names = make(), list(make().on_request)
    for item in fields(result):
        if item.name not in names and isinstance(getattr(result, item.name), np.ndarray):
            getattr(result, item.name)[...] = 3
    expected = make()
    for name in names:
        np.testing.assert_array_equal(getattr(result, name), getattr(expected, name))


def test_a_result_cannot_be_changed_and_lacks_what_it_has_not(make):
    result = make()
    with pytest.raises(FrozenInstanceError):
        result.level = 0.9
    with pytest.raises(AttributeError, match="object has no attribute 'limits'"):
        result.limits  # noqa: B018 - reading is what is tested
    assert not hasattr(result, "__array__")
    assert waiting(result) == set(result.on_request)


def test_threads_that_read_at_once_see_the_same_numbers(make):
    expected = numbers(make())
    for _ in range(5):
        result, barrier, seen = make(), Barrier(6), []

        def read(result=result, barrier=barrier, seen=seen):
            barrier.wait()
            seen.append(numbers(result))

        threads = [Thread(target=read) for _ in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert seen == [expected] * 6


def test_limits_are_those_of_q_profile():
    low, high = q_profile(MANY_Y, MANY_V)
    pooled = lp.pool(MANY_Y, MANY_V)
    np.testing.assert_array_equal(pooled.tau2_ci_low, low)
    np.testing.assert_array_equal(pooled.tau2_ci_high, high)


def test_what_was_left_out_is_named_and_the_rest_still_waits():
    pooled = lp.pool([*Y, np.nan], [*V, 0.1], missing="drop")
    assert pooled.dropped == (4,)
    assert waiting(pooled) == set(pooled.on_request)
    assert numbers(replace(pooled)) == numbers(lp.pool(Y, V))


def test_a_pool_as_another_class_still_waits():
    pooled = lp.pool(MANY_Y, MANY_V)
    pooled.pi_low  # noqa: B018 - read before
    without = pooled.as_a(LeaveOneOut)
    assert waiting(without) == waiting(pooled) == set(pooled.on_request) - {"pi_low", "pi_high"}
    assert numbers(without) == numbers(pooled)


@pytest.mark.parametrize(
    "bad",
    [{"level": 2}, {"prediction": "Rilye"}, {"tau2": "RMEL"}, {"prediction": "KR", "tau2": "DL"}],
)
def test_what_is_wrong_with_the_arguments_is_said_at_the_call(bad):
    with pytest.raises(InputError):
        lp.pool(Y, V, **bad)
    with pytest.raises(InputError):
        lp.cumulative(Y, V, **bad)


class WithoutEnd:
    """A source whose search does not end."""

    def limits(self):
        """Raise what a search raises."""
        raise ConvergenceError("The search did not end.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Small(Result):
    """A result with one number that is there and one that is not."""

    on_request = on_request(limits=("low",))

    estimate: float
    low: float


def test_a_search_without_end_is_said_at_each_reading():
    result = Small.with_source(WithoutEnd(), estimate=1.0)
    assert result.estimate == 1.0
    for _ in range(2):
        with pytest.raises(ConvergenceError, match="did not end"):
            result.low  # noqa: B018 - reading is what is tested
    assert waiting(result) == {"low"}
