"""The multiverse: a review worked by hand, the known variants of a real one, and a plain loop."""

from dataclasses import replace
from itertools import product
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.multiverse import universe as universes
from liftproof.analysis.multiverse.nearest import AS_SETTLED, nearest, reached
from liftproof.analysis.multiverse.review_multiverse import multiverse_review, run_of
from liftproof.analysis.multiverse.run_rows import curve
from liftproof.analysis.multiverse.space import SEED, Choice, Space
from liftproof.analysis.multiverse.targets import analyses_with_targets, targets
from liftproof.analysis.multiverse.universe import universe
from liftproof.reviews import find, read

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
REVIEWS = ("lauersen2018", "lauersen2014", "nordic", "runners", "running_economy", "copenhagen")
ROUNDING = 1e-10
"""Relative: the same formulas by another path; τ² by search is found to 1e-12."""
Z = 1.959963984540054

SETTINGS = """\
title: Made up
measure: RR
analyses:
  - id: all
    title: Both trials
    tau2: FE
    interval: wald
    multiverse: {tau2: [FE], interval: [wald], measure: [RR]}
"""
STUDIES = """\
study,label,year,design,clusters_intervention,clusters_control,inclusion_status
one,One 2001,2001,individual,,,sure
two,Two 2002,2002,cluster,10,10,doubtful
"""
OUTCOMES = """\
study,outcome,variant,events_intervention,n_intervention,events_control,n_control,\
measure,estimate,ci_low,ci_high,cluster_adjusted
one,injury,primary,10,100,20,100,,,,,
one,injury,hazard,10,100,20,100,HR,0.4,0.2,0.8,no
two,injury,primary,5,100,10,100,,,,,
"""
PUBLISHED = """\
target,analysis,quantity,printed
main,all,estimate,0.43
main,all,ci_low,0.24
main,all,ci_high,0.76
"""


@pytest.fixture
def made_up(tmp_path):
    """Return what a review of these texts is read as."""

    def make(settings=SETTINGS, published=PUBLISHED):
        texts = {
            "review.yaml": settings,
            "studies.csv": STUDIES,
            "outcomes.csv": OUTCOMES,
            "published.csv": published,
        }
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read(tmp_path)

    return make


@pytest.fixture(scope="module")
def shipped():
    return {name: read(find(name, PROJECT)) for name in REVIEWS}


def risk_ratio(a, n1, c, n2):
    return log(a / n1) - log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2


def by_hand() -> dict[tuple[str, str, str], float]:
    """Return the estimate of every combination of the made-up review, by its options."""
    one = {
        "primary": risk_ratio(10, 100, 20, 100),
        "hazard (HR taken as RR)": (log(0.4), (log(0.8 / 0.2) / (2 * Z)) ** 2),
    }
    effect, variance = risk_ratio(5, 100, 10, 100)
    factors = {"as_extracted": 1, **{f"ICC {icc}": 1 + 9 * icc for icc in (0.01, 0.02, 0.05)}}
    found = {}
    for (name, (y, v)), (icc, factor) in product(one.items(), factors.items()):
        w, w2 = 1 / v, 1 / (variance * factor)
        found[name, "primary", icc] = (w * y + w2 * effect) / (w + w2)
        found[name, "left out", icc] = y
    return found


def test_every_combination_of_a_small_review_is_as_worked_by_hand(made_up):
    review = made_up()
    world = universe(review, review.settings.analyses[0], with_limits=True)
    assert [(each.name, each.options) for each in world.space.choices] == [
        ("One 2001", ("primary", "hazard (HR taken as RR)")),
        ("Two 2002", ("primary", "left out")),
        ("clustering", ("as_extracted", "ICC 0.01", "ICC 0.02", "ICC 0.05")),
    ]
    digits = world.space.combinations()
    expected = by_hand()
    pooled = world.pool(digits)
    for row, estimate in zip(digits, pooled.estimate, strict=True):
        options = tuple(
            each.options[digit] for each, digit in zip(world.space.choices, row, strict=True)
        )
        assert estimate == pytest.approx(expected[options], rel=ROUNDING)


def test_the_row_of_a_small_review(made_up):
    (row,) = multiverse_review(made_up()).targets
    estimates = sorted(exp(value) for value in by_hand().values())
    assert (row.combinations, row.of, row.sampled, row.seed) == (16, 16.0, "no", None)
    # With the second trial left out the clusters of no trial are left: 4 combinations of one input.
    assert row.inputs == 10
    assert (row.minimum, row.maximum) == pytest.approx((estimates[0], estimates[-1]), rel=ROUNDING)
    rounding = [abs(value - 0.43) <= 0.005 for value in estimates]
    assert row.share_estimate == sum(rounding) / 16
    # Printed is what the hazard ratio gives with the second trial as it is.
    assert (row.nearest, row.departures) == ("One 2001: hazard (HR taken as RR) for primary", 1)
    assert (row.nearest_rounds, row.share_other_side) == ("yes", 0.0)
    assert row.moves_most == "One 2001"
    assert row.primary_estimate == pytest.approx(0.5, rel=ROUNDING)


def test_an_analysis_that_asks_has_its_choices_without_a_print(made_up):
    published = "target,analysis,quantity,printed\nmain,all,k,2\n"
    (row,) = multiverse_review(made_up(published=published)).targets
    (printed,) = multiverse_review(made_up()).targets
    same = ("combinations", "inputs", "minimum", "median", "maximum", "share_significant")
    assert [getattr(row, name) for name in same] == [getattr(printed, name) for name in same]
    assert (row.target, row.analysis, row.printed, row.nearest) == ("", "all", "", "")
    assert {row.share_estimate, row.share_all, row.matches, row.departures} == {None}
    assert row.primary_estimate == pytest.approx(0.5, rel=ROUNDING)
    assert row.share_other_side == 0.0

    key = "    multiverse: {tau2: [FE], interval: [wald], measure: [RR]}\n"
    unasked = made_up(settings=SETTINGS.replace(key, ""), published=published)
    assert multiverse_review(unasked).targets == ()


def test_shares_of_a_small_review_are_those_of_its_table(made_up):
    found = multiverse_review(made_up()).choices
    of_hazard = [value for (one, _, _), value in by_hand().items() if one != "primary"]
    row = next(row for row in found if row.option == "hazard (HR taken as RR)")
    assert (row.combinations, row.settled) == (8, "no")
    assert row.mean == pytest.approx(exp(sum(of_hazard) / 8), rel=ROUNDING)
    everything = np.array(list(by_hand().values()))
    means = [np.mean(of_hazard), (everything.sum() - sum(of_hazard)) / 8]
    assert row.first_order == pytest.approx(np.var(means) / np.var(everything), rel=1e-8)


def test_a_print_that_nothing_gives_has_a_nearest_combination_that_says_so(made_up):
    (row,) = multiverse_review(made_up(published=PUBLISHED.replace("0.43", "0.99"))).targets
    assert (row.matches, row.matching_inputs, row.share_all) == (0, 0, 0.0)
    assert row.nearest_rounds == "no"


def test_a_printed_reduction_is_compared_as_a_ratio(made_up):
    published = "target,analysis,quantity,printed\nmain,all,reduction,57\n"
    (row,) = multiverse_review(made_up(published=published)).targets
    assert row.printed_estimate == 0.43
    assert row.matches == sum(abs(100 * (1 - exp(v)) - 57) <= 0.5 for v in by_hand().values())


def test_a_print_is_told_to_its_own_digits(made_up):
    (row,) = multiverse_review(made_up()).targets
    assert row.printed == "0.43 (0.24 to 0.76)"
    published = "target,analysis,quantity,printed\nmain,all,reduction,57\n"
    (row,) = multiverse_review(made_up(published=published)).targets
    assert row.printed == "0.43"


def test_an_analysis_without_a_choice_is_one_combination(made_up):
    pinned = "variants: {one: [primary]}, doubtful: {}, icc: [], clustering: [as_extracted]"
    settings = SETTINGS.replace("tau2: [FE]", f"{pinned}, tau2: [FE]")
    found = multiverse_review(made_up(settings=settings))
    (row,) = found.targets
    assert (row.combinations, row.of, found.choices) == (1, 1.0, ())
    assert (row.nearest, row.departures, row.moves_most) == (AS_SETTLED, 0, "")
    assert (row.minimum, row.maximum) == pytest.approx((0.5, 0.5), rel=ROUNDING)


def test_shares_of_limits_are_of_combinations_that_have_some(made_up):
    """Kenward and Roger's interval is REML's alone: 16 of 32 combinations have none."""
    settings = SETTINGS.replace("tau2: FE", "tau2: REML").replace("interval: wald", "interval: kr")
    settings = settings.replace("[wald]", "[kr]")
    (row,) = multiverse_review(made_up(settings=settings)).targets
    without_fixed = settings.replace("tau2: [FE]", "tau2: [REML]")
    (alone,) = multiverse_review(made_up(settings=without_fixed)).targets
    assert (row.combinations, alone.combinations) == (32, 16)
    assert row.share_significant == alone.share_significant
    assert row.share_ci_low == alone.share_ci_low


def test_ratios_of_other_kinds_can_leave(made_up):
    settings = SETTINGS.replace("tau2: [FE]", "tau2: [FE], other_measures: [taken, left_out]")
    review = made_up(settings=settings)
    world = universe(review, review.settings.analyses[0], with_limits=False)
    hazard_left_out = np.zeros((1, 4), dtype=np.uint8)
    hazard_left_out[0, [0, 3]] = 1
    assert world.space.choices[3].options == ("taken", "left_out")
    assert world.pool(hazard_left_out).estimate[0] == pytest.approx(log(0.5), rel=ROUNDING)


@pytest.mark.parametrize("name", REVIEWS)
def test_the_settled_combination_is_the_analysis(shipped, name):
    review = shipped[name]
    for analysis in analyses_with_targets(review):
        world = universe(review, analysis, with_limits=True)
        settled = world.pool(world.space.near(0))
        row = pool_analysis(review, analysis).estimate
        natural = np.exp if world.analysis.measure in ("RR", "OR", "HR", "IRR") else float
        ours = [natural(value[0]) for value in (settled.estimate, settled.ci_low, settled.ci_high)]
        assert ours == pytest.approx([row.estimate, row.ci_low, row.ci_high], rel=ROUNDING)


def test_combinations_equal_a_loop_over_analyses(shipped):
    """Variants, τ² method and interval, each set in review.yaml's terms and pooled by itself."""
    review = shipped["lauersen2018"]
    analysis = next(row for row in review.settings.analyses if row.id == "overall")
    world = universe(review, analysis, with_limits=True)
    names = [choice.name for choice in world.space.choices]
    varied = {"Waldén 2012": "walden2012", "Coppack 2011": "coppack2011"}
    for walden, coppack, tau2, interval in product((0, 1), (0, 1), (0, 2), (0, 1, 2)):
        chosen = {"Waldén 2012": walden, "Coppack 2011": coppack}
        chosen |= {"τ² method": tau2, "interval": interval}
        digits = np.zeros((1, len(names)), dtype=np.uint8)
        option = {}
        for name, digit in chosen.items():
            digits[0, names.index(name)] = digit
            option[name] = world.space.choices[names.index(name)].options[digit]
        variants = {key: option[name].partition(" (")[0] for name, key in varied.items()}
        alone = pool_analysis(
            review,
            replace(
                analysis,
                variants={**analysis.variants, **variants},
                tau2=option["τ² method"],
                interval=option["interval"],
            ),
        ).estimate
        found = world.pool(digits)
        ours = np.exp([found.estimate[0], found.ci_low[0], found.ci_high[0]])
        assert ours == pytest.approx([alone.estimate, alone.ci_low, alone.ci_high], rel=ROUNDING)


def test_an_interval_of_reml_has_no_limits_by_other_methods(shipped):
    """Kenward and Roger's: `pool` refuses it for DL, so that no combination of both has limits."""
    review = shipped["lauersen2018"]
    overall = next(row for row in review.settings.analyses if row.id == "overall")
    analysis = replace(overall, tau2="REML", interval="kr")
    world = universe(review, analysis, with_limits=True)
    names = [choice.name for choice in world.space.choices]
    digits = np.zeros((2, len(names)), dtype=np.uint8)
    digits[1, names.index("τ² method")] = 1
    found = world.pool(digits)
    alone = pool_analysis(review, analysis).estimate
    ours = np.exp([found.estimate[0], found.ci_low[0], found.ci_high[0]])
    assert ours == pytest.approx([alone.estimate, alone.ci_low, alone.ci_high], rel=ROUNDING)
    assert np.isfinite(found.estimate[1])
    assert np.isnan([found.ci_low[1], found.ci_high[1]]).all()


def test_combinations_are_the_same_however_many_are_picked_at_once(shipped, monkeypatch):
    review = shipped["lauersen2018"]
    analysis = next(row for row in review.settings.analyses if row.id == "overall")
    world = universe(review, analysis, with_limits=True)
    digits = world.space.combinations()[::97]
    together = world.pool(digits)
    monkeypatch.setattr(universes, "BLOCK", 60)
    apart = world.pool(digits)
    for name in ("estimate", "ci_low", "ci_high"):
        assert getattr(apart, name) == pytest.approx(getattr(together, name), rel=ROUNDING)


def test_binary_rounding_is_no_departure(shipped):
    """τ² is 0, so that pooling as if independent gives the three-level model's numbers."""
    rows = multiverse_review(shipped["running_economy"]).targets
    row = next(row for row in rows if row.target == "submaximal")
    assert (row.nearest, row.departures, row.nearest_rounds) == (AS_SETTLED, 0, "no")


def test_ties_of_the_curve_stand_in_the_order_of_the_choices_on_any_processor(made_up):
    review = made_up()
    world = universe(review, review.settings.analyses[0], with_limits=True)
    run = run_of(review.name, world)
    noise = 1e-16 * np.arange(len(run.digits))[::-1]
    tied = replace(run.pooled, estimate=np.full(len(run.digits), -0.5) + noise)
    rows = curve(replace(run, pooled=tied))[:-1]
    assert np.ptp(tied.estimate) > 0
    expected = ["|".join(map(str, each)) for each in run.digits.tolist()]
    assert [row.options for row in rows] == expected


def test_a_search_finds_a_match_of_as_few_departures_as_there_is(shipped):
    review = shipped["lauersen2018"]
    target = next(row for row in targets(review) if row.target == "main")
    analysis = next(row for row in review.settings.analyses if row.id == "overall")
    world = universe(review, analysis, with_limits=True)
    every = world.space.combinations()
    best = nearest(every, world.pool(every), target, scale="log")
    found = nearest(*reached(world, target, scale="log"), target, scale="log")
    assert best is not None
    assert found is not None
    assert (best.departures, best.rounds) == (found.departures, found.rounds) == (3, True)
    assert found.digits.tolist() == best.digits.tolist()


def test_a_sample_is_searched_around_the_settled_combination_too(shipped):
    """One in ten million matches: 1 of those drawn, at 13 departures, where 4 are enough."""
    review = shipped["lauersen2014"]
    target = next(row for row in targets(review) if row.target == "overall")
    analysis = next(row for row in review.settings.analyses if row.id == "overall")
    world = universe(review, analysis, with_limits=True)
    found = nearest(*reached(world, target, scale="log"), target, scale="log")
    assert found is not None
    assert (found.rounds, found.departures) == (True, 4)
    ours = np.exp([found.estimate, found.ci_low, found.ci_high])
    assert [f"{value:.3f}" for value in ours] == ["0.632", "0.533", "0.750"]


COUNTS = {"Petersen 2011": "primary", "Waldén 2012": "primary", "van der Horst 2015": "primary"}
REPORTED = {"van der Horst 2015": "inflated"}
KNOWN = {
    "V1": (COUNTS, "0.355 0.257 0.490"),
    "V2": (COUNTS | REPORTED, "0.349 0.250 0.488"),
    "V2b": (COUNTS | {"van der Horst 2015": "inflated_10_26"}, "0.342 0.244 0.479"),
    "V3, 0.01": (COUNTS | {"clustering": "ICC 0.01"}, "0.355 0.252 0.502"),
    "V3, 0.02": (COUNTS | {"clustering": "ICC 0.02"}, "0.355 0.246 0.511"),
    "V3, 0.0388": (COUNTS | {"clustering": "ICC 0.0388"}, "0.353 0.238 0.525"),
    "V3, 0.05": (COUNTS | {"clustering": "ICC 0.05"}, "0.352 0.233 0.532"),
    "V4": (REPORTED, "0.340 0.239 0.483"),
    "V6": ({}, "0.339 0.239 0.481"),
    "V7": ({"van der Horst 2015": "inflated_10_26"}, "0.332 0.233 0.472"),
    "V8": (REPORTED | {"Coppack 2011": "hazard_ratio"}, "0.332 0.234 0.472"),
    "V9": (REPORTED | {"Waldén 2012": "primary"}, "0.348 0.244 0.495"),
    "V10": (
        REPORTED | {"Waldén 2012": "primary", "Coppack 2011": "hazard_ratio"},
        "0.340 0.239 0.484",
    ),
    "V11": (REPORTED | {"Petersen 2011": "new_unadjusted"}, "0.333 0.233 0.477"),
    "V12": ({"van der Horst 2015": "odds_ratio"}, "0.318 0.223 0.453"),
    "V13": (REPORTED | {"Petersen 2011": "all_adjusted"}, "0.317 0.227 0.444"),
}
"""Attempts at the review of 2018 worked out with metafor 3.8-1: departures, estimate, limits."""


@pytest.mark.parametrize("name", KNOWN)
def test_known_attempts_lie_inside_the_multiverse(shipped, name):
    review = shipped["lauersen2018"]
    analysis = next(row for row in review.settings.analyses if row.id == "overall")
    world = universe(review, analysis, with_limits=True)
    departures, printed = KNOWN[name]
    digits = np.zeros((1, len(world.space.choices)), dtype=np.uint8)
    for place, choice in enumerate(world.space.choices):
        options = [option.partition(" (")[0] for option in choice.options]
        digits[0, place] = options.index(departures.get(choice.name, options[0]))
    found = world.pool(digits)
    ours = np.exp([found.estimate[0], found.ci_low[0], found.ci_high[0]])
    assert " ".join(f"{value:.3f}" for value in ours) == printed


def test_dispersions_and_models_are_the_choices_of_three_levels(shipped):
    review = shipped["running_economy"]
    analysis = next(row for row in review.settings.analyses if row.id == "high_load")
    world = universe(review, analysis, with_limits=True)
    assert [(each.name, each.options) for each in world.space.choices] == [
        ("Piacentini 2013", ("corrected", "primary")),
        ("Skovgaard 2014", ("corrected", "primary")),
        (
            "model",
            ("three-level, REML", "three-level, ML", "REML, results as if independent"),
        ),
        ("interval", ("t", "wald")),
    ]
    as_printed = next(row for row in review.settings.analyses if row.id == "high_load_as_printed")
    theirs = pool_analysis(review, as_printed).estimate
    found = world.pool(np.array([[1, 1, 0, 0]], dtype=np.uint8))
    assert [found.estimate[0], found.ci_low[0], found.ci_high[0]] == pytest.approx(
        [theirs.estimate, theirs.ci_low, theirs.ci_high], rel=ROUNDING
    )


def space(*radices: int) -> Space:
    choices = (
        Choice(name=f"c{place}", kind="trial", options=tuple(map(str, range(radix))))
        for place, radix in enumerate(radices)
    )
    return Space(choices=tuple(choices))


def test_numbers_and_combinations_go_back_and_forth():
    one = space(3, 2, 4)
    digits = one.combinations()
    assert len({tuple(row) for row in digits.tolist()}) == one.size == 24
    assert one.index_of(digits).tolist() == list(range(24))


@pytest.mark.parametrize("radices", [(10,) * 7, (10,) * 30])
def test_a_large_space_is_sampled_without_repeats_and_the_same_each_time(radices):
    one = space(*radices)
    digits = one.combinations(most=1000, sample=500)
    assert len({tuple(row) for row in digits.tolist()}) == 500
    assert (digits == one.combinations(most=1000, sample=500)).all()
    assert digits.max() <= 9
    spread = 3 * sqrt(8.25 / digits.size)  # three standard errors of a mean of digits
    assert abs(digits.mean() - 4.5) < spread
    assert SEED == 20180821


def test_the_surroundings_of_a_combination():
    one = space(3, 2)
    assert one.near(1).tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]
    assert len(one.near(2)) == one.size
    assert one.around(np.array([1, 1], dtype=np.uint8)).tolist() == [[0, 1], [2, 1], [1, 0]]


def test_a_further_departure_is_added_to_each_combination_once():
    rows = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.uint8)
    assert space(2, 2, 3).beyond(rows).tolist() == [
        *([0, 1, 1], [0, 1, 2], [1, 0, 1], [1, 0, 2], [1, 1, 0]),
    ]


def test_the_nearest_match_departs_least_and_ties_go_by_distance(made_up):
    review = made_up()
    world = universe(review, review.settings.analyses[0], with_limits=True)
    (target,) = targets(review)
    digits = world.space.combinations()
    found = nearest(digits, world.pool(digits), target, scale="log")
    assert found is not None
    assert found.digits.tolist() == [1, 0, 0]
    assert exp(found.estimate) == pytest.approx(
        exp(by_hand()["hazard (HR taken as RR)", "primary", "as_extracted"]), rel=ROUNDING
    )
