"""Names that stand in more than one place are the same names."""

from liftproof.measures import MEASURES
from liftproof.methods import INTERVALS, TAU2_METHODS
from liftproof.statistics import intervals, tau2
from liftproof.statistics.effects import EFFECTS, FROM_COUNTS, FROM_MEANS, FROM_RATES


def test_accepted_methods_are_the_registered_ones():
    assert set(TAU2_METHODS) == set(tau2.TAU2)
    assert set(INTERVALS) == set(intervals.INTERVALS)


def test_measures_say_what_they_can_be_computed_from():
    assert {code for code, measure in MEASURES.items() if measure.counts} == set(FROM_COUNTS)
    assert {code for code, measure in MEASURES.items() if measure.rates} == set(FROM_RATES)
    assert {code for code, measure in MEASURES.items() if measure.means} == set(FROM_MEANS)
    assert set(EFFECTS) < set(MEASURES)
