"""The wild bootstrap of clusters against wildmeta, with every pattern of signs for its draws."""

import json

import numpy as np
import pytest

import liftproof as lp
from support.metafor_cases import REFERENCE
from support.multilevel_cases import OUTCOMES, SCHOOLS, fit, floats

CASES = json.loads((REFERENCE / "wild.json").read_text(encoding="utf-8"))["cases"]
CLOSED = 1e-10
DISTRICTS = 8


def schools():
    """Return y, v, districts and columns of the schools of the first districts."""
    district, year = floats(SCHOOLS["district"]), floats(SCHOOLS["year"])
    kept = np.isin(district, np.unique(district)[:DISTRICTS])
    columns = {"late": (floats(SCHOOLS["school"]) > 3) * 1.0, "new": year - 1990}
    numbers = (floats(SCHOOLS["yi"]), floats(SCHOOLS["vi"]), district)
    return (*(each[kept] for each in numbers), {name: x[kept] for name, x in columns.items()})


def data(case):
    """Return y, covariance, clusters and moderators of a case."""
    if case["id"] == "outcomes":
        model = fit("two_outcomes_un").model
        is_pd = np.array([outcome == "PD" for outcome in OUTCOMES["outcome"]]) * 1.0
        return model.y, model.v, OUTCOMES["trial"], is_pd
    y, v, district, columns = schools()
    drawn = [case["draw"]] if isinstance(case["draw"], str) else case["draw"]
    x = np.column_stack([columns[name] for name in drawn])
    if case["id"] == "schools, correlated":
        return y, lp.constant_correlation(v, district, 0.5), district, x
    return y, v, district, x


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_pattern_gives_wildmetas_share(case):
    found = lp.wild_bootstrap(*data(case), coefficients=case["tested"])
    assert found.statistic == pytest.approx(case["statistic"], rel=CLOSED)
    assert (found.patterns, found.is_exact) == (case["patterns"], True)
    assert found.p_value == case["as_large"] / case["patterns"]


def test_wildmetas_own_p_leaves_out_the_pattern_that_was_observed():
    """It counts larger statistics alone: the observed signs, and their reverse, are ties."""
    case = next(case for case in CASES if case["id"] == "outcomes")
    assert case["own_p"] == 0
    found = lp.wild_bootstrap(*data(case), coefficients=case["tested"])
    assert found.p_value == 2 / 32


def test_draws_come_near_the_share_of_all_patterns(monkeypatch):
    case = CASES[0]
    monkeypatch.setattr("liftproof.statistics.dependent.robust_hypotheses.MOST_SIGNS", 1)
    found = lp.wild_bootstrap(*data(case), coefficients=case["tested"], draws=20_000)
    assert not found.is_exact
    share = case["as_large"] / case["patterns"]
    assert found.p_value == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 20_000))
