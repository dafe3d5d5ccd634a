"""Whether it is enough, in sentences made from the numbers; and the numbers of a shipped review."""

from dataclasses import replace
from math import ceil, exp, log

import pytest

from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.estimates import entering, pool_analysis
from liftproof.pages.stopping.change_sentences import LARGEST, TINY
from liftproof.pages.stopping.stopping_section import stopping_section
from liftproof.pages.stopping.stopping_sentences import CERTAIN, stopping_sentences
from liftproof.pages.stopping.stopping_sentences import METHODS as TOLD
from liftproof.reviews import find, read
from liftproof.rows.result_rows import DiagnosticRow, EstimateRow
from liftproof.statistics.accumulation import next_trials
from liftproof.statistics.accumulation.next_trials import LEAST
from support.page_inputs import review_inputs
from support.workflow_project import REPOSITORY

ESTIMATE = EstimateRow(review="made_up", analysis="overall", title="All trials", measure="RR", k=3)
SOUGHT = log(0.8)
MONITORED = {
    "fraction": 0.37,
    "is_crossed": 0.0,
    "power_trend": 0.4921,
    "power_sought": 0.7409,
    "power_none": 0.0612,
}
INCLUDES = {
    "excludes": 0.0,
    "effect_trend": log(0.86),
    "trials_trend": 5.0,
    "size_trend": 17.2,
    "people_trend": 7073.2,
    "events_intervention_trend": 396.4,
    "events_control_trend": 463.01,
    "effect_sought": SOUGHT,
    "trials_sought": 1.0,
    "size_sought": 0.5,
    "effect_none": 0.0,
}
EXCLUDES = {"excludes": 1.0, "effect_none": 0.0, "effect_sought": SOUGHT}


def told(estimate=ESTIMATE, **methods):
    """Return the sentences of an analysis by its numbers, method by method."""
    rows = [
        DiagnosticRow(
            review="made_up",
            analysis="overall",
            method=method,
            quantity=quantity,
            study=study,
            value=value,
        )
        for method, values in methods.items()
        for (quantity, study), value in (
            (name if isinstance(name, tuple) else (name, ""), value)
            for name, value in values.items()
        )
    ]
    return stopping_sentences(estimate, rows, {"dog": "Dog 2004"})


def test_it_says_how_much_is_known_and_how_likely_the_end_decides():
    asked, first, second, *_ = told(monitoring=MONITORED, next_trials=INCLUDES)
    assert asked == (
        "Asked here is whether the interval excludes no effect (1). What would show an effect of a "
        "certain size, as a claim may state, is told with the claim."
    )
    assert first == (
        "To find a risk ratio of 0.80, the size assumed here to matter, with a power of 80\u202f% "
        "and an error of 5\u202f%, "
        "37\u202f% of the information is there that trials as unlike as these need."
    )
    assert second == (
        "Tested anew after every trial, by boundaries stricter for that, the estimate does not yet "
        "exclude no effect. Once all that information is there, the last test will, with a chance "
        "of 49\u202f% if the trend so far goes on, of 74\u202f% if the effect is a risk ratio of "
        "0.80, of 6\u202f% if there is no effect."
    )


def test_people_are_counted_where_they_are_known():
    size = {"achieved": 2279.4, "diversity_adjusted": 21870.2}
    first = told(monitoring=MONITORED, next_trials=INCLUDES, information_size=size)[1]
    assert first.endswith("as these need (counted in people instead: 2280 of 21871).")


def test_why_fewer_people_count_than_take_part_is_told():
    size = {"achieved": 7498.0, "diversity_adjusted": 19301.0}
    estimate = replace(ESTIMATE, participants=7738)
    first = told(estimate, monitoring=MONITORED, next_trials=INCLUDES, information_size=size)[1]
    assert first.endswith(
        "(counted in people instead, the 7738 divided by the design effect of their trial: "
        "7498 of 19301)."
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"is_crossed": 1.0}, "the estimate still excludes no effect."),
        (
            {"power_trend": None, "fraction": 1.2},
            "All the information that was needed is there. Tested anew",
        ),
        ({"power_trend": CERTAIN + 0.001}, "a chance of more than 99\u202f% if the trend"),
        ({"power_trend": 1 - CERTAIN - 0.001}, "a chance of less than 1\u202f% if the trend"),
    ],
)
def test_each_state_of_monitoring_has_its_sentence(values, says):
    assert says in told(monitoring={**MONITORED, **values}, next_trials=INCLUDES)[2]


def test_the_next_trials_are_told_in_people_and_events():
    _, trend, sought = told(next_trials=INCLUDES)
    assert trend == (
        "5 more trials like the median one, if each finds what the pool finds (0.86), make the "
        "interval exclude no effect; a single one needs 17.20 times the information of the median "
        "one, about 7074 people (3537 in each arm, 397 and 464 events)."
    )
    assert sought == (
        "1 more trial like the median one, if it finds a risk ratio of 0.80, makes the interval "
        "exclude no effect; a single one needs 0.50 times the information of the median one."
    )


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (None, "a single one does not, however large"),
        (LEAST, "a single one does so whatever its size"),
        (LEAST * TINY * 1.01, "a single one needs 0.0010 times the information"),
        (LARGEST, "a single one needs 100.00 times"),
        (LARGEST + 1, "only with more than 100 times the information of the median one"),
    ],
)
def test_a_single_trial_is_told_by_its_size(size, says):
    _, sentence = told(next_trials={**EXCLUDES, "trials_none": 3.0, "size_none": size})
    assert sentence.startswith("3 more trials like the median one, if each finds no effect, make")
    assert says in sentence


def test_where_no_number_of_trials_does_it_that_is_said():
    _, sentence = told(next_trials=EXCLUDES)
    assert sentence == (
        "Up to 40 more trials like the median one, if each finds no effect, do not make the "
        "interval include no effect; a single one does not, however large."
    )


FRAGILE = {
    "excludes": 1.0,
    "fewest": 3.0,
    "at_least": 3.0,
    "is_exact": 1.0,
    ("moved_intervention", "dog"): 2.0,
    ("moved_control", "dog"): -1.0,
    ("moved_intervention", "cat"): 0.0,
}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {},
            "With 3 people of other outcome the interval would include no effect: Dog 2004, "
            "2 events more in the intervention arm and 1 event fewer in the control arm "
            "(no fewer do).",
        ),
        ({"is_exact": 0.0, "at_least": 2.0}, "(of fewer than 2 all ways were tried)."),
        ({"excludes": 0.0}, "the interval would exclude no effect"),
        (
            {"fewest": 1.0, "at_least": 1.0, ("moved_intervention", "dog"): 0.0},
            "With 1 person of other outcome the interval would include no effect: Dog 2004, "
            "1 event fewer in the control arm.",
        ),
        (
            {"fewest": None, "at_least": 5.0},
            "No way was found to make the interval include no effect by turning the outcome of up "
            "to 60 people; of fewer than 5 all ways were tried.",
        ),
    ],
)
def test_fragility_names_the_trials_and_what_was_tried(values, says):
    _, sentence = told(fragility={**FRAGILE, **values})
    assert says in sentence


def test_nothing_is_said_where_nothing_applies():
    assert told() == ()


@pytest.fixture(scope="module")
def review():
    return read(find("runners", REPOSITORY))


def analysis(review, key):
    return next(item for item in review.settings.analyses if item.id == key)


def numbers(review, asked, *methods):
    rows = diagnose(review, asked, {name: METHODS[name] for name in methods})
    return {(row.quantity, row.study): row.value for row in rows}


@pytest.mark.slow
def test_the_numbers_of_the_next_trials_follow_from_effects_and_risks(review):
    asked = analysis(review, "all_exercise")
    found = numbers(review, asked, "next_trials", "absolute_effect")
    effects = entering(review, asked)
    pooled = pool_analysis(review, asked).estimate
    y, v = ([getattr(one, name) for one in effects] for name in ("y", "v"))
    alone = next_trials(y, v, log(0.8), tau2=asked.tau2, interval=asked.interval)
    assert found["trials_sought", ""] == alone.trials
    assert found["size_sought", ""] == pytest.approx(alone.size)
    assert exp(found["effect_trend", ""]) == pytest.approx(pooled.estimate)
    control = found["baseline_risk", ""]
    per_arm = (1 / (0.8 * control) + 1 / control - 2) / alone.variance
    assert found["people_sought", ""] == pytest.approx(2 * per_arm)
    assert found["events_control_sought", ""] == pytest.approx(control * per_arm)
    assert found["events_intervention_sought", ""] == pytest.approx(0.8 * control * per_arm)


def test_moving_the_events_named_does_change_the_conclusion(review):
    asked = analysis(review, "supervised_dl")
    found = numbers(review, asked, "fragility")
    assert found["fewest", ""] == 2
    moved = {
        study: ceil(value) for (name, study), value in found.items() if name == "moved_intervention"
    }
    assert moved["taddei2020"] == -2
    outcomes = tuple(
        replace(row, events_intervention=row.events_intervention + moved.get(row.study, 0))
        if row.events_intervention is not None and row.study in moved
        else row
        for row in review.outcomes
    )
    was = pool_analysis(review, asked).estimate
    now = pool_analysis(replace(review, outcomes=outcomes), asked).estimate
    assert was.ci_high < 1 < now.ci_high


def test_values_of_which_more_are_better_are_moved_the_right_way(review):
    asked = analysis(review, "supervised_dl")
    turned = replace(asked, better="higher")
    here, there = (numbers(review, one, "fragility", "next_trials") for one in (asked, turned))
    assert here["moved_intervention", "taddei2020"] == there["moved_intervention", "taddei2020"]
    assert here["effect_sought", ""] == -there["effect_sought", ""]


def test_the_section_names_trials_by_their_labels(review):
    asked = analysis(review, "supervised_dl")
    rows = diagnose(review, asked, {name: METHODS[name] for name in TOLD})
    inputs = review_inputs(review, [pool_analysis(review, asked).estimate, *rows])
    (answer,) = stopping_section(inputs)
    assert answer.title.startswith(asked.title)
    assert "Taddei 2020, 2 events fewer in the intervention arm" in answer.sentences[-1]


def test_a_trial_without_events_can_enter_and_change_the_conclusion(tmp_path):
    """1 of 12 for 0 of 12 makes the pool 0.26 (0.058 to 1.13); the two trials pooled need 4."""
    files = {
        "review.yaml": "title: T\nmeasure: RR\nanalyses:\n"
        "  - {id: all, title: All, tau2: DL, interval: wald}\n",
        "studies.csv": "study,label,year\na,A,2001\nb,B,2002\nc,C,2003\n",
        "outcomes.csv": "study,outcome,events_intervention,n_intervention,events_control,n_control"
        "\na,o,2,40,12,40\nb,o,0,12,0,12\nc,o,1,50,8,50\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    review = read(tmp_path)
    (asked,) = review.settings.analyses
    found = numbers(review, asked, "fragility")
    assert (found["fewest", ""], found["is_exact", ""]) == (1, 1)
    moved = {study: found["moved_intervention", study] for study in "acb"}
    assert moved == {"a": 0, "b": 1, "c": 0}
    assert exp(found["ci_high", ""]) == pytest.approx(1.13, abs=0.005)
    (row, *_) = diagnose(review, asked, {"fragility": METHODS["fragility"]})
    assert row.note.startswith("Trials that are left out as they are and can enter by a move: 1.")
