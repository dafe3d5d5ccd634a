"""From numbers that papers print to effects: reference numbers, round trips, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, ndtr

from liftproof import (
    conv_2x2,
    conv_delta,
    conv_fivenum,
    conv_wald,
    correlation_from_chi2,
    correlation_from_smd,
    correlation_from_t,
    number_needed_of_smd,
    smd_from_chi2,
    smd_from_r,
    smd_from_t,
    standardised_mean_difference,
    t_from_f,
    t_from_p,
)
from liftproof.errors import InputError
from liftproof.statistics.statements.number_needed import in_words
from support.reference_names import cases

CLOSED = 1e-10
"""Relative: closed forms, on both sides in double precision."""
DERIVATIVE = 1e-8
"""Relative: both sides take derivatives by differences."""
CASES = cases("conversions")
CELLS = ("events_intervention", "others_intervention", "events_control", "others_control")
TRANSFORMS = {"exp": np.exp, "tanh": np.tanh, "transf.ilogit": expit}


def of(what):
    chosen = [case for case in CASES if case["what"] == what]
    assert chosen
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case["call"])


def column(values):
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def same(effect, found, tolerance=CLOSED):
    np.testing.assert_allclose(effect.y, column(found["yi"]), rtol=tolerance)
    np.testing.assert_allclose(effect.v, column(found["vi"]), rtol=tolerance)


@of("conv_fivenum")
def test_five_numbers_give_metafors_mean_and_sd(case):
    given = dict(case["given"])
    names = {"min": "minimum", "max": "maximum"}
    columns = {names.get(name, name): values for name, values in given.items() if name != "kind"}
    found = conv_fivenum(columns.pop("median"), columns.pop("n"), **columns)
    np.testing.assert_allclose(found.mean, column(case["found"]["mean"]), rtol=CLOSED)
    np.testing.assert_allclose(found.sd, column(case["found"]["sd"]), rtol=CLOSED)
    hidden = [value is None for value in case["found"]["mean"]]
    assert (found.is_skewed.tolist() if given["test"] else [False] * 9) == hidden


def test_rows_may_hold_different_numbers():
    mixed = conv_fivenum(
        [20, 20, 20],
        40,
        q1=[16, np.nan, 16],
        q3=[25, np.nan, 25],
        minimum=[np.nan, 9, 9],
        maximum=[np.nan, 33, 33],
    )
    alone = (
        conv_fivenum(20, 40, q1=16, q3=25),
        conv_fivenum(20, 40, minimum=9, maximum=33),
        conv_fivenum(20, 40, q1=16, q3=25, minimum=9, maximum=33),
    )
    np.testing.assert_allclose(mixed.mean, [one.mean for one in alone], rtol=CLOSED)
    np.testing.assert_allclose(mixed.sd, [one.sd for one in alone], rtol=CLOSED)


@of("smd_from_t")
def test_t_gives_metafors_smd(case):
    t, n1, n2, formula = case["given"].values()
    same(smd_from_t(t, n1, n2, formula=formula), case["found"])


@of("smd_from_f")
def test_f_gives_metafors_smd(case):
    f, direction, n1, n2 = case["given"].values()
    same(smd_from_t(t_from_f(f, direction), n1, n2), case["found"])


@of("smd_from_p")
def test_a_p_value_gives_metafors_smd(case):
    p, direction, n1, n2 = (np.array(values) for values in case["given"].values())
    same(smd_from_t(t_from_p(p, n1 + n2 - 2, direction), n1, n2), case["found"], DERIVATIVE)


@of("correlation_from_t")
def test_t_gives_metafors_correlation(case):
    t, n, fisher = case["given"].values()
    same(correlation_from_t(t, n, fisher=fisher), case["found"])


@of("conv_2x2")
def test_a_statistic_gives_metafors_table(case):
    n, first, events, *_ = case["given"].values()
    own = ("odds_ratio", "phi", "chi2", "correct")
    statistic = {name: value for name, value in case["given"].items() if name in own}
    table = conv_2x2(n, first, events, **statistic)
    for name, reference in zip(CELLS, case["found"].values(), strict=True):
        assert getattr(table, name).tolist() == reference


@of("conv_wald")
def test_limits_z_and_p_give_metafors_variance(case):
    same(conv_wald(**case["given"], transform=np.log), case["found"])


@of("conv_delta")
def test_the_delta_method_gives_metafors_variance(case):
    y, v, name = case["given"].values()
    same(conv_delta(y, v, TRANSFORMS[name]), case["found"], DERIVATIVE)


def test_a_derivative_may_be_given():
    given, searched = (conv_delta([0.2, -3.0], 0.04, np.exp, slope) for slope in (np.exp, None))
    np.testing.assert_allclose(given.v, np.exp([0.4, -6.0]) * 0.04, rtol=CLOSED)
    np.testing.assert_allclose(searched.v, given.v, rtol=DERIVATIVE)


def test_options_reach_the_transformation():
    effect = conv_delta([1.0, 2.0], 0.1, lambda y, power: y**power, power=3)
    np.testing.assert_allclose(effect.v, 0.1 * np.array([9.0, 144.0]), rtol=DERIVATIVE)


@settings(derandomize=True, max_examples=40)
@given(
    means=st.tuples(st.floats(-5, 5), st.floats(-5, 5)),
    sds=st.tuples(st.floats(0.5, 3), st.floats(0.5, 3)),
    ns=st.tuples(st.integers(3, 60), st.integers(3, 60)),
)
def test_means_and_their_t_give_one_smd(means, sds, ns):
    (m1, m2), (s1, s2), (n1, n2) = means, sds, ns
    effect = standardised_mean_difference(m1, s1, n1, m2, s2, n2)
    pooled = np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2))
    t = (m1 - m2) / (pooled * np.sqrt(1 / n1 + 1 / n2))
    again = smd_from_t(t, n1, n2)
    np.testing.assert_allclose([again.y, again.v], [effect.y, effect.v], rtol=CLOSED, atol=1e-14)
    r = correlation_from_t(t, n1 + n2).y
    np.testing.assert_allclose(smd_from_r(r, n1, n2).y, effect.y, rtol=1e-8, atol=1e-14)


def test_the_textbooks_correlation_goes_there_and_back():
    """Borenstein et al. 2009, chapter 7: r 0.50 with variance 0.0058 is d 1.1547 with 0.0550."""
    r = correlation_from_smd(1.1547, 0.0550, 50, 50)
    assert (round(float(r.y), 4), round(float(r.v), 4)) == (0.5, 0.0058)
    d = smd_from_chi2(0.25 * 97, 97, 1)
    assert round(float(d.y), 4) == 1.1547
    assert float(d.v) == pytest.approx(4 * 0.75**2 / 96 / 0.75**3, rel=CLOSED)


def test_chi_squared_is_as_far_from_none_either_way():
    more, fewer = (correlation_from_chi2(6, 100, sign) for sign in (1, -1))
    assert float(more.y) == -float(fewer.y) == pytest.approx(0.06**0.5, rel=CLOSED)
    z = correlation_from_chi2(6, 100, 1, fisher=True)
    assert (float(np.tanh(z.y)), float(z.v)) == pytest.approx((0.06**0.5, 1 / 97), rel=CLOSED)


def test_one_side_beyond_the_middle_lies_on_the_other_side():
    assert t_from_p([0.3, 0.7], 20, [1, -1], 1).tolist() == pytest.approx(
        [0.5329, 0.5329], abs=1e-4
    )


def test_numbers_needed_at_a_control_risk():
    """By the definition: shares of two normal distributions beyond one threshold."""
    good = number_needed_of_smd(0.5, 0.3, 0.7, 0.2)
    threshold = 0.8416212335729143
    shares = [ndtr(d - threshold) - 0.2 for d in (0.5, 0.7, 0.3)]
    found = [float(good.number), float(good.best), float(good.worst)]
    assert found == pytest.approx([1 / share for share in shares], rel=CLOSED)
    harm = number_needed_of_smd(0.5, -0.1, 0.7, 0.8, event_is_harm=True)
    assert float(harm.number) == pytest.approx(float(good.number), rel=CLOSED)
    assert in_words(harm) == "NNTB 7 (NNTB 5 to ∞ to NNTH 38)"
    assert bool(harm.includes_no_effect)


def test_numbers_needed_without_a_risk_are_kraemers():
    """2Φ(d/√2) - 1 for 0.2, 0.5 and 0.8: 0.1125, 0.2763, 0.4284."""
    found = number_needed_of_smd([0.2, 0.5, 0.8], 0, 1)
    np.testing.assert_allclose(1 / found.number, [0.1125, 0.2763, 0.4284], atol=5e-5)
    assert np.isinf(found.worst).all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: conv_fivenum(20, 4, q1=16, q3=25), "need 5 participants or more"),
        (lambda: conv_fivenum(20, 40, q1=16), "both quartiles, with minimum and maximum"),
        (lambda: conv_fivenum(20, 40, q1=16, q3=25, minimum=2), "or all"),
        (lambda: conv_fivenum(20, 40, q1=22, q3=25), "must ascend, but 20 was found"),
        (lambda: conv_fivenum(20, 40, q1=20, q3=20), "quartiles must differ"),
        (lambda: conv_fivenum(20, 40, q1=16, q3=25, method="luo"), "no method for five numbers"),
        (lambda: conv_fivenum(20, 40, q1=16, q3=25, method="hozo2005"), "median with quartiles"),
        (lambda: conv_fivenum(2, 9, q1=-1, q3=5, distribution="lnorm"), "must be positive"),
        (
            lambda: conv_fivenum(2, 9, q1=1, q3=5, method="wan2014", distribution="lnorm"),
            "no formula for a log-normal",
        ),
        (lambda: conv_2x2(100, 50, 20), "not none"),
        (lambda: conv_2x2(100, 50, 20, phi=0.1, odds_ratio=2), "not odds_ratio and phi"),
        (lambda: conv_2x2(100, 50, 20, phi=0.9), "No table with these margins"),
        (lambda: conv_2x2(100, 100, 20, phi=0.1), "A margin must lie between 0 and n"),
        (lambda: conv_wald(0.8), "Give limits, z or p"),
        (lambda: conv_wald(0.8, 0.5, 1.1, p=0.04), "Give limits, z or p"),
        (lambda: conv_wald(0.8, 0.9, 1.1), "must bracket"),
        (lambda: conv_wald(0.8, high=0.7), "an upper one above"),
        (lambda: conv_wald(0.8, 0.5, 1.1, level=95), "level must lie from 0.5 to 1"),
        (lambda: conv_wald(-0.8, 0.5, 1.1, transform=np.log), "finite transformed value"),
        (lambda: conv_wald(0.8, z=-1.3), "z must have the sign of its estimate"),
        (lambda: conv_delta(-0.8, 0.1, np.log), "must have a transformed value"),
        (lambda: t_from_f(-2, 1), "F must not be negative"),
        (lambda: t_from_f(2, 0), "direction must be 1 or -1"),
        (lambda: smd_from_r(1, 10, 10), "r must lie between -1 and 1"),
        (lambda: smd_from_chi2(101, 100, 1), "chi2 must be below n"),
        (lambda: correlation_from_t(2, 3), "n must be 4 or more"),
        (lambda: number_needed_of_smd(0.5, 0.3, 0.7, 1), "control_risk must be between"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
