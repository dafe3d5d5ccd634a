"""Second opinions: they agree with metafor's numbers, and catch an estimate that does not."""

import inspect
from dataclasses import replace
from math import exp, isnan, log, nan

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import _fit_tau_iterative, combine_effects

from liftproof.engines import pymare_engine
from liftproof.engines.compare import (
    CLOSED_FORM_TOLERANCE,
    ITERATIVE_TOLERANCE,
    TOLERANCES,
    agree,
    second_opinions,
)
from liftproof.errors import EnginesDisagreeError, InputError
from liftproof.rows.result_rows import EstimateRow, SubgroupRow

# The BCG trials, Colditz et al. (1994) JAMA 271, 698-702: events and n, vaccinated then control.
BCG = np.array(
    [
        *((4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867)),
        *((33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629)),
        *((505, 88391, 499, 88391), (29, 7499, 45, 7277), (17, 1716, 65, 1665)),
        *((186, 50634, 141, 27338), (5, 2498, 3, 2341), (27, 16913, 29, 17854)),
    ],
    dtype=float,
)
A, N1, C, N2 = BCG.T
BCG_Y, BCG_V = np.log((A / N1) / (C / N2)), 1 / A - 1 / N1 + 1 / C - 1 / N2

# metafor 5.1.12, rma.uni(yi, vi, method = METHOD, test = TEST): estimate, limits, tau2.
BCG_METAFOR = {
    ("FE", "wald"): (-0.4302851636540909, -0.5096612584262139, -0.35090906888196793, 0.0),
    ("DL", "wald"): (
        *(-0.7141172220732269, -1.0644452800840507, -0.3637891640624032, 0.3087602628623762),
    ),
    ("DL", "hksj"): (
        *(-0.7141172220732269, -1.1078213541683284, -0.3204130899781254, 0.3087602628623762),
    ),
    ("PM", "hksj_adhoc"): (
        *(-0.7149681534934442, -1.1090983812022401, -0.32083792578464837, 0.318068452205024),
    ),
    ("REML", "wald"): (
        *(-0.7145323421581394, -1.0668976388103504, -0.3621670455059286, 0.31324325813648074),
    ),
    ("REML", "hksj_adhoc"): (
        *(-0.7145323421581394, -1.108443713685551, -0.32062097063072803, 0.31324325813648074),
    ),
    ("ML", "hksj"): (
        *(-0.7111991354741815, -1.1034774389641155, -0.3189208319842473, 0.2800281372686438),
    ),
}

# Five trials with Q below k - 1: every estimator of tau2 gives zero in metafor.
ALIKE_Y = np.array([0.1, 0.12, 0.11, 0.09, 0.13])
ALIKE_V = np.array([0.02, 0.03, 0.025, 0.04, 0.01])
ALIKE_METAFOR = {
    "wald": (0.11536912751677847, -0.009005153160821011, 0.23974340819437795, 0.0),
    "hksj": (0.11536912751677847, 0.09544091360526778, 0.13529734142828914, 0.0),
    "hksj_adhoc": (0.11536912751677847, -0.06081694810687835, 0.29155520314043526, 0.0),
}

ENGINES_WITH = {"FE": 3, "DL": 3, "PM": 2, "REML": 2, "ML": 1}


def estimate_row(numbers, k, tau2_method="DL", interval="wald", measure="GEN"):
    estimate, low, high, tau2 = numbers
    return EstimateRow(
        review="bcg",
        analysis="overall",
        title="BCG against tuberculosis",
        measure=measure,
        k=k,
        tau2_method=tau2_method,
        interval=interval,
        estimate=estimate,
        ci_low=low,
        ci_high=high,
        tau2=tau2,
    )


def bcg(tau2_method="DL", interval="wald"):
    estimate, low, high, tau2 = BCG_METAFOR[tau2_method, interval]
    ratios = (exp(estimate), exp(low), exp(high), tau2)
    return estimate_row(ratios, 13, tau2_method, interval, measure="RR")


@pytest.mark.parametrize(("tau2_method", "interval"), BCG_METAFOR)
def test_the_engines_confirm_metafor_on_the_bcg_trials(tau2_method, interval):
    estimate = bcg(tau2_method, interval)

    rows = second_opinions(estimate, BCG_Y, BCG_V)

    answered = [row for row in rows if row.estimate is not None]
    assert [row.engine for row in rows] == ["PyMARE", "statsmodels", "PyMetaAnalysis"]
    assert len(answered) == ENGINES_WITH[tau2_method]
    assert all(row.largest_difference <= TOLERANCES[row.kind] for row in answered)
    assert answered[0].estimate == pytest.approx(log(estimate.estimate), abs=ITERATIVE_TOLERANCE)
    agree(rows, [estimate])


@pytest.mark.parametrize("interval", ALIKE_METAFOR)
@pytest.mark.parametrize("tau2_method", ["FE", "DL", "PM", "REML"])
def test_the_engines_confirm_metafor_where_trials_are_alike(tau2_method, interval):
    estimate = estimate_row(ALIKE_METAFOR[interval], 5, tau2_method, interval)

    rows = second_opinions(estimate, ALIKE_Y, ALIKE_V)

    answered = [row for row in rows if row.estimate is not None]
    lacking = (tau2_method, interval) in (("FE", "hksj"), ("FE", "hksj_adhoc"))
    assert len(answered) == ENGINES_WITH[tau2_method] - lacking
    # All reduce to the fixed effect, so even the searches agree to rounding.
    assert max(row.largest_difference for row in answered) < CLOSED_FORM_TOLERANCE


def test_statsmodels_itself_does_not_floor_tau2_and_the_row_says_what_was_done():
    with np.errstate(invalid="ignore"):  # it takes the root of a negative variance
        assert combine_effects(ALIKE_Y, ALIKE_V, method_re="dl").tau2 < 0

    row = second_opinions(estimate_row(ALIKE_METAFOR["wald"], 5), ALIKE_Y, ALIKE_V)[1]

    assert row.tau2 == 0
    assert row.note == (
        "tau² below zero, which statsmodels does not floor: its fixed-effect result is shown"
    )


WRONG = [
    ("DL", "estimate", 1e-6),
    ("DL", "ci_low", 1e-6),
    ("DL", "ci_high", 1e-6),
    ("DL", "tau2", 1e-6),
    ("REML", "estimate", 1e-3),
    ("REML", "tau2", 1e-3),
]


@pytest.mark.parametrize(("tau2_method", "quantity", "shift"), WRONG)
def test_a_wrong_number_is_caught_and_shown(tau2_method, quantity, shift):
    right = bcg(tau2_method)
    wrong = replace(right, **{quantity: getattr(right, quantity) * (1 + shift)})
    rows = second_opinions(wrong, BCG_Y, BCG_V)

    with pytest.raises(EnginesDisagreeError) as raised:
        agree(rows, [wrong])

    text = str(raised.value)
    assert text.startswith("bcg overall: PyMARE 0.0.13 differs from our " + tau2_method)
    ours = wrong.tau2 if quantity == "tau2" else log(getattr(wrong, quantity))
    theirs = getattr(rows[0], quantity)
    assert f"{quantity} {theirs!r} against our {ours!r}" in text


def test_differences_below_the_tolerance_of_a_search_pass():
    right = bcg("REML")
    near = replace(right, tau2=right.tau2 * (1 + ITERATIVE_TOLERANCE / 10))

    agree(second_opinions(near, BCG_Y, BCG_V), [near])


def test_a_pooled_effect_of_zero_is_compared_on_the_scale_of_its_standard_error():
    y, v = np.array([-0.3, 0.3]), np.array([0.1, 0.1])
    half = 1.959963984540054 * (0.05**0.5)  # FE: 1 / sqrt(2 / 0.1)
    off_by_rounding = estimate_row((1e-17, -half, half, 0.0), 2, "FE")

    rows = second_opinions(off_by_rounding, y, v)

    assert max(row.largest_difference for row in rows) < CLOSED_FORM_TOLERANCE


@pytest.mark.parametrize(
    ("tau2_method", "engine", "note"),
    [
        ("PM", "PyMARE", "PyMARE has no PM estimator"),
        ("REML", "statsmodels", "statsmodels has no REML estimator"),
    ],
)
def test_an_engine_without_the_method_says_so(tau2_method, engine, note):
    interval = "hksj_adhoc"
    rows = second_opinions(bcg(tau2_method, interval), BCG_Y, BCG_V)

    row = next(row for row in rows if row.engine == engine)

    assert (row.estimate, row.ci_low, row.ci_high, row.tau2) == (None, None, None, None)
    assert (row.largest_difference, row.note) == (None, note)


def test_a_single_trial_is_not_asked_about():
    rows = second_opinions(estimate_row((0.1, -0.1, 0.3, 0.0), 1), ALIKE_Y[:1], ALIKE_V[:1])

    assert {row.note for row in rows} == {"fewer than two trials: not asked"}
    assert {row.largest_difference for row in rows} == {None}


def test_limits_that_an_engine_does_not_give_are_named():
    # Identical trials leave no residual: the width is zero, which PyMARE calls undefined.
    y, v = np.array([0.2, 0.2, 0.2]), np.array([0.1, 0.2, 0.3])
    rows = second_opinions(estimate_row((0.2, 0.2, 0.2, 0.0), 3, "DL", "hksj"), y, v)
    pymare, statsmodels, pymetaanalysis = rows

    assert (pymare.ci_low, pymare.ci_high) == (None, None)
    assert pymare.note == "not compared, as one side gives none: ci_low, ci_high"
    assert pymare.largest_difference < CLOSED_FORM_TOLERANCE
    assert statsmodels.largest_difference < CLOSED_FORM_TOLERANCE
    assert pymetaanalysis.largest_difference < CLOSED_FORM_TOLERANCE


def test_a_ratio_too_extreme_for_a_double_is_not_compared():
    row = replace(bcg(), ci_low=0.0)

    found = second_opinions(row, BCG_Y, BCG_V)[0]

    assert found.note == "not compared, as one side gives none: ci_low"


@pytest.mark.parametrize("bad", [nan, 0.0, -1.0])
def test_variances_that_the_engines_would_swallow_are_refused(bad):
    v = ALIKE_V.copy()
    v[2] = bad

    with pytest.raises(InputError, match="bcg overall: second opinions need 5 finite effects"):
        second_opinions(estimate_row(ALIKE_METAFOR["wald"], 5), ALIKE_Y, v)


def test_effects_of_other_trials_than_those_pooled_are_refused():
    with pytest.raises(InputError, match="need 13 finite effects"):
        second_opinions(bcg(), BCG_Y[1:], BCG_V[1:])


def test_a_subgroup_keeps_its_name():
    whole = bcg()
    fields = {name: getattr(whole, name) for name in EstimateRow.__dataclass_fields__}
    part = SubgroupRow(**fields, subgroup="random")

    rows = second_opinions(part, BCG_Y, BCG_V)

    assert {row.subgroup for row in rows} == {"random"}
    agree(rows, [whole, part])


@pytest.mark.parametrize("tau2_method", ["FE", "DL", "REML"])
def test_every_option_of_pymare_is_spelt_out(tau2_method):
    called = pymare_engine.ESTIMATORS[tau2_method][0]
    row = second_opinions(bcg(tau2_method), BCG_Y, BCG_V)[0]

    options = [name for name in inspect.signature(called).parameters if name != "kwargs"]

    assert row.method.startswith(called.__name__ + "(")
    assert [name for name in options if f"{name}=" not in row.method] == []


def test_every_option_of_statsmodels_is_spelt_out():
    row = second_opinions(bcg("PM", "hksj_adhoc"), BCG_Y, BCG_V)[1]
    data = {"effect", "variance", "row_names", "kwds", "eff", "var_eff"}

    options = {
        *inspect.signature(combine_effects).parameters,
        *inspect.signature(_fit_tau_iterative).parameters,
    } - data

    assert [name for name in options if f"{name}=" not in row.method] == []


def test_adhoc_limits_are_never_narrower_than_wald_limits_of_the_same_quantile():
    estimate = estimate_row(ALIKE_METAFOR["hksj_adhoc"], 5, "DL", "hksj_adhoc")
    narrow = estimate_row(ALIKE_METAFOR["hksj"], 5, "DL", "hksj")

    for adhoc, hksj in zip(
        second_opinions(estimate, ALIKE_Y, ALIKE_V),
        second_opinions(narrow, ALIKE_Y, ALIKE_V),
        strict=True,
    ):
        assert adhoc.ci_high - adhoc.ci_low > hksj.ci_high - hksj.ci_low
        assert not isnan(adhoc.largest_difference)
