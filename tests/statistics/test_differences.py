"""The list of numbers on which other packages and we differ: its evidence, and its page."""

import numpy as np
import pytest

from support import selection_oracle, small_study_cases, sparse_cases, sparse_oracle
from support.curvature import covariance
from support.differences import CAUSES, PAGE, rows, tables
from support.make_differences import selection_se
from support.metafor_cases import effects_and_variances

pytestmark = pytest.mark.slow

EXTRAPOLATED = 1e-6
"""Differences extrapolated to a step of 0: worst seen 4e-7, for UM.RS of li2007."""

LIKELIHOOD = 1e-9
"""Absolute: sums of some 40 logarithms near 100."""

SELECTION = {case["id"]: case for case in small_study_cases.of_kind("selmodel")}
MIXED = {case["id"]: case for case in sparse_cases.CASES if case["kind"] == "glmm"}
ROWS = rows()


def of_cases(cases, column):
    """Return the rows of these cases that have a number in the column, and what pytest prints."""
    found = [row for row in ROWS if row["case"] in cases and row[column]]
    return {"argvalues": found, "ids": [f"{row['case']}-{row['quantity']}" for row in found]}


def test_the_page_shows_the_list():
    assert tables() in PAGE.read_text(encoding="utf-8")


def test_every_row_has_a_cause_and_evidence():
    for row in ROWS:
        assert row["cause"] in CAUSES
        assert row["checked"] or row["log_likelihood_there"] or row["quantity"] == "n"


def test_no_row_is_listed_twice_or_of_a_number_that_is_not_compared():
    places = [(row["case"], row["quantity"]) for row in ROWS]
    listed = {case for case, _ in places}
    compared = {
        (case["id"], name)
        for case in small_study_cases.of_kind("selmodel")
        if case["id"] in listed
        for name, *_ in small_study_cases.selection_quantities(case)
    }
    compared |= {
        (case["id"], name)
        for case in MIXED.values()
        if case["id"] in listed
        for name, *_ in sparse_cases.mixed_model_quantities(case)
    }
    compared |= {
        (case["id"], name)
        for case in sparse_cases.CASES
        if case["kind"] == "meta_pkg" and case["method"] == "GLMM"
        for name, *_ in sparse_cases.metas_quantities(case)
    }
    compared |= {(case["id"], "n") for case in small_study_cases.of_kind("fsn")}
    assert len(set(places)) == len(places)
    assert set(places) <= compared


def test_our_estimates_are_likelier():
    for row in ROWS:
        if row["log_likelihood_there"]:
            assert float(row["log_likelihood_here"]) > float(row["log_likelihood_there"])


@pytest.mark.parametrize("row", **of_cases(SELECTION, "log_likelihood_there"))
def test_log_likelihoods_of_selection_models(row):
    case = SELECTION[row["case"]]
    y, v = effects_and_variances(case["csv"])
    y = -y if case["alternative"] == "less" else y
    for column, found in (("here", small_study_cases.fitted(case)), ("there", None)):
        point = small_study_cases.parameters(case, found)
        value = selection_oracle.log_likelihood(case["type"], y, v, point, case["steps"])
        assert float(row[f"log_likelihood_{column}"]) == pytest.approx(value, abs=LIKELIHOOD)


@pytest.mark.parametrize(
    "name", sorted({row["case"] for row in of_cases(SELECTION, "checked")["argvalues"]})
)
def test_standard_errors_of_selection_models(name):
    case = SELECTION[name]
    y, v = effects_and_variances(case["csv"])
    checked = selection_se(case, -y if case["alternative"] == "less" else y, v)
    for row in ROWS:
        if row["case"] == name and row["checked"]:
            expected = pytest.approx(checked[row["quantity"]], rel=EXTRAPOLATED)
            assert float(row["checked"]) == expected
            assert float(row["ours"]) == expected


@pytest.mark.parametrize("row", **of_cases(MIXED, "log_likelihood_there"))
def test_log_likelihoods_of_mixed_models(row):
    value = sparse_oracle.log_likelihood_at(MIXED[row["case"]])
    assert float(row["log_likelihood_there"]) == pytest.approx(value, abs=LIKELIHOOD)


@pytest.mark.parametrize("row", **of_cases(MIXED, "checked"))
def test_standard_errors_and_q_of_mixed_models(row):
    checked = sparse_oracle.checked(MIXED[row["case"]], row["quantity"])
    assert float(row["checked"]) == pytest.approx(checked, rel=EXTRAPOLATED)
    assert float(row["ours"]) == pytest.approx(checked, rel=EXTRAPOLATED)


def test_the_oracle_of_curvature():
    inverse = np.array([[2.0, 0.5], [0.5, 1.0]])
    quadratic = np.linalg.inv(inverse)

    def function(points):
        square = np.einsum("mi,ij,mj->m", points, quadratic, points)
        return -square / 2 + (points**3).sum(axis=1)

    found = covariance(function, np.zeros(2), np.full(2, 0.1))
    np.testing.assert_allclose(found, inverse, rtol=1e-9)
