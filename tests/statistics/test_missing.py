"""Trials with a missing number: refused with their places, or left out on request and named."""

from inspect import isfunction, signature

import numpy as np
import pytest

import liftproof as lp
from liftproof import api
from liftproof.errors import InputError

Y = [-0.51, np.nan, 0.05, 0.3, -0.1, 0.2, -0.2]
V = [0.04, 0.01, 0.09, np.nan, 0.02, 0.03, 0.05]
X = [1.0, 2.0, 4.0, 3.0, 6.0, np.nan, 5.0]
STUDY = ["a", "b", "a", "b", "c", "c", "a"]
GROUPS = ["one", "one", "one", "two", "two", "two", "two"]


def kept(values, places):
    return [value for place, value in enumerate(values) if place not in places]


OF_EFFECTS = (
    *("pool", "baujat", "begg_mazumdar", "blup", "cumulative", "egger", "funnel"),
    *("gosh", "influence", "leave_one_out", "pet_peese", "thompson", "trim_and_fill"),
    *("fail_safe", "information_criteria", "henmi_copas", "limit_meta_analysis", "trial_limits"),
)
CALLS = {
    **{name: (getattr(lp, name), {"y": Y, "v": V}, {}) for name in OF_EFFECTS},
    "pool with weights": (
        lp.pool,
        {"y": Y, "v": V, "weights": [1.0, 2.0, 3.0, 4.0, np.nan, 6.0, 7.0]},
        {},
    ),
    "selection_model": (lp.selection_model, {"y": Y, "v": V}, {"kind": "halfnorm"}),
    "selection_limits": (lp.selection_limits, {"y": Y, "v": V}, {"kind": "halfnorm"}),
    "selection_regression": (
        lp.selection_regression,
        {"y": Y, "v": V, "x": X},
        {"kind": "halfnorm", "intercept": True},
    ),
    "random_effects": (lp.random_effects, {"y": Y, "v": V}, {"tau_prior": lp.half_normal(0.5)}),
    "subgroups": (lp.subgroups, {"y": Y, "v": V, "groups": GROUPS}, {}),
    "meta_regression": (lp.meta_regression, {"y": Y, "v": V, "x": X}, {"intercept": True}),
    "permutation_test": (
        lp.permutation_test,
        {"y": Y, "v": V, "x": [[1.0, x] for x in X]},
        {},
    ),
    "three_level": (lp.three_level, {"y": Y, "v": V, "study": STUDY, "x": X}, {}),
    "component_limits": (lp.component_limits, {"y": Y, "v": V, "study": STUDY}, {}),
    "funnel_regression": (
        lp.funnel_regression,
        {"y": Y, "v": V, "n": [40, 90, 30, 60, 70, 50, 80]},
        {"predictor": "ni"},
    ),
    "likelihood_ratio": (
        lp.likelihood_ratio,
        {"y": Y, "v": V, "x": [[1.0, x] for x in X], "reduced": [[1.0]] * 7},
        {},
    ),
    "regression_influence": (lp.regression_influence, {"y": Y, "v": V, "x": [[1.0]] * 7}, {}),
    "shrunken_effects": (lp.shrunken_effects, {"y": Y, "v": V}, {"tau_prior": lp.half_normal(0.5)}),
    "robust_moments": (
        lp.robust_moments,
        {"y": Y, "v": V, "study": ["a", "b", "a", "b", "c", "d", "d"]},
        {"kind": "CR1"},
    ),
    "truncated_regression": (
        lp.truncated_regression,
        {"y": Y, "v": V, "x": X},
        {"delta": 0.5, "intercept": True},
    ),
    "truncated_selection": (lp.truncated_selection, {"y": Y, "v": V}, {"delta": 0.5}),
    "scale_permutation_test": (
        lp.scale_permutation_test,
        {"y": Y, "v": V, "scale": X},
        {"iterations": 3},
    ),
    "location_scale": (lp.location_scale, {"y": Y, "v": V, "scale": X}, {}),
    "explained": (
        lp.explained,
        {"y": Y, "v": V, "x": [[1.0, x] for x in X]},
        {"terms": [[1]]},
    ),
    **{
        name: (getattr(lp, name), {"y": Y, "covariance": V, "cluster": STUDY}, {"rows": [1.0]})
        for name in ("robust_hypotheses", "wild_bootstrap")
    },
    "cluster_robust": (
        lp.cluster_robust,
        {"y": Y, "covariance": V, "cluster": STUDY},
        {"kind": "CR1"},
    ),
}


def test_every_function_that_takes_missing_is_called_here():
    taking = {
        name
        for name in api.__all__
        if isfunction(function := getattr(api, name))
        and "missing" in signature(function).parameters
    }
    assert {name.split(" ")[0] for name in CALLS} == taking - {"design", "multilevel"}  # below


def is_nan(value):
    return isinstance(value, float) and np.isnan(value)


@pytest.mark.parametrize("name", CALLS)
def test_what_is_left_out_is_named_and_the_rest_gives_the_numbers(name):
    function, columns, options = CALLS[name]
    places = sorted({i for values in columns.values() for i in range(7) if has_nan(values[i])})
    found = function(**columns, **options, missing="drop")
    others = {key: kept(values, places) for key, values in columns.items()}
    alone = function(**others, **options)
    assert found.dropped == tuple(places)
    assert alone.dropped == ()
    theirs = list(alone.numbers())
    ours = [item for item in found.numbers() if item[0] != "dropped"]
    assert len(ours) == len(theirs)
    for (field, index, value), (other, place, number) in zip(ours, theirs, strict=True):
        assert (field, index) == (other, place)
        assert value == number or (is_nan(value) and is_nan(number))


def has_nan(value):
    return any(is_nan(one) for one in (value if isinstance(value, list) else [value]))


@pytest.mark.parametrize("name", CALLS)
def test_the_default_is_a_refusal_with_number_places_and_remedy(name):
    function, columns, options = CALLS[name]
    says = r'must be finite, but nan was found at index 1 \(1 missing, at 1\): .* missing="drop"'
    with pytest.raises(InputError, match=says):
        function(**columns, **options)


@pytest.mark.parametrize("by_formula", [True, False])
def test_a_multilevel_model_loses_numbers_and_labels(by_formula):
    study = ["a", "b", "a", None, "c", "c", "a"]
    data = {"study": study, "unused": [np.nan] * 7}

    def fit(places, **options):
        labels = kept(study, places)
        random = "1 | study" if by_formula else lp.intercepts(labels)
        columns = {name: kept(values, places) for name, values in data.items()}
        y, v, x = (kept(values, places) for values in (Y, V, X))
        return lp.multilevel(y, v, random, x, data=columns, **options)

    found, alone = fit([], missing="drop"), fit([1, 3, 5])
    assert (found.dropped, found.k) == ((1, 3, 5), 4)
    assert found.coefficients.tolist() == alone.coefficients.tolist()
    assert found.log_likelihood == alone.log_likelihood


def test_a_multilevel_model_refuses_what_is_missing_and_says_the_remedy():
    with pytest.raises(InputError, match=r'1 missing, at 1\): .* missing="drop"'):
        lp.multilevel(Y, V, "1 | study", data={"study": STUDY})
    with pytest.raises(InputError, match="not 'omit'"):
        lp.multilevel(Y, V, "1 | study", data={"study": STUDY}, missing="omit")


def test_many_places_are_counted():
    y = [np.nan] * 8 + [0.1, 0.2]
    with pytest.raises(InputError, match=r"8 missing, at 0, 1, 2, 3, 4 and 3 more"):
        lp.pool(y, [0.1] * 10)


def test_a_label_that_is_missing_leaves_with_its_trial():
    groups = ["one", "one", None, "two", "two"]
    found = lp.subgroups([0.1, 0.2, 0.3, 0.4, 0.6], [0.1] * 5, groups, missing="drop")
    assert found.dropped == (2,)


def test_a_covariance_loses_row_and_column():
    covariance = np.diag([0.04, 0.05, 0.09, 0.03, 0.02])
    covariance[0, 1] = covariance[1, 0] = 0.01
    y, study = [0.1, 0.3, np.nan, 0.2, 0.5], ["a", "a", "b", "b", "c"]
    found = lp.three_level(y, covariance, study, missing="drop")
    rest = [0, 1, 3, 4]
    alone = lp.three_level(
        [y[i] for i in rest], covariance[np.ix_(rest, rest)], [study[i] for i in rest]
    )
    assert found.dropped == (2,)
    assert float(found.coefficients[0]) == float(alone.coefficients[0])


def test_a_masked_trial_is_a_missing_one_where_that_is_asked():
    y = np.ma.array([0.1, 9.0, 0.3], mask=[False, True, False])
    found = lp.pool(y, [0.1, 0.1, 0.2], missing="drop")
    assert found.dropped == (1,)
    assert float(found.estimate) == float(lp.pool([0.1, 0.3], [0.1, 0.2]).estimate)
    with pytest.raises(InputError, match="y is a masked array"):
        lp.pool(y, [0.1, 0.1, 0.2])


def test_what_was_dropped_is_seen_in_the_result_and_nothing_where_nothing_was():
    assert "dropped" in str(lp.pool(Y, V, missing="drop"))
    assert "dropped" not in str(lp.pool([0.1, 0.2], [0.1, 0.1], missing="drop"))


@pytest.mark.parametrize(
    ("y", "v", "missing", "sentence"),
    [
        ([0.1, 0.2], [0.1, 0.1], "omit", 'missing is "refuse" or "drop", not \'omit\''),
        ([[0.1, np.nan]], [[0.1, 0.1]], "drop", r"for one data set, but y has shape \(1, 2\)"),
        ([np.nan, np.nan], [0.1, 0.1], "drop", "no trial to pool"),
        ([0.1, np.inf], [0.1, 0.1], "drop", "y must be finite, but inf was found at index 1"),
    ],
)
def test_what_cannot_be_dropped_is_refused(y, v, missing, sentence):
    with pytest.raises(InputError, match=sentence):
        lp.pool(y, v, missing=missing)


def test_a_column_that_is_not_given_is_named_by_python():
    with pytest.raises(TypeError, match="'y'"):
        lp.pool(v=[0.1, 0.2])


def test_a_formula_names_the_rows_that_lack_a_moderator():
    data = {"kind": ["a", "a", "b", None, "b", "a", "b"], "dose": X, "unused": [np.nan] * 7}
    places = [i for i in range(7) if data["kind"][i] is None or is_nan(X[i])]
    design = lp.design("kind + center(dose)", data, missing="drop")
    y, v = [0.1, 0.3, 0.2, 0.9, 0.5, 0.4, 0.7], [0.1] * 7
    fit = lp.meta_regression(y, v, design, missing="drop")
    less = {name: kept(values, places) for name, values in data.items()}
    alone = lp.meta_regression(
        kept(y, places), kept(v, places), lp.design("kind + center(dose)", less)
    )
    assert design.dropped == fit.dropped == tuple(places)
    assert fit.coefficients.tolist() == alone.coefficients.tolist()
    with pytest.raises(InputError, match=r'kind has missing values; .* missing="drop", here and'):
        lp.design("kind", data)
    with pytest.raises(InputError, match="Every row lacks unused"):
        lp.design("unused", data, missing="drop")
