"""Where other software answers at once and wrongly: what is refused, NaN or said here instead."""

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import table

Y, V = [0.1, 0.5, 0.4, 0.9, 0.3, 0.2], [0.1] * 6
STUDY = list("aabbcc")
OF_A_SEARCH = 1e-6
"""Relative: τ² of both packages ends where a search stops."""


def test_a_phi_of_1_or_minus_1_tells_nothing_as_its_variance_would_be_0():
    effect = lp.escalc("PHI", ai=[10, 0, 4], n1i=[10, 10, 8], ci=[0, 10, 3], n2i=[10, 10, 9])
    assert np.isnan(effect.y).tolist() == np.isnan(effect.v).tolist() == [True, True, False]


def test_quartiles_over_1_35_are_too_narrow_for_few_people():
    """Wan 2014: 15 % too narrow for 9, and for no others by so much."""
    few, many = (lp.conv_fivenum(6, n, q1=4, q3=9, test=False).sd for n in (9, 900))
    assert float(5 / 1.35 / few) == pytest.approx(0.85, abs=0.01)
    assert float(5 / 1.35 / many) == pytest.approx(1.0, abs=0.003)


def test_a_p_value_that_is_missing_is_not_counted_and_not_adjusted_for():
    with pytest.raises(InputError, match="nan was found at index 2"):
        lp.independent_contrasts([0.1, 0.5, np.nan], [0.1, 0.1, 0.1])


def test_three_questions_to_four_clusters_have_no_joint_answer():
    """HTZ with less than one degree of freedom: clubSandwich prints p = 0.995 for 0.011."""
    rng = np.random.default_rng(0)
    x, cluster = rng.normal(size=(8, 2)), [1, 1, 2, 2, 3, 3, 4, 4]
    asked = lp.robust_hypotheses(rng.normal(size=8), [0.1] * 8, cluster, x, np.eye(3))
    assert asked.joint_df[1] < 1
    assert np.isnan([asked.joint, asked.joint_p]).all()
    assert np.isfinite(asked.p_value).all()


def test_ar_takes_equal_steps_and_no_ranks_of_times():
    with pytest.raises(InputError, match="structure='CAR' takes the times themselves"):
        lp.multilevel(Y, V, lp.within([1, 2, 5] * 2, list("aaabbb"), "AR"))
    halves, whole = (
        lp.multilevel(Y, V, lp.within(times * 2, list("aaabbb"), "AR")).log_likelihood
        for times in ([1, 1.5, 2], [1, 2, 3])
    )
    assert halves == whole


def test_cars_correlation_is_that_of_its_unit_of_time():
    fits = [
        lp.multilevel(Y, V, lp.within(times * 2, list("aaabbb"), "CAR"))
        for times in ([1.0, 2.0, 5.0], [12.0, 24.0, 60.0])
    ]
    assert fits[0].log_likelihood == pytest.approx(fits[1].log_likelihood, rel=1e-8)


def test_a_correlation_of_species_goes_by_name_and_lacks_and_adds_none():
    three = [[1, 0.8, 0.1], [0.8, 1, 0.2], [0.1, 0.2, 1]]
    order = [2, 0, 1]
    fits = [
        lp.multilevel(Y, V, lp.intercepts(STUDY, correlation=given)).log_likelihood
        for given in (
            (list("abc"), three),
            ([list("abc")[i] for i in order], np.array(three)[np.ix_(order, order)]),
        )
    ]
    assert fits[0] == pytest.approx(fits[1], rel=1e-12)
    with pytest.raises(InputError, match="not among the effects: d"):
        lp.multilevel(Y, V, lp.intercepts(STUDY, correlation=(list("abcd"), np.eye(4))))
    with pytest.raises(InputError, match="lacking: c"):
        lp.multilevel(Y, V, lp.intercepts(STUDY, correlation=(list("ab"), np.eye(2))))


def test_a_covariance_of_species_is_not_turned_into_a_correlation():
    covariance = np.diag([2.0, 1.0, 0.5])
    y = [0.1, 0.5, 2.4, 2.9, 0.3, 0.2]
    given, correlation = (
        lp.multilevel(y, V, lp.intercepts(STUDY, correlation=(list("abc"), matrix)))
        for matrix in (covariance, np.eye(3))
    )
    assert given.log_likelihood != pytest.approx(correlation.log_likelihood, rel=1e-3)


def test_effects_that_nothing_tells_apart_would_correlate_by_1():
    with pytest.raises(InputError, match="would correlate by 1: tell them apart, by obs"):
        lp.vcalc([0.04, 0.09], [1, 1])
    with pytest.raises(InputError, match="give one of them"):
        lp.vcalc([0.04, 0.09], [1, 1], rho=0.5)


def test_with_few_studies_a_chosen_correlation_moves_the_variance_between_them():
    y, v = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.02, 0.03, 0.02, 0.04, 0.03, 0.02]
    without, fully = (lp.robust_moments(y, v, list("aabbcd"), rho=rho) for rho in (0, 1))
    assert fully.tau2 > without.tau2 > 0
    assert (without.rho, fully.rho) == (0.0, 1.0)


def test_caution_of_cr2_lies_in_its_degrees_of_freedom():
    """Its standard error may be below that of CR1: only with df and P does it say more."""
    y, v, trial = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.02, 0.03, 0.02, 0.04, 0.03, 0.02], STUDY
    cr1, cr2 = (lp.cluster_robust(y, v, trial, kind=kind) for kind in ("CR1", "CR2"))
    assert cr2.se[0] < cr1.se[0]
    assert cr2.df[0] < cr1.df[0]
    uneven = [0.12] * 4 + [0.02] * 2
    cr1, cr2 = (lp.cluster_robust(y, uneven, trial, kind=kind) for kind in ("CR1", "CR2"))
    assert cr2.df[0] < 1.5 < cr1.df[0] == 2
    assert cr2.p_value[0] > 2 * cr1.p_value[0]


def test_few_orders_leave_no_small_p():
    y, groups = [0.1, 0.5, 0.4, 0.9, 0.3], [1, 0, 1, 0, 1]
    found = lp.permutation_test(y, [0.1] * 5, groups, intercept=True)
    assert (found.arrangements, found.is_exact) == (10, True)
    assert found.p_values.min() >= 1 / 10


def test_formulas_refuse_levels_that_they_do_not_know_and_read_powers():
    known = lp.design("~ kind", {"kind": list("aab")})
    with pytest.raises(InputError, match="has no level 'z': a, b were fitted"):
        known.at({"kind": ["z"]})
    with pytest.raises(InputError, match="x has missing values"):
        lp.design("~ center(x)", {"x": [1.0, np.nan, 3.0]})
    squares = lp.design("~ I(x^2)", {"x": [1.0, 2.0, 3.0]})
    assert np.asarray(squares)[:, 1].tolist() == [1.0, 4.0, 9.0]


def test_a_fit_keeps_its_data():
    """metafor's ``anova(refit=TRUE)`` takes whatever has the data frame's name by then."""
    y = np.array(Y)
    fit = lp.multilevel(y, V, "1 | study", data={"study": STUDY})
    before = lp.multilevel_residuals(fit).standardized.copy()
    y[:] = 7.0
    np.testing.assert_array_equal(lp.multilevel_residuals(fit).standardized, before)


def test_a_main_effect_beside_its_interaction_is_told_at_0_of_the_other():
    """By metafor 3.8.1: rma(yi, vi, mods = ~ alloc * ablat), and of ablat less its mean."""
    rows = table("data/bcg__RR.csv")
    y, v = (np.array([float(row[name]) for row in rows]) for name in ("yi", "vi"))
    trials = table("data/bcg.csv")
    alloc = [row["alloc"] for row in trials]
    latitude = np.array([float(row["ablat"]) for row in trials])
    for ablat, theirs in ((latitude, 0.185359185253), (latitude - latitude.mean(), 1.13138747143)):
        x = lp.design("~ alloc * ablat", {"alloc": alloc, "ablat": ablat})
        fit = lp.meta_regression(y, v, x)
        asked = lp.hypotheses(fit, coefficients=x.terms["alloc"])
        assert asked.joint == pytest.approx(theirs, rel=OF_A_SEARCH)
        together = lp.hypotheses(fit, coefficients=x.terms["alloc:ablat"])
        assert together.joint == pytest.approx(0.148733327072, rel=OF_A_SEARCH)
