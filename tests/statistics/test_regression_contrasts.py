"""Contrasts of independent estimates against metafor's fits of the estimates."""

import json

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import (
    independent_contrast,
    independent_contrasts,
    subgroups,
)
from liftproof.statistics.regression.contrasts import holm
from support.metafor_cases import REFERENCE, table

CASES = json.loads((REFERENCE / "contrasts.json").read_text(encoding="utf-8"))
CLOSED = 1e-10
"""Closed forms on both sides. Tails of the normal and χ² distribution keep 1e-10 relatively."""
FITTED = {"bcg_dl": ("DL", "wald"), "bcg_reml": ("REML", "wald"), "bcg_knha": ("DL", "hksj")}
SEARCHED = 1e-8
"""Groups are pooled here anew, by REML with a search on both sides."""


def named(case):
    return case["id"]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_contrasts_agree_with_metafor(case):
    found = independent_contrasts(case["estimate"], case["se"])

    assert found.q_df == len(case["groups"]) - 1
    np.testing.assert_allclose(found.q, case["q"][0], rtol=CLOSED)
    np.testing.assert_allclose(found.q_p, case["q_p"][0], rtol=CLOSED)
    for ours, theirs in {
        "estimate": "pair_estimate",
        "se": "pair_se",
        "ci_low": "pair_ci_low",
        "ci_high": "pair_ci_high",
        "statistic": "pair_z",
        "p_value": "pair_p",
    }.items():
        np.testing.assert_allclose(getattr(found.pairs, ours), case[theirs], rtol=CLOSED)
    np.testing.assert_allclose(found.holm_p, case["pair_holm"], rtol=CLOSED)


@pytest.mark.parametrize("case", [each for each in CASES if each["id"] in FITTED], ids=named)
def test_q_is_that_of_subgroups_with_separate_tau2(case):
    effects, groups = table("data/bcg__RR.csv"), [row["alloc"] for row in table("data/bcg.csv")]
    y, v = ([float(row[name]) for row in effects] for name in ("yi", "vi"))
    tau2, interval = FITTED[case["id"]]

    found = subgroups(y, v, groups, tau2=tau2, interval=interval)

    np.testing.assert_allclose(found.q_between, case["q"][0], rtol=SEARCHED)
    np.testing.assert_allclose(found.q_between_p, case["q_p"][0], rtol=SEARCHED)


def test_a_pair_alone_is_the_pair_of_all():
    """Q of two estimates is the square of z; data sets are tested side by side."""
    first, second = pool([-0.5, -0.2], [0.1, 0.2], tau2="DL"), pool([0.1, 0.4], [0.2, 0.1])
    one = independent_contrast(first.estimate, first.se, second.estimate, second.se)
    both = independent_contrasts(
        [[first.estimate, second.estimate], [0.0, 1.0]], [[first.se, second.se], [0.6, 0.8]]
    )

    assert both.pairs.estimate[0, 0] == one.estimate
    np.testing.assert_allclose(both.q, [one.statistic**2, 1.0], rtol=CLOSED)
    np.testing.assert_allclose(both.holm_p[:, 0], both.q_p, rtol=CLOSED)


def test_equal_estimates_do_not_differ():
    found = independent_contrasts([0.3, 0.3, 0.3], [0.1, 0.2, 0.3])

    assert (float(found.q), float(found.q_p)) == (0.0, 1.0)
    assert found.holm_p.tolist() == [1.0, 1.0, 1.0]


def test_holm_orders_by_size_and_stops_at_one():
    """R: p.adjust(c(.01, .02, .03, .5, .6), "holm")"""
    np.testing.assert_allclose(holm([0.6, 0.02, 0.5, 0.01, 0.03]), [1.0, 0.08, 1.0, 0.05, 0.09])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: independent_contrasts([0.1], [0.1]), "A contrast needs two estimates"),
        (lambda: independent_contrasts([0.1, 0.2], [0.1, 0.0]), "se must be positive"),
        (lambda: independent_contrasts([0.1, np.nan], [0.1, 0.1]), "estimates must be finite"),
        (lambda: independent_contrast(0.1, -1, 0.2, 0.1), "first_se must be positive"),
        (lambda: holm([0.1, 1.2]), "p must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_refused(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()


def test_subgroups_have_limits_of_tau2_and_of_its_difference():
    y, v = (
        [0.1, 0.5, -0.4, 0.9, 0.2, 1.4, 0.8, 0.1],
        [0.02, 0.03, 0.02, 0.05, 0.04, 0.02, 0.03, 0.02],
    )
    groups = ["a"] * 4 + ["b"] * 4
    found = subgroups(y, v, groups, tau2="PM")
    alone = [pool(y[:4], v[:4], tau2="PM"), pool(y[4:], v[4:], tau2="PM")]
    for name in ("tau2", "tau2_ci_low", "tau2_ci_high"):
        assert getattr(found, name).tolist() == [float(getattr(each, name)) for each in alone]
    (t1, t2), (l1, l2), (u1, u2) = found.tau2, found.tau2_ci_low, found.tau2_ci_high
    assert found.tau2_difference.tolist() == [t2 - t1]
    below, above = np.hypot(t2 - l2, u1 - t1), np.hypot(u2 - t2, t1 - l1)
    assert found.tau2_difference_low == pytest.approx([t2 - t1 - below], rel=1e-12)
    assert found.tau2_difference_high == pytest.approx([t2 - t1 + above], rel=1e-12)
    common = subgroups(y, v, groups, is_common=True)
    assert np.isnan(common.tau2_difference).all()
    assert common.tau2_ci_low[0] == common.tau2_ci_low[1] < common.tau2[0] < common.tau2_ci_high[0]
    assert np.isnan(subgroups(y, v, groups, tau2="FE").tau2_ci_low).all()
