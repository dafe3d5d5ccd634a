"""One specification, one engine: the pool, the causes and the multiverse give the same numbers."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from liftproof.analysis.causes.departures import departures_from
from liftproof.analysis.causes.fits import numbers_under
from liftproof.analysis.effects import effects_under
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.multiverse.universe import universe
from liftproof.analysis.specification import specification_of
from liftproof.analysis.trial_data import measure_from, trials_of_analysis
from liftproof.errors import DataError, LiftproofError, UsageError
from liftproof.reviews.model.defensible import Defensible
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.effects import FROM
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.smd import OF_SOURCE
from liftproof.vocabulary.clustering import CLUSTERINGS
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES, source_of_counts
from liftproof.vocabulary.models import COUNT_MODELS, MODELS
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, DEFENSIBLE_SMD, SMD_FORMULAS
from liftproof.vocabulary.sources import OF_ESTIMATES, OF_MEANS, SOURCES
from liftproof.vocabulary.zero_cells import DEFENSIBLE_ZERO_CELLS, ZERO_CELLS
from support.each_case import each_case
from support.made_up_trials import EVENTS, N, review_of

pytestmark = pytest.mark.slow

SAME = 1e-9
"""Relative: the same formulas; τ² by search is found to 1e-12, and limits double that."""


def first_of(key):
    """Return the first measure of each kind."""
    return tuple({key(record): code for code, record in reversed(MEASURES.items())}.values())


OF_ITS_SCALE = first_of(lambda record: (record.scale, record.has_null))
"""A measure a scale: on the scale depends what is made of an effect as given or reported."""
OF_TRIALS = ("OR", "IRR", "HR", "SMD", "MD", "ROM", "GEN")
"""Further measures of two arms, which reviews report most, and a family of which each is."""
OF_ITS_SOURCES = first_of(lambda record: record.sources)
CLUSTERS = (*CLUSTERINGS, "ICC 0.02")
QUANTITIES = ("estimate", "ci_low", "ci_high")


def can_give(measure, source):
    record = MEASURES[measure]
    as_reported = record.takes_estimates if source in OF_ESTIMATES else not SOURCES[source].arms
    return as_reported or source in record.sources


FROM_RAW = [(code, source) for code, record in MEASURES.items() for source in record.sources]
GIVEN = FROM_RAW + [
    (measure, source)
    for measure in dict.fromkeys((*OF_ITS_SCALE, *OF_TRIALS))
    for source in SOURCES
    if can_give(measure, source) and source not in MEASURES[measure].sources
]
AS_MEANS = [
    (code, "changes")
    for code, record in MEASURES.items()
    if "means" in record.sources and "changes" not in record.sources
]
"""Changes hold means after, from which these are computed."""
REFUSED = [
    (measure, source)
    for measure in dict.fromkeys((*OF_ITS_SOURCES, *OF_ITS_SCALE, *OF_TRIALS))
    for source in SOURCES
    if not can_give(measure, source) and (measure, source) not in AS_MEANS
]
SETTLED = [pair for pair in GIVEN if pair[0] in (*OF_ITS_SOURCES, *OF_ITS_SCALE, "OR", "ROM")]
"""Those whose options are tried: one a kind of numbers, and one a scale."""
OF_COUNTS = [
    (code, measure)
    for code in COUNT_MODELS
    for measure in MODELS[code].measures
    if measure in MEASURES
]
"""Every model of counts with every measure that it estimates of trials."""
ONLY_SETTLED = Defensible(
    is_asked=True,
    clustering=("as_extracted",),
    icc=(),
    tau2=("DL",),
    interval=("wald",),
    zero_cells=("only_empty",),
)
OPTIONS = {
    "clustering": CLUSTERS,
    "zero_cells": DEFENSIBLE_ZERO_CELLS,
    "other_measures": ("taken", "left_out"),
    "measure": ("RR", "OR"),
}
FIELDS = {"clustering": "clusters"}


def analysis_of(measure, **options):
    return Analysis(id="all", title="All", measure=measure, tau2="DL", interval="wald", **options)


def by_pool(review, analysis):
    row = pool_analysis(review, analysis).estimate
    return [getattr(row, name) for name in QUANTITIES]


def by_causes(review, analysis, **fields):
    numbers = numbers_under(
        trials_of_analysis(review, analysis), replace(specification_of(analysis), **fields)
    )
    return [numbers[name] for name in QUANTITIES]


def by_multiverse(review, analysis, kind="", option=""):
    """Return the settled combination, or that of one option; None where it changes nothing."""
    world = universe(review, analysis, with_limits=False)
    digits = world.space.near(0)
    if kind:
        places = [choice.kind for choice in world.space.choices]
        if kind not in places or option not in world.space.choices[places.index(kind)].options:
            return None
        place = places.index(kind)
        digits[0, place] = world.space.choices[place].options.index(option)
    found = world.pool(digits)
    natural = MEASURES[analysis.measure].natural
    return [natural(float(getattr(found, name)[0])) for name in QUANTITIES]


@each_case(product(GIVEN, CLUSTERINGS), named=str, together=lambda case: case[1])
def test_pool_causes_and_multiverse_agree(case):
    (measure, source), clustering = case
    analysis = analysis_of(measure, clustering=clustering)
    review = review_of(source, analysis)
    expected = by_pool(review, analysis)
    assert np.isfinite(expected).all()
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    assert by_multiverse(review, analysis) == pytest.approx(expected, rel=SAME)


@pytest.mark.parametrize("smd", SMD_FORMULAS)
@pytest.mark.parametrize("source", OF_MEANS)
def test_pool_causes_and_multiverse_agree_on_every_formula(source, smd):
    analysis = analysis_of("SMD", smd=smd)
    review = review_of(source, analysis)
    expected = by_pool(review, analysis)
    assert np.isfinite(expected).all()
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    usual = analysis_of("SMD", multiverse=replace(ONLY_SETTLED, smd=DEFENSIBLE_SMD))
    assert by_causes(review, usual, smd=smd) == pytest.approx(expected, rel=SAME)
    found = by_multiverse(review, usual, "smd", smd)
    if smd in DEFENSIBLE_SMD and found is not None:
        assert found == pytest.approx(expected, rel=SAME)
    else:
        twin = [one for one in OF_SOURCE[source] if OF_SOURCE[source][one] is formula(source, smd)]
        assert smd == "AV" or set(twin) == {"hedges", {"means": "LS", "changes": "LS2"}[source]}


def formula(source, smd):
    return OF_SOURCE[source][smd]


@pytest.mark.parametrize("change_sd", CHANGE_SDS)
def test_pool_and_causes_agree_on_every_divisor_of_changes(change_sd):
    analysis = analysis_of("SMD", change_sd=change_sd, pre_post_correlation=0.7)
    review = review_of("changes", analysis, with_before=True)
    expected = by_pool(review, analysis)
    assert np.isfinite(expected).all()
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    settled = analysis_of("SMD", pre_post_correlation=0.7)
    assert by_causes(review, settled, change_sd=change_sd) == pytest.approx(expected, rel=SAME)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("means", {"LS2", "UB", "AV", "cohen", "revman", "glass", "cohen_metan", "borenstein"}),
        ("changes", {"LS", "UB", "AV", "cohen", "revman", "glass", "cohen_metan", "borenstein"}),
    ],
)
def test_every_other_formula_is_a_departure_and_no_other_name_of_the_settled_one(source, expected):
    analysis = analysis_of("SMD")
    trials = trials_of_analysis(review_of(source, analysis), analysis)
    offered = departures_from(specification_of(analysis), trials)
    assert {one.id.removeprefix("smd_") for one in offered if one.axis == "smd"} == expected
    assert not [one for one in offered if one.axis == "change_sd"]


def test_a_divisor_of_changes_is_tried_where_its_numbers_are_known():
    analysis = analysis_of("SMD")
    review = review_of("changes", analysis, with_before=True)
    trials = trials_of_analysis(review, analysis)
    ids = [one.id for one in departures_from(specification_of(analysis), trials)]
    assert [name for name in ids if name.startswith("change_sd")] == ["change_sd_before"]
    known = analysis_of("SMD", pre_post_correlation=0.7)
    ids = [one.id for one in departures_from(specification_of(known), trials)]
    assert [name for name in ids if name.startswith("change_sd")] == [
        "change_sd_before",
        "change_sd_change",
    ]


def test_a_standard_deviation_before_is_misread_with_that_after():
    """By hand: a standard error before, times the root of n, is the deviation divided by."""
    analysis = analysis_of("SMD", change_sd="before")
    review = review_of("changes", analysis, with_before=True)
    trials = trials_of_analysis(review, analysis)
    usual = specification_of(analysis)
    y, _ = effects_under(trials, usual)
    misread, _ = effects_under(trials, replace(usual, misread="sd_as_se"))
    sd, n = (
        np.array(
            [
                [getattr(row, f"{name}_{arm}") for row in review.outcomes]
                for arm in ("intervention", "control")
            ]
        )
        for name in ("sd_pre", "n")
    )

    def pooled(s):
        return np.sqrt(((n - 1) * s**2).sum(axis=0) / (n.sum(axis=0) - 2))

    assert misread / y == pytest.approx(pooled(sd) / pooled(sd * np.sqrt(n)), rel=SAME)


@pytest.mark.parametrize(
    ("measure", "source"), [("SMD", "means"), ("MD", "means"), ("SMD", "given")]
)
def test_the_other_direction_turns_every_effect_in_pool_causes_and_multiverse(measure, source):
    lower, higher = analysis_of(measure), analysis_of(measure, better="higher")
    review, turned = review_of(source, lower), review_of(source, higher)
    estimate, low, high = by_pool(review, lower)
    expected = pytest.approx([-estimate, -high, -low], rel=SAME)
    assert by_pool(turned, higher) == expected
    assert by_causes(turned, higher) == expected
    assert by_multiverse(turned, higher) == expected
    before, after = pool_analysis(review, lower).effects, pool_analysis(turned, higher).effects
    assert [(-row.y, row.v) for row in before] == [(row.y, row.v) for row in after]


@pytest.mark.parametrize(("model", "measure"), OF_COUNTS)
def test_pool_and_causes_agree_on_counts(model, measure):
    analysis = analysis_of(measure, model=model)
    review = review_of(source_of_counts(measure), analysis)
    expected = by_pool(review, analysis)
    assert np.isfinite(expected).all()
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)


def test_a_trial_with_events_in_everybody_is_left_out_of_the_counts_of_a_ratio():
    """By hand: trial 5 has events in all of both arms, trials 4 and 6 none in one arm or both."""
    analysis = analysis_of("RR", model="MH")
    review = review_of("counts", analysis)
    pooled = pool_analysis(review, analysis)
    assert [row.study for row in pooled.effects if row.left_out] == ["trial4", "trial5"]
    (a, c), (n1, n2) = np.delete(EVENTS, [4, 5], axis=1), np.delete(N, [4, 5], axis=1)
    total = n1 + n2
    expected = (a * n2 / total).sum() / (c * n1 / total).sum()
    assert pooled.estimate.estimate == pytest.approx(expected, rel=SAME)
    assert by_causes(review, analysis)[0] == pytest.approx(expected, rel=SAME)


@pytest.mark.parametrize(("measure", "source"), AS_MEANS)
def test_means_after_are_taken_of_changes(measure, source):
    analysis = analysis_of(measure)
    expected = by_pool(review_of("means", analysis), analysis)
    review = review_of(source, analysis)
    assert np.isfinite(expected).all()
    assert by_pool(review, analysis) == pytest.approx(expected, rel=SAME)
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    assert by_multiverse(review, analysis) == pytest.approx(expected, rel=SAME)


@each_case(GIVEN, named=str, together=lambda case: case[0])
def test_rows_of_effects_are_the_arrays(case):
    measure, source = case
    analysis = analysis_of(measure, clustering="design_effect")
    review = review_of(source, analysis)
    rows = pool_analysis(review, analysis).effects
    y, v = effects_under(trials_of_analysis(review, analysis), specification_of(analysis))
    ours = [[np.nan if value is None else value for value in (row.y, row.v)] for row in rows]
    assert np.array(ours) == pytest.approx(np.array([y, v]).T, rel=SAME, nan_ok=True)
    assert np.isnan(y).tolist() == [bool(row.left_out) for row in rows]


@each_case(product(SETTLED, OPTIONS), named=str, together=lambda case: case[1])
def test_every_option_of_the_multiverse_is_the_same_choice_in_causes(case):
    """An option that the multiverse does not list gives, in causes, what another gives."""
    (measure, source), kind = case
    asked = {kind: OPTIONS[kind]}
    if kind == "clustering":
        asked = {"clustering": tuple(CLUSTERINGS), "icc": (0.02,)}
    analysis = analysis_of(measure, multiverse=replace(ONLY_SETTLED, **asked))
    review = review_of(source, analysis, measure="HR" if kind == "other_measures" else "")
    field = FIELDS.get(kind, kind)
    known = []
    for option in OPTIONS[kind]:
        found = by_multiverse(review, analysis, kind, option)
        causes = under_option(review, analysis, field, option)
        if found is not None:
            assert found == pytest.approx(causes or [np.nan] * 3, rel=SAME, nan_ok=True)
            known.append(found)
        elif causes is not None and option_is_offered(analysis, kind):
            every = [*known, by_multiverse(review, analysis)]
            assert any(causes == pytest.approx(one, rel=SAME) for one in every)


def under_option(review, analysis, field, option):
    """Return what causes give, None where no trial is left or the choice is about no trial."""
    try:
        return by_causes(review, analysis, **{field: option})
    except TypeError:  # no numbers
        return None


def option_is_offered(analysis, kind):
    return kind != "measure" or MEASURES[analysis.measure].is_departure


@pytest.mark.parametrize("code", ZERO_CELLS)
def test_a_rule_for_empty_cells_enters_the_effects(code):
    """By hand: trial 0 has no event with the intervention, 4 none in either arm."""
    analysis = analysis_of("RR")
    trials = trials_of_analysis(review_of("counts", analysis), analysis)
    y, _ = effects_under(trials, replace(specification_of(analysis), zero_cells=code))
    first = np.log(0.5 / 41) - np.log(4.5 / 43)
    second = -(np.log(5 / 55) - np.log(5 / 51))
    added = -(np.log(5.5 / 56) - np.log(5.5 / 52))
    empty = np.log(0.5 / 121) - np.log(0.5 / 111)
    of_events = np.log(0.5 / 40.5) - np.log(4.5 / 42.5)
    added_events = -(np.log(5.5 / 55.5) - np.log(5.5 / 51.5))
    empty_events = np.log(0.5 / 120.5) - np.log(0.5 / 110.5)
    expected = {
        "only_empty": (first, second, np.nan),
        "all_if_any": (first, added, np.nan),
        "all": (first, added, np.nan),
        "left_out": (np.nan, second, np.nan),
        "empty_trials_kept": (first, second, empty),
        "metabin": (of_events, second, np.nan),
        "metabin_all_if_any": (of_events, added_events, np.nan),
        "metabin_all": (of_events, added_events, np.nan),
        "metabin_empty_trials_kept": (of_events, second, empty_events),
        "empty_cell_only": (np.log(0.5 / 40.5) - np.log(4 / 42), second, np.nan),
    }
    assert y[[0, 1, 4]] == pytest.approx(np.array(expected[code]), rel=SAME, nan_ok=True)


@pytest.mark.parametrize("code", ["all", "left_out"])
def test_a_difference_keeps_trials_without_events_unless_empty_cells_leave(code):
    analysis = analysis_of("RD")
    trials = trials_of_analysis(review_of("counts", analysis), analysis)
    y, _ = effects_under(trials, replace(specification_of(analysis), zero_cells=code))
    assert np.isnan(y).tolist() == [
        code == "left_out" and place in (0, 4, 5, 6) for place in range(8)
    ]


def test_a_trial_without_events_enters_where_the_model_is_of_the_risks():
    analysis = analysis_of("OR", model="UM.RS")
    trials = trials_of_analysis(review_of("counts", analysis), analysis)
    y, _ = effects_under(trials, specification_of(analysis))
    assert np.isfinite(y).all()


@each_case(REFUSED, named=str, together=lambda case: case[0])
def test_what_a_source_cannot_give_is_refused_by_pool_and_causes(case):
    measure, source = case
    analysis = analysis_of(measure)
    review = review_of(source, analysis, with_n=not source.endswith("rates"))
    with pytest.raises(DataError, match=rf"trial0, .*{measure} cannot be computed from .*{source}"):
        pool_analysis(review, analysis)
    with pytest.raises(DataError, match=f"{measure} cannot be computed from"):
        trials_of_analysis(review, analysis)


@each_case(REFUSED, named=str, together=lambda case: case[0])
def test_the_multiverse_takes_a_ratio_of_another_kind_and_nothing_else(case):
    measure, source = case
    analysis = analysis_of(measure)
    review = review_of(source, analysis, with_n=not source.endswith("rates"))
    world = universe(review, analysis, with_limits=False)
    try:
        stand_in = measure_from(source, measure)
    except UsageError:
        assert len(world.trial) == 0
        return
    other = analysis_of(stand_in)
    expected = by_pool(review_of(source, other, with_n=not source.endswith("rates")), other)
    assert by_multiverse(review, analysis) == pytest.approx(expected, rel=SAME)


def rate_difference(x1, t1, x2, t2):
    return Effect(y=x1 / t1 - x2 / t2, v=x1 / t1**2 + x2 / t2**2)


def difference_of_logarithms(m1, s1, n1, m2, s2, n2, *, correct=True):
    shift = 0.001 if correct else 0.0
    return Effect(y=np.log(m1) - np.log(m2) - shift, v=(s1 / m1) ** 2 / n1 + (s2 / m2) ** 2 / n2)


@pytest.fixture
def with_new_measures(monkeypatch):
    """Register two measures, by a record and a function each."""
    for source, code, function in (
        ("rates", "RTD", rate_difference),
        ("means", "DLM", difference_of_logarithms),
    ):
        record = Measure(code=code, name=f"new {code}", is_log=False, sources=(source,))
        monkeypatch.setitem(MEASURES, code, record)
        monkeypatch.setitem(FROM[source], code, function)


def without_empty_trials(review):
    return replace(review, outcomes=review.outcomes[:4], studies=review.studies[:4])


@pytest.mark.usefixtures("with_new_measures")
def test_a_new_measure_of_rates_is_right_everywhere():
    analysis = analysis_of("RTD", clustering="ignore")
    review = without_empty_trials(review_of("rates", analysis))
    columns = ("events_intervention", "person_time_intervention")
    columns += ("events_control", "person_time_control")
    numbers = [np.array([getattr(row, name) for row in review.outcomes]) for name in columns]
    effect = rate_difference(*numbers)
    y = effect.y * [1, -1, 1, 1]
    rows = pool_analysis(review, analysis).effects
    assert [row.y for row in rows] == pytest.approx(y, rel=SAME)
    assert [row.v for row in rows] == pytest.approx(effect.v, rel=SAME)
    expected = by_pool(review, analysis)
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    assert by_multiverse(review, analysis) == pytest.approx(expected, rel=SAME)


@pytest.mark.usefixtures("with_new_measures")
def test_a_new_measure_without_a_variance_is_refused_everywhere():
    analysis = analysis_of("RTD")
    review = review_of("rates", analysis)
    says = "trial4, outcome result, variant primary: its RTD from rates has no finite value"
    with pytest.raises(DataError, match=says):
        pool_analysis(review, analysis)
    with pytest.raises(DataError, match=says):
        universe(review, analysis, with_limits=False)
    trials = trials_of_analysis(review, analysis)
    with pytest.raises(LiftproofError, match=says):
        effects_under(trials, specification_of(analysis))
    assert numbers_under(trials, specification_of(analysis)) is None


@pytest.mark.usefixtures("with_new_measures")
def test_a_new_measure_of_means_has_its_own_departures_and_no_others():
    analysis = analysis_of("DLM")
    review = review_of("means", analysis)
    expected = by_pool(review, analysis)
    assert by_causes(review, analysis) == pytest.approx(expected, rel=SAME)
    assert by_multiverse(review, analysis) == pytest.approx(expected, rel=SAME)
    trials, usual = trials_of_analysis(review, analysis), specification_of(analysis)
    axes = {departure.axis for departure in departures_from(usual, trials)}
    assert "correction" in axes
    assert not axes & {"dispersion", "smd"}
    shifted, _ = effects_under(trials, replace(usual, correction="none"))
    plain, _ = effects_under(trials, usual)
    assert np.abs(shifted - plain) == pytest.approx(np.full(8, 0.001), rel=SAME)


@pytest.mark.parametrize(
    ("measure", "source", "fields", "says"),
    [
        ("MD", "means", {"smd": "LS2"}, "MD from means has no smd LS2"),
        ("ROM", "means", {"dispersion": "pooled"}, "ROM from means has no dispersion pooled"),
        ("MD", "means", {"dispersion": "control"}, "no dispersion control; known are: pooled, sep"),
        ("SMD", "means", {"correction": "none"}, "SMD from means has no correction none"),
        ("SMD", "means", {"smd": "glass", "dispersion": "separate"}, "leave dispersion out"),
        ("SMD", "changes", {"change_sd": "change"}, "needs the correlation between before and aft"),
        ("SMD", "changes", {"change_sd": "befor"}, "no change_sd befor; did you mean before"),
        (
            "SMD",
            "means",
            {"zero_cells": "all"},
            "about counts or rates or group_counts or group_rates, which no trial has",
        ),
        ("RR", "counts", {"correction": "none"}, "about changes or means|about means or changes"),
        ("RR", "counts", {"limits_read": "90"}, "limits_read 90 is about reported"),
        ("MD", "means", {"misread": "se_as_sd", "misread_study": "x"}, "There is no trial x"),
        ("SMD", "means", {"misread": "se_as_ds"}, "did you mean se_as_sd"),
        ("RR", "counts", {"zero_cells": "half"}, "no zero_cells half"),
        ("RR", "counts", {"clusters": "ignored"}, "no treatment of clusters ignored; did you mean"),
        ("RD", "counts", {"rounding": "natural_2"}, "RD is no ratio"),
        ("RR", "counts", {"rounding": "natural_9"}, "There is no rounding natural_9"),
        ("RR", "counts", {"clusters": "ICC x"}, "no treatment of clusters ICC x; after ICC give a"),
        ("RR", "counts", {"clusters": "ICC nan"}, "no treatment of clusters ICC nan"),
        ("SMD", "means", {"correction": "maybe"}, "no correction maybe; known are: none"),
        ("RR", "counts", {"direction": "invert"}, "did you mean inverted"),
        ("RR", "counts", {"other_measures": "leftout"}, "did you mean left_out"),
        ("SMD", "means", {"dispersion": "polled"}, "did you mean pooled"),
        ("SMD", "means", {"smd": "LS3"}, "no smd LS3; did you mean LS"),
        ("SMD", "means", {"smd": "revmen"}, "no smd revmen; did you mean revman"),
        ("RR", "reported", {"limits_read": "ninety"}, "no limits_read ninety; give a text of"),
        ("RR", "reported", {"limits_read": "195"}, "no limits_read 195"),
        ("RR", "counts", {"variance": "satoo"}, "did you mean sato"),
        ("RR", "counts", {"tau2_limits": "x"}, "no tau2_limits x; known are: satterthwaite, stand"),
        ("RR", "counts", {"search": "lose"}, "did you mean loose"),
        ("RR", "counts", {"i2": "from_tau2"}, "no i2 from_tau2; "),
        ("RR", "counts", {"level": 95}, "no level 95; did you mean 0.95"),
        ("RR", "counts", {"level": "high"}, "no level high"),
        ("RR", "counts", {"zero_cells": None}, "no zero_cells None"),
    ],
)
def test_a_choice_that_a_measure_does_not_know_is_refused_in_a_sentence(
    measure, source, fields, says
):
    analysis = analysis_of(measure)
    trials = trials_of_analysis(review_of(source, analysis), analysis)
    with pytest.raises(LiftproofError, match=says):
        effects_under(trials, replace(specification_of(analysis), **fields))


@pytest.mark.usefixtures("with_new_measures")
def test_a_measure_without_rules_for_empty_cells_is_not_taken_under_one():
    analysis = analysis_of("RTD")
    trials = trials_of_analysis(without_empty_trials(review_of("rates", analysis)), analysis)
    offered = [one.id for one in departures_from(specification_of(analysis), trials)]
    assert [name for name in offered if name.startswith("zero_cells")] == ["zero_cells_left_out"]
    with pytest.raises(UsageError, match="RTD from rates has no rule for empty cells all"):
        effects_under(trials, replace(specification_of(analysis), zero_cells="all"))


def test_several_specifications_give_a_row_each():
    analysis = analysis_of("RR")
    trials = trials_of_analysis(review_of("counts", analysis), analysis)
    each = [replace(specification_of(analysis), measure=code) for code in ("RR", "OR")]
    y, v = effects_under(trials, each)
    assert y.shape == v.shape == (2, 8)
    for place, one in enumerate(each):
        alone = np.array(effects_under(trials, one))
        assert np.array([y[place], v[place]]) == pytest.approx(alone, rel=SAME, nan_ok=True)
