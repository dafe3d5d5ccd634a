"""Evidence as it accumulates: cumulative meta-analysis and trial sequential monitoring.

``cumulative`` pools the first trial, the first two, and so on. ``boundaries`` gives the limits that
a statistic looked at repeatedly must cross, ``required_size`` how many participants decide, and
``monitor`` holds a cumulative meta-analysis against both. ``conditional_power`` tells how likely
the final look crosses, ``next_trials`` which further trials would change the conclusion.
"""

from liftproof.statistics.accumulation.boundaries import Boundaries, boundaries
from liftproof.statistics.accumulation.conditional_power import (
    ConditionalPower,
    conditional_power,
)
from liftproof.statistics.accumulation.cumulative import Cumulative, cumulative
from liftproof.statistics.accumulation.information import (
    FurtherTrials,
    InformationSize,
    diversity,
    participants_for_difference,
    participants_for_risks,
    required_size,
    trials_for_tau2,
)
from liftproof.statistics.accumulation.monitoring import Monitoring, monitor
from liftproof.statistics.accumulation.next_trials import NextTrials, next_trials

__all__ = [
    "Boundaries",
    "ConditionalPower",
    "Cumulative",
    "FurtherTrials",
    "InformationSize",
    "Monitoring",
    "NextTrials",
    "boundaries",
    "conditional_power",
    "cumulative",
    "diversity",
    "monitor",
    "next_trials",
    "participants_for_difference",
    "participants_for_risks",
    "required_size",
    "trials_for_tau2",
]
