"""Location-scale models, combined p values, Rubin's rules and unrestricted least squares in R."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import ConvergenceError, InputError
from support.metafor_cases import REFERENCE, effects_and_variances, table

CLOSED = 1e-10
SEARCHED = 1e-6
FLAT = 1e-5
"""metafor's search ends 3e-6 from the maximum, where the likelihood is lower by less than 1e-11."""
BY_DIFFERENCES = 1e-5
"""metafor takes standard errors of the scale from second differences of its likelihood."""
CASES = {
    (case["kind"], case["id"]): case
    for case in json.loads((REFERENCE / "further.json").read_text(encoding="utf-8"))
}
P, W = [0.01, 0.2, 0.3, 0.04, 0.6], [30, 50, 20, 80, 10]


def schools():
    rows = table("data/bangertdrowns2004.csv")
    columns = {
        name: np.array([float(row[name]) for row in rows]) for name in ("yi", "vi", "ni", "grade")
    }
    return columns | {"size": (columns["ni"] - 100) / 100}


LOCATION_SCALE = {
    "size": {"scale": "size"},
    "both": {"scale": "size + grade", "x": "size"},
    "ml": {"scale": "size", "x": "size", "method": "ML"},
    "t": {"scale": "size", "x": "size", "test": "t"},
}


@pytest.mark.parametrize("name", LOCATION_SCALE)
def test_location_scale_models_are_metafors(name):
    case, d = CASES["location_scale", name], schools()
    call = dict(LOCATION_SCALE[name])
    for part in {"scale", "x"} & call.keys():
        call[part] = lp.design(call[part], d)
    fit = lp.location_scale(d["yi"], d["vi"], **call)
    assert fit.log_likelihood == pytest.approx(case["log_likelihood"][0], rel=CLOSED)
    assert fit.log_likelihood > case["log_likelihood"][0] - CLOSED
    assert fit.coefficients == pytest.approx(case["estimate"], rel=SEARCHED)
    assert fit.se == pytest.approx(case["se"], rel=SEARCHED)
    assert fit.scale == pytest.approx(case["scale"], rel=FLAT)
    assert fit.scale_se == pytest.approx(case["scale_se"], rel=BY_DIFFERENCES)
    assert [fit.qs, fit.qs_p] == pytest.approx(case["qs"] + case["qs_p"], rel=BY_DIFFERENCES)
    if "x" in call:
        assert fit.qm == pytest.approx(case["qm"][0], rel=SEARCHED)


def test_a_group_of_like_effects_has_no_logarithm_of_its_variance():
    """metafor prints a coefficient of -27 with a standard error of 112,500; the identity fits."""
    y, group = [0.1, 0.30, -0.6, 0.31, 1.9, 0.29, 0.2, 0.30], [0, 1] * 4
    with pytest.raises(ConvergenceError, match="τ² runs off for some effects"):
        lp.location_scale(y, [0.05] * 8, group)
    assert lp.location_scale(y, [0.05] * 8, group, link="identity").scale[0] > 0.1


def test_a_scale_of_no_heterogeneity_is_refused():
    with pytest.raises(ConvergenceError, match="no heterogeneity"):
        lp.location_scale([0.1, 0.11, 0.09, 0.1, 0.1, 0.1], [1.0] * 6, [1, 2, 3, 4, 5, 6])


def test_the_groups_of_a_scale_may_be_its_constant():
    d = schools()
    groups = {"kind": ["ab"[i % 2] for i in range(d["yi"].size)]}
    means, contrasts = (
        lp.location_scale(d["yi"], d["vi"], lp.design(formula, groups))
        for formula in ("0 + kind", "kind")
    )
    first, second = contrasts.scale
    assert means.scale == pytest.approx([first, first + second], rel=SEARCHED)
    assert (means.qs_df, contrasts.qs_df) == (2, 1)


@pytest.mark.parametrize("method", ["stouffer", "fisher"])
def test_a_tiny_p_value_against_the_stream_is_not_lost(method):
    """Mirrored signs give the same p, though 1 - p/2 rounds to 1."""
    both = [
        float(lp.combine_p_values([1e-17, 0.5], method=method, sided=2, signs=signs).p_value)
        for signs in ([-1, 1], [1, -1])
    ]
    assert both[0] == pytest.approx(both[1], rel=CLOSED)
    assert 0 < both[0] < 1e-7
    torn = lp.combine_p_values([1e-17, 1e-17], method=method, sided=2, signs=[-1, 1])
    assert 0 < float(torn.p_value) <= 1


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("stouffer", {}),
        ("weighted", {"weights": W}),
        ("fisher", {"method": "fisher"}),
        ("edgington", {"method": "edgington"}),
    ],
)
def test_combined_p_values_are_metaps(name, options):
    found, case = lp.combine_p_values(P, **options), CASES["p", name]
    assert float(found.statistic) == pytest.approx(case["statistic"][0], rel=CLOSED)
    assert float(found.p_value) == pytest.approx(case["p_value"][0], rel=CLOSED)


def test_two_sided_p_values_need_their_direction():
    """Of one p value nothing is combined, and a sign turned turns nothing but the direction."""
    for method in ("stouffer", "fisher", "edgington"):
        alone = lp.combine_p_values([0.03], method=method, sided=2, signs=[1])
        assert float(alone.p_value) == pytest.approx(0.03, rel=CLOSED)
        both = [
            float(lp.combine_p_values(P, method=method, sided=2, signs=signs).p_value)
            for signs in ([1, 1, -1, 1, -1], [-1, -1, 1, -1, 1])
        ]
        assert both[0] == pytest.approx(both[1], rel=CLOSED)
    for options, says in (
        ({"sided": 2}, "signs of the effects"),
        ({"signs": [1] * 5}, "sided=2"),
        ({"sided": 2, "signs": [1, 0, 1, 1, 1]}, "1 or -1"),
        ({"method": "fisher", "weights": W}, "no weights"),
        ({"method": "stoufer"}, "stouffer"),
    ):
        with pytest.raises(InputError, match=says):
            lp.combine_p_values(P, **options)
    with pytest.raises(InputError, match="up to 20"):
        lp.combine_p_values([0.5] * 21, method="edgington")


@pytest.mark.parametrize(("name", "df"), [("normal", np.inf), ("few", 18)])
def test_imputed_results_are_mices(name, df):
    found = lp.pool_imputed([0.5, 0.6, 0.55, 0.7], [0.04, 0.05, 0.045, 0.06], complete_df=df)
    for field in ("estimate", "total", "within", "between", "df", "fmi", "riv"):
        assert float(getattr(found, field)) == pytest.approx(
            CASES["rubin", name][field][0], rel=CLOSED
        )


def test_unrestricted_least_squares_are_lms():
    found, case = lp.uwls(*effects_and_variances("data/bcg__RR.csv")), CASES["uwls", "bcg"]
    for field in ("estimate", "se", "statistic", "p_value"):
        assert float(getattr(found, field)) == pytest.approx(case[field][0], rel=CLOSED)


def test_the_powered_average_is_of_trials_with_small_errors_or_of_all():
    y, v = [0.5, 0.45, 0.6, 0.9, 1.2], [0.01, 0.012, 0.02, 0.1, 0.2]
    found = lp.waap(y, v)
    assert float(found.average.estimate) == float(lp.uwls(y[:3], v[:3]).estimate)
    none = lp.waap([0.05, -0.02, 0.01], [0.1, 0.2, 0.3])
    assert (none.is_of_all, float(none.average.estimate)) == (True, float(none.of_all.estimate))
