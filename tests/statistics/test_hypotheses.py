"""Questions to coefficients against metafor and clubSandwich; formulas against their columns."""

import json
from itertools import product

import numpy as np
import pytest
from scipy.stats import false_discovery_control

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, effects_and_variances, table

CLOSED = 1e-10
BY_SEARCH = 1e-6
"""Two parametrisations of one model: their components are searched for apart."""
BY_NORMAL_EQUATIONS = 1e-9
"""metafor solves them in the raw columns, years among them: 3e-10."""
BY_ROOTS = 1e-8
"""clubSandwich takes roots of matrices of rank one less than their size: rounding of 1e-9."""
CASES = {
    case["id"]: case
    for case in json.loads((REFERENCE / "hypotheses.json").read_text(encoding="utf-8"))
}
ROWS = [[1, 40, 1970, 1, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 10, 0, 1, -1]]
ROBUST_ROWS = [[0, 1, 0, 0], [0, 0, 1, 0], [1, 1, 0, 1], [0, 1, -1, 0]]


def bcg():
    """Return the data of the trials as columns."""
    rows = table("data/bcg.csv")
    numbers = {name: [float(row[name]) for row in rows] for name in ("ablat", "year")}
    return {**numbers, "alloc": [row["alloc"] for row in rows]}


@pytest.mark.parametrize("test", ["z", "knha"])
def test_sums_groups_and_inflation_are_metafors(test):
    case, x = CASES[test], lp.design("~ ablat + year + alloc", bcg())
    fit = lp.meta_regression(*effects_and_variances("data/bcg__RR.csv"), x, tau2="DL", test=test)
    found = lp.hypotheses(fit, ROWS, adjust="holm")
    for name in ("estimate", "se", "statistic", "adjusted_p"):
        assert getattr(found, name) == pytest.approx(case[name], rel=CLOSED, abs=CLOSED)
    group = lp.hypotheses(fit, coefficients=x.terms["alloc"])
    assert [group.joint, group.joint_p] == pytest.approx(case["group"], rel=CLOSED)
    joint = lp.hypotheses(fit, ROWS[:3], rhs=0.1)
    assert [joint.joint, joint.joint_p] == pytest.approx(case["joint"], rel=BY_NORMAL_EQUATIONS)
    assert lp.variance_inflation(fit) == pytest.approx(case["vif"], rel=CLOSED)
    groups = [x.terms[name] for name in ("ablat", "year", "alloc")]
    assert lp.variance_inflation(fit, groups) == pytest.approx(case["gvif"], rel=CLOSED)


def robust_data(tau2):
    rows = table("data/assink2016.csv")
    y, v = (np.array([float(row[name]) for row in rows]) for name in ("yi", "vi"))
    columns = {"deltype": [row["deltype"] for row in rows]}
    x = lp.design("deltype + pub", columns | {"pub": [float(row["pubstatus"]) for row in rows]})
    return y, v + tau2, [row["study"] for row in rows], x


@pytest.mark.parametrize("name", ["two", "three"])
def test_robust_sums_are_clubsandwichs(name):
    case = CASES[name]
    y, covariance, study, x = robust_data(case["tau2"][0])
    found = lp.robust_hypotheses(y, covariance, study, x, ROBUST_ROWS[:3])
    for field in ("estimate", "se", "df", "ci_low"):
        assert getattr(found, field) == pytest.approx(case[field][:3], rel=BY_ROOTS)
    last = lp.robust_hypotheses(y, covariance, study, x, ROBUST_ROWS[3])
    assert [*last.estimate, *last.se, *last.df] == pytest.approx(
        [case[field][3] for field in ("estimate", "se", "df")], rel=BY_ROOTS
    )


def test_several_at_once_are_clubsandwichs_unless_a_df_is_below_one():
    case = CASES["two"]
    found = lp.robust_hypotheses(*robust_data(case["tau2"][0]), ROBUST_ROWS[:2])
    assert [found.joint, *found.joint_df, found.joint_p] == pytest.approx(
        case["joint"], rel=BY_ROOTS
    )
    assert found.cannot_tell == ""
    case = CASES["three"]
    found = lp.robust_hypotheses(*robust_data(case["tau2"][0]), ROBUST_ROWS[:3])
    assert found.joint_df == (3, pytest.approx(case["joint"][2], rel=BY_ROOTS))
    assert np.isnan([found.joint, found.joint_p]).all()
    assert found.cannot_tell.startswith("Too few clusters hold what is tested for a joint test")


def test_the_wild_bootstrap_goes_through_every_sign():
    """Each pattern by hand: plain least squares and sums over clusters."""
    y = np.array([0.1, 0.3, 0.9, 0.7, 0.2, 0.4, -0.3, 0.6])
    number, x = np.array([0, 0, 1, 1, 2, 3, 4, 4]), np.array([0, 1, 0, 1, 0, 1, 1, 0.0])
    v = np.array([0.12, 0.12, 0.15, 0.12, 0.2, 0.1, 0.3, 0.2])
    columns, w = np.column_stack([np.ones(8), x]), 1 / v

    def statistic(outcome):
        inverse = np.linalg.inv(columns.T @ (w[:, None] * columns))
        b = inverse @ columns.T @ (w * outcome)
        scores = w * (outcome - columns @ b) * (columns @ inverse[1])
        sums = np.array([scores[number == one].sum() for one in range(5)])
        return b[1] ** 2 / ((sums**2).sum() * 5 / 3)

    null = np.full(8, (w @ y) / w.sum())
    found = [
        statistic(null + np.array(signs)[number] * (y - null))
        for signs in product((1, -1), repeat=5)
    ]
    share = np.mean(np.array(found) >= statistic(y) * (1 - CLOSED))
    test = lp.wild_bootstrap(y, v, number, x, coefficients=[1])
    assert test.statistic == pytest.approx(statistic(y), rel=CLOSED)
    assert (test.patterns, test.is_exact, test.p_value) == (32, True, share)


def test_r2_of_a_term_is_what_tau2_falls_by():
    y, v = effects_and_variances("data/bcg__RR.csv")
    x = lp.design("ablat + alloc", bcg())
    found = lp.explained(y, v, x, {"ablat": x.terms["ablat"], "alloc": x.terms["alloc"]})
    both, alone = (
        float(lp.meta_regression(y, v, lp.design(formula, bcg())).tau2)
        for formula in ("ablat + alloc", "alloc")
    )
    assert found.tau2_without[0] == pytest.approx(alone, rel=CLOSED)
    assert found.r2[0] == pytest.approx(100 * (1 - both / alone), rel=CLOSED)


def test_marginal_means_average_other_factors_evenly():
    data = {"a": list("xxyyxy"), "b": list("ppqqqr"), "dose": [1.0, 2, 3, 4, 5, 9]}
    made = lp.design("a + b + dose", data)
    levels, rows = made.marginal("a")
    assert (levels, made.names) == (
        ("x", "y"),
        ("Intercept", "a[T.y]", "b[T.q]", "b[T.r]", "dose"),
    )
    assert rows == pytest.approx(np.array([[1, 0, 1 / 3, 1 / 3, 4], [1, 1, 1 / 3, 1 / 3, 4]]))
    names, pairs = made.pairs("b")
    assert names == ("q - p", "r - p", "r - q")
    assert pairs.tolist() == [[0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, -1, 1, 0]]


def test_a_formula_goes_with_every_fit():
    y, v = effects_and_variances("data/bcg__RR.csv")
    x, plain = lp.design("ablat", bcg()), bcg()["ablat"]
    trial = [one // 2 for one in range(13)]
    for one, other in (
        (lp.meta_regression(y, v, x), lp.meta_regression(y, v, plain, intercept=True)),
        (lp.three_level(y, v, trial, x), lp.three_level(y, v, trial, plain)),
        (lp.multilevel(y, v, (), x), lp.multilevel(y, v, (), plain)),
        (lp.cluster_robust(y, v, trial, x), lp.cluster_robust(y, v, trial, plain)),
    ):
        assert one.coefficients == pytest.approx(other.coefficients, rel=CLOSED)


def test_a_formula_says_whether_it_has_an_intercept():
    """Without one, each level has its own mean; no fit adds a column, or moves the first level."""
    y, v = effects_and_variances("data/bcg__RR.csv")
    means, contrasts = lp.design("0 + alloc", bcg()), lp.design("alloc", bcg())
    trial = [one // 2 for one in range(13)]
    for fit in (
        lambda x: lp.meta_regression(y, v, x),
        lambda x: lp.meta_regression(y, v, x, intercept=True),
        lambda x: lp.three_level(y, v, trial, x),
        lambda x: lp.multilevel(y, v, "1 | trial", x, data={"trial": trial}),
        lambda x: lp.cluster_robust(y, v, trial, x),
        lambda x: lp.location_scale(y, v, bcg()["year"], x),
    ):
        first, *others = fit(contrasts).coefficients
        expected = [first, *(first + other for other in others)]
        assert fit(means).coefficients == pytest.approx(expected, rel=BY_SEARCH)


def test_trials_left_out_leave_a_formula_its_intercept():
    y, v = effects_and_variances("data/bcg__RR.csv")
    x, trial = lp.design("ablat", bcg()), list(range(13))
    lacking = np.where(np.arange(13) == 4, np.nan, y)
    found = lp.cluster_robust(lacking, v, trial, x, missing="drop")
    kept = [i for i in trial if i != 4]
    plain = np.array(bcg()["ablat"])[kept]
    assert found.coefficients == pytest.approx(
        lp.cluster_robust(y[kept], v[kept], kept, plain).coefficients, rel=CLOSED
    )


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("ablat + nope", "there is no column 'nope', nor a function"),
        ("yi ~ ablat", "names moderators alone"),
        ("", "names moderators alone"),
        ("ablat +", "cannot be used"),
        ("log(ablat - 60)", "null values"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
def test_a_formula_that_cannot_be_used_is_refused(formula, says):
    with pytest.raises(InputError, match=says):
        lp.design(formula, bcg())


def test_levels_that_were_not_there_and_missing_values_are_refused():
    data = bcg()
    made = lp.design("alloc + C(year)", data)
    with pytest.raises(InputError, match="alloc has no level 'coin'"):
        made.at({"alloc": ["coin"], "year": [1948.0]})
    with pytest.raises(InputError, match=r"year has no level 1900\.0"):
        made.at({"alloc": ["random"], "year": [1900.0]})
    with pytest.raises(InputError, match="did you mean alloc"):
        made.marginal("aloc")
    data["ablat"][2] = float("nan")
    with pytest.raises(InputError, match="ablat has missing values"):
        lp.design("ablat", data)


def test_a_power_is_written_as_in_r():
    assert lp.design("I(ablat^2)", bcg()).columns[:, 1].tolist() == [a**2 for a in bcg()["ablat"]]


def test_questions_that_ask_nothing_are_refused():
    fit = lp.meta_regression([0.1, 0.5, 0.3], [0.1] * 3, [[1, 0], [1, 1], [1, 2]])
    for options, says in (
        ({}, "and not both"),
        ({"rows": [1, 2, 3]}, "must have 2 columns"),
        ({"rows": [0, 0]}, "asks nothing"),
        ({"coefficients": [2]}, "positions from 0 to 1"),
        ({"rows": [1, 0], "rhs": [1, 2]}, "rhs must be one number"),
        ({"rows": [1, 0], "adjust": "hoom"}, "holm"),
    ):
        with pytest.raises(InputError, match=says):
            lp.hypotheses(fit, **options)


def test_all_pairs_after_robust_fits_ask_what_two_of_them_ask():
    y, v, study, x = robust_data(0.1)
    _, rows = x.pairs("deltype")
    pairs = lp.robust_hypotheses(y, v, study, x, rows, adjust="holm")
    group = lp.robust_hypotheses(y, v, study, x, coefficients=x.terms["deltype"])
    assert pairs.joint == pytest.approx(group.joint, rel=BY_ROOTS)
    assert pairs.joint_df == (2, pytest.approx(group.joint_df[1], rel=BY_ROOTS))
    alone = lp.robust_hypotheses(y, v, study, x, rows[2])
    assert [pairs.se[2], pairs.df[2]] == pytest.approx([alone.se[0], alone.df[0]], rel=CLOSED)


def test_predictions_after_models_of_dependent_effects():
    y, v, study, x = robust_data(0.0)
    at = x.at({"deltype": ["general", "overt"], "pub": [1.0, 0.0]})
    three, many = (
        lp.three_level(y, v, study),
        lp.multilevel(y, v, "1 | study", data={"study": study}),
    )
    for fit in (three, many):
        told = lp.predicted(fit, [[1.0]])
        numbers = [told.ci_low[0], told.ci_high[0], told.pi_low[0], told.pi_high[0]]
        own = [fit.ci_low[0], fit.ci_high[0], fit.pi_low, fit.pi_high]
        assert numbers == pytest.approx(own, rel=CLOSED)
    working = lp.marginal_covariance(v, study, three.sigma2_study, three.sigma2_effect)
    robust = lp.predicted(lp.cluster_robust(y, working, study, x, kind="CR1"), at)
    assert np.isnan(robust.pi_low).all()
    by_rows = lp.robust_hypotheses(y, working, study, x, rows=at)
    assert robust.estimate == pytest.approx(by_rows.estimate, rel=CLOSED)
    with pytest.raises(InputError, match=r"robust_hypotheses\(y, v, cluster, x, rows=at\)"):
        lp.predicted(lp.cluster_robust(y, working, study, x), at)


def test_predictions_of_a_model_whose_spread_hangs_on_the_trial_have_no_further_trial():
    y, v = (
        [0.1, 0.3, 0.2, 0.9, 0.5, 0.4, 0.7, 0.6],
        [0.01, 0.02, 0.03, 0.01, 0.05, 0.02, 0.01, 0.04],
    )
    fit = lp.location_scale(y, v, np.arange(8.0))
    told = lp.predicted(fit, [[1.0]])
    assert [told.ci_low[0], told.ci_high[0]] == pytest.approx([fit.ci_low[0], fit.ci_high[0]])
    assert np.isnan(told.pi_low).tolist() == np.isnan(told.pi_high).tolist() == [True]


def test_joint_tests_do_not_depend_on_units():
    """The year as it is, and latitude in units of a millionth, leave rank and statistic alone."""
    y, v = effects_and_variances("data/bcg__RR.csv")
    d, trial = bcg(), [one // 2 for one in range(13)]
    plain = np.column_stack([np.ones(13), np.array(d["ablat"]) - 33, np.array(d["year"]) - 1966])
    far = np.column_stack([np.ones(13), 1e6 * np.array(d["ablat"]), d["year"]])
    for columns in ([1, 2], [0, 1, 2]):
        one, other = (
            lp.hypotheses(lp.meta_regression(y, v / 10, x, tau2="DL"), coefficients=columns)
            for x in (plain, far)
        )
        assert one.joint_df == other.joint_df == (len(columns), np.inf)
        assert other.joint == pytest.approx(one.joint, rel=BY_SEARCH)
    near, scaled = (
        lp.robust_hypotheses(y, v, trial, x, coefficients=[1, 2], intercept=False)
        for x in (plain, far)
    )
    assert scaled.joint == pytest.approx(near.joint, rel=BY_SEARCH)
    assert scaled.se[0] * 1e6 == pytest.approx(near.se[0], rel=BY_SEARCH)


@pytest.mark.parametrize("method", ["bh", "by"])
def test_false_discoveries_are_controlled_as_by_scipy(method):
    y, v = effects_and_variances("data/bcg__RR.csv")
    fit = lp.meta_regression(y, v, lp.design("ablat + year + alloc", bcg()))
    found = lp.hypotheses(fit, coefficients=[4, 1, 3, 2], adjust=method.upper())
    expected = false_discovery_control(found.p_value, method=method)
    assert found.adjusted_p == pytest.approx(expected, rel=CLOSED)


def test_without_an_intercept_every_coefficient_has_its_inflation():
    y, v = effects_and_variances("data/bcg__RR.csv")
    fit = lp.meta_regression(y, v, lp.design("0 + ablat + year", bcg()))
    first, second = lp.variance_inflation(fit, intercept=False)
    share = fit.covariance[0, 1] ** 2 / fit.covariance[0, 0] / fit.covariance[1, 1]
    assert first == second == pytest.approx(1 / (1 - share), rel=CLOSED)


def test_too_few_clusters_are_refused_by_every_robust_test():
    y, v, x = [0.1, 0.4, 0.3, 0.8], [0.1] * 4, [0.0, 1.0, 2.0, 4.0]
    for function in (lp.cluster_robust, lp.robust_hypotheses, lp.wild_bootstrap):
        rows = {} if function is lp.cluster_robust else {"coefficients": [1]}
        with pytest.raises(InputError, match="2 clusters are too few"):
            function(y, v, ["a", "a", "b", "b"], x, **rows)
    for options, says in (
        ({"rows": [[0, 1], [0, 2]]}, "leave out one"),
        ({"coefficients": [1], "draws": 0}, "draws must be a whole number, 1 or more"),
    ):
        with pytest.raises(InputError, match=says):
            lp.wild_bootstrap(y, v, list("abcd"), x, **options)
