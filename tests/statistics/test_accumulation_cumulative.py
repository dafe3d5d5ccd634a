"""Cumulative meta-analysis: against metafor's, in any order, at the limits."""

import json
from datetime import date, datetime
from importlib import import_module
from itertools import zip_longest

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.accumulation import cumulative
from liftproof.statistics.accumulation.cumulative import NUMBERS
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS
from liftproof.statistics.tau2 import TAU2
from support.metafor_cases import REFERENCE, effects_and_variances

module = import_module("liftproof.statistics.accumulation.cumulative")
OTHER_SUMS = 1e-12
"""Trials that a step leaves out add zeros to its sums, and searches end within 1e-14 of τ² + v."""

CASES = [
    case
    for case in json.loads((REFERENCE / "accumulation.json").read_text(encoding="utf-8"))
    if case["kind"] == "cumul"
]
METHODS = {"EE": "FE", "DL": "DL", "PM": "PM", "REML": "REML"}
TESTS = {"z": "wald", "knha": "hksj"}
FIELDS = {
    "estimate": "estimate",
    "se": "se",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "Q": "q",
    "Q_p": "q_p",
    "tau2": "tau2",
    "I2": "i2",
    "H2": "h2",
}
DESCRIBED = {"id", "kind", "fn", "dataset", "csv", "engine", "measure", "method", "test", "k"}
CLOSED = 1e-10
"""Closed forms differ by rounding."""
SEARCHED = 1e-9
"""metafor's searches stop at a change of 1e-13 in τ², the worst difference is 3e-11."""
ABSOLUTE = 1e-14
"""For a τ² of 0, for which metafor reports up to 2e-14, and its I² in percent ten thousandfold."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['method']}")
def test_agrees_with_metafor(case):
    y, v = effects_and_variances(case["csv"])
    steps = cumulative(y, v, tau2=METHODS[case["method"]], interval=TESTS[case["test"]])
    relative = CLOSED if case["method"] in ("EE", "DL") else SEARCHED
    for theirs, ours in FIELDS.items():
        if case[theirs] is not None:  # metafor gives no τ² for EE
            absolute = {"tau2": 2 * ABSOLUTE, "I2": 2e4 * ABSOLUTE}.get(theirs, ABSOLUTE)
            np.testing.assert_allclose(
                getattr(steps, ours), case[theirs], rtol=relative, atol=absolute
            )
    assert steps.k.tolist() == list(range(1, case["k"] + 1))
    assert set(case) == set(FIELDS) | DESCRIBED | {"order"}


def simulated(*shape):
    generator = np.random.default_rng(5)
    v = generator.uniform(0.01, 0.5, shape)
    return generator.normal(-0.4, np.sqrt(v + 0.1)), v


def require_what_pool_gives(y, v, **asked):
    """Hold every number of every step against a pool of its trials."""
    steps = cumulative(y, v, **asked)
    assert steps.estimate.shape == steps.df.shape == y.shape
    for place in range(y.shape[-1]):
        alone = pool(y[..., : place + 1], v[..., : place + 1], **asked)
        for name in NUMBERS:
            np.testing.assert_allclose(
                getattr(steps, name)[..., place],
                getattr(alone, name),
                rtol=OTHER_SUMS,
                atol=OTHER_SUMS,
                err_msg=f"{name} of step {place}",
            )


@pytest.mark.parametrize("tau2", [*TAU2, "EE"])
def test_each_step_is_what_pool_gives(tau2):
    require_what_pool_gives(*simulated(3, 6), tau2=tau2, interval="hksj_adhoc", level=0.9)


@pytest.mark.parametrize(
    ("interval", "prediction"), [*zip_longest(INTERVALS, PREDICTIONS, fillvalue="wald")]
)
def test_each_step_is_what_pool_gives_by_any_interval_and_prediction(interval, prediction):
    require_what_pool_gives(*simulated(6), interval=interval, prediction=prediction)


def test_steps_worked_on_one_after_the_other_are_the_same(monkeypatch):
    y, v = simulated(2, 7)
    at_once = cumulative(y, v)
    monkeypatch.setattr(module, "STEPS", 1)
    one_by_one = cumulative(y, v)
    for name in NUMBERS:
        np.testing.assert_allclose(
            getattr(one_by_one, name), getattr(at_once, name), rtol=OTHER_SUMS, atol=OTHER_SUMS
        )


def test_trials_are_sorted_and_ties_keep_their_order():
    y, v = simulated(5)
    years = [2010, 1999, 2010, 1985, 1999]
    steps = cumulative(y, v, years)
    assert steps.order.tolist() == [3, 1, 4, 0, 2]
    sorted_first = cumulative(y[steps.order], v[steps.order])
    assert steps.estimate.tolist() == sorted_first.estimate.tolist()


def test_equal_years_can_be_added_together():
    y, v = simulated(5)
    steps = cumulative(y, v, [2010, 1999, 2010, 1985, 1999], together=True)
    assert steps.k.tolist() == [1, 3, 5]
    assert float(steps.estimate[1]) == float(pool(y[[3, 1, 4]], v[[3, 1, 4]]).estimate)


def test_dates_are_an_order():
    y, v = simulated(3)
    dates = np.array(["2011-05-01", "1999-12-31", "2011-04-30"], dtype="datetime64[D]")
    assert cumulative(y, v, dates).order.tolist() == [1, 2, 0]


def test_one_trial_is_one_step():
    steps = cumulative([0.3], [0.05])
    assert (steps.k.tolist(), steps.estimate.tolist(), steps.tau2.tolist()) == ([1], [0.3], [0.0])


@pytest.mark.parametrize(
    "dates",
    [
        ["2011-05-01", "2003", "2011-04"],
        [date(2011, 5, 1), date(2003, 1, 1), date(2011, 4, 30)],
        [datetime(2011, 5, 1, 12), date(2011, 4, 1), date(2011, 5, 1)],
        np.array([2011, 2003, 2004.5], dtype=object),
    ],
)
def test_dates_of_python_and_iso_strings_are_an_order(dates):
    assert cumulative([0.1, 0.2, 0.3], [1, 1, 1], dates).order.tolist() == [1, 2, 0]


def test_the_last_step_does_not_depend_on_the_order():
    y, v = simulated(7)
    forwards, backwards = cumulative(y, v), cumulative(y, v, -np.arange(7))
    assert float(backwards.estimate[-1]) == pytest.approx(float(forwards.estimate[-1]), rel=1e-12)
    assert backwards.order.tolist() == [6, 5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ([1, 2], r"order must hold one number a trial, 3, but has shape \(2,\)"),
        ([1, np.nan, 2], "order must be finite"),
        (["a", "b", "c"], "order must hold numbers, or ISO dates such as 2024-05-31"),
        (["2011-05-01", "", "2012"], "order must be finite"),
        ([date(2011, 5, 1), None, date(2012, 1, 1)], "order must be finite.*1 missing, at 1"),
        (np.array(["2011", "NaT", "2012"], dtype="datetime64[Y]"), "order must be finite"),
    ],
)
def test_bad_orders_are_refused(order, says):
    with pytest.raises(InputError, match=says):
        cumulative([0.1, 0.2, 0.3], [1, 1, 1], order)


def test_bad_numbers_are_refused():
    with pytest.raises(InputError, match="v must be positive"):
        cumulative([0.1, 0.2], [1, 0])
    with pytest.raises(InputError, match="no trial to pool"):
        cumulative([], [])
