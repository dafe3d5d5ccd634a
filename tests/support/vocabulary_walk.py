"""What every record of the vocabulary needs elsewhere, and what a record lacks, in a sentence.

A demand is a pair: where the thing belongs, with what it is, and whether a record has it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from liftproof.analysis.count_pools import COUNT_METHODS
from liftproof.reviews.model import codes
from liftproof.reviews.model.defensible import ZERO_CELL_RULES
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.review_tables import Outcome
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics import effects, intervals, prediction, tau2
from liftproof.statistics.clustering import unclustered
from liftproof.statistics.effects import smd, two_arm_tables
from liftproof.statistics.regression.tests import TESTS
from liftproof.vocabulary import (
    clustering,
    estimators,
    measures,
    models,
    predictions,
    quantities,
    smd_formulas,
    sources,
    zero_cells,
)
from liftproof.vocabulary import intervals as interval_records
from liftproof.words.references import filled
from support import reference_names

REPOSITORY = Path(__file__).parents[2]
WITHOUT_REFERENCE = {
    "beta-binomial": "no R package at hand fits it",
    "IV": "its numbers are those of the estimators of τ²",
    "three-level": "dependent.json, against which test_dependent_three_level holds it",
}
"""Models without numbers in sparse.json, and why."""
COMPUTED_APART = ("z", "design_effect", "slope", "half_width")
"""Quantities that no column of estimates.csv holds."""

PLACE = re.compile(r"[\w.]+(?:/[\w.]+)+|\w+\.R\b")
"""A path, or a script in R, in a sentence."""

Demands = Mapping[str, Callable[[object], bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record: where its records stand, they themselves, and what they need."""

    place: str
    records: Mapping[str, object]
    demands: Demands


def lacks(kind, record):
    """Return a sentence for each thing that a record lacks: which record, what, and where."""
    return [
        f"{kind.place}: {record.code} has no {thing}"
        for thing, has in {**IN_ITSELF, **kind.demands}.items()
        if not has(record)
    ]


@cache
def documented():
    """Return the codes that stand in the tables of docs/statistics.md."""
    text = (REPOSITORY / "docs" / "statistics.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {word for row in rows if len(row) > 1 for word in row[1].split("`")[1::2]}


def cites_known_papers(text):
    """Say whether a sentence is written and its citations are in words/references.py."""
    try:
        return bool(text) and "{" not in filled(text)
    except (KeyError, ValueError):
        return False


def places(kind):
    """Return the files and folders that a kind and its demands name, each as it may be meant."""
    words = (word for text in (kind.place, *kind.demands) for word in PLACE.findall(text))
    roots = (REPOSITORY, REPOSITORY / "src" / "liftproof", REPOSITORY / "tests" / "reference")
    return {word: tuple(root / word for root in roots) for word in words}


def stands_in(names):
    return lambda record: record.code in names()


def unless_no_departure(record):
    return not record.is_departure or bool(record.departure)


IN_ITSELF: Demands = {
    "code of its own": lambda record: bool(record.code),
    "name for readers": lambda record: bool(record.name),
}
DOCS = "row in docs/statistics.md, whose second column names its code"
SENTENCE = "sentence for the Methods text, with citations that words/references.py knows"
DEPARTURE = "words for the search of causes, although it is tried there"

ESTIMATOR: Demands = {
    "function in statistics/tau2": stands_in(lambda: {**tau2.TAU2, **tau2.GIVEN_WEIGHTS}),
    "standard error in statistics/tau2": stands_in(
        lambda: {**tau2.TAU2_SE, **tau2.GIVEN_WEIGHTS_SE}
    ),
    "numbers in tests/reference: add it to make_cases.R": stands_in(reference_names.estimators),
    SENTENCE: lambda record: record.is_common_effect or cites_known_papers(record.sentence),
    DOCS: stands_in(documented),
}
INTERVAL: Demands = {
    "test of its name in statistics/regression/tests.py": lambda record: (
        not record.test or record.test in TESTS
    ),
    "function in statistics/intervals.py": stands_in(lambda: intervals.INTERVALS),
    "numbers in tests/reference: add it to make_cases_other.R": stands_in(
        reference_names.intervals
    ),
    SENTENCE: lambda record: cites_known_papers(record.sentence),
    DEPARTURE: unless_no_departure,
    DOCS: stands_in(documented),
}
PREDICTION: Demands = {
    "function in statistics/prediction.py": stands_in(lambda: prediction.PREDICTIONS),
    "numbers in tests/reference: add it to make_cases_other.R": stands_in(
        reference_names.predictions
    ),
    SENTENCE: lambda record: cites_known_papers(record.sentence),
    DEPARTURE: unless_no_departure,
    DOCS: stands_in(documented),
}
MODEL: Demands = {
    "function in analysis/count_pools.py": lambda record: (
        record.code in COUNT_METHODS or not record.is_of_counts
    ),
    "measures, or no reason why it has no others": lambda record: (
        not record.is_of_counts or bool(record.measures and record.why)
    ),
    "numbers in tests/reference/sparse.json for each measure": lambda record: (
        record.code in WITHOUT_REFERENCE
        or {(record.code, measure) for measure in record.measures} <= reference_names.models()
    ),
    "source for the Methods text, with citations that words/references.py knows": lambda record: (
        record.code == models.INVERSE_VARIANCE or cites_known_papers(record.source)
    ),
    DEPARTURE: unless_no_departure,
    DOCS: lambda record: not record.is_of_counts or record.code in documented(),
}
MEASURE: Demands = {
    "function in statistics/effects for each of its sources": lambda record: all(
        record.code in effects.FROM[source] for source in record.sources
    ),
    "numbers in tests/reference: see measures() in reference_names.py": lambda record: (
        not record.sources or record.code in reference_names.measures()
    ),
    SENTENCE: lambda record: not record.sentence or cites_known_papers(record.sentence),
    "other measure of its family to be tried instead of, although it is a departure": (
        lambda record: not record.is_departure or len(measures.taken_for(record.code)) > 1
    ),
    DOCS: lambda record: not record.sources or record.code in documented(),
}
SOURCE: Demands = {
    "function in statistics/effects": lambda record: (
        not record.arms or bool(effects.FROM.get(record.code))
    ),
    "columns in outcomes.csv (reviews/model/review_tables.py)": lambda record: (
        set(record.columns) <= {field.name for field in fields(Outcome)}
    ),
    "place in the order of preference of its own": lambda record: (
        [each.preference for each in sources.SOURCES.values()].count(record.preference) == 1
    ),
    "group in reviews/model/effect_sources.py": stands_in(lambda: GROUPS),
}
QUANTITY: Demands = {
    "column in estimates.csv (rows/result_rows.py)": lambda record: (
        record.code in COMPUTED_APART
        or record.column in {field.name for field in fields(EstimateRow)}
    ),
}
ZERO_CELL: Demands = {
    "way to add in statistics/effects/two_arm_tables.py": lambda record: (
        record.to in two_arm_tables.TO
    ),
    DEPARTURE: unless_no_departure,
    "code in the results of the search of causes": lambda record: (
        not record.is_departure or bool(record.departure_code)
    ),
    "place among the options of review.yaml": lambda record: (
        record.is_defensible == (record.code in ZERO_CELL_RULES.allowed)
    ),
    SENTENCE: lambda record: all(map(cites_known_papers, record.sentences.values())),
}
SMD_FORMULA: Demands = {
    "function in statistics/effects/smd.py": lambda record: all(
        record.code in formulas for formulas in smd.OF_SOURCE.values()
    ),
    "numbers in tests/reference/smd.json": lambda record: (
        record.code == smd_formulas.USUAL_SMD or record.code in reference_names.smd_formulas()
    ),
    "source": lambda record: bool(record.source),
    "variance in words": lambda record: bool(record.variance),
    SENTENCE: lambda record: cites_known_papers(record.sentence),
    DEPARTURE: unless_no_departure,
    DOCS: stands_in(documented),
}
CHANGE_SD: Demands = {
    "numbers in tests/reference/smd.json": stands_in(reference_names.change_sds),
    DEPARTURE: unless_no_departure,
    DOCS: stands_in(documented),
}
CLUSTER: Demands = {
    "treatment in statistics/clustering.py": lambda record: (
        unclustered(1).inflation(record.code)[0] == 1
    ),
    SENTENCE: lambda record: cites_known_papers(record.sentence),
}


def accepted(kind):
    """Return the demand that a key of review.yaml accepts a code."""
    return {"place in reviews/model/codes.py": stands_in(lambda: kind.allowed)}


KINDS = (
    Kind(
        place="vocabulary/estimators.py",
        records=estimators.ESTIMATORS,
        demands={**ESTIMATOR, **accepted(codes.TAU2)},
    ),
    Kind(
        place="vocabulary/estimators.py",
        records=estimators.WITH_GIVEN_WEIGHTS,
        demands=ESTIMATOR,
    ),
    Kind(
        place="vocabulary/intervals.py",
        records=interval_records.INTERVALS,
        demands={**INTERVAL, **accepted(codes.INTERVAL)},
    ),
    Kind(
        place="vocabulary/predictions.py",
        records=predictions.PREDICTIONS,
        demands={**PREDICTION, **accepted(codes.PREDICTION)},
    ),
    Kind(
        place="vocabulary/models.py",
        records=models.MODELS,
        demands={**MODEL, **accepted(codes.MODEL)},
    ),
    Kind(
        place="vocabulary/measures.py",
        records=measures.MEASURES,
        demands={**MEASURE, **accepted(codes.MEASURE)},
    ),
    Kind(place="vocabulary/sources.py", records=sources.SOURCES, demands=SOURCE),
    Kind(place="vocabulary/quantities.py", records=quantities.QUANTITIES, demands=QUANTITY),
    Kind(place="vocabulary/zero_cells.py", records=zero_cells.ZERO_CELLS, demands=ZERO_CELL),
    Kind(
        place="vocabulary/smd_formulas.py",
        records=smd_formulas.SMD_FORMULAS,
        demands={**SMD_FORMULA, **accepted(codes.SMD)},
    ),
    Kind(
        place="vocabulary/smd_formulas.py",
        records=smd_formulas.CHANGE_SDS,
        demands={**CHANGE_SD, **accepted(codes.CHANGE_SD)},
    ),
    Kind(
        place="vocabulary/clustering.py",
        records=clustering.CLUSTERINGS,
        demands={**CLUSTER, **accepted(codes.CLUSTER)},
    ),
)
