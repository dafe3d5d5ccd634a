"""Printed numbers of well-known papers: ours, whether it rounds to the print, and why it does not.

``published.json`` holds 93 of them with what metafor's converged fits give. The numbers are those
that metafor's own tests and documentation quote; where a reason is recorded there, it is the
yardstick for the cause named here.
"""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from liftproof.analysis.causes.cause_search import causes_of
from liftproof.analysis.causes.fits import numbers_under
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.specification import Specification
from liftproof.reviews.model.printed_number import rounds_to
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from support.published_cases import (
    PUBLISHED,
    counts,
    effects,
    others,
    quantity,
    specification,
    trials,
)

pytestmark = pytest.mark.slow

SEARCHED = 1e-6
"""Of estimates that a search ends at; metafor's for EB and three levels stop within 1e-7."""
MIXED = 2e-4
"""Of the mixed model: the search there stops 1e-4 from the maximum."""
AT_ZERO = 1e-6
"""Absolute. A τ that is exactly 0 here is a root of 5e-13 where a search cannot end at 0."""

CAUSES = {
    "vh3": "rounded_log",
    "vh8": "tau2_limits_satterthwaite",
    "vh9": "tau2_limits_satterthwaite",
    "ra3": "rounding_variance_3",
    "ra5": "truncated",
    "ra6": "prediction_simple",
    "ra7": "prediction_simple",
    "dk_ML_tau": "search_loose",
    "dk_ML_mu": "search_loose",
    "st2": "rounded_twice",
    "st3": "interval_hksj",
    "st7": "truncated",
    "be3": "rounding_variance_3",
    "be5": "truncated",
    "sm1": "variance_greenland_robins",
}
"""What the search names. Four of these reasons are not recorded: three are plain roundings (vh3,
ra3, be3), and st3 is one interval among others, named because the paper's other numbers agree."""

UNFOUND = {
    "ra8": "16.5708",
    "ko7": "0.178 computed; metafor's author believes the paper's 0.183 is an error",
}
"""Recorded notes of numbers for which nothing is named: a slip of one digit, or none, fits.

Two tests below tell how near an explanation comes for each.
"""

MISSED = [case for case in PUBLISHED if not case["agrees_at_printed_precision"]]


def ours(case):
    if case["model"] == "Henmi-Copas":
        table = counts("lee2004", ("ai", "ci"), (("n1i",), ("n2i",))).raw["counts"].numbers
        a, n1, c, n2 = table
        y = np.log(a * (n2 - c) / ((n1 - a) * c))
        fit = henmi_copas(y, 1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c))
        return float(getattr(fit, quantity(case).removeprefix("log_")))
    value = numbers_under(trials(case), specification(case))[quantity(case)]
    return abs(value) if case["quantity"] == "|z|" else value


def find(case):
    sign = "-" if case["quantity"] == "|z|" else ""
    return causes_of(
        sign + case["printed"],
        quantity(case),
        trials(case),
        specification(case),
        others=others(case),
    )


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["id"])
def test_every_number_is_computed_and_rounds_or_not_as_recorded(case):
    tolerance = MIXED if case["model"].startswith("CM.EL") else SEARCHED
    assert ours(case) == pytest.approx(case["computed"], rel=tolerance, abs=AT_ZERO)
    assert rounds_to(ours(case), read_print(case["printed"])) == case["agrees_at_printed_precision"]


def test_all_numbers_are_there_and_every_missed_one_has_its_entry():
    assert len(PUBLISHED) == 93
    assert {case["id"] for case in MISSED} == {*CAUSES, *UNFOUND}
    notes = {case["id"]: case["note"] for case in MISSED}
    assert {name: notes[name] for name in UNFOUND} == UNFOUND


@pytest.mark.parametrize("case", MISSED, ids=lambda case: case["id"])
def test_a_cause_is_named_or_none_is_invented(case):
    found = find(case)
    assert found.cause == CAUSES.get(case["id"], "")
    if found.cause:
        assert rounds_to(found.candidates[0].gives, read_print(found.printed))
        assert found.chance <= 1
    else:
        assert found.verdict == "by_chance"


def test_the_rounding_of_the_data_moves_q_by_more_than_the_print_is_off():
    """Raudenbush 1985 lists effects to two decimals: Q cannot be told to the two that it has.

    The standard deviation of Q by that rounding alone, each effect uniform over its last digit.
    """
    case = next(case for case in MISSED if case["id"] == "ra8")
    data = trials(case)
    y, v = data.raw["given"].numbers
    design = np.column_stack([np.ones(len(y)), data.x])
    residual = y - design @ meta_regression(y, v, design, tau2="FE").coefficients
    spread = sqrt(np.sum((2 * residual / v) ** 2)) * 0.01 / sqrt(12)
    assert ours(case) - 16.58 == pytest.approx(-0.0092, abs=5e-5)
    assert spread == pytest.approx(0.1075, abs=5e-5)


def test_another_centre_would_give_an_intercept_but_nothing_else_speaks_for_it():
    """Konstantopoulos 2011: the year centred on the districts' means gives the 0.183 of Table 5.

    The two-level model of Table 4, 0.126 as metafor gives it with the schools' mean, would then
    have 0.131. A departure made for one print explains it by construction: the search has none.
    """
    case = next(case for case in MISSED if case["id"] == "ko7")
    data = trials(case)
    districts = np.array(data.study)
    centre = np.mean([data.x[districts == name].mean() for name in dict.fromkeys(data.study)])
    moved = replace(data, x=data.x - centre)
    assert numbers_under(moved, specification(case))["intercept"] == pytest.approx(0.1833, abs=5e-5)
    two_level = Specification(measure="GEN", interval="wald")
    assert numbers_under(data, two_level)["intercept"] == pytest.approx(0.1258, abs=5e-5)
    assert numbers_under(moved, two_level)["intercept"] == pytest.approx(0.1312, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "gives"),
    [
        ("vh8", 0.134956),
        ("vh9", 1.181020),
        ("ra3", 35.854917),
        ("ra6", -0.185166),
        ("ra7", 0.352569),
        ("dk_ML_tau", 0.002283),
        ("dk_ML_mu", -0.197383),
        ("sm1", -11.557110),
    ],
)
def test_what_the_causes_give(name, gives):
    case = next(case for case in MISSED if case["id"] == name)
    assert find(case).candidates[0].gives == pytest.approx(gives, abs=5e-7)


def test_pooled_standard_deviations_are_the_cause_where_separate_ones_are_computed():
    case = next(case for case in PUBLISHED if case["id"] == "no_EE1")
    separate = Specification(measure="MD", tau2="FE", interval="wald")
    found = causes_of("-3.49", "estimate", trials(case), separate, others=others(case))
    assert round(found.computed, 4) == -3.4636
    assert (found.cause, found.candidates[0].agrees) == ("dispersion_pooled", 2)


def test_a_digit_error_among_four_digits_is_hardly_chance():
    """Q of St John's wort: 51.545 computed, 55.54 printed (Viechtbauer 2007, page 107)."""
    fixed = Specification(measure="RR", tau2="FE", interval="wald")
    found = causes_of("55.54", "q", effects("linde2005_subset17"), fixed)
    assert round(found.computed, 3) == 51.545
    assert found.cause == "truncated + digit"
    assert found.chance < 0.25
