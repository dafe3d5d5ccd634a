"""Every record of the vocabulary has all that its kind needs, and nothing stands without one."""

import pytest

from liftproof.analysis.count_pools import COUNT_METHODS
from liftproof.analysis.engine import POOLS
from liftproof.errors import InputError, UsageError
from liftproof.statistics import effects, intervals, prediction, tau2
from liftproof.statistics.checks import choose
from liftproof.statistics.registries import Registry
from liftproof.statistics.sparse import GLMM
from liftproof.vocabulary.estimators import ESTIMATORS, EstimatorRecord
from liftproof.vocabulary.intervals import IntervalRecord
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import GENERALISED, MODELS, ModelRecord
from liftproof.vocabulary.predictions import DEFAULT_PREDICTION, PREDICTIONS, PredictionRecord
from liftproof.vocabulary.record import Record, by_code
from liftproof.vocabulary.sources import RAW, SOURCES
from liftproof.vocabulary.zero_cells import USUAL_ZERO_CELLS, ZERO_CELLS
from support.vocabulary_walk import KINDS, lacks, places

EVERY = [(kind, record) for kind in KINDS for record in kind.records.values()]
REGISTRIES = {
    "TAU2": tau2.TAU2,
    "TAU2_SE": tau2.TAU2_SE,
    "GIVEN_WEIGHTS": tau2.GIVEN_WEIGHTS,
    "GIVEN_WEIGHTS_SE": tau2.GIVEN_WEIGHTS_SE,
    "INTERVALS": intervals.INTERVALS,
    "PREDICTIONS": prediction.PREDICTIONS,
    "POOLS": POOLS,
}


def kind_of(record):
    """Return the kind that a record belongs to, by its class."""
    return next(kind for kind in KINDS if type(record) is type(next(iter(kind.records.values()))))


@pytest.mark.parametrize(
    ("kind", "record"), EVERY, ids=[f"{kind.place}-{record.code}" for kind, record in EVERY]
)
def test_every_record_has_all_that_its_kind_needs(kind, record):
    assert lacks(kind, record) == []


def test_every_place_that_a_sentence_names_is_there():
    named = {word: paths for kind in KINDS for word, paths in places(kind).items()}
    assert {"analysis/count_pools.py", "statistics/tau2", "make_cases.R"} <= set(named)
    assert [word for word, paths in named.items() if not any(path.exists() for path in paths)] == []


@pytest.mark.parametrize("name", REGISTRIES)
def test_no_function_stands_without_a_record(name):
    assert REGISTRIES[name].incomplete() == ()


def test_no_effect_stands_without_a_measure_that_names_its_source():
    registered = {(source, code) for source, found in effects.FROM.items() for code in found}
    named = {(source, code) for code, measure in MEASURES.items() for source in measure.sources}
    assert registered == named


@pytest.mark.slow
@pytest.mark.parametrize(
    ("record", "sentences"),
    [
        (
            EstimatorRecord(code="XX", name="made up"),
            [
                "XX has no function in statistics/tau2",
                "XX has no standard error in statistics/tau2",
                "XX has no numbers in tests/reference: add it to make_cases.R",
                "XX has no sentence for the Methods text, with citations that",
                "XX has no row in docs/statistics.md, whose second column",
                "XX has no place in reviews/model/codes.py",
            ],
        ),
        (
            IntervalRecord(
                code="xx", name="", sentence="those of {nobody1999}", can_be_narrow=True
            ),
            [
                "xx has no name for readers",
                "xx has no function in statistics/intervals.py",
                "xx has no numbers in tests/reference: add it to make_cases_other.R",
                "xx has no sentence for the Methods text, with citations that",
                "xx has no words for the search of causes",
                "xx has no row in docs/statistics.md",
                "xx has no place in reviews/model/codes.py",
            ],
        ),
        (
            PredictionRecord(code="xx", name="made up", sentence="made with dice"),
            [
                "xx has no function in statistics/prediction.py",
                "xx has no numbers in tests/reference: add it to make_cases_other.R",
                "xx has no row in docs/statistics.md",
                "xx has no place in reviews/model/codes.py",
            ],
        ),
        (
            ModelRecord(code="xx", name="made up", measures=("OR",), is_of_counts=True),
            [
                "xx has no function in analysis/count_pools.py",
                "xx has no measures, or no reason",
                "xx has no numbers in tests/reference/sparse.json",
                "xx has no source for the Methods text",
                "xx has no row in docs/statistics.md",
                "xx has no place in reviews/model/codes.py",
            ],
        ),
        (
            Measure(code="XX", name="made up", is_log=True, sources=("counts", "rates")),
            [
                "XX has no function in statistics/effects for each of its sources",
                "XX has no numbers in tests/reference: see measures() in reference_names.py",
                "XX has no row in docs/statistics.md",
                "XX has no place in reviews/model/codes.py",
            ],
        ),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_what_a_record_lacks_is_told_with_the_place(record, sentences):
    kind = kind_of(record)
    found = lacks(kind, record)
    assert all(sentence.startswith(f"{kind.place}: ") for sentence in found)
    pairs = zip(found, sentences, strict=True)
    assert all(ours.removeprefix(f"{kind.place}: ").startswith(wanted) for ours, wanted in pairs)


@pytest.mark.parametrize(
    ("records", "functions", "sentence"),
    [
        ({"XX"}, set(), "The τ² method XX has a record in a but no function: register one in b"),
        (set(), {"XX"}, "The τ² method XX has a function in b but no record: write one in a"),
    ],
)
def test_half_a_method_is_refused_by_name(records, functions, sentence):
    made = by_code(*(Record(code=code, name="made up") for code in ("DL", *records)))
    registry = Registry("τ² method", made, dict.fromkeys(("DL", *functions), len), "a", "b")
    assert list(registry) == ["DL"]
    assert registry.incomplete() == ("XX",)
    with pytest.raises(UsageError, match=sentence):
        choose(registry, "XX", "τ² method")
    with pytest.raises(InputError, match="There is no τ² method DLL; did you mean DL"):
        choose(registry, "DLL", "τ² method")


def test_two_records_of_one_code_are_refused():
    with pytest.raises(ValueError, match="The code DL has two records"):
        by_code(Record(code="DL", name="one"), Record(code="DL", name="other"))


def test_what_records_name_are_records():
    assert DEFAULT_PREDICTION in PREDICTIONS
    assert USUAL_ZERO_CELLS in ZERO_CELLS
    named = [code for model in MODELS.values() for code in model.measures]
    assert set(named) <= set(MEASURES)
    of_models = {code for model in MODELS.values() for code in model.estimators}
    of_kinds = {code for kind in KINDS for each in kind.records.values() for code in fits(each)}
    assert of_models | of_kinds <= set(ESTIMATORS)


def test_raw_numbers_are_those_of_arms_that_hold_no_other_group():
    of_arms = {code: set(one.columns) for code, one in SOURCES.items() if one.arms}
    assert [
        code
        for code, columns in of_arms.items()
        if not any(other < columns for other in of_arms.values())
    ] == list(RAW)


def test_generalised_models_are_pooled_by_the_functions_of_mixed_models():
    named = [code for code, model in MODELS.items() if "mixed model" in model.name]
    assert list(GENERALISED) == named
    for code in GENERALISED:
        for measure in MODELS[code].measures:
            assert COUNT_METHODS[code](measure).func is GLMM[measure]


def fits(record):
    """Return the estimators that a record is derived for."""
    return getattr(record, "tau2", ())
