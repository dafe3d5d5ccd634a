"""Formulas of a standardised mean difference: reference numbers, shapes, refusals."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.effects.changes import standardised_difference_of_changes
from liftproof.statistics.effects.means import standardised_mean_difference
from liftproof.statistics.effects.smd import OF_SOURCE
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, SMD_FORMULAS
from support.metafor_cases import table
from support.reference_names import cases

CLOSED = 1e-11
"""Relative: closed forms, on both sides in double precision; escalc's numbers have 15 digits."""
CASES = cases("smd")
MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
CHANGES = (
    *("m1i", "mpre1i", "sd1i", "n1i", "m2i", "mpre2i", "sd2i", "n2i"),
    *("sdpre1i", "sdpre2i"),
)
ARMS = (50.1, 51.2, 3.5, 11, 51.0, 50.8, 3.1, 9)


def numbers(case):
    names = MEANS if case["source"] == "means" else CHANGES
    rows = table(f"data/{case['dataset']}.csv")
    return [np.array([float(row[name]) for row in rows]) for name in names]


def effect_of(case, *columns):
    if case["source"] == "means":
        return standardised_mean_difference(*columns, formula=case["formula"])
    return standardised_difference_of_changes(
        *columns,
        formula=case["formula"],
        change_sd=case["change_sd"],
        pre_post_correlation=case["correlation"],
    )


def name(case):
    parts = (case["dataset"], case["formula"], case.get("change_sd"), case.get("correlation"))
    return "-".join(str(part) for part in parts if part is not None)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_effect_and_variance_are_those_of_the_reference(case):
    effect = effect_of(case, *numbers(case))
    np.testing.assert_allclose(effect.y, case["yi"], rtol=CLOSED)
    np.testing.assert_allclose(effect.v, case["vi"], rtol=CLOSED)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_sets_of_trials_are_computed_at_once(case):
    """Shape (2, k): the trials, and the trials in the reverse order."""
    columns = [np.stack([column, column[::-1]]) for column in numbers(case)]
    effect = effect_of(case, *columns)
    np.testing.assert_allclose(effect.y, [case["yi"], case["yi"][::-1]], rtol=CLOSED)
    np.testing.assert_allclose(effect.v, [case["vi"], case["vi"][::-1]], rtol=CLOSED)


def test_the_usual_formula_has_the_variance_ls_of_means_and_ls2_of_changes():
    assert OF_SOURCE["means"]["hedges"] is OF_SOURCE["means"]["LS"]
    assert OF_SOURCE["changes"]["hedges"] is OF_SOURCE["changes"]["LS2"]
    usual = standardised_difference_of_changes(*ARMS)
    named = standardised_difference_of_changes(*ARMS, formula="LS2", change_sd="after")
    assert (usual.y, usual.v) == (named.y, named.v)


def test_a_single_trial_is_its_own_mean():
    one = standardised_mean_difference(15, 3, 10, 12, 4, 12, formula="AV")
    ls = standardised_mean_difference(15, 3, 10, 12, 4, 12, formula="LS")
    assert (float(one.y), float(one.v)) == (float(ls.y), float(ls.v))


def test_the_variance_at_the_mean_depends_on_which_trials_stand_beside():
    columns = numbers(next(case for case in CASES if case["dataset"] == "normand1999"))
    every = standardised_mean_difference(*columns, formula="AV")
    fewer = standardised_mean_difference(*(column[:4] for column in columns), formula="AV")
    np.testing.assert_allclose(every.y[:4], fewer.y, rtol=CLOSED)
    assert np.abs(every.v[:4] / fewer.v - 1).min() > 0.01


def test_a_correlation_of_one_half_is_that_of_means_after_alone():
    plain = standardised_difference_of_changes(*ARMS)
    half = standardised_difference_of_changes(*ARMS, pre_post_correlation=0.5)
    high = standardised_difference_of_changes(*ARMS, pre_post_correlation=0.9)
    assert (half.y, half.v) == (plain.y, plain.v)
    assert high.y == plain.y
    assert high.v < plain.v / 3


@pytest.mark.parametrize(
    ("arms", "options", "sentence"),
    [
        (ARMS, {"formula": "revmen"}, "no SMD formula revmen; did you mean revman"),
        (ARMS, {"change_sd": "befor"}, "no standard deviation of changes befor; did you mean bef"),
        (ARMS, {"change_sd": "before"}, "before must be known and positive for before"),
        ((*ARMS, 3.9, 0.0), {"change_sd": "before"}, "for before, but 0 was found"),
        ((*ARMS, 3.9, 3.3), {"change_sd": "change"}, "change needs the correlation between"),
        (
            (*ARMS, 3.9, 3.3),
            {"change_sd": "change", "pre_post_correlation": 1.0},
            "correlation lies between -1 and 1, but 1.0",
        ),
        (ARMS, {"formula": "glass", "dispersion": "separate"}, "leave dispersion out"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_a_sentence(arms, options, sentence):
    with pytest.raises(InputError, match=sentence):
        standardised_difference_of_changes(*arms, **options)


def test_every_formula_and_divisor_has_reference_numbers():
    assert {case["formula"] for case in CASES} == set(SMD_FORMULAS) - {"hedges"}
    assert {case["change_sd"] for case in CASES if "change_sd" in case} == set(CHANGE_SDS)
