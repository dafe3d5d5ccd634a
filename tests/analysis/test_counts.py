"""Pooling from counts: the numbers of the methods themselves, and refusals with their reason."""

import math
from dataclasses import replace

import pytest

from liftproof.analysis.count_pools import COUNT_METHODS
from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import UsageError
from liftproof.pages.forest.forest_captions import forest_caption
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews import find, load, read
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, MODELS, THREE_LEVEL
from liftproof.words.methods import methods
from support.workflow_project import REPOSITORY

ROUNDING = 1e-12
"""Relative: exp(log(x)) and back."""
ARMS = (
    [3, 12, 10, 7, 11, 4],
    [15, 461, 759, 2479, 292, 26],
    [10, 32, 36, 14, 25, 13],
    [15, 481, 743, 2085, 287, 26],
)


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


def counts(review, **changes):
    analysis = next(item for item in review.settings.analyses if item.id == "counts")
    return replace(analysis, **changes)


def test_every_accepted_model_is_registered_named_and_suits_a_measure():
    assert set(MODELS) == {INVERSE_VARIANCE, THREE_LEVEL, *COUNT_MODELS}
    assert set(COUNT_MODELS) == set(COUNT_METHODS)


@pytest.mark.parametrize("measure", ["RR", "OR"])
def test_mantel_haenszel_is_that_of_the_statistics(review, measure):
    pooled = pool_analysis(review, counts(review, model="MH", measure=measure))
    direct = MANTEL_HAENSZEL[measure](*ARMS)
    row = pooled.estimate
    computed = (row.estimate, row.ci_low, row.ci_high)
    expected = [math.exp(x) for x in (direct.estimate, direct.ci_low, direct.ci_high)]
    assert computed == pytest.approx(expected, rel=ROUNDING)
    weights = [effect.weight_percent for effect in pooled.effects]
    assert weights == pytest.approx(direct.weights.tolist(), rel=ROUNDING)
    assert (row.tau2_method, row.interval, row.tau2, row.pi_low) == ("MH", "wald", None, None)


def test_the_six_trials_by_mantel_haenszel_give_the_known_ratio(review):
    row = pool_analysis(review, counts(review, model="MH")).estimate
    assert [round(x, 3) for x in (row.estimate, row.ci_low, row.ci_high)] == [0.354, 0.257, 0.489]


@pytest.mark.slow
@pytest.mark.parametrize("model", ["UM.FS", "CM.AL"])
def test_mixed_models_are_those_of_the_statistics(review, model):
    row = pool_analysis(review, counts(review, model=model, measure="OR")).estimate
    direct = GLMM["OR"](*ARMS, model=model)
    assert row.estimate == pytest.approx(math.exp(direct.estimate), rel=ROUNDING)
    assert row.tau2 == direct.tau2


@pytest.mark.parametrize(
    ("model", "measure", "reason"),
    [
        ("Peto", "RR", "Peto cannot pool RR"),
        ("UM.FS", "RD", "UM.FS cannot pool RD"),
    ],
)
def test_a_model_that_does_not_fit_the_measure_is_refused(review, model, measure, reason):
    with pytest.raises(UsageError, match=reason):
        pool_analysis(review, counts(review, model=model, measure=measure))


def test_a_design_effect_is_refused_by_a_model_that_takes_counts_as_they_are(review):
    with pytest.raises(UsageError, match=r"MH .* no use for clustering design_effect"):
        pool_analysis(review, counts(review, model="MH", clustering="design_effect"))


def test_a_model_without_counts_is_refused_and_names_the_trials(review):
    overall = review.settings.analyses[0]
    with pytest.raises(UsageError, match="of Petersen 2011, Waldén 2012 only an estimate"):
        pool_analysis(review, replace(overall, model="MH"))


def test_check_tells_an_unsuitable_model_at_its_line(tmp_path):
    texts = {
        "review.yaml": (
            "title: T\nmeasure: RR\nanalyses:\n  - id: all\n    title: All\n    model: Peto\n"
        ),
        "studies.csv": "study,label,year\none,One 2001,2001\n",
        "outcomes.csv": "study,outcome,events_intervention,n_intervention,events_control,n_control"
        "\none,injury,3,50,6,50\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    errors = [each for each in load(tmp_path).problems if not each.is_warning]
    assert [(each.path.name, each.line, each.column) for each in errors] == [
        ("review.yaml", 6, "model")
    ]
    assert "Peto cannot pool RR" in str(errors[0])


def test_words_name_the_model_and_claim_no_weights_it_has_not(review):
    analysis = counts(review, model="UM.FS", measure="OR")
    pooled = pool_analysis(review, analysis)
    plot = forest_view(pooled.estimate, pooled.effects, (), review.settings)
    assert plot.pooled.label == "Generalised linear mixed model, 6 trials"
    assert {row.weight for row in plot.trials} == {"–"}
    assert "in proportion to weight" not in forest_caption(plot)
    sentences = methods(pooled.estimate, pooled.effects, analysis)
    assert any("UM.FS in metafor" in sentence for sentence in sentences)
    assert not any("τ² was estimated by" in sentence for sentence in sentences)
