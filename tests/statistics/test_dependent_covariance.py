"""Covariances of dependent effects: by formula, by metafor's aggregate, and by simulation."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.dependent.covariance import (
    aggregate,
    constant_correlation,
    marginal_covariance,
)
from liftproof.statistics.dependent.shared_control import (
    ALL_ARMS,
    SHARED,
    shared_control_covariance,
    split_shared_control,
)
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.sparse import MANTEL_HAENSZEL
from liftproof.statistics.sparse.homogeneity import cochran_mantel_haenszel, equal_odds_ratios
from liftproof.statistics.sparse.peto import peto
from support.metafor_cases import effects_and_variances, table

CLOSED = 1e-10
DRAWS = 400_000
SIMULATED = 0.02
"""Relative error of a simulated covariance: 0.3 % by chance; the delta method, with arms of some
200 participants, leaves out terms of the order of 1 %."""
SEED = 20090101


def test_aggregate_agrees_with_metafor():
    rows = table("data/assink2016.csv")
    y, v = (np.array([float(row[name]) for row in rows]) for name in ("yi", "vi"))
    study = [row["study"] for row in rows]
    found = aggregate(y, constant_correlation(v, study, 0.6), study)
    expected_y, expected_v = effects_and_variances("data/assink2016__aggregated_rho06.csv")
    np.testing.assert_allclose(found.y, expected_y, rtol=CLOSED)
    np.testing.assert_allclose(found.v, expected_v, rtol=CLOSED)
    assert found.size.sum() == len(rows)


def test_aggregate_without_weights_is_the_mean():
    covariance = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.0], [0.0, 0.0, 0.5]])
    found = aggregate([0.2, 0.6, 0.1], covariance, ["a", "a", "b"], weighted=False)
    np.testing.assert_allclose(found.y, [0.4, 0.1], rtol=CLOSED)
    np.testing.assert_allclose(found.v, [0.15 / 4, 0.5], rtol=CLOSED)


def test_independent_effects_aggregate_by_inverse_variance():
    found = aggregate([0.2, 0.6], [0.1, 0.3], [1, 1])
    assert float(found.y[0]) == pytest.approx(0.3, rel=CLOSED)
    assert float(found.v[0]) == pytest.approx(0.075, rel=CLOSED)


COUNTS = {
    "events_intervention": [40, 60],
    "n_intervention": [210, 190],
    "events_control": [80, 80],
    "n_control": [200, 200],
}
RATES = {
    "events_intervention": [80, 130],
    "person_time_intervention": [413.0, 500.0],
    "events_control": [150, 150],
    "person_time_control": [398.0, 398.0],
}
MEANS = {
    "mean_intervention": [12.0, 14.0],
    "sd_intervention": [3.0, 3.0],
    "n_intervention": [190, 210],
    "mean_control": [10.0, 10.0],
    "sd_control": [3.0, 3.0],
    "n_control": [200, 200],
}


def drawn(arms):
    """Return arms drawn anew DRAWS times, the control arm once for both comparisons."""
    generator = np.random.default_rng(SEED)
    names = ("intervention", "control")
    shape = {"intervention": (DRAWS, 2), "control": (DRAWS, 1)}
    result = {name: np.broadcast_to(values, (DRAWS, 2)) for name, values in arms.items()}
    for arm in names:
        at = {name: np.array(v[:1] if arm == "control" else v) for name, v in arms.items()}
        if "mean_control" in arms:
            n, sd = at[f"n_{arm}"], at[f"sd_{arm}"]
            mean = generator.normal(at[f"mean_{arm}"], sd / np.sqrt(n), shape[arm])
            chi2 = generator.chisquare(np.broadcast_to(n - 1, shape[arm]))
            fresh = {f"mean_{arm}": mean, f"sd_{arm}": sd * np.sqrt(chi2 / (n - 1))}
        elif "n_control" in arms:
            risk = at[f"events_{arm}"] / at[f"n_{arm}"]
            fresh = {f"events_{arm}": generator.binomial(at[f"n_{arm}"], risk, shape[arm])}
        else:
            fresh = {f"events_{arm}": generator.poisson(at[f"events_{arm}"], shape[arm])}
        result |= {name: np.broadcast_to(values, (DRAWS, 2)) for name, values in fresh.items()}
    return result


CASES = [
    ("RR", COUNTS),
    ("OR", COUNTS),
    ("RD", COUNTS),
    ("IRR", RATES),
    ("MD", MEANS),
    ("ROM", MEANS),
    ("SMD", MEANS),
]


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "arms"), CASES, ids=[measure for measure, _ in CASES])
def test_covariance_is_that_of_simulated_trials(measure, arms):
    y = EFFECTS[measure](**drawn(arms)).y
    expected = np.cov(y.T)
    found = shared_control_covariance(measure, ["a", "a"], **arms).covariance
    assert found[0, 1] == pytest.approx(expected[0, 1], rel=SIMULATED)


def test_one_standard_deviation_over_all_arms_is_that_of_simulated_trials():
    arms = drawn(MEANS)
    n, n_control = np.array(MEANS["n_intervention"]), 200
    squares = (arms["sd_intervention"] ** 2 * (n - 1)).sum(axis=1)
    pooled = (squares + arms["sd_control"][:, 0] ** 2 * (n_control - 1)) / (n.sum() + 200 - 3)
    y = (arms["mean_intervention"] - arms["mean_control"]) / np.sqrt(pooled)[:, None]
    found = shared_control_covariance(ALL_ARMS, ["a", "a"], **MEANS)
    np.testing.assert_allclose(found.covariance, np.cov(y.T), rtol=SIMULATED)
    np.testing.assert_allclose(found.y, [2 / 3, 4 / 3], rtol=CLOSED)


def test_covariances_by_hand():
    def between(measure, arms):
        return shared_control_covariance(measure, ["a", "a"], **arms).covariance[0, 1]

    assert between("RR", COUNTS) == pytest.approx(1 / 80 - 1 / 200, rel=CLOSED)
    assert between("OR", COUNTS) == pytest.approx(1 / 80 + 1 / 120, rel=CLOSED)
    assert between("RD", COUNTS) == pytest.approx(0.4 * 0.6 / 200, rel=CLOSED)
    assert between("IRR", RATES) == pytest.approx(1 / 150, rel=CLOSED)
    assert between("MD", MEANS) == pytest.approx(9 / 200, rel=CLOSED)
    assert between("ROM", MEANS) == pytest.approx(9 / 200 / 100, rel=CLOSED)
    d = 2 / 3 * 4 / 3  # Gleser & Olkin: 1/n + d₁d₂/(2N), N = 190 + 210 + 200
    assert between(ALL_ARMS, MEANS) == pytest.approx(1 / 200 + d / 1200, rel=CLOSED)


@pytest.mark.parametrize(("measure", "arms"), CASES, ids=[measure for measure, _ in CASES])
def test_effects_and_diagonal_are_the_measures_own(measure, arms):
    effect = EFFECTS[measure](**arms)
    found = shared_control_covariance(measure, [1, 2], **arms)
    np.testing.assert_array_equal(found.y, effect.y)
    np.testing.assert_array_equal(found.covariance, np.diag(effect.v))
    assert {name for name, _ in CASES} | {ALL_ARMS} == set(SHARED)


def test_an_empty_cell_adds_to_every_cell_of_its_group():
    arms = {
        "events_intervention": [0, 6, 5],
        "n_intervention": [50, 50, 40],
        "events_control": [10, 10, 4],
        "n_control": [50, 50, 40],
    }
    found = shared_control_covariance("OR", ["a", "a", "b"], **arms)
    assert found.covariance[0, 1] == pytest.approx(1 / 10.5 + 1 / 40.5, rel=CLOSED)
    second = np.log(6.5 / 44.5) - np.log(10.5 / 40.5)
    assert float(found.y[1]) == pytest.approx(second, rel=CLOSED)
    assert float(found.y[2]) == pytest.approx(np.log(5 / 35) - np.log(4 / 36), rel=CLOSED)
    assert (np.linalg.eigvalsh(found.covariance) > 0).all()


def test_comparisons_without_events_say_nothing_of_a_ratio():
    arms = {
        "events_intervention": [3, 0],
        "person_time_intervention": [50.0, 60.0],
        "events_control": [0, 0],
        "person_time_control": [50.0, 50.0],
    }
    with pytest.raises(InputError, match=r"Comparison 1 .* has events in nobody"):
        shared_control_covariance("IRR", ["a", "a"], **arms)


def test_splitting_divides_the_control_arm():
    n = split_shared_control([200, 200, 90], ["a", "a", "b"])
    assert n.tolist() == [100, 100, 90]
    assert split_shared_control([8, 8, 3], ["a", "a", "b"]).tolist() == [4, 4, 3]


# metafor 3.8-1 (R 4.2.2), beta, se and QE of rma.mh(measure=, ai=c(4, 6.5, 3),
# n1i=c(123, 306, 231), ci=c(5.5, 14.5, 11), n2i=c(69.5, 151.5, 220)) and of rma.peto() with them
PARTS = ([4, 6.5, 3], [123, 306, 231], [5.5, 14.5, 11], [69.5, 151.5, 220])
BY_METAFOR = {
    "OR": (-1.374821951505, 0.336745807217, 0.605856641200),
    "RR": (-1.314970439212, 0.322965918744, 0.615510268222),
    "RD": (-0.053349832192, 0.013604087239, 1.715819390422),
    "Peto": (-1.387189300406, 0.317202576897, 0.845185234040),
}
PRINTED = 1e-11
"""Twelve decimals were printed."""


@pytest.mark.parametrize("name", BY_METAFOR)
def test_parts_of_a_control_arm_are_pooled_as_metafor_does(name):
    fit = (peto if name == "Peto" else MANTEL_HAENSZEL[name])(*PARTS)
    found = [float(fit.estimate), float(fit.se), float(fit.q)]
    np.testing.assert_allclose(found, BY_METAFOR[name], rtol=0, atol=PRINTED)


def test_tests_of_parts_agree_with_metafor():
    # the same call: MH, BD and TA
    test = equal_odds_ratios(*PARTS)
    found = [
        float(cochran_mantel_haenszel(*PARTS).statistic),
        float(test.breslow_day),
        float(test.tarone),
    ]
    np.testing.assert_allclose(
        found, [17.762815489852, 0.612204287275, 0.612027121102], rtol=0, atol=PRINTED
    )


def test_rates_of_parts_agree_with_metafor():
    # rma.mh(measure="IRR", x1i=c(9, 8.5, 3), t1i=c(413, 263, 487), x2i=c(9.5, 19, 13),
    # t2i=c(199, 245, 435))
    fit = MANTEL_HAENSZEL["IRR"]([9, 8.5, 3], [413, 263, 487], [9.5, 19, 13], [199, 245, 435])
    found = [float(fit.estimate), float(fit.se), float(fit.q)]
    expected = [-1.007311139867, 0.276465750648, 1.129784380962]
    np.testing.assert_allclose(found, expected, rtol=0, atol=PRINTED)


def test_halves_of_a_control_arm_can_be_pooled():
    group = ["a", "a", "b"]
    n, events = (split_shared_control(x, group) for x in ([139, 139, 303], [11, 11, 29]))
    assert events.tolist() == [5.5, 5.5, 29]
    assert np.isfinite(peto([4, 6, 6], [123, 110, 306], events, n).estimate)


def test_splitting_keeps_the_weight_of_the_whole_group_close_to_the_covariances():
    # what both allow for: two comparisons with one control know less than two trials
    shared = shared_control_covariance("MD", ["a", "a"], **MEANS)
    exact = float(aggregate(shared.y, shared.covariance, ["a", "a"]).v[0])
    halved = MEANS | {"n_control": split_shared_control([200, 200], ["a", "a"])}
    split = 1 / (1 / EFFECTS["MD"](**halved).v).sum()
    naive = 1 / (1 / EFFECTS["MD"](**MEANS).v).sum()
    assert split == pytest.approx(exact, rel=0.01)
    assert naive < 0.75 * exact


def test_constant_correlation_by_hand():
    found = constant_correlation([0.04, 0.09, 0.25], [1, 1, 1], -0.4)
    assert found[0, 1] == pytest.approx(-0.4 * 0.06, rel=CLOSED)
    assert found[1, 2] == pytest.approx(-0.4 * 0.15, rel=CLOSED)
    np.testing.assert_array_equal(found.diagonal(), [0.04, 0.09, 0.25])


def test_marginal_covariance_of_dependent_errors():
    sampling = constant_correlation([0.04, 0.09], [1, 1], 0.5)
    found = marginal_covariance(sampling, [1, 1], 0.2, 0.1)
    np.testing.assert_allclose(found, [[0.34, 0.23], [0.23, 0.39]], rtol=CLOSED)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: constant_correlation([0.1, 0.2], [1, 1], 1.0), "rho must lie between -1 and 1"),
        (lambda: constant_correlation([0.1] * 3, [1] * 3, -0.6), "rho must lie between -0.5 and 1"),
        (lambda: constant_correlation([0.1, 0.2], [1, 1], np.nan), "rho must be finite"),
        (lambda: constant_correlation([0.1, -1], [1, 1], 0.5), "v must be positive"),
        (lambda: constant_correlation([[0.1]], [1], 0.5), r"v must have shape \(k,\)"),
        (lambda: marginal_covariance([0.1, 0.2], [1, 1], -1, 0), "must not be negative"),
        (lambda: aggregate([], [], []), "effects of one data set"),
        (lambda: aggregate([0.1, np.inf], [1, 1], [1, 1]), "y must be finite"),
        (lambda: aggregate([0.1, 0.2], [1, 0], [1, 1]), "Variances must be positive"),
        (lambda: split_shared_control([-1, -1], [1, 1]), "must not be negative"),
        (lambda: split_shared_control([9, 8], [1, 1]), "group 1 differ in number_control"),
        (
            lambda: shared_control_covariance("RR", [], **{name: [] for name in COUNTS}),
            "There is no comparison .k = 0.",
        ),
        (lambda: shared_control_covariance("RRR", [1, 1], **COUNTS), "did you mean RR"),
        (lambda: shared_control_covariance("MD", [1, 1], **COUNTS), "must be given as mean_int"),
        (lambda: shared_control_covariance("RR", [1], **COUNTS), "one group for each of 2 effects"),
        (
            lambda: shared_control_covariance("RR", [1, 1], **COUNTS | {"n_control": [200, 201]}),
            "group 1 differ in n_control: not one arm",
        ),
        (
            lambda: shared_control_covariance("RR", [1, 1], **COUNTS | {"n_control": [200]}),
            "must all have one shape",
        ),
        (
            lambda: shared_control_covariance(
                "RR", [1, 1], **COUNTS | {"n_control": [0, 0], "events_control": [0, 0]}
            ),
            "n must be positive, but 0 was found",
        ),
        (
            lambda: shared_control_covariance("SMD", [1, 1], **MEANS | {"sd_control": [0, 0]}),
            "Standard deviations must be positive",
        ),
        (
            lambda: shared_control_covariance(ALL_ARMS, [1, 1], **MEANS | {"n_control": [1, 1]}),
            "n must be 2 or more in each arm",
        ),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
