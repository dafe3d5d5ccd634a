"""The search for causes: what is planted is found, what chance explains is not named."""

from dataclasses import replace

import numpy as np
import pytest

from liftproof.analysis.causes.candidates import Attempt, expected_by_chance
from liftproof.analysis.causes.cause_search import causes_of, search
from liftproof.analysis.causes.contradictions import contradiction
from liftproof.analysis.causes.departures import departures_from
from liftproof.analysis.causes.fits import numbers_under
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.presentations import PRESENTATIONS, slips
from liftproof.analysis.causes.question import PrintQuestion, read_print
from liftproof.analysis.effects import effects_under
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of
from liftproof.errors import InputError
from liftproof.statistics.effects.means import standardised_mean_difference
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2.fisher_scoring import fisher_scoring
from support.metafor_cases import effects_and_variances, table

pytestmark = pytest.mark.slow

EXACT = 1e-12
"""The same arithmetic in another order."""

USUAL = Specification(measure="RR", tau2="DL", interval="wald")
MEANS = (
    *([75.0, 29.0, 64.0, 66.0, 14.0], [47.0, 4.0, 17.0, 20.0, 8.0], [155, 31, 75, 18, 8]),
    *([55.0, 27.0, 60.0, 70.0, 15.0], [64.0, 7.0, 20.0, 21.0, 11.0], [156, 32, 71, 20, 8]),
)


def bcg():
    names = ("tpos", "tneg", "cpos", "cneg")
    a, b, c, d = (np.array([float(row[name]) for row in table("data/bcg.csv")]) for name in names)
    return trials_of(source="counts", numbers=(a, a + b, c, c + d))


def sparse():
    return trials_of(
        source="counts",
        numbers=(
            [0, 1, 2, 0, 5],
            [116, 44, 208, 130, 150],
            [3, 3, 9, 0, 6],
            [117, 35, 157, 140, 1e2],
        ),
    )


def means():
    return trials_of(source="means", numbers=MEANS, study=("A", "B", "C", "D", "E"))


def rates():
    return trials_of(
        source="rates",
        numbers=([0, 5, 8, 3], [100, 220, 310, 90], [4, 9, 15, 5], [110, 200, 290, 95]),
    )


def reported():
    limits = [0.3, 0.41, 0.5, 0.7], [0.85, 0.9, 1.3, 1.2]
    return trials_of(
        source="reported", numbers=([0.5, 0.6, 0.8, 0.9], *limits, [0.95] * 4), is_log=True
    )


def several():
    """Return several results a trial."""
    y = [-0.21, 0.35, 0.12, 0.64, 0.55, -0.08, 0.31, 0.93]
    return trials_of(
        y=y, v=[0.02, 0.03, 0.02, 0.04, 0.03, 0.02, 0.05, 0.03], study=list("aabbccdd")
    )


PLANTED = [
    (bcg(), USUAL, "estimate", 6),
    (bcg(), USUAL, "ci_high", 6),
    (bcg(), replace(USUAL, measure="RD", model="MH"), "ci_low", 6),
    (sparse(), replace(USUAL, measure="OR", tau2="REML"), "ci_low", 6),
    (means(), Specification(measure="SMD", tau2="REML", interval="hksj"), "ci_high", 6),
    (bcg(), USUAL, "tau2_ci_high", 5),
    (bcg(), USUAL, "i2", 4),
    (rates(), replace(USUAL, measure="IRR"), "estimate", 6),
    (reported(), replace(USUAL, tau2="REML"), "ci_low", 6),
    (several(), Specification(measure="GEN", model="three-level", interval="wald"), "ci_low", 6),
]


@pytest.mark.parametrize(("trials", "usual", "quantity", "decimals"), PLANTED)
def test_every_planted_departure_is_found(trials, usual, quantity, decimals):
    pool_of = Pool(trials=trials, specification=usual, quantities=(quantity,))
    ours = numbers_under(trials, usual)[quantity]
    planted = 0
    for departure in departures_from(usual, trials):
        numbers = numbers_under(trials, departure.applied(usual)) or {}
        if quantity in numbers and abs(numbers[quantity] - ours) > 2 * 10**-decimals:
            printed = f"{numbers[quantity]:.{decimals}f}"
            question = PrintQuestion(quantity=quantity, printed=printed, level=usual.level)
            found = search(pool_of, question)
            same = [one for one in found.candidates if abs(one.gives - numbers[quantity]) < 1e-9]
            assert found.departures == 1
            assert same, departure.id
            planted += 1
    assert planted >= 4


def test_ids_of_departures_are_unique_and_each_changes_something():
    for trials, usual, _, _ in PLANTED:
        departures = departures_from(usual, trials)
        ids = [departure.id for departure in departures]
        assert len(set(ids)) == len(ids)
        assert all(departure.applied(usual) != usual for departure in departures)


@pytest.mark.parametrize(("own", "others"), [(0.95, ["90", "99"]), (0.9, ["95", "99"])])
def test_limits_are_read_at_the_usual_levels_that_are_not_their_own(own, others):
    trials = trials_of(
        source="reported", numbers=([0.5, 0.6], [0.3, 0.41], [0.85, 0.9], [own] * 2), is_log=True
    )
    read = [dict(each.changes).get("limits_read") for each in departures_from(USUAL, trials)]
    assert [level for level in read if level] == others


def test_a_planted_pair_is_found_and_its_other_numbers_agree():
    both = numbers_under(bcg(), replace(USUAL, tau2="REML", interval="hksj"))
    printed = {name: f"{both[name]:.6f}" for name in ("estimate", "ci_low", "ci_high")}
    found = causes_of(printed.pop("ci_high"), "ci_high", bcg(), USUAL, others=printed)
    assert (found.cause, found.departures) == ("tau2_REML + interval_hksj", 2)
    assert found.candidates[0].agrees == 2
    assert found.chance < 0.05


def test_a_planted_pair_of_a_three_level_model_is_found():
    usual = Specification(measure="GEN", model="three-level", interval="wald")
    both = numbers_under(several(), replace(usual, tau2="ML", interval="t"))
    printed = {name: f"{both[name]:.6f}" for name in ("estimate", "ci_low", "ci_high")}
    found = causes_of(printed.pop("ci_high"), "ci_high", several(), usual, others=printed)
    assert (found.cause, found.departures) == ("tau2_ML + interval_t", 2)
    assert found.candidates[0].agrees == 2


def test_a_departure_that_gives_one_number_of_a_result_only_is_not_named():
    other = numbers_under(bcg(), replace(USUAL, tau2="HE"))
    printed = f"{other['estimate']:.4f}"
    alone = causes_of(printed, "estimate", bcg(), USUAL)
    assert alone.cause == "tau2_HE"
    elsewhere = {"ci_low": "0.1", "ci_high": "0.9", "i2": "12"}
    found = causes_of(printed, "estimate", bcg(), USUAL, others=elsewhere)
    assert (found.verdict, found.cause) == ("this_number_alone", "")
    assert found.candidates[0].cause == "tau2_HE"


def test_every_planted_presentation_and_slip_is_among_the_candidates():
    pool_of = Pool(trials=bcg(), specification=USUAL)
    for quantity in ("estimate", "ci_low", "p", "z", "tau2", "i2", "reduction", "se"):
        question = PrintQuestion(quantity=quantity, printed=f"{pool_of.numbers[quantity]:.4f}")
        planted = [
            *(
                (one.id, text)
                for one in PRESENTATIONS
                for text in one.give(pool_of.numbers, question)
            ),
            *slips(pool_of.numbers[quantity], 4),
        ]
        for name, text in planted:
            found = search(pool_of, replace(question, printed=text))
            causes = [one.cause for one in found.candidates]
            assert found.verdict == "rounds" or name in causes, (quantity, name, text)
        assert len(planted) > 40


def test_a_wrong_last_digit_is_what_chance_gives_and_two_digits_exchanged_are_not():
    """RR 0.4896 computed."""
    last = causes_of("0.4893", "estimate", bcg(), USUAL)
    alone = [one for one in last.candidates if one.departures == 1]
    assert (last.verdict, alone[-1].kind) == ("by_chance", "slip")
    assert (len(alone), len(last.candidates)) == (1, 6)
    assert last.chance >= 1
    exchanged = causes_of("0.8496", "estimate", bcg(), USUAL)
    assert exchanged.cause == "transposed"
    assert exchanged.chance < 0.01


def test_a_number_that_rounds_needs_no_cause_and_one_that_nothing_gives_has_none():
    assert causes_of("0.490", "estimate", bcg(), USUAL).verdict == "rounds"
    found = causes_of("7.315526", "estimate", bcg(), USUAL)
    assert (found.verdict, found.candidates, found.departures) == ("none", (), 0)
    assert found.tried > 1000


def test_chance_is_how_many_land_as_near_as_the_print():
    tried = [
        Attempt(ids=("a",), words=("",), kind="method", value=value)
        for value in (0.50, 0.51, 0.49, 0.53, 0.57, 0.60)
    ]
    assert expected_by_chance(tried, 0.504, read_print("0.53")) == 3 / 6
    assert expected_by_chance(tried, 0.504, read_print("<0.52")) == 3 / 6


def test_effects_are_those_of_the_statistics_under_usual_rules():
    usual = Specification(measure="SMD")
    known = standardised_mean_difference(*MEANS)
    y, v = effects_under(means(), usual)
    assert y == pytest.approx(known.y, rel=EXACT)
    assert v == pytest.approx(known.v, rel=EXACT)


def test_readings_of_a_dispersion_undo_each_other():
    usual = Specification(measure="MD")
    v = effects_under(means(), usual)[1]
    n = np.array(MEANS[2], dtype=float)
    small = effects_under(means(), replace(usual, misread="se_as_sd", misread_study="C"))[1]
    assert small[:2] == pytest.approx(v[:2], rel=EXACT)
    assert small[2] == pytest.approx(17.0**2 / n[2] ** 2 + 20.0**2 / 71.0**2, rel=EXACT)


def test_pairs_of_one_choice_are_not_tried():
    pool_of = Pool(trials=bcg(), specification=USUAL, quantities=("estimate",))
    assert all(first.axis != second.axis for first, second in pool_of.pairs)
    assert not {one.axis for (one,) in pool_of.singles} & {"prediction", "tau2_limits"}


def test_a_search_that_stops_early_ends_near_the_converged_maximum():
    y, v = effects_and_variances("data/bcg__RR.csv")
    for method in ("ML", "REML", "EB"):
        converged = float(pool(y, v, tau2=method, interval="wald").tau2)
        assert fisher_scoring(y, v, method) == pytest.approx(converged, rel=1e-3)


def test_other_prints_give_a_wrong_sign_away():
    """-0.24 (-1.04 to -0.55): the upper limit must be near 0.56."""
    effect = {"estimate": "-0.24", "ci_low": "-1.04"}
    question = PrintQuestion(quantity="ci_high", printed="-0.55", others=effect)
    found = contradiction(question, is_log=False)
    assert (found.cause, found.candidates[0].gives) == ("sign", 0.55)
    right = replace(question, printed="0.55")
    assert contradiction(right, is_log=False) is None


def test_two_prints_of_one_number_give_a_wrong_digit_away():
    question = PrintQuestion(quantity="slope", printed="-0.117")
    found = contradiction(question, is_log=False, twins=("-0.177",))
    assert (found.cause, found.computed) == ("digit", -0.177)
    assert (
        contradiction(replace(question, printed="-0.176"), is_log=False, twins=("-0.177",)) is None
    )


def test_p_that_the_printed_limits_imply():
    effect = {"estimate": "0.52", "ci_low": "0.32", "ci_high": "0.85"}
    pool_of = Pool(trials=bcg(), specification=USUAL)
    question = PrintQuestion(quantity="p", printed="0.0087", others=effect)
    found = search(pool_of, question, 0.0024)
    assert (found.cause, found.candidates[0].kind) == ("implied", "presentation")


def test_errors_say_what_to_do():
    with pytest.raises(InputError, match="is no printed number; write it as it stands"):
        causes_of("about 0.5", "estimate", bcg(), USUAL)
    with pytest.raises(InputError, match=r"gives no slope; it gives ci_high, ci_low, estimate"):
        causes_of("0.5", "slope", bcg(), USUAL)
    with pytest.raises(InputError, match=r"known are counts \(4\)"):
        trials_of(source="count", numbers=([1], [2], [3], [4]))
    with pytest.raises(InputError, match="Give y and v"):
        trials_of(y=[0.1])
