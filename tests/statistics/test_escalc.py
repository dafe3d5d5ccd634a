"""Effect measures against escalc of two versions of metafor, and by the names that it has."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.effects import EFFECTS, FROM
from liftproof.statistics.effects.counts import risk_ratio
from liftproof.statistics.effects.escalc import ARGUMENTS, NOTHING_ADDED, escalc
from liftproof.statistics.effects.tetrachoric import FROM_COUNTS_TETRACHORIC
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.effects.way_back import natural, proportions_from_double_arcsine
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.scales import SCALES
from support.reference_names import cases

CLOSED = 1e-12
"""Relative: closed forms, on both sides in double precision; escalc's numbers have 15 digits."""
CASES = cases("measures")
BY_SEARCH = tuple(FROM_COUNTS_TETRACHORIC)
"""Measures that metafor finds by a search: test_further_measures holds them."""
NEW, OLD = "metafor 5.1.12", "metafor 3.8.1"
DIFFERENT_IN_3_8 = {
    ("RR", "AV", "v"),
    ("OR", "AV", "v"),
    ("SMDH", "", "v"),
    ("SMDH", "LS2", "v"),
    ("SMD1H", "", "v"),
    ("ROM", "", "y"),
    ("ROM", "HO", "y"),
    ("ROM", "AV", "y"),
    ("ROM", "AVHO", "y"),
    ("VR", "LS2", "v"),
    ("CVR", "", "y"),
    ("CVR", "LS2", "y"),
    ("CVR", "LS2", "v"),
    ("SMCRH", "", "v"),
    ("SMCRH", "LS2", "v"),
    ("ROMC", "", "y"),
    ("MN", "HO", "v"),
    ("PCOR", "", "v"),
    ("ZPCOR", "", "v"),
}
"""Measure, vtype and number of which version 3.8.1 has another formula: docs/differences.md."""


def given(case):
    """Return escalc's arguments; a t statistic of a partial correlation as that correlation."""
    columns = {name: np.array(values, dtype=float) for name, values in case["given"].items()}
    if case["measure"].endswith("PCOR") and "ti" in columns:
        t, n, m = (columns[name] for name in ("ti", "ni", "mi"))
        return {"ri": t / np.sqrt(t**2 + n - m - 1), "ni": n, "mi": m}
    return columns


def expected(case):
    """Return yi and vi, NaN where there is no effect, or one that is as good as certain."""
    y, v = (np.array([np.nan if x is None else x for x in case[name]]) for name in ("yi", "vi"))
    exists = np.isfinite(y) & np.isfinite(v) & (v > 0)
    return np.where(exists, y, np.nan), np.where(exists, v, np.nan)


def found(case):
    return escalc(case["measure"], **given(case), **dict(case["switches"] or {}))


def agrees(ours, theirs):
    return np.allclose(ours, theirs, rtol=CLOSED, atol=0, equal_nan=True)


def name(case):
    switches = case["switches"] or {}
    return "-".join([case["engine"], case["measure"], *map(str, switches.values())])


@pytest.mark.parametrize("case", [c for c in CASES if c["engine"] == NEW], ids=name)
def test_agrees_with_escalc(case):
    effect = found(case)
    y, v = expected(case)
    np.testing.assert_allclose(effect.y, y, rtol=CLOSED)
    np.testing.assert_allclose(effect.v, v, rtol=CLOSED)


def test_an_older_version_differs_where_the_page_of_differences_says_so():
    differing = set()
    for case in (c for c in CASES if c["engine"] == OLD):
        effect, (y, v) = found(case), expected(case)
        vtype = (case["switches"] or {}).get("vtype", "")
        pairs = {"y": (effect.y, y), "v": (effect.v, v)}
        differing |= {(case["measure"], vtype, one) for one in pairs if not agrees(*pairs[one])}
    assert differing == DIFFERENT_IN_3_8


@pytest.mark.parametrize("measure", ["RR", "OR"])
def test_an_older_version_gives_of_ratios_its_usual_variance_where_another_is_asked(measure):
    case = next(
        case
        for case in CASES
        if (case["engine"], case["measure"]) == (OLD, measure)
        and (case["switches"] or {}).get("vtype") == "AV"
    )
    usual = escalc(measure, **given(case), **{**case["switches"], "vtype": "LS"})
    assert agrees(usual.v, expected(case)[1])
    assert not agrees(usual.v, found(case).v)


def test_every_measure_and_every_way_with_empty_cells_has_reference_numbers():
    known = {case["measure"] for case in CASES if case["engine"] == NEW}
    assert known == set(EFFECTS) - set(BY_SEARCH)
    ways = {}
    for case in CASES:
        if case["engine"] == NEW:
            ways.setdefault(case["measure"], set()).add(tuple((case["switches"] or {}).items()))
    for source in ("counts", "rates", "group_counts", "group_rates"):
        dropped = set() if source.startswith("group") else {(("drop00", True),)}
        wanted = {
            (),
            (("add", 0.5), ("to", "all")),
            (("add", 0.25), ("to", "if0all")),
            (("add", 0), ("to", "none")),
            *dropped,
        }
        assert all(wanted <= ways[measure] for measure in FROM[source] if measure in known)


@pytest.mark.parametrize("measure", [one for one in EFFECTS if one not in BY_SEARCH])
def test_sets_of_trials_are_computed_at_once(measure):
    cases = [c for c in CASES if (c["engine"], c["measure"]) == (NEW, measure)]
    assert cases, f"{measure} has no reference numbers in measures.json"
    case = cases[0]
    columns = {key: np.stack([one, one[::-1]]) for key, one in given(case).items()}
    effect, alone = escalc(measure, **columns), found(case)
    for name_ in ("y", "v"):
        values = getattr(alone, name_)
        np.testing.assert_allclose(
            getattr(effect, name_), np.stack([values, values[::-1]]), rtol=CLOSED
        )


def test_people_without_an_event_complete_a_table():
    one = escalc("RR", ai=[4, 6], bi=[119, 300], ci=[11, 29], di=[128, 274])
    other = escalc("RR", ai=[4, 6], n1i=[123, 306], ci=[11, 29], n2i=[139, 303])
    np.testing.assert_array_equal(one.y, other.y)
    np.testing.assert_array_equal(
        escalc("PLO", xi=[4], mi=[119]).y, escalc("PLO", xi=[4], ni=[123]).y
    )


@pytest.mark.parametrize(
    ("measure", "arguments", "sentence"),
    [
        ("ZCORR", {}, "There is no measure ZCORR; did you mean ZCOR"),
        ("ZCOR", {"ri": 0.3}, "ZCOR needs ni too: it takes ri, ni"),
        ("ZCOR", {"ri": 0.3, "n": 5}, "ZCOR has no argument n; it takes ri, ni"),
        ("ZCOR", {"ri": 1.0, "ni": 20}, "A correlation must lie between -1 and 1, both left out"),
        ("COR", {"ri": [0.1, -1.0], "ni": 20}, "-1 was found at index 1"),
        ("ZCOR", {"ri": 0.3, "ni": 3}, "n must be above 3"),
        ("UCOR", {"ri": 0.3, "ni": 4}, "n must be above 4"),
        ("ZCOR", {"ri": 0.3, "ni": 20, "vtype": "UB"}, "leave vtype out"),
        ("ZCOR", {"ri": 0.3, "ni": 20, "add": 0.5}, "ZCOR counts no events: leave add out"),
        ("ZCOR", {"ri": 0.3, "ni": 20, "correct": False}, "leave correct out"),
        ("COR", {"ri": 0.3, "ni": 20, "vtype": "HO"}, "COR has no vtype 'HO'; known are"),
        ("PLO", {"xi": 3, "ni": 20, "to": "onl0"}, "did you mean only0"),
        ("PLO", {"xi": 30, "ni": 20}, "Events must not exceed n"),
        ("MD", dict.fromkeys(ARGUMENTS["means"], 5.0) | {"vtype": "AV"}, "MD has no vtype 'AV'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(measure, arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        escalc(measure, **arguments)


def test_arms_of_two_have_no_ratio_of_standard_deviations():
    """The correction of an arm of two is 1/2: it turns ln(1.2) - 0.5 + 1/18 below 0."""
    arms = {"sd1i": 1.2, "n1i": 10, "sd2i": 1.0, "n2i": 2}
    with pytest.raises(InputError, match="can turn its sign"):
        escalc("VR", **arms)
    assert np.log(1.2) > 0 > np.log(1.2) + 1 / 18 - 0.5
    means = {"m1i": -1.0, "m2i": 2.0, **arms, "n2i": 10}
    with pytest.raises(InputError, match="A mean must be positive for a coefficient of variation"):
        escalc("CVR", **means)


def test_a_change_is_divided_by_the_standard_deviation_named_before():
    """Exchanged, the two measurements give another number and not its negative."""
    before, after = (30.6, 15.0), (38.5, 11.6)
    there = EFFECTS["SMCR"](*before, *after, 20, 0.47)
    back = EFFECTS["SMCR"](*after, *before, 20, 0.47)
    assert there.y == pytest.approx(0.505553, abs=1e-6)
    assert back.y == pytest.approx(-there.y * 15.0 / 11.6, rel=CLOSED)
    of_change = [EFFECTS["SMCC"](*before, *after, 20, r).y for r in (0.3, 0.7)]
    assert of_change[0] != pytest.approx(of_change[1], rel=0.1)
    assert EFFECTS["SMCR"](*before, *after, 20, 0.3).y == there.y
    with pytest.raises(InputError, match="SMCR needs ri too"):
        escalc("SMCR", m1i=38.5, m2i=30.6, sd1i=15.0, ni=20)


def test_only_tau2_carries_the_unit_of_time():
    hours = escalc("IRLN", xi=[9, 8, 3], ti=[413.0, 263.0, 487.0])
    thousands = escalc("IRLN", xi=[9, 8, 3], ti=[0.413, 0.263, 0.487])
    np.testing.assert_allclose(hours.v, thousands.v)
    rates = [escalc("IR", xi=[9, 8, 3], ti=[t / u for t in (413, 263, 487)]) for u in (1, 1000)]
    np.testing.assert_allclose(rates[1].v, rates[0].v * 1e6)


def test_a_half_added_moves_a_rate_difference_and_is_left_out_on_request():
    """No event in 500 hours against 2 in 2000, per 1000: (0.5/0.5 - 2.5/2) with the half."""
    arms = {"x1i": 0, "t1i": 0.5, "x2i": 2, "t2i": 2.0}
    assert float(escalc("IRD", **arms).y) == pytest.approx(-0.25)
    assert float(escalc("IRD", **arms, add=0).y) == -1.0


def test_a_double_arcsine_goes_back_by_the_trials_own_n_and_by_none_of_a_pool():
    """0 of 10, 0 of 20, 1 of 30, 2 of 5000: by the harmonic mean of n, 0, with 3 events seen."""
    x, n = np.array([0, 0, 1, 2]), np.array([10, 20, 30, 5000])
    pft = escalc("PFT", xi=x, ni=n)
    assert proportions_from_double_arcsine(pft.y, n) == pytest.approx(x / n, abs=1e-12)
    pooled = (pft.y / pft.v).sum() / (1 / pft.v).sum()
    harmonic = 1 / (1 / n).mean()
    assert float(proportions_from_double_arcsine(pooled, harmonic)) == 0.0
    assert float(proportions_from_double_arcsine(pooled)) == pytest.approx(np.sin(pooled) ** 2)
    assert float(proportions_from_double_arcsine(pooled)) > 0.0004
    assert float(proportions_from_double_arcsine(-0.126)) == 0.0
    assert float(proportions_from_double_arcsine(1.7)) == 1.0


@pytest.mark.parametrize("measure", MEASURES)
def test_the_way_back_of_arrays_is_that_of_single_numbers(measure):
    values = np.array([-2.0, -0.126, 0.0, 0.3, 1.2, 1.7])
    one_by_one = [MEASURES[measure].natural(value) for value in values]
    np.testing.assert_allclose(natural(measure, values), one_by_one, rtol=CLOSED)


def test_every_scale_has_a_measure():
    assert {record.scale for record in MEASURES.values()} == set(SCALES)


def test_measures_that_exist_with_empty_cells_are_those_that_metafor_adds_nothing_to():
    marked = {code for code, record in MEASURES.items() if record.takes_empty}
    assert marked == {*NOTHING_ADDED, "PETO"} - set(BY_SEARCH)  # these do not exist with one


def test_a_trial_without_an_effect_leaves_the_others_their_mean():
    """n of 2 in the control arm has no correction: its effect is NaN, the mean is of the others."""
    numbers = {"m1i": [5.0, 6.0, 7.0], "sd1i": [1.0] * 3, "m2i": [4.0, 5.5, 6.0], "sd2i": [1.0] * 3}
    found = escalc("SMD1", **numbers, n1i=[10, 12, 9], n2i=[10, 12, 2], vtype="AV")
    both = {name: values[:2] for name, values in numbers.items()}
    alone = escalc("SMD1", **both, n1i=[10, 12], n2i=[10, 12], vtype="AV")
    np.testing.assert_allclose(found.v[:2], alone.v, rtol=CLOSED)
    assert np.isnan(found.y[2])


def test_a_variance_of_all_trials_serves_a_trial_without_events():
    """Of 0 of 10 against 0 of 10 the usual variance is 0; that by mean risks is not."""
    counts = {"ai": [0, 3], "n1i": [10, 20], "ci": [0, 5], "n2i": [10, 20]}
    found = escalc("RD", **counts, vtype="AV", add=0)
    risks = np.array([3 / 30, 5 / 30])
    assert float(found.y[0]) == 0.0
    assert float(found.v[0]) == pytest.approx(float((risks * (1 - risks)).sum() / 10), rel=CLOSED)
    unbiased = escalc("RD", ai=[1, 3], n1i=[1, 20], ci=[2, 5], n2i=[10, 20], vtype="UB", add=0)
    assert np.isnan([unbiased.y[0], unbiased.v[0]]).all()


def test_halves_added_to_events_have_one_variance():
    rule = ZeroCells(add=0.5, to="only0", drop00=True, cells="events")
    with pytest.raises(InputError, match="vtype LS"):
        risk_ratio([0], [10], [1], [10], zero_cells=rule, vtype="AV")
