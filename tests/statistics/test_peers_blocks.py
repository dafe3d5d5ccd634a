"""What metafor says in one line: further measures, information criteria, means of true values."""

import json

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.dependent.covariance import aggregate, constant_correlation
from liftproof.statistics.effects.beyond_reviews import BEYOND, SCALES_BEYOND
from liftproof.statistics.effects.escalc import escalc
from liftproof.statistics.effects.per_trial import trial_limits
from liftproof.statistics.effects.way_back import natural
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.regression.information_criteria import information_criteria
from liftproof.vocabulary.measures import MEASURES
from support.metafor_cases import REFERENCE
from support.peers_blocks import CASES, design, of_kind
from support.reference_names import cases

ADDITIONS = json.loads((REFERENCE / "additions.json").read_text(encoding="utf-8"))
CLOSED = 1e-12
"""Relative: closed forms on both sides; the numbers have 15 digits."""
SEARCHED = 1e-9
"""Relative: at τ² by search, where the likelihood is flat; moment estimators differ by rounding."""
INTEGRATED = 1e-8
"""Relative: R's ``integrate`` is asked for 1.2e-4 and reaches this on smooth functions."""
SEMI_PARTIAL = 1e-11
"""Relative: a variance that is a small difference of squares of R²."""


def arrays(given):
    return {name: np.array(values, dtype=float) for name, values in given.items()}


@pytest.mark.parametrize("case", of_kind("escalc"))
def test_measures_beyond_reviews_agree_with_escalc(case):
    given = case["given"]
    measure = case["id"].split("_")[0]
    effect = escalc(measure, **arrays(given["columns"]), **dict(given["switches"] or {}))
    within = SEMI_PARTIAL if measure == "SPCOR" else CLOSED
    for name in ("y", "v"):
        expected = np.array([np.nan if x is None else x for x in case["found"][name]])
        np.testing.assert_allclose(getattr(effect, name), expected, rtol=within)


def test_every_measure_beyond_reviews_has_a_reference_but_one_of_version_five():
    known = {case["id"].split("_")[0] for case in CASES if case["kind"] == "escalc"}
    known |= {case["id"] for case in ADDITIONS if case["kind"] == "area"}
    known |= {case["measure"] for case in cases("further_measures")}
    beyond = {code for functions in BEYOND.values() for code in functions}
    assert beyond - known == {"ZSPCOR"}
    assert not beyond & set(MEASURES)


def test_fishers_z_of_a_semi_partial_correlation_as_metafor_5_1_prints_it():
    """Aloe & Thompson 2013, first study; metafor 5.1, tests of escalc: 0.2754 and 0.2827."""
    row = {"ti": 4.61, "ni": 218, "mi": 4, "r2i": 0.24}
    raw, z = escalc("SPCOR", **row), escalc("ZSPCOR", **row)
    assert [round(float(x), 4) for x in (raw.y, raw.v, z.y, z.v)] == [
        0.2754,
        0.0033,
        0.2827,
        0.0038,
    ]


def test_a_partial_correlation_may_come_as_its_test():
    t, n, m = np.array([2.0, -3.1]), np.array([100, 40]), np.array([3, 5])
    r = t / np.sqrt(t**2 + n - m - 1)
    for measure in ("PCOR", "ZPCOR"):
        by_test, by_r = escalc(measure, ti=t, ni=n, mi=m), escalc(measure, ri=r, ni=n, mi=m)
        np.testing.assert_allclose([by_test.y, by_test.v], [by_r.y, by_r.v], rtol=CLOSED)
    with pytest.raises(InputError, match="PCOR needs ni too"):
        escalc("PCOR", ti=t, mi=m)


def test_wrong_numbers_of_measures_beyond_reviews_are_refused():
    wrong = [
        ("MPRD", {"ai": 1, "bi": -1, "ci": 2, "di": 3}, "negative"),
        ("MPRD", {"ai": 0, "bi": 0, "ci": 0, "di": 0}, "There must be a pair"),
        ("ABT", {"ai": 1.0, "mi": 5, "ni": 30}, "below 1"),
        ("ARAW", {"ai": 0.5, "mi": 1, "ni": 30}, "2 items"),
        ("AHW", {"ai": 0.5, "mi": 5, "ni": 2}, "3 or more"),
        ("SPCOR", {"ti": 9, "ni": 30, "mi": 2, "r2i": 0.1}, "one predictor adds"),
        (
            "RPB",
            {"m1i": 1, "sd1i": 1, "n1i": 9, "m2i": 1, "sd2i": 1, "n2i": 9, "vtype": "XX"},
            "vt",
        ),
    ]
    for measure, columns, words in wrong:
        with pytest.raises(InputError, match=words):
            escalc(measure, **columns)


def test_pairs_that_tell_nothing_are_missing():
    nothing = {"ai": [3, 3], "bi": [0, 2], "ci": [0, 1], "di": [4, 4], "add": 0, "to": "none"}
    for measure in ("MPRD", "MPORC", "MPPETO"):
        effect = escalc(measure, **nothing)
        assert np.isnan(effect.y).tolist() == np.isnan(effect.v).tolist() == [True, False]


def test_several_sets_of_pairs_are_computed_side_by_side():
    rng = np.random.default_rng(1)
    cells = rng.integers(0, 9, (4, 5, 7)) + np.array([1, 0, 0, 0])[:, None, None]
    columns = dict(zip(("ai", "bi", "ci", "di"), cells, strict=True))
    whole = escalc("MPOR", **columns)
    one = escalc("MPOR", **{name: cell[3] for name, cell in columns.items()})
    np.testing.assert_array_equal(whole.y[3], one.y)


@pytest.mark.parametrize("case", of_kind("fit"))
def test_fit_statistics_agree_with_metafor(case):
    y, v, designs = design()
    fit = information_criteria(y, v, designs[case["given"]["mods"]], tau2=case["given"]["method"])
    for name, value in case["found"].items():
        assert float(getattr(fit, name)) == pytest.approx(value, rel=SEARCHED)
    assert (fit.method == "REML") == (case["given"]["method"] == "REML")


def test_fit_statistics_of_many_sets_are_those_of_each():
    y, v, designs = design()
    sets = np.stack([y, y[::-1], y + 0.1])
    many = information_criteria(sets, v, designs["~ ablat"])
    each = [information_criteria(one, v, designs["~ ablat"]) for one in sets]
    np.testing.assert_allclose(many.log_likelihood, [x.log_likelihood for x in each], rtol=1e-12)
    assert float(information_criteria(y, v).aic) == float(
        information_criteria(y, v, designs["~ 1"]).aic
    )


def test_half_the_deviance_of_nested_models_is_their_likelihood_ratio():
    y, v, designs = design()
    full, reduced = (information_criteria(y, v, designs[x], tau2="ML") for x in ("~ ablat", "~ 1"))
    assert float(reduced.deviance - full.deviance) == pytest.approx(9.9588, abs=5e-5)  # anova()


@pytest.mark.parametrize("case", of_kind("mean"))
def test_the_mean_of_true_values_agrees_with_metafor_and_integrals(case):
    for measure, value in case["found"].items():
        found = natural(measure, case["given"]["y"], tau2=case["given"]["tau2"])
        assert float(found) == pytest.approx(value, rel=INTEGRATED)


def test_the_mean_of_true_values_is_the_value_itself_without_heterogeneity():
    y = np.array([-0.7, 0.0, 1.3])
    for measure in ("PLO", "ZCOR", "RR", "MD"):
        np.testing.assert_allclose(natural(measure, y, tau2=0.0), natural(measure, y), rtol=1e-14)
    both = natural("PLO", y, tau2=[[0.1], [0.4]])
    np.testing.assert_array_equal(both[1], natural("PLO", y, tau2=0.4))
    for measure in ("PAS", "IRS", "AHW"):
        with pytest.raises(InputError, match="leave tau2 out"):
            natural(measure, y, tau2=0.1)
    with pytest.raises(InputError, match="did you mean"):
        natural("PL0", y)


def test_measures_beyond_reviews_have_their_way_back():
    alphas = np.array([0.9, 0.2, -0.3])
    for measure in ("ARAW", "AHW", "ABT"):
        effect = escalc(measure, ai=alphas, mi=5, ni=40)
        back = natural(measure, effect.y) if measure in SCALES_BEYOND else effect.y
        np.testing.assert_allclose(back, alphas, rtol=1e-13)
    ratio = escalc("MPRR", ai=20, bi=10, ci=5, di=20)
    assert float(natural("MPRR", ratio.y)) == pytest.approx(30 / 25)


@pytest.mark.parametrize("case", of_kind("summary"))
def test_limits_of_trials_agree_with_the_summary_of_escalc(case):
    y, v, _ = design()
    each = trial_limits(y, v, level=case["given"]["level"])
    for name, values in case["found"].items():
        np.testing.assert_allclose(getattr(each, name), values, rtol=CLOSED * 10)
    left = trial_limits([0.1, np.nan], [0.2, 0.3], missing="drop")
    assert left.dropped == (1,)


@pytest.mark.parametrize("case", of_kind("aggregate"))
def test_effects_averaged_in_clusters_agree_with_aggregate(case):
    given = case["given"]
    v = constant_correlation(given["v"], given["cluster"], given["rho"])
    found = aggregate(given["y"], v, given["cluster"], weighted=given["weighted"])
    np.testing.assert_allclose(found.y, case["found"]["y"], rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(found.v, case["found"]["v"], rtol=1e-11)
    assert found.group.tolist() == case["found"]["group"]


def test_a_given_tau2_is_no_parameter():
    y, v, designs = design()
    fit = information_criteria(y, v, designs["~ ablat"], tau2=0.1)
    line = meta_regression(y, v, designs["~ ablat"], tau2=0.1)
    assert fit.parameters == line.p
