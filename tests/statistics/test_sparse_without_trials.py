"""Mantel-Haenszel and Peto without trials and as trials are added, against metafor."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, table
from support.sparse_cases import counts

CLOSED = 1e-10
CASES = json.loads((REFERENCE / "without_trials.json").read_text(encoding="utf-8"))["cases"]
every_case = pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['dataset']}-{case['method']}" for case in CASES]
)


def assert_metafors(found, theirs):
    """Compare where trials have an estimate; without one metafor still prints a Q of 0."""
    known = np.isfinite(np.array(next(iter(theirs.values())), dtype=np.float64))
    assert known.any()
    for name, values in theirs.items():
        expected = np.array(values, dtype=np.float64)
        ours = np.asarray(getattr(found, name), dtype=np.float64)
        np.testing.assert_allclose(ours[known], expected[known], rtol=CLOSED, atol=1e-12)


@every_case
def test_without_each_trial(case):
    found = lp.leave_one_out_counts(case["method"], *counts(case["dataset"]))
    assert_metafors(found, case["without"])


@every_case
def test_as_trials_are_added(case):
    years = [float(row["year"]) for row in table(f"data/{case['dataset']}.csv")]
    found = lp.cumulative_counts(case["method"], *counts(case["dataset"]), order=years)
    assert_metafors(found, case["cumulative"])
    last = len(years) - 1
    whole = lp.leave_one_out_counts(case["method"], *counts(case["dataset"]))
    assert found.k[last] == len(years) == whole.estimate.size


@every_case
def test_deleted_residuals(case):
    found = lp.influence_counts(case["method"], *counts(case["dataset"]))
    assert_metafors(found, {"rstudent": case["rstudent"]})


def test_influence_follows_from_the_pools_without_trials():
    arms = counts("bcg")
    whole, without = lp.peto(*arms), lp.leave_one_out_counts("Peto", *arms)
    found = lp.influence_counts("Peto", *arms)
    assert found.change == pytest.approx(whole.estimate - without.estimate, rel=CLOSED)
    assert found.cook_distance == pytest.approx(found.change**2 / whole.variance, rel=CLOSED)
    assert found.cov_ratio == pytest.approx(without.variance / whole.variance, rel=CLOSED)
    assert found.weight.sum() == pytest.approx(100.0, rel=CLOSED)


def test_trials_that_alone_have_no_estimate_are_nan():
    arms = [0, 3, 4], [50, 60, 70], [0, 5, 9], [50, 60, 70]
    found = lp.cumulative_counts("RR", *arms)
    assert np.isnan(found.estimate).tolist() == [True, False, False]
    assert found.estimate[2] == pytest.approx(float(lp.MANTEL_HAENSZEL["RR"](*arms).estimate))


def test_an_unknown_method_is_told_with_the_nearest():
    with pytest.raises(InputError, match="did you mean Peto"):
        lp.leave_one_out_counts("Petto", *counts("bcg"))
    with pytest.raises(InputError, match="4 columns"):
        lp.influence_counts("RR", [1, 2], [3, 4])


@pytest.mark.parametrize("level", [0.05, 1.5, "0.95"])
@pytest.mark.parametrize(
    "function", [lp.leave_one_out_counts, lp.cumulative_counts, lp.influence_counts]
)
def test_an_option_that_cannot_be_is_refused_and_not_answered_by_nan(function, level):
    with pytest.raises(InputError, match="level"):
        function("RR", *counts("bcg"), level=level)
