"""Matched margins, genotypes, R², tetrachoric correlations: by metafor and by their equation."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

import liftproof as lp
from liftproof.errors import InputError
from liftproof.statistics.effects.tetrachoric import _both_below
from support.reference_names import cases

CASES = cases("further_measures")
TETRACHORIC = ("RTET", "ZTET")
CLOSED = 1e-12
"""Relative: closed forms on both sides; the numbers have 15 digits."""
SOLVED = 1e-10
"""Relative: the referee's root is within 1e-15, its normal probabilities within 1e-15."""
CURVATURE = 1e-6
"""Relative: the referee's variance is by differences of a log-likelihood."""
BY_SEARCH = {"y": 1e-4, "v": 1e-2}
"""Relative: metafor's search stops at four digits, its variance at two: docs/differences.md."""


def numbers(values):
    return np.array([np.nan if x is None else float(x) for x in values])


def found(case):
    columns = {name: np.array(values, dtype=float) for name, values in case["given"].items()}
    return lp.escalc(case["measure"], **columns, **dict(case["switches"] or {}))


def name(case):
    switches = map(str, dict(case["switches"] or {}).values())
    return "-".join([case["engine"], case["measure"], *switches, *list(case["given"])[:1]])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["measure"] not in TETRACHORIC], ids=name
)
def test_measures_are_those_of_escalc(case):
    effect = found(case)
    np.testing.assert_allclose(effect.y, numbers(case["yi"]), rtol=CLOSED)
    np.testing.assert_allclose(effect.v, numbers(case["vi"]), rtol=CLOSED)


def test_tetrachoric_correlations_solve_their_equation():
    (case,) = (case for case in CASES if case["engine"].startswith("mvtnorm"))
    effect = found(case)
    np.testing.assert_allclose(effect.y, case["yi"], rtol=SOLVED)
    np.testing.assert_allclose(effect.v, case["vi"], rtol=CURVATURE)
    columns = {key: np.stack([one, one[::-1]]) for key, one in case["given"].items()}
    np.testing.assert_allclose(lp.escalc("RTET", **columns).y[1], effect.y[::-1], rtol=CLOSED)
    z = lp.escalc("ZTET", **case["given"])
    np.testing.assert_allclose(np.tanh(z.y), case["yi"], rtol=SOLVED)
    np.testing.assert_allclose(z.v * (1 - np.square(case["yi"])) ** 2, effect.v, rtol=SOLVED)


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case["measure"] in TETRACHORIC and 0 not in case["given"]["ai"] + case["given"]["ci"]
        if case["engine"].startswith("metafor")
    ],
    ids=name,
)
def test_tetrachoric_correlations_are_metafors_to_the_digits_of_its_search(case):
    effect = found(case)
    np.testing.assert_allclose(effect.y, numbers(case["yi"]), rtol=BY_SEARCH["y"])
    np.testing.assert_allclose(effect.v, numbers(case["vi"]), rtol=BY_SEARCH["v"])


def test_an_empty_cell_leaves_no_tetrachoric_correlation_where_metafor_says_1():
    told = [c for c in CASES if c["measure"] == "RTET" and 0 in c["given"]["ai"]]
    assert {case["engine"] for case in told} == {"metafor 3.8.1", "metafor 5.1.12"}
    for case in told:
        assert np.abs(numbers(case["yi"])).tolist() == [1.0, 1.0, 1.0]
        assert np.isnan(found(case).y).tolist() == np.isnan(found(case).v).tolist() == [True] * 3
    with_half = lp.escalc("RTET", ai=5, bi=3, ci=0, di=9, add=0.5)
    assert 0 < float(with_half.y) < 1


def test_medians_split_at_0_have_a_sine():
    """Cuts of 0: Φ₂(0, 0; ρ) = 1/4 + asin ρ/2π."""
    effect = lp.escalc("RTET", ai=[30, 10, 20], bi=[10, 30, 20], ci=[10, 30, 20], di=[30, 10, 20])
    np.testing.assert_allclose(effect.y, np.sin(np.pi / 4 * np.array([1, -1, 0])), atol=1e-15)


@pytest.mark.parametrize(
    "cell", [(0.3, -0.5, 0.4), (1.0, 2.0, -0.9), (-1.0, -1.0, 0.95), (0.4, -0.4, 0.0)]
)
def test_the_chance_that_two_variables_lie_below_their_cuts(cell):
    h, k, rho = cell
    scipys = multivariate_normal.cdf([h, k], cov=[[1, rho], [rho, 1]])
    assert float(_both_below(*map(np.array, cell))) == pytest.approx(scipys, rel=CLOSED)


def test_every_measure_of_this_kind_has_numbers_of_both_versions_that_know_it():
    known = {(case["measure"], case["engine"]) for case in CASES}
    assert {m for m, engine in known if engine == "metafor 3.8.1"} == {"MPORM", "REH", "RTET"}
    new = {m for m, engine in known if engine == "metafor 5.1.12"}
    assert new == {"MPORM", "REH", "RTET", "ZTET", "R2", "ZR2"}


def test_margins_and_their_correlation_give_what_the_four_counts_give():
    whole = lp.escalc("MPOR", ai=20, bi=10, ci=5, di=20)
    by_margins = lp.escalc("MPORM", ai=30, n1i=55, ci=25, n2i=55, pi=20 / 55)
    assert float(by_margins.y) == pytest.approx(float(whole.y), rel=CLOSED)
    assert float(by_margins.v) == pytest.approx(float(whole.v), rel=CLOSED)


def test_a_tiny_p_value_keeps_its_digits():
    """Of two predictors and 40 degrees of freedom left, P = (1 - R²)^20."""
    p = np.array([1e-20, 1e-300, 0.5, 1.0])
    found = lp.escalc("R2", pi=p, mi=2, ni=43)
    np.testing.assert_allclose(found.y[:3], 1 - p[:3] ** (1 / 20), rtol=CLOSED)
    assert np.isnan(found.y[3])


def test_what_these_measures_cannot_be_is_refused():
    wrong = [
        ("MPORM", {"ai": 3, "n1i": 9, "ci": 4, "n2i": 8, "ri": 0.1}, "one number of pairs"),
        ("MPORM", {"ai": 3, "n1i": 9, "ci": 4, "n2i": 9, "ri": 1.1}, "must lie in -1 to 1"),
        ("MPORM", {"ai": 3, "n1i": 9, "ci": 4, "n2i": 9}, "needs ri too"),
        ("MPORM", {"ai": 3, "n1i": 9, "ci": 4, "n2i": 9, "pi": 0.9}, "does not fit the two marg"),
        ("MPORM", {"ai": 0, "n1i": 9, "ci": 4, "n2i": 9, "pi": 0.0}, "says nothing"),
        ("REH", {"ai": 3, "bi": -1, "ci": 4}, "must not be negative"),
        ("R2", {"r2i": 1.0, "mi": 1, "ni": 9}, "below 1"),
        ("R2", {"r2i": 0.5, "mi": 0, "ni": 9}, "1 predictor or more"),
        ("R2", {"r2i": 0.5, "mi": 8, "ni": 9}, "by more than 1"),
        ("R2", {"fi": -1, "mi": 3, "ni": 9}, "must not be negative"),
        ("R2", {"pi": 0, "mi": 3, "ni": 9}, "above 0"),
        ("R2", {"fi": 1, "r2i": 0.5, "mi": 3, "ni": 9}, "r2i or fi, not both"),
        ("R2", {"fi": 1, "pi": 0.5, "mi": 3, "ni": 9}, "fi or pi, not both"),
        ("HR", {"yi": 1, "vi": 2}, "conv_wald takes it"),
        ("ZTETT", {}, "did you mean ZTET"),
    ]
    for measure, columns, words in wrong:
        with pytest.raises(InputError, match=words):
            lp.escalc(measure, **columns)
    assert np.isnan(lp.escalc("R2", r2i=0.0, mi=3, ni=50).v)


def test_their_ways_back():
    z = lp.escalc("ZR2", r2i=[0.3, 0.0], mi=3, ni=100)
    np.testing.assert_allclose(lp.natural("ZR2", z.y), [0.3, 0.0], rtol=CLOSED)
    assert lp.natural("ZR2", -0.2) == 0.0
    prz = lp.escalc("PRZ", xi=11, ni=29)
    assert float(lp.natural("PRZ", prz.y)) == pytest.approx(11 / 29, rel=CLOSED)
    assert float(lp.natural("REH", np.log(1.2))) == pytest.approx(1.2, rel=CLOSED)


def test_areas_of_groups_that_lie_wholly_apart_are_missing():
    """metafor 5.1-12: 1 with a variance of 0, which no pool can take."""
    groups = {"m1i": [50, 5], "sd1i": 1, "n1i": 10, "m2i": [1, 4], "sd2i": 1, "n2i": 10}
    pairs = {"m1i": [50, 5], "sd1i": 1, "m2i": [1, 4], "sd2i": 1, "ni": 10, "ri": 0.5}
    for measure, columns in (("AUCN", groups), ("CLESN", groups), ("AUCCN", pairs)):
        effect = lp.escalc(measure, **columns)
        assert np.isnan(effect.y).tolist() == np.isnan(effect.v).tolist() == [True, False]
