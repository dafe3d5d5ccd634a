"""Several results a trial: what the model gives, what it refuses, and what applies to it."""

from dataclasses import replace

import numpy as np
import pytest

from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.engines.everything import all_second_opinions
from liftproof.errors import UsageError
from liftproof.reviews.model.review_tables import Published
from liftproof.statistics.dependent.three_level import three_level
from support.economy import ANALYSIS, OUTCOMES, result, review

ROUNDING = 1e-12
CLOSED = 1e-10
"""Matrices written out lose a few digits."""


def pooled(*outcomes, **changes):
    return pool_analysis(review(*outcomes), replace(ANALYSIS, **changes))


def arrays(effects):
    y, v = (np.array([getattr(row, name) for row in effects]) for name in ("y", "v"))
    return y, v, [row.study for row in effects]


@pytest.mark.parametrize("tau2", ["REML", "ML"])
@pytest.mark.parametrize(("interval", "test"), [("wald", "z"), ("t", "t")])
def test_the_row_holds_the_numbers_of_the_model(tau2, interval, test):
    found = pooled(tau2=tau2, interval=interval)
    fit = three_level(*arrays(found.effects), method=tau2, test=test)
    row = found.estimate
    assert (row.estimate, row.ci_low, row.ci_high) == pytest.approx(
        [float(x[0]) for x in (fit.coefficients, fit.ci_low, fit.ci_high)], rel=ROUNDING
    )
    assert (row.tau2_between, row.tau2_within) == (fit.sigma2_study, fit.sigma2_effect)
    assert row.tau2 == pytest.approx(fit.sigma2_study + fit.sigma2_effect, rel=ROUNDING)
    assert (row.pi_low, row.pi_high) == pytest.approx((fit.pi_low, fit.pi_high), rel=ROUNDING)
    assert (row.q, row.q_df) == (pytest.approx(fit.q, rel=ROUNDING), 5)
    assert (row.k, row.studies, row.model, row.tau2_method) == (6, 3, "three-level", tau2)
    assert row.tau2_ci_low is None


def test_i2_is_the_share_of_both_variances():
    found = pooled()
    _, v, _ = arrays(found.effects)
    w = np.diag(1 / v)
    ones = np.ones((6, 1))
    projection = w - w @ ones @ np.linalg.inv(ones.T @ w @ ones) @ ones.T @ w
    typical = 5 / np.trace(projection)
    row = found.estimate
    assert row.tau2 > 0
    assert row.i2 == pytest.approx(100 * row.tau2 / (row.tau2 + typical), rel=CLOSED)


def test_weights_give_the_estimate_back():
    found = pooled()
    total = sum(row.weight_percent * row.y for row in found.effects) / 100
    assert total == pytest.approx(found.estimate.estimate, rel=CLOSED)
    assert {row.source for row in found.effects} == {"changes"}


def test_participants_are_counted_once():
    assert pooled().estimate.participants == 3 * 10 + 3 * 9
    arms = (
        result("ant", 10, 48.0, arm="heavy"),
        result("ant", 10, 48.5, arm="light", n_intervention=7),
        result("bee", 10, 48.0, arm="heavy"),
        result("bee", 10, 48.5, arm="light", mean_control=51.0),
    )
    assert pooled(*arms).estimate.participants == (10 + 7 + 9) + (20 + 18)


def test_higher_is_better_turns_the_sign():
    plain, turned = (
        pooled(*OUTCOMES[:5], result("cat", 12, 44.0, better=better)).effects[-1]
        for better in ("", "higher")
    )
    assert turned.y == -plain.y
    assert (turned.v, turned.better) == (plain.v, "higher")


def test_an_analysis_of_which_more_is_better_turns_the_others():
    rows = (*OUTCOMES[:5], result("cat", 12, 44.0, better="higher"))
    lower, higher = pooled(*rows), pooled(*rows, better="higher")
    assert [row.y for row in higher.effects] == [-row.y for row in lower.effects]
    assert higher.effects[-1].y == pooled(*OUTCOMES).effects[-1].y
    assert higher.estimate.estimate == pytest.approx(-lower.estimate.estimate, rel=CLOSED)


def test_means_before_are_not_used_for_other_measures():
    row = pooled(measure="MD", model="IV", interval="wald").effects[0]
    assert (row.source, row.y) == ("means", -2.0)


def test_one_result_is_shown_as_it_is():
    row = pooled(OUTCOMES[0]).estimate
    assert (row.k, row.tau2, row.tau2_between, row.pi_low) == (1, 0.0, None, None)
    assert row.ci_low < row.estimate < row.ci_high


@pytest.mark.parametrize(
    ("outcomes", "changes", "reason"),
    [
        ((), {"tau2": "DL"}, "takes tau2 REML or ML, not DL"),
        ((), {"interval": "hksj_adhoc"}, "takes interval wald or t, not hksj_adhoc"),
        (OUTCOMES[:2], {}, "2 results of 1 trial. Use model IV"),
        ((OUTCOMES[0], OUTCOMES[2]), {}, "2 results of 2 trials. Use model IV"),
    ],
)
def test_what_the_model_cannot_do_is_refused(outcomes, changes, reason):
    with pytest.raises(UsageError, match=reason):
        pooled(*outcomes, **changes)


def test_diagnostics_that_take_results_for_trials_do_not_apply():
    rows = diagnose(review(), ANALYSIS)
    notes = {row.method: row.note for row in rows if row.quantity == "not_applicable"}
    refused = "It takes every result for a trial of its own; here trials have several."
    for method in ("egger", "influence", "leave_one_out", "cumulative", "baujat"):
        assert notes[method] == refused
    assert "confidence" not in notes
    below = next(row.value for row in rows if row.quantity == "below_no_effect")
    assert below == pytest.approx(1 - pooled().estimate.p_value / 2, rel=CLOSED)


def test_engines_say_that_they_have_no_such_model_and_a_likelihood_agrees():
    found = pooled()
    rows = all_second_opinions([found.estimate], [], found.effects, 0.95)
    assert [row.note for row in rows] == [
        "PyMARE has no three-level model",
        "statsmodels has no three-level model",
        "PyMetaAnalysis has no three-level model",
        "",
    ]
    assert [row.agreed for row in rows] == ["no", "no", "no", "yes"]
    assert rows[-1].pi_low is not None


def printed(quantity, value):
    return Published(target=quantity, analysis="economy", quantity=quantity, printed=value)


def test_trials_are_a_printed_quantity_beside_effects():
    of = review(published=(printed("studies", "3"), printed("k", "6")))
    rows = reproduce(of, [pool_analysis(of, ANALYSIS).estimate])
    assert [(row.computed, row.verdict) for row in rows] == [(3, "reproduced"), (6, "reproduced")]


def test_z_is_the_signed_quantile_of_a_wald_p_and_blocked_elsewhere():
    of = review(published=(printed("z", "-1.00"),))
    wald = pool_analysis(of, replace(ANALYSIS, interval="wald")).estimate
    row = reproduce(of, [wald])[0]
    se = (wald.ci_high - wald.ci_low) / (2 * 1.959963984540054)
    assert row.computed == pytest.approx(wald.estimate / se, rel=CLOSED)
    row = reproduce(of, [pool_analysis(of, ANALYSIS).estimate])[0]
    assert (row.computed, row.verdict, row.missing) == (
        None,
        "blocked",
        "the analysis does not give it: z",
    )
