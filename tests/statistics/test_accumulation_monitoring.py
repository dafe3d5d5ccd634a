"""Required information, sequential boundaries and monitoring: against RTSA, tables, simulation."""

import json

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.accumulation import (
    boundaries,
    diversity,
    monitor,
    participants_for_difference,
    participants_for_risks,
    required_size,
    trials_for_tau2,
)
from liftproof.statistics.accumulation.boundaries import crossing_probability
from liftproof.statistics.accumulation.crossing import root
from liftproof.statistics.accumulation.spending import SPENDING
from liftproof.statistics.pooling import pool
from support.metafor_cases import REFERENCE

(CASE,) = [
    case
    for case in json.loads((REFERENCE / "accumulation.json").read_text(encoding="utf-8"))
    if case["kind"] == "tsa"
]
CONTROL_RISK = 467 / 3623
"""Events over participants in the control arms of the case's trials, RTSA's p0."""
FRAME = {name: np.array(values, dtype=float) for name, values in CASE["results_df"].items()}

RTSA = 1e-5
"""RTSA's inflation is off by 2e-6 and its boundaries by as much; it steps to 1e-15 in probability
by steps of ever smaller size, on a grid that is coarse in the tails."""
PRINTED = 5e-5
"""Tables with four decimals."""


def variances():
    """Return v of each trial from the case's cumulative fixed-effect variances."""
    return 1 / np.diff(1 / FRAME["sdvalues_fixed"][:-1], prepend=0)


def monitored():
    """Monitor the case's participants; boundaries do not depend on the effects, here all 0."""
    sizes = np.diff(np.round(FRAME["sma_timing"][:-1] * CASE["HARIS"][0]), prepend=0)
    assert sizes.sum() == CASE["AIS"][0]
    return monitor(np.zeros_like(sizes), variances(), sizes, CASE["HARIS"][0], beta=0.2)


def test_looks_agree_with_rtsa():
    shown = monitored()
    np.testing.assert_allclose(shown.size / shown.required, CASE["timing"][:-1], rtol=1e-15)
    assert shown.required_sequential / shown.required == pytest.approx(CASE["timing"][-1], rel=RTSA)
    assert shown.is_look.tolist() == np.isfinite(FRAME["upper"][:-1]).tolist()
    assert shown.planned.upper[-1] == pytest.approx(CASE["upper"][-1], rel=RTSA)


def test_boundaries_agree_with_rtsa_where_it_is_right():
    shown, upper = monitored(), FRAME["upper"][:-1]
    # RTSA writes 20 for boundaries at which it spends less than 1e-15.
    assert upper[[1, 2]].tolist() == [20, 20]
    np.testing.assert_allclose(shown.upper[[1, 2]], [13.93256, 7.78388], atol=1e-5)
    # Before the fourth trial next to nothing has been spent (7e-15), so that its boundary is known
    # without integration: 5.45550. RTSA gives 5.44946.
    spent = shown.planned.spent[2] / 2
    assert float(shown.upper[3]) == pytest.approx(float(-ndtri(spent)), rel=1e-6)
    assert float(shown.upper[3]) == pytest.approx(5.45550, abs=1e-5)
    assert float(upper[3]) == pytest.approx(5.44946, abs=1e-5)
    np.testing.assert_allclose(shown.upper[4:], upper[4:], rtol=RTSA)
    np.testing.assert_array_equal(shown.lower, -shown.upper)


def test_adjusted_limits_are_the_estimate_and_boundary_times_se():
    upper, se = monitored().upper, np.sqrt(FRAME["sdvalues_random"][:-1])
    estimate = np.log(FRAME["outcome_random"][:-1])
    for name, sign in (("lower", -1), ("upper", 1)):
        theirs = FRAME[f"TSAadjCIrandom_{name}"][4:-1]
        np.testing.assert_allclose(np.exp(estimate + sign * upper * se)[4:], theirs, rtol=RTSA)
    shown = monitor([-0.5, -0.3], [0.04, 0.02], [200, 500], 1200)
    np.testing.assert_allclose(shown.ci_high, shown.estimate + shown.upper * shown.se, rtol=1e-14)
    np.testing.assert_allclose(shown.ci_low, shown.estimate - shown.upper * shown.se, rtol=1e-14)


def test_required_sizes_agree_with_rtsa():
    assert participants_for_risks(CONTROL_RISK, 0.8 * CONTROL_RISK) == CASE["RIS"][0]
    v, variance = variances(), FRAME["sdvalues_random"][-2]
    tau2 = root(lambda t: variance - 1 / (1 / (v + t)).sum(), 0.0, 1.0)
    unit = 1 / CONTROL_RISK + 1 / (0.8 * CONTROL_RISK) - 2
    further = trials_for_tau2(np.log(0.8), tau2, unit, information=1 / variance)
    assert (further.trials, further.each) == (5, 3560)
    assert further.participants + CASE["AIS"][0] == CASE["HARIS"][0]


def test_diversity_is_one_minus_the_ratio_of_variances():
    y, v = np.array([-0.5, -0.2, 0.1]), np.array([0.04, 0.02, 0.09])
    fixed, random = (pool(y, v, tau2=tau2, interval="wald").variance for tau2 in ("FE", "DL"))
    share = float(fixed / random)
    size = required_size(y, v, [90, 180, 40], 1000)
    assert float(diversity(y, v)) == size.d2 == pytest.approx(100 * (1 - share), rel=1e-13)
    assert size.diversity_adjusted == np.ceil(1000 / share)
    assert size.i2_adjusted == np.ceil(1000 / (1 - size.i2 / 100))
    assert size.achieved == 310


def hwang_shih_de_cani(gamma):
    """Return the spending function that gsDesign uses by default."""
    return lambda error, t: error * (1 - np.exp(-gamma * t)) / (1 - np.exp(-gamma))


@pytest.mark.parametrize(
    ("spending", "looks", "printed"),
    [
        # Lan & DeMets's program; Jennison & Turnbull 2000; Reboussin et al. 2000, Control Clin
        # Trials 21, 190-207: two-sided α of 5 %, equally spaced looks
        ("esOF", 2, [2.9626, 1.9686]),
        ("esOF", 5, [4.8769, 3.3570, 2.6803, 2.2898, 2.0310]),
        ("esPoc", 5, [2.4380, 2.4268, 2.4102, 2.3966, 2.3860]),
    ],
)
def test_boundaries_agree_with_tables(spending, looks, printed):
    found = boundaries(np.arange(1, looks + 1) / looks, spending=spending)
    np.testing.assert_allclose(found.upper, printed, atol=PRINTED)


def test_futility_agrees_with_gsdesign(monkeypatch):
    # gsDesign() prints these; its defaults are k = 3, test.type = 4 (non-binding), one-sided α of
    # 0.025 and β of 0.1, Hwang-Shih-DeCani spending with γ = -4 and -2
    monkeypatch.setitem(SPENDING, "upper", hwang_shih_de_cani(-4))
    monkeypatch.setitem(SPENDING, "futility", hwang_shih_de_cani(-2))
    found = boundaries(
        np.arange(1, 4) / 3,
        alpha=0.025,
        beta=0.1,
        sides=1,
        spending="upper",
        futility="non-binding",
        beta_spending="futility",
    )
    np.testing.assert_allclose(found.upper, [3.0107, 2.5465, 1.9992], atol=PRINTED)
    np.testing.assert_allclose(found.futility_upper, [-0.2387, 0.9411, 1.9992], atol=PRINTED)
    assert found.inflation == pytest.approx(1.0699, abs=PRINTED)
    assert np.isnan(found.lower).all()
    assert np.isnan(found.futility_lower).all()


@pytest.mark.parametrize("spending", SPENDING)
@pytest.mark.parametrize("sides", [1, 2])
def test_a_single_look_is_the_usual_test(spending, sides):
    found = boundaries([1.0], spending=spending, sides=sides)
    assert float(found.upper[0]) == pytest.approx(-ndtri(0.05 / sides), rel=1e-12)
    assert found.inflation == pytest.approx(1, rel=1e-12)


def test_errors_are_spent_and_power_is_kept():
    timing = np.array([0.2, 0.21, 0.5, 0.9, 1.0])
    found = boundaries(timing, alpha=0.05, beta=0.1)
    by_chance = crossing_probability(timing, found.upper, found.lower, 0.0)
    assert 2 * by_chance == pytest.approx(0.05, rel=1e-11)
    power = crossing_probability(timing, found.upper, found.lower, found.drift)
    assert power == pytest.approx(0.9, rel=1e-11)
    assert found.spent[-1] == pytest.approx(0.05, rel=1e-15)
    assert (np.diff(found.upper) < 0).all()


@pytest.mark.slow
def test_crossing_probabilities_agree_with_simulation():
    timing = np.array([0.1, 0.4, 0.45, 1.0])
    found = boundaries(timing, beta=0.1, futility="non-binding", spending="esPoc")
    generator, paths = np.random.default_rng(11), 400_000
    steps = np.diff(timing, prepend=0.0)
    moves = generator.normal(found.drift * steps, np.sqrt(steps), (paths, 4))
    z = moves.cumsum(axis=1) / np.sqrt(timing)
    futile, wins = z < np.nan_to_num(found.futility_upper, nan=-np.inf), z > found.upper
    first_futile = np.where(futile.any(axis=1), futile.argmax(axis=1), 9)
    first_win = np.where(wins.any(axis=1), wins.argmax(axis=1), 9)
    # 400,000 paths: a share of 0.1 has a standard error of 0.0005
    assert np.mean(first_futile < first_win) == pytest.approx(0.1, abs=0.0025)
    lower = np.nan_to_num(found.futility_upper, nan=-np.inf)
    exact = crossing_probability(timing, found.upper, lower, found.drift)
    assert exact == pytest.approx(0.9, rel=1e-9)


def test_two_sided_futility_starts_where_it_is_positive():
    found = boundaries([0.25, 0.5, 0.75], beta=0.1, futility="non-binding")
    assert np.isnan(found.futility_upper[0])
    assert (found.futility_upper[1:] > 0).all()
    assert found.futility_upper[-1] == pytest.approx(found.upper[-1], rel=1e-10)
    np.testing.assert_array_equal(found.futility_lower, -found.futility_upper)
    without = boundaries([0.25, 0.5, 0.75], beta=0.1)
    np.testing.assert_array_equal(found.upper, without.upper)  # not binding
    assert found.inflation > without.inflation


@pytest.mark.slow
def test_many_close_looks_are_computed():
    timing = np.linspace(0.02, 1, 99)
    found = boundaries(timing)
    total = 2 * crossing_probability(timing, found.upper, found.lower, 0.0)
    assert total == pytest.approx(0.05, rel=1e-10)


def test_a_look_at_next_to_nothing_has_no_boundary():
    found = boundaries([0.002, 0.5])
    assert found.upper[0] == np.inf
    assert found.lower[0] == -np.inf
    assert float(found.upper[1]) == pytest.approx(float(boundaries([0.5]).upper[0]), rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"timing": []}, "one fraction a look"),
        ({"timing": [[0.5]]}, "one fraction a look"),
        ({"timing": [0.5, np.nan]}, "timing must be finite"),
        ({"timing": [0.0, 0.5]}, "timing must lie in 0 to 1, but 0 was found"),
        ({"timing": [0.5, 1.2]}, "timing must lie in 0 to 1, but 1.2 was found"),
        ({"timing": [0.5, 0.4]}, "timing must rise by 0.001 or more"),
        ({"timing": [0.5, 0.9999]}, "timing must rise by 0.001 or more"),
        ({"alpha": 0.0}, "alpha must lie between 0 and 0.5"),
        ({"beta": 0.8}, "beta must lie between 0 and 0.5"),
        ({"sides": 3}, "sides must be 1 or 2"),
        ({"sides": "both"}, "sides must be one number, not 'both'"),
        ({"alpha": [0.05, 0.01]}, r"alpha must be one number, not \[0.05, 0.01\]"),
        ({"spending": "esOf"}, "There is no spending function esOf; did you mean esOF"),
        ({"futility": "nonbinding"}, "did you mean non-binding"),
    ],
)
def test_bad_designs_are_refused(arguments, says):
    with pytest.raises(InputError, match=says):
        boundaries(**{"timing": [0.5], **arguments})


def test_a_root_that_is_not_there_is_an_error():
    with pytest.raises(ConvergenceError, match="No boundary or inflation was found"):
        root(lambda x: x**2 + 1, -1.0, 1.0)


def test_a_crossing_is_reported_at_its_first_look():
    y, v, sizes = [-0.5, -0.45, -0.4, -0.5], [0.04, 0.04, 0.04, 0.04], [300, 300, 300, 300]
    shown = monitor(y, v, sizes, 1500)
    assert shown.crossed == int(np.argmax(np.abs(shown.z) > shown.upper)) == 2
    assert shown.ci_high[1] > 0 > shown.ci_high[2]
    assert shown.futile == -1


def test_one_sided_monitoring_looks_for_a_positive_effect():
    y, v, sizes = np.array([0.5, 0.45, 0.4]), [0.04, 0.04, 0.04], [300, 300, 300]
    assert monitor(y, v, sizes, 1500, sides=1).crossed == 1
    against = monitor(-y, v, sizes, 1500, sides=1, futility="non-binding")
    assert (against.crossed, against.futile) == (-1, 0)


@pytest.mark.slow
def test_no_effect_is_given_up_before_the_end():
    y, v, sizes = [0.02, -0.03, 0.01, 0.0], [0.01] * 4, [300] * 4
    shown = monitor(y, v, sizes, 1300, futility="non-binding")
    assert np.isnan(shown.futility_upper[0])
    assert (shown.crossed, shown.futile) == (-1, 1)


def test_nothing_is_looked_at_after_the_required_size():
    y, v, sizes = [0.1, 0.2, 0.1, 0.2], [0.04] * 4, [600, 700, 500, 5]
    shown = monitor(y, v, sizes, 1000)
    assert shown.is_look.tolist() == [True, True, False, False]
    assert shown.planned.timing[-1] == 1
    assert float(shown.upper[1]) == float(shown.planned.upper[-1])
    assert np.isnan(shown.upper[2:]).all()


def test_monitoring_follows_the_order():
    y, v, sizes = np.array([0.1, 0.5, 0.3]), np.array([0.04, 0.02, 0.03]), np.array([90, 400, 210])
    shown = monitor(y, v, sizes, 2000, order=[2012, 2001, 2006])
    sorted_first = monitor(y[[1, 2, 0]], v[[1, 2, 0]], sizes[[1, 2, 0]], 2000)
    assert shown.size.tolist() == sorted_first.size.tolist() == [400, 610, 700]
    np.testing.assert_array_equal(shown.upper, sorted_first.upper)


@pytest.mark.parametrize(
    ("sizes", "required", "says"),
    [
        ([100], 1000, r"sizes must hold one number a trial, 2, but has shape \(1,\)"),
        ([100, 0], 1000, "sizes must be positive"),
        ([100, 100], 0, "required must be positive and finite"),
        ([100, 100], np.inf, "required must be positive and finite"),
        ([100, 100], "x", "required must be one number, not 'x'"),
    ],
)
def test_bad_sizes_are_refused(sizes, required, says):
    with pytest.raises(InputError, match=says):
        monitor([0.1, 0.2], [1.0, 1.0], sizes, required)


def test_required_sizes_of_means_and_of_few_trials():
    power = ndtr(5 / (10 * 2 / np.sqrt(126)) - 1.959963984540054)
    assert participants_for_difference(5, 10) == 126
    assert 0.8 <= power < 0.805
    alone = required_size([0.3], [0.05], [80], 1000)
    assert (alone.common, alone.diversity_adjusted, alone.i2_adjusted) == (1000, 1000, 1000)
    assert (alone.d2, alone.i2) == (0, 0)
    assert float(diversity([0.3, 0.3], [0.05, 0.01])) == 0


def test_trials_for_tau2_meet_the_information_they_must():
    effect, tau2, unit = np.log(0.8), 0.05, 12.0
    found = trials_for_tau2(effect, tau2, unit)
    needed = ((ndtri(0.975) + ndtri(0.8)) / effect) ** 2
    assert found.trials / (tau2 + 2 * unit / found.each) >= needed
    assert found.trials / (tau2 + 2 * unit / (found.each - 1)) < needed
    assert (found.trials - 1) / tau2 < needed  # not even endless trials, one fewer
    more = trials_for_tau2(effect, tau2, unit, trials=found.trials + 3)
    assert more.participants < found.participants
    assert trials_for_tau2(effect, tau2, unit, information=1e6).participants == 0


@pytest.mark.parametrize(
    ("function", "arguments", "says"),
    [
        (participants_for_risks, (0.0, 0.1), "Risks must lie between 0 and 1"),
        (participants_for_risks, (0.1, 0.1), "must not be 0"),
        (participants_for_risks, (np.nan, 0.1), "Risks must lie between 0 and 1"),
        (participants_for_difference, (0.0, 1.0), "must not be 0"),
        (participants_for_difference, (1.0, -1.0), "sd must be positive"),
        (trials_for_tau2, (0.0, 0.1, 1.0), "must not be 0"),
        (trials_for_tau2, (0.1, -0.1, 1.0), "tau2 must be finite and not negative"),
        (trials_for_tau2, (0.1, 0.1, 0.0), "unit_variance must be positive"),
        (required_size, ([0.1], [0.1], [10, 20], 100), "sizes must hold one number a trial, 1"),
        (required_size, ([0.1], [0.1], [np.nan], 100), "sizes must be finite"),
        (required_size, ([0.1], [0.1], [10], np.inf), "common must be a whole number, 1 or more"),
        (participants_for_risks, ("a", 0.1), "control must be one number, not 'a'"),
        (participants_for_difference, (1.0, None), "sd must be one number, not None"),
    ],
)
def test_bad_aims_are_refused(function, arguments, says):
    with pytest.raises(InputError, match=says):
        function(*arguments)


def test_too_few_further_trials_are_refused():
    with pytest.raises(InputError, match="at least 8 trials are needed, but trials=2"):
        trials_for_tau2(np.log(0.8), 0.05, 12.0, trials=2)
