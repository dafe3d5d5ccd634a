"""Covariances against metafor's vcalc, robust fits by moments against robumeta's robu."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, table

CLOSED = 1e-10
SMALL_DF = 1e-6
"""robumeta takes square roots of matrices by eigenvalues that are 0 but for rounding: 2e-8."""
CASES = json.loads((REFERENCE / "dependence.json").read_text(encoding="utf-8"))
COVARIANCES = {case["id"]: case for case in CASES if "covariance" in case}
FITS = {case["id"]: case for case in CASES if "tau2" in case}

V = [0.04, 0.09, 0.01, 0.05, 0.02, 0.03]
CLUSTER = list("aaaabb")
OUTCOME = {"outcome": ["pain", "pain", "strength", "strength", "pain", "strength"]}
OBS = {"obs": [1, 2, 1, 2, 1, 1]}
TIME = [0, 3, 0, 3, 1, 2]
ARMS = {"grp1": list("xyxyxy"), "grp2": ["z"] * 6}
SIZES = {"w1": [20, 35, 20, 35, 50, 40], "w2": [25, 25, 25, 25, 60, 60]}
KNOWN = (["pain", "strength"], [[1, 0.7], [0.7, 1]])
CALLS = {
    "obs": {"obs": range(6), "rho": 0.6},
    "outcome_time": {**OUTCOME, "rho": 0.4, "time1": TIME, "phi": 0.8},
    "both": {**OBS, **OUTCOME, "rho": (0.7, 0.3)},
    "known": {**OBS, **OUTCOME, "rho": (0.7, KNOWN)},
    "arms": {**ARMS, **OBS, **OUTCOME, "rho": (0.7, 0.3)},
    "weights": {**ARMS, **SIZES, **OUTCOME, "rho": 0.5},
    "times_of_arms": {
        **ARMS,
        **OUTCOME,
        "time1": TIME,
        "time2": [time + 1 for time in TIME],
        "phi": 0.9,
        "rho": 0.5,
    },
    "subgroup": {"obs": range(6), "rho": 0.6, "subgroup": [1, 1, 2, 2, 1, 2]},
}


def test_every_covariance_is_asked_for():
    assert CALLS.keys() == COVARIANCES.keys()


@pytest.mark.parametrize("name", CALLS)
def test_covariances_are_metafors(name):
    found = lp.vcalc(V, CLUSTER, **CALLS[name])
    assert found.ravel() == pytest.approx(COVARIANCES[name]["covariance"], rel=CLOSED, abs=1e-17)


@pytest.mark.parametrize("name", FITS)
def test_robust_fits_are_robumetas(name):
    case = FITS[name]
    rows = table(f"data/{case['file']}")
    column = {"yi ~ 1": None, "yi ~ I(year - 1990)": "year", "yi ~ pubstatus": "pubstatus"}
    moderator = column[case["formula"]]
    found = lp.robust_moments(
        [float(row["yi"]) for row in rows],
        [float(row["vi"]) for row in rows],
        [row[case["study"]] for row in rows],
        None
        if moderator is None
        else [float(row[moderator]) - 1990 * (moderator == "year") for row in rows],
        model=case["model"],
        rho=case["rho"],
        kind="CR2" if case["small"] else "CR1",
    )
    other = found.i2 if case["model"] == "CORR" else found.omega2
    assert [found.tau2, other] == pytest.approx(case["tau2"] + case["other"], rel=CLOSED)
    assert found.fit.coefficients == pytest.approx(case["estimate"], rel=CLOSED)
    assert found.fit.se == pytest.approx(case["se"], rel=CLOSED)
    assert found.fit.df == pytest.approx(case["df"], rel=SMALL_DF)


def refused(**options):
    with pytest.raises(InputError) as error:
        lp.vcalc(V, CLUSTER, **options)
    return str(error.value)


def test_effects_that_nothing_tells_apart_are_refused():
    assert refused().startswith("Effects 0 and 1 (counted from 0) would correlate by 1")


def test_correlations_that_cannot_hold_at_once_are_refused():
    apart = (["1", "2", "3", "4"], np.full((4, 4), -0.9) + 1.9 * np.eye(4))
    assert "not positive definite" in refused(obs=[1, 2, 3, 4, 1, 2], rho=apart)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"rho": 0.5}, "rho correlates unlike obs or outcome"),
        ({"obs": range(6)}, "rho must be given"),
        ({**OBS, **OUTCOME, "rho": 0.5}, "rho must be a pair"),
        ({"obs": range(6), "rho": 1.5}, "within ±1"),
        ({**OUTCOME, "rho": (["pain", "strength"], [[1, 0.2], [0.7, 1]])}, "must be symmetric"),
        ({**OUTCOME, "rho": (["pain"], [[1]])}, "no correlations of outcome 'strength'"),
        ({"time1": TIME}, "phi must be given"),
        ({"phi": 0.5}, "need time1"),
        ({"grp2": ["z"] * 6}, "grp2 needs grp1"),
        ({"w1": [1] * 6}, "w1 needs grp1"),
        ({"grp1": ["z"] * 6, "grp2": ["z"] * 6}, "two unlike arms"),
    ],
)
def test_what_is_lacking_is_said(options, says):
    assert says in refused(**options)


def test_a_model_that_is_not_known_gets_the_nearest():
    with pytest.raises(InputError, match="CORR"):
        lp.robust_moments(V, V, CLUSTER, model="CORRR")


def test_moments_that_do_not_exist_are_refused():
    with pytest.raises(InputError, match="a study must have several effects"):
        lp.robust_moments([0.1, 0.2, 0.4], [0.1] * 3, list("abc"), model="HIER")
    with pytest.raises(InputError, match="1 studies are too few for 1 coefficients"):
        lp.robust_moments([0.1], [0.1], ["a"])
