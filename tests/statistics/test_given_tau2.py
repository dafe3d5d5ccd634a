"""Regressions with a τ² that is given, and by weights that are given, against metafor's."""

import json
from fractions import Fraction

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, effects_and_variances, table

CLOSED = 1e-10
SEARCHED = 1e-8
"""τ² by REML is where a search ends."""
STOPS_WITHIN = 2e-10
"""metafor searches limits in τ² itself, here in a unit in which its tolerance is 1.2e-12."""
CASES = {
    case["id"]: case for case in json.loads((REFERENCE / "given.json").read_text(encoding="utf-8"))
}
Y, V = effects_and_variances("data/bcg__RR.csv")
TABLE = table("data/bcg.csv")
DATA = {"ablat": [float(row["ablat"]) for row in TABLE], "alloc": [row["alloc"] for row in TABLE]}
W = 1 / (V + 0.2)
FITS = {
    "line": ("ablat", {"tau2": 0.1}),
    "zero": ("ablat", {"tau2": 0}),
    "factor": ("ablat + alloc", {"tau2": 0.3}),
    "both": ("ablat", {"tau2": 0.1, "weights": W}),
    "genq": ("ablat", {"tau2": "GENQ", "weights": W}),
    "genqf": ("ablat + alloc", {"tau2": "GENQ", "weights": W}),
    "reml": ("ablat", {"tau2": "REML", "weights": W}),
    "ee": ("ablat", {"tau2": "EE", "weights": W}),
}
NAMES = {
    "coef": "coefficients",
    "se_tau2": "tau2_se",
    "QMp": "qm_p",
    "QEp": "qe_p",
    "vcov": "covariance",
}
BY_Q = json.loads((REFERENCE / "genqm.json").read_text(encoding="utf-8"))
WEIGHTS = {"shifted": W, "equal": np.ones(13), "inverse": 1 / V, "ranks": np.arange(13.0, 0, -1)}


@pytest.mark.parametrize("name", CASES)
def test_given_numbers_give_metafors_regression(name):
    case = CASES[name]
    kind, test = name.split("_")
    formula, options = FITS[kind]
    fit = lp.meta_regression(Y, V, lp.design(formula, DATA), test=test, **options)
    for key, expected in case.items():
        if key not in ("id", "engine"):
            found = np.ravel(getattr(fit, NAMES.get(key, key.lower())))
            tolerance = SEARCHED if kind == "reml" else CLOSED
            assert found == pytest.approx(expected, rel=tolerance, abs=CLOSED), key


def test_a_given_tau2_has_no_error_and_one_each_of_many_data_sets():
    many = lp.meta_regression([Y, Y], [V, V], DATA["ablat"], intercept=True, tau2=[0.1, 0.3])
    one = lp.meta_regression(Y, V, DATA["ablat"], intercept=True, tau2=0.1)
    assert (one.tau2_method, bool(one.at_boundary), float(one.tau2)) == ("given", False, 0.1)
    assert np.isnan([one.tau2_se, one.tau2_ci_low, one.tau2_ci_high, one.i2_ci_high]).all()
    assert many.tau2.tolist() == [0.1, 0.3]
    assert many.se[0] == pytest.approx(one.se, rel=CLOSED)
    assert not lp.meta_regression(Y, V, DATA["ablat"], intercept=True, tau2=0).at_boundary


@pytest.mark.parametrize(
    "case", BY_Q, ids=lambda c: "-".join(c[key] for key in ("method", "weights", "formula", "test"))
)
def test_the_generalised_q_with_moderators_and_weights_is_metafors(case):
    x = np.ones((13, 1)) if case["formula"] == "1" else lp.design(case["formula"], DATA)
    options = {"tau2": case["method"], "weights": WEIGHTS[case["weights"]], "test": case["test"]}
    fit = lp.meta_regression(Y, V, x, intercept=0, **options)
    for key, expected in case.items():
        if isinstance(expected, list) and key != "tau2_ci":
            found = np.ravel(getattr(fit, NAMES.get(key, key.lower())))
            assert found == pytest.approx(expected, rel=CLOSED, abs=CLOSED), key
    limits = [float(fit.tau2_ci_low), float(fit.tau2_ci_high)]
    assert limits == pytest.approx(case["tau2_ci"], rel=0, abs=STOPS_WITHIN)


def test_a_mean_of_given_weights_is_the_line_without_moderators():
    for case in BY_Q:
        if (case["formula"], case["test"]) == ("1", "z"):
            options = {"tau2": case["method"], "weights": WEIGHTS[case["weights"]]}
            pooled = lp.pool(Y, V, interval="wald", **options)
            found = [float(pooled.estimate), float(pooled.tau2), float(pooled.tau2_se)]
            expected = [*case["coef"], *case["tau2"], *case["se_tau2"]]
            assert found == pytest.approx(expected, rel=CLOSED)


def test_limits_with_moderators_are_of_the_generalised_q():
    """Q of GENQ with weights 1/v is Q, whose distribution at τ² = 0 is χ² exactly."""
    x = np.column_stack((np.ones(13), DATA["ablat"]))
    fit = lp.meta_regression(Y, V, x, tau2="GENQM", weights=1 / V)
    moments = lp.meta_regression(Y, V, x, tau2="GENQ", weights=1 / V)
    by_dl = lp.meta_regression(Y, V, x, tau2="DL")
    assert float(moments.tau2) == pytest.approx(float(by_dl.tau2), rel=CLOSED)
    assert fit.tau2_ci_low < moments.tau2 < fit.tau2 < fit.tau2_ci_high
    assert moments.tau2_ci_high == fit.tau2_ci_high


@pytest.mark.parametrize(
    ("tau2", "says"),
    [
        (-0.1, r"tau2 is a variance and must lie in 0 to 1e\+50, but -0.1 was found"),
        (float("nan"), "tau2 must be finite, but nan was found"),
        (True, "name of a method, or a number, τ² itself, not True"),
        (None, "name of a method, or a number, τ² itself, not None"),
        (["DL"], r"name of a method, or a number, τ² itself, not \['DL'\]"),
        ([[0.1], [0.1, 0.2]], "name of a method, or a number, τ² itself, not"),
        ([0.1, 0.2], r"has shape \(2,\), but the data sets have \(\): give one number"),
        ("GENQ", "GENQ and GENQM need weights="),
    ],
)
def test_a_tau2_that_is_none_is_refused_in_a_sentence(tau2, says):
    with pytest.raises(InputError, match=says):
        lp.meta_regression(Y, V, DATA["ablat"], intercept=True, tau2=tau2)


def test_weights_of_another_shape_are_refused():
    with pytest.raises(InputError, match=r"weights must have the shape of y, \(13,\), not"):
        lp.meta_regression(Y, V, DATA["ablat"], intercept=True, weights=np.ones((2, 13)))


def test_trials_without_a_number_leave_their_weights_too():
    holed = np.where(np.arange(13) == 4, np.nan, Y)
    found = lp.meta_regression(
        holed, V, DATA["ablat"], intercept=True, tau2="GENQ", weights=W, missing="drop"
    )
    kept = np.arange(13) != 4
    others = lp.meta_regression(
        Y[kept],
        V[kept],
        np.array(DATA["ablat"])[kept],
        intercept=True,
        tau2="GENQ",
        weights=W[kept],
    )
    assert found.dropped == (4,)
    assert found.se.tolist() == others.se.tolist()


@pytest.mark.parametrize("ratio", [1e8, 1e12])
def test_i2_beside_a_trial_that_outweighs_all_loses_no_digits(ratio):
    v = np.where(np.arange(13) == 3, V / ratio, V)
    fit = lp.meta_regression(Y, v, DATA["ablat"], intercept=True, tau2="DL")
    typical = 11 / trace_of_a_line(v, DATA["ablat"])
    assert float(fit.h2 - 1) == pytest.approx(float(fit.tau2 / typical), rel=CLOSED)


def trace_of_a_line(v, x):
    """Return tr P of weights 1/v and a line, in fractions: Σw - tr (X'WX)⁻¹X'W²X."""
    w, x = [1 / Fraction(float(each)) for each in v], [Fraction(each) for each in x]
    a, b, c = (sum(w[i] * x[i] ** n for i in range(len(x))) for n in range(3))
    d, e, f = (sum(w[i] ** 2 * x[i] ** n for i in range(len(x))) for n in range(3))
    return float(a - (c * d - 2 * b * e + a * f) / (a * c - b**2))
