"""Names that stand in more than one place are the same names."""

from liftproof.statistics import intervals, prediction, tau2
from liftproof.statistics.effects import EFFECTS, FROM_COUNTS, FROM_MEANS, FROM_RATES
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.methods import (
    DEFAULT_PREDICTION,
    GIVEN_WEIGHTS,
    INTERVALS,
    PREDICTIONS,
    TAU2_METHODS,
    THREE_LEVEL,
)
from liftproof.words.predictions import PREDICTION_NAMES


def test_accepted_methods_are_the_registered_ones():
    assert set(TAU2_METHODS) == set(tau2.TAU2)
    assert set(INTERVALS) == set(intervals.INTERVALS)
    assert list(PREDICTIONS) == list(prediction.PREDICTIONS)
    assert DEFAULT_PREDICTION in PREDICTIONS
    assert set(GIVEN_WEIGHTS) == set(tau2.GIVEN_WEIGHTS)
    assert not set(GIVEN_WEIGHTS) & set(TAU2_METHODS)


def test_every_prediction_has_a_name():
    assert set(PREDICTION_NAMES) == {*PREDICTIONS, THREE_LEVEL}


def test_measures_say_what_they_can_be_computed_from():
    assert {code for code, measure in MEASURES.items() if measure.counts} == set(FROM_COUNTS)
    assert {code for code, measure in MEASURES.items() if measure.rates} == set(FROM_RATES)
    assert {code for code, measure in MEASURES.items() if measure.means} == set(FROM_MEANS)
    assert set(EFFECTS) < set(MEASURES)
