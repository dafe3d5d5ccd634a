"""Diagnostics of the shipped reviews: which apply, whose their numbers are, and their values."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import entering, pool_analysis
from liftproof.pages.diagnostics.diagnostic_words import NAMES
from liftproof.reviews import find, read
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.statistics.pooling import pool
from liftproof.statistics.small_study.count_tests import peters
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from support.diagnosed import diagnose_review

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
ROUNDING = 1e-10
"""Relative: the same closed form computed in another order."""
SEARCHED = 1e-8
"""Relative: two searches that end within 1e-12 of the same log-likelihood."""
BASELINE = (10 + 32 + 36 + 14 + 25 + 13) / (15 + 481 + 743 + 2085 + 287 + 26)
"""Events over participants of the six control arms."""
Z_975, Z_80 = 1.959963984540054, 0.8416212335729143
"""Quantiles of the normal distribution."""
SIDE = re.compile("side_(left|right)")


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


@pytest.fixture(scope="module")
def rows(review):
    """The diagnostics of the crude counts, where every method for counts applies."""
    counts = analysis(review, "counts")
    return diagnose(review, counts)


def analysis(review, key):
    return next(item for item in review.settings.analyses if item.id == key)


def values(rows, method, quantity):
    return [row.value for row in rows if (row.method, row.quantity) == (method, quantity)]


def test_every_registered_method_is_there_and_has_a_name(rows):
    assert list(dict.fromkeys(row.method for row in rows)) == list(METHODS)
    assert list(NAMES) == list(METHODS)


def test_every_registered_field_of_a_method_that_applies_becomes_a_row(rows):
    refused = {row.method for row in rows if row.quantity == "not_applicable"}
    shown = {(row.method, SIDE.sub("side", row.quantity.partition("[")[0])) for row in rows}
    wanted = {(name, field) for name, method in METHODS.items() for field in method.fields}
    assert refused == {"bayes_turner"}
    assert values(rows, "trim_and_fill_l0", "k0") == [0]
    added = {("trim_and_fill_l0", field) for field in ("filled_y", "filled_v")}
    assert {pair for pair in wanted - added if pair[0] not in refused} == {
        pair for pair in shown if pair[0] not in refused
    }


def test_leaving_out_a_trial_is_pooling_the_others(review, rows):
    counts = analysis(review, "counts")
    effects = [effect for effect in entering(review, counts) if effect.study.study != "zouita2016"]
    others = pool([e.y for e in effects], [e.v for e in effects], tau2="DL", interval="wald")
    (without,) = [
        row.value
        for row in rows
        if (row.method, row.quantity, row.study) == ("leave_one_out", "estimate", "zouita2016")
    ]
    assert without == pytest.approx(float(others.estimate), rel=ROUNDING)


def test_accumulation_ends_at_the_pooled_estimate_with_the_latest_trial(review, rows):
    counts = analysis(review, "counts")
    effects = entering(review, counts)
    pooled = pool([e.y for e in effects], [e.v for e in effects], tau2="DL", interval="wald")
    steps = [row for row in rows if (row.method, row.quantity) == ("cumulative", "estimate")]
    assert (steps[0].study, steps[-1].study) == ("askling2003", "zouita2016")
    assert steps[-1].value == pytest.approx(float(pooled.estimate), rel=ROUNDING)


def test_events_per_1000_follow_from_the_control_arms(review, rows):
    assert values(rows, "absolute_effect", "baseline_risk") == pytest.approx([BASELINE])
    counts = analysis(review, "counts")
    ratio = pool_analysis(review, counts).estimate.estimate
    assert values(rows, "absolute_effect", "events") == pytest.approx(
        [1000 * BASELINE * ratio], rel=ROUNDING
    )


def test_few_trials_are_said_to_tell_little(rows):
    notes = {row.note for row in rows if row.method == "egger"}
    assert notes == {
        "With 6 trials, fewer than 10, this test cannot tell real asymmetry from chance."
    }


def test_what_does_not_apply_says_why():
    rows = diagnose_review(read(find("lauersen2014", REPOSITORY)))
    reasons = {
        (row.analysis, row.method): row.note for row in rows if row.quantity == "not_applicable"
    }
    assert reasons["stretching", "egger"] == "2 trials; it is shown for 3 or more."
    assert "events and participants" in reasons["overall", "harbord"]
    assert all(row.value is None for row in rows if row.quantity == "not_applicable")


def test_no_number_is_infinite(rows):
    assert all(np.isfinite(row.value) for row in rows if row.value is not None)


def test_an_analysis_from_counts_is_not_told_the_numbers_of_another_model(review):
    rows = diagnose(review, replace(analysis(review, "counts"), model="MH"))
    refused = {row.method for row in rows if row.note.startswith("It is for inverse variance only")}
    assert refused == {
        *(f"trim_and_fill_{name}" for name in ("l0", "r0", "q0")),
        *(name for name in METHODS if name.startswith("regtest_rma")),
        *("leave_one_out", "influence", "gosh", "shrinkage"),
        *("cumulative", "monitoring", "information_size", "next_trials", "fragility"),
    }


@pytest.mark.parametrize(
    ("model", "measure"), [("MH", "RR"), ("Peto", "OR"), ("UM.FS", "OR"), ("beta-binomial", "OR")]
)
def test_statements_of_an_analysis_from_counts_follow_from_its_own_estimate(review, model, measure):
    asked = replace(analysis(review, "counts"), model=model, measure=measure)
    estimate = pool_analysis(review, asked).estimate
    rows = diagnose(review, asked)
    risk = BASELINE / (1 - BASELINE) * estimate.estimate
    events = BASELINE * estimate.estimate if measure == "RR" else risk / (1 + risk)
    assert values(rows, "absolute_effect", "events") == pytest.approx([1000 * events], rel=ROUNDING)
    (below,) = values(rows, "confidence", "below_no_effect")
    assert 2 * (1 - below) == pytest.approx(estimate.p_value, abs=ROUNDING)
    limits = [values(rows, "p_value_function", f"{end}_95")[0] for end in ("low", "high")]
    assert np.exp(limits) == pytest.approx([estimate.ci_low, estimate.ci_high], rel=ROUNDING)


def test_tests_on_counts_refuse_a_variance_that_was_inflated(review):
    rows = diagnose(review, analysis(review, "counts_inflated"))
    reasons = {row.method: row.note for row in rows if row.quantity == "not_applicable"}
    says = "It takes participants for independent; here a variance is inflated for clusters."
    assert (reasons["harbord"], reasons["peters"]) == (says, says)


def test_peters_test_is_on_log_odds_ratios_whatever_is_pooled(review, rows):
    odds = replace(analysis(review, "counts"), measure="OR")
    counts = np.array(
        [
            [getattr(effect.outcome, name) for name in GROUPS["counts"]]
            for effect in entering(review, odds)
        ],
        dtype=float,
    ).T
    y = [effect.y for effect in entering(review, odds)]
    assert values(rows, "peters", "bias") == pytest.approx([float(peters(y, *counts).bias)])


def test_trim_and_fill_takes_the_interval_of_the_analysis(review):
    asked = analysis(review, "current_methods")
    effects = entering(review, asked)
    y, v = [e.y for e in effects], [e.v for e in effects]
    filled = trim_and_fill(y, v, tau2="REML", interval="hksj_adhoc")
    limits = values(diagnose(review, asked), "trim_and_fill_l0", "pooled.ci_high")
    assert limits == pytest.approx([float(filled.pooled.ci_high)], rel=ROUNDING)


def reversed_review(review):
    """Return the review with arms exchanged, so that its effects change their sign."""
    exchange = {
        f"{name}_{arm}": f"{name}_{other}"
        for name in ("events", "n")
        for arm, other in (("intervention", "control"), ("control", "intervention"))
    }
    outcomes = tuple(
        replace(row, **{name: getattr(row, other) for name, other in exchange.items()})
        for row in review.outcomes
    )
    return replace(review, outcomes=outcomes)


def test_selection_favours_the_side_of_the_pooled_effect(review, rows):
    other = diagnose(reversed_review(review), analysis(review, "counts"))
    (here,), (there,) = (values(each, "selection_step", "estimate") for each in (rows, other))
    assert there == pytest.approx(-here, rel=SEARCHED)
    notes = [row.note for each in (rows, other) for row in each if row.method == "selection_step"]
    assert notes[0].startswith("Selection is taken to favour effects below no effect")
    assert notes[-1].startswith("Selection is taken to favour effects above no effect")


def test_severe_selection_moves_the_estimate_further_than_moderate(rows):
    (pooled,) = values(rows, "p_value_function", "estimate")
    (moderate,) = values(rows, "selection_moderate", "estimate")
    (severe,) = values(rows, "selection_severe", "estimate")
    assert pooled < moderate < severe < 0


def test_all_subsets_of_six_trials_are_pooled(review, rows):
    assert values(rows, "gosh", "subsets") == [2**6 - 1 - 6]
    assert values(rows, "gosh", "is_exhaustive") == [1.0]
    effects = entering(review, analysis(review, "counts"))
    pairs = [
        pool([a.y, b.y], [a.v, b.v], tau2="DL", interval="wald").estimate
        for a, b in itertools.combinations(effects, 2)
    ]
    assert values(rows, "gosh", "estimate_min") == pytest.approx([float(min(pairs))], rel=ROUNDING)


def test_monitoring_ends_with_the_whole_information(review, rows):
    effects = entering(review, analysis(review, "counts"))
    w = np.array([1 / effect.v for effect in effects])
    assert values(rows, "monitoring", "achieved") == pytest.approx([w.sum()], rel=ROUNDING)
    (tau2,) = values(rows, "cumulative", "tau2")[-1:]
    w_random = 1 / (1 / w + tau2)
    single = ((Z_975 + Z_80) / np.log(0.8)) ** 2
    required = [single * w.sum() / w_random.sum()]
    assert values(rows, "monitoring", "required") == pytest.approx(required, rel=ROUNDING)


def test_monitoring_needs_a_smallest_effect_that_matters(review):
    rows = diagnose(review, replace(analysis(review, "counts"), measure="RD"))
    assert {row.note.split(";")[0] for row in rows if row.method == "monitoring"} == {
        "It needs the smallest effect that matters"
    }
    assert {row.note for row in rows if row.method == "confidence_half"} == {
        "Half of no effect is told of ratios only."
    }


def test_turners_prior_is_for_odds_ratios(review):
    rows = diagnose(review, replace(analysis(review, "counts"), measure="OR"))
    (median,) = values(rows, "bayes_turner", "mu.median")
    (half_normal,) = values(rows, "bayes_half_normal", "mu.median")
    assert median == pytest.approx(half_normal, abs=0.05)
    (note,) = {row.note for row in rows if row.method == "bayes_turner"}
    assert note == (
        "Given the priors: τ log-normal(mean=-1.28, sd=0.87), effect flat; central 95 % limits."
    )


def test_trials_accumulate_by_date_of_addition_where_all_have_one(review, rows):
    assert {row.note for row in rows if row.method == "cumulative"} == {
        "In the order of publication years, as no trial has a date of addition.",
        "",
    }
    dates = [f"2020-01-{31 - place:02}" for place in range(len(review.studies))]
    studies = tuple(
        replace(row, added=date) for row, date in zip(review.studies, dates, strict=True)
    )
    dated = diagnose(replace(review, studies=studies), analysis(review, "counts"))
    steps = [row for row in dated if (row.method, row.quantity) == ("cumulative", "estimate")]
    assert [row.study for row in steps] == [
        row.study for row in reversed(review.studies) if row.study in {s.study for s in steps}
    ]
    assert steps[0].note == "In the order of the dates on which trials entered the review."


def test_absolute_effects_say_what_they_assume(review):
    rows = diagnose(review, analysis(review, "hazard_ratio"))
    (note,) = {row.note for row in rows if row.method == "absolute_effect"}
    assert note.startswith(
        "At a risk of 0.0357 without, events over participants of 6 control arms"
    )
    assert "if the risk ratio is the same at the baseline risk." in note
    assert note.endswith("are pooled together and read as risk ratios.")


def test_numbers_that_do_not_exist_say_so(rows):
    silent = [row for row in rows if row.value is None and not row.note]
    assert silent == []


def test_several_results_of_a_trial_have_keys_of_their_own(review):
    doubled = replace(
        review,
        outcomes=(
            *review.outcomes,
            *(
                replace(row, arm="second")
                for row in review.outcomes
                if row.study == "zouita2016" and row.variant in ("", "primary")
            ),
        ),
    )
    rows = diagnose(doubled, analysis(review, "counts"))
    keys = {row.study for row in rows if row.method == "leave_one_out"}
    assert len(keys) == 7
    assert sum(key.startswith("zouita2016/") for key in keys) == 2
